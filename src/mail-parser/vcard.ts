/** The sender's own visiting card, which mail programs attach by themselves (mail-clients §10.4). */
import { extensionOf } from '../attachments/index.ts';
import { decodeText, guessText } from './text/charset.ts';
import type { Address } from './parts/header-fields.ts';
import { plainLine } from '../core/index.ts';
import type { ReceivedFile } from './received-parts.ts';

const TYPES = new Set(['text/vcard', 'text/x-vcard', 'text/directory']);

/** A card with a portrait has some hundred kilobytes; a larger file is a collection of cards. */
const MAX_CARD_OCTETS = 1024 * 1024;

/** A line: name, parameters, value (RFC 6350 §3.3); a group such as item1 may stand before the name. */
const PROPERTY = /^(?:[\w-]+\.)?(BEGIN|EMAIL|FN)((?:;[^:]*)?):(.*)$/i;

/** The one card of whoever sends the mail, told by the address or the name; any other card was attached on purpose. */
export async function isSendersCard(file: ReceivedFile, sender: Address | undefined): Promise<boolean> {
  const isCard = TYPES.has(file.type) || extensionOf(file.name ?? '') === 'vcf';
  if (!isCard || sender === undefined || file.content.size > MAX_CARD_OCTETS) return false;
  const lines = unfolded(guessText(await file.content.read(0, MAX_CARD_OCTETS)));
  const properties = lines.map((line) => PROPERTY.exec(line)).filter((match) => match !== null);
  const values = (wanted: string): string[] =>
    properties
      .filter(([, name = '']) => name.toUpperCase() === wanted)
      .map(([, , parameters, value]) => plainValue(parameters, value));
  if (values('BEGIN').length !== 1) return false;
  const address = sender.address?.toLowerCase() ?? '';
  const name = plainLine(sender.name);
  return (
    values('EMAIL').some((email) => address !== '' && email.toLowerCase() === address) ||
    values('FN').some((known) => name !== '' && known === name)
  );
}

/** Lines go on after a line end with white space, those in quoted-printable after an equals sign (RFC 6350 §3.2, vCard 2.1). */
function unfolded(text: string): string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .replace(/=\n/g, '')
    .split('\n');
}

function plainValue(parameters = '', value = ''): string {
  const isQuoted = /quoted-printable/i.test(parameters);
  return plainLine((isQuoted ? unquoted(value, parameters) : value).replace(/\\([,;\\])/g, '$1'));
}

function unquoted(value: string, parameters: string): string {
  const octets = value.replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const text = Buffer.from(octets, 'latin1');
  return decodeText(text, /charset=([^;]+)/i.exec(parameters)?.[1]) ?? guessText(text);
}
