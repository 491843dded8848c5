/** The text part of a received message: the envelope in Czech, so that a preview says who, what and when. */
import type { Envelope, LegalTitle } from '../isds/index.ts';
import { boxTypeName } from './box-type-name.ts';
import { plainLine } from './plain-line.ts';

/** Plain text with \n line ends and without links; the same for the same envelope. */
export function envelopeText(envelope: Envelope): string {
  const lines: (readonly [string, string | undefined])[] = [
    ['Věc', envelope.annotation],
    ['Odesílatel', envelope.sender],
    ['Adresa odesílatele', envelope.senderAddress],
    ['Schránka odesílatele', boxWithType(envelope.senderBox, envelope.senderType)],
    ['Adresát', envelope.recipient],
    ['Schránka adresáta', envelope.recipientBox],
    ['K rukám', envelope.toHands],
    ['Číslo jednací odesílatele', envelope.senderRefNumber],
    ['Spisová značka odesílatele', envelope.senderIdent],
    ['Vaše číslo jednací', envelope.recipientRefNumber],
    ['Vaše spisová značka', envelope.recipientIdent],
    ['Zmocnění', legalTitleText(envelope.legalTitle)],
    ['Dodáno do schránky', momentText(envelope.arrivedAt)],
    ['Doručeno', momentText(envelope.deliveredAt)],
    ['Do vlastních rukou', envelope.personalDelivery ? 'ano' : undefined],
    ['Druh', typeText(envelope)],
    ['Podezřelá zpráva', envelope.suspicious ? 'ano, ISDS ji označil jako možný spam' : undefined],
  ];
  // One line a fact: a line end in a stranger's value must not look like another fact.
  const facts = lines
    .map(([name, value]) => [name, plainLine(value ?? '')] as const)
    .filter(([, value]) => value !== '');
  return [`Datová zpráva ${envelope.dmID}`, '', ...facts.map(([name, value]) => `${name}: ${value}`), ''].join('\n');
}

function boxWithType(box: string | undefined, type: number | undefined): string | undefined {
  const name = type === undefined ? undefined : boxTypeName(type);
  return box !== undefined && name !== undefined ? `${box} (${name})` : box;
}

function legalTitleText({ law, year, section, paragraph, point }: LegalTitle): string | undefined {
  const parts = [
    law === undefined ? undefined : `zákon č. ${law}${year === undefined ? '' : `/${year}`} Sb.`,
    section === undefined ? undefined : `§ ${section}`,
    paragraph === undefined ? undefined : `odst. ${paragraph}`,
    point === undefined ? undefined : `písm. ${point}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** ISDS lives in Czech time, whatever the server's zone is; seconds matter for deadlines. */
const czechMoment = new Intl.DateTimeFormat('cs-CZ', {
  dateStyle: 'long',
  timeStyle: 'medium',
  timeZone: 'Europe/Prague',
});

function momentText(moment: Date | undefined): string | undefined {
  return moment === undefined ? undefined : czechMoment.format(moment);
}

/** dmType V or none is a public message, everything else is paid by somebody (isds §4.2). */
function typeText({ type, senderType }: Envelope): string {
  if (senderType === 0) return 'systémová zpráva ISDS';
  return type === undefined || type === 'V' ? 'veřejná datová zpráva' : 'poštovní datová zpráva';
}
