/**
 * Mails as programs really write them, each one of a kind that went wrong somewhere: sent through the whole house, and what ISDS then
 * has is compared with what must happen (`test/fixtures/mails/cases.json`).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { demoBoxes, octetsOf } from '../../src/sandbox/index.ts';
import { hasPoppler, needsPoppler, textOf } from '../pdf/poppler.ts';
import { sendMail } from '../whole/smtp-session.ts';
import { domain, startWhole, type Whole } from '../whole/whole.ts';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'mails');

const strings = z.array(z.string()).default([]);

/**
 * `sent`: the message has what is named. `not_as_text`: so, or refused. `no_word`: sent or refused, but the reply lacks the words.
 */
const cases = z
  .array(
    z.object({
      id: z.string(),
      kind: z.string(),
      file: z.string(),
      expect: z.enum(['sent', 'not_as_text', 'no_word']),
      subject: z.string().optional(),
      /** Files beside the text. */
      files: z.array(z.string()).optional(),
      names_have: strings,
      names_differ: z.boolean().default(false),
      text_has: strings,
      text_not: strings,
      /** Of the forwarded text that travels as a file. */
      txt_has: strings,
      /** Must not stand in the text as the pages show it. */
      layout_not: strings,
      words: strings,
    }),
  )
  .parse(JSON.parse(readFileSync(join(FOLDER, 'cases.json'), 'utf8')));

type Case = (typeof cases)[number];

let plain: Whole;
let shown: Whole;
beforeAll(async () => {
  plain = await startWhole({ settings: { POSTOLKA_SENDING_BODY: 'txt' } });
  shown = await startWhole();
});
afterAll(async () => {
  await plain.stop();
  await shown.stop();
});

const TEXT_FILE = /^textová zpráva\./;

/** What came of the mail: the reply, and the message when one was made. */
async function send(whole: Whole, file: string) {
  const mail = readFileSync(join(FOLDER, file), 'latin1')
    .replaceAll('jednatel1@postolka.test', `pekar1@${domain}`)
    .replaceAll('mu4fru2@postolka.test', `${demoBoxes.office}@${domain}`)
    .replace(/\r?\n/g, '\r\n')
    .replace(/^\./gm, '..');
  const to = `${demoBoxes.office}@${domain}`;
  const letter = { from: `pekar1@${domain}`, to, mail: Buffer.from(mail, 'latin1') };
  const reply = await sendMail(whole.gateway.ports.smtp, 'pekar1', 'Chleba-2026', letter);
  if (!reply.startsWith('250')) return { reply, message: undefined };
  const [message] = whole.sandbox.world.messagesOf(demoBoxes.office, 'recipient');
  const all = message!.files.map(({ name, content }) => ({ name, content: octetsOf(content) }));
  const text = all.find(({ name }) => TEXT_FILE.test(name))?.content ?? Buffer.of();
  return {
    reply,
    message: { subject: message!.annotation, text, files: all.filter(({ name }) => !TEXT_FILE.test(name)) },
  };
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** What is not as it must be; empty when all is well. */
async function wrong(one: Case): Promise<string[]> {
  const { reply, message } = await send(plain, one.file);
  const said = one.words.filter((word) => reply.includes(word));
  if (message === undefined) {
    const isRefusal = one.expect !== 'sent' && reply.startsWith('554 5.6.');
    return isRefusal ? said : [...said, reply];
  }
  const names = message.files.map(({ name }) => name);
  const text = squeezed(message.text.toString());
  const contents = message.files.map(({ content }) => content.toString()).join('\n');
  return [
    ...said,
    ...(one.subject === undefined || message.subject === one.subject ? [] : [`subject: ${message.subject}`]),
    ...(one.files === undefined || names.join('|') === one.files.join('|') ? [] : [`files: ${names.join('|')}`]),
    ...one.names_have.filter((part) => !names.join('|').includes(part)),
    ...(one.names_differ && new Set(names).size < names.length ? [`files: ${names.join('|')}`] : []),
    ...[
      ...one.text_has.filter((part) => !text.includes(part)),
      ...one.text_not.filter((part) => text.includes(part)),
    ].map((part) => `${part}: ${text}`),
    ...one.txt_has.filter((part) => !contents.includes(part)),
  ];
}

async function layoutWrong(one: Case): Promise<string[]> {
  const { message } = await send(shown, one.file);
  const text = textOf(message!.text);
  return one.layout_not.filter((part) => text.includes(part));
}

test.each(cases)('$id: $kind', async (one) => expect(await wrong(one)).toEqual([]));

const laidOut = cases.filter(({ layout_not }) => layout_not.length > 0);

test.skipIf(!hasPoppler).each(laidOut)(`$id, as the pages show it; ${needsPoppler}`, async (one) =>
  expect(await layoutWrong(one)).toEqual([]),
);
