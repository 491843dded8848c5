/** The signed original as the last part of a mail. */
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { IsdsError, type OriginalDownloadEvent, type Seal } from '../../src/isds/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { FakeAccount, never, newMailbox, newMaildrop, openMaildrop, readAll } from './fake-account.ts';

const pdf = Buffer.alloc(3_000, '%PDF-1.4 obsah ');
const zfo = Buffer.alloc(9_000, 'zapečetěno ');
const valid: Seal = {
  verdict: 'valid',
  signer: 'Digitální a informační agentura',
  sealedAt: new Date('2026-11-20T09:00:00Z'),
  timeStamped: true,
};

/** A box whose one message comes with its original, interleaved as ISDS's answer has them. */
function boxWithOriginal(seal: Seal, failure?: IsdsError): FakeAccount {
  const account = new FakeAccount();
  account.messages = [envelopeOf({ dmID: '1', attachmentSize: 4 })];
  account.files.set('1', [{ name: 'žádost.pdf', content: pdf }]);
  async function* downloadOriginal(): AsyncGenerator<OriginalDownloadEvent> {
    account.calls.push('original 1');
    if (failure) throw failure;
    yield { kind: 'original', octets: zfo.subarray(0, 100) };
    yield { kind: 'file', file: { name: 'žádost.pdf', mimeType: '', metaType: 'main', encoding: 'base64' } };
    yield { kind: 'original', octets: zfo.subarray(100, 5_000) };
    yield { kind: 'content', octets: Buffer.from(pdf.toString('base64')) };
    yield { kind: 'original', octets: zfo.subarray(5_000) };
    yield { kind: 'end', envelope: account.messages[0]!, seal };
  }
  Object.assign(account.access, { downloadOriginal });
  return account;
}

async function read(account: FakeAccount, spoolDirectory?: string) {
  const drop = newMaildrop({
    account,
    withOriginal: true,
    ...(spoolDirectory === undefined ? {} : { spoolDirectory }),
  });
  const [message] = await drop.messages(never);
  const octets = await readAll(drop.open(message!, never).content);
  return { message: message!, octets, mail: await simpleParser(octets) };
}

test('the original comes last, under its own name, from one download', async () => {
  const account = boxWithOriginal(valid);
  const { message, octets, mail } = await read(account);
  expect(mail.attachments.map(({ filename, content }) => [filename, content])).toEqual([
    ['žádost.pdf', pdf],
    ['DZ_1.zfo', zfo],
  ]);
  expect(octets.length).toBe(message.octets);
  expect(account.calls).toEqual(['list', 'original 1']);
});

test('a good seal is told with its time stamp, in the text and in a header', async () => {
  const { octets, mail } = await read(boxWithOriginal(valid));
  expect(mail.text).toContain('Elektronická pečeť originálu je platná (Digitální a informační agentura).');
  expect(mail.text).toContain('Časové razítko: 20. 11. 2026 10:00:00.');
  expect(octets.toString('latin1')).toContain('X-ISDS-Seal: valid\r\n');
});

test('a bad seal never keeps the message back; the reader is warned', async () => {
  const { octets, mail } = await read(
    boxWithOriginal({ verdict: 'invalid', problem: 'time-stamp-untrusted', timeStamped: true }),
  );
  expect(mail.attachments).toHaveLength(2);
  expect(mail.text).toContain('POZOR: elektronickou pečeť originálu se nepodařilo ověřit: časové razítko – certifikát');
  expect(octets.toString('latin1')).toContain('X-ISDS-Seal: invalid; time-stamp-untrusted\r\n');
});

test('an unchecked seal is said in the header only', async () => {
  const { octets, mail } = await read(boxWithOriginal({ verdict: 'unchecked', timeStamped: true }));
  expect(mail.text).not.toContain('pečeť');
  expect(octets.toString('latin1')).toContain('X-ISDS-Seal: unchecked\r\n');
});

test('when ISDS cannot seal now, the message comes without its original, as large as announced', async () => {
  const failure = new IsdsError({ kind: 'status', code: '9800', message: '', class: 'temporary' });
  const account = boxWithOriginal(valid, failure);
  const { message, octets, mail } = await read(account);
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['žádost.pdf']);
  expect(octets.length).toBe(message.octets);
  expect(mail.text).toContain('Podepsaný originál této zprávy (.zfo) v tomto e-mailu není');
  expect(account.calls).toEqual(['list', 'original 1', 'download 1']);
});

test('a missing spool folder costs the original, not the message', async () => {
  const { mail } = await read(boxWithOriginal(valid), '/nonexistent');
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['žádost.pdf']);
  expect(mail.text).toContain('v tomto e-mailu není: brána ho teď nemá kam uložit');
});

test('an original that does not hold together breaks the download off, and the next one is made without it', async () => {
  const account = boxWithOriginal(valid);
  const mailbox = newMailbox({ account, withOriginal: true });
  const broken = async function* (): AsyncGenerator<OriginalDownloadEvent> {
    account.calls.push('original 1');
    yield { kind: 'original', octets: zfo };
    throw new IsdsError({ kind: 'not-intact', problem: 'jiný otisk' });
  };
  Object.assign(account.access, { downloadOriginal: broken });
  const first = openMaildrop(mailbox, { account });
  const [message] = await first.messages(never);
  await expect(readAll(first.open(message!, never).content)).rejects.toThrow('not-intact');
  const second = openMaildrop(mailbox, { account });
  await second.messages(never);
  const mail = await simpleParser(await readAll(second.open(message!, never).content));
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['žádost.pdf']);
  expect(mail.text).toContain('Podepsaný originál této zprávy (.zfo) v tomto e-mailu není');
  expect(account.calls.at(-1)).toBe('download 1');
});
