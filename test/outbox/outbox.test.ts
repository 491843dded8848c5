import { expect, test } from 'vitest';
import type { SenderIdentity } from '../../src/outbox/index.ts';
import { IsdsError } from '../../src/isds/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { domain, draftOf, fileOf, identityOf, MINUTE, newIsds, newOutbox, office, sendTo } from './fakes.ts';

const signal = new AbortController().signal;

function checkOffice(identity: SenderIdentity) {
  return newOutbox().checkRecipient(identity, `aydaadk@${domain}`, signal);
}

test.each([`zzzzzzq@${domain}`, `ZZZZZZQ@${domain}`, `stastny1@${domain}`, `stastny1+telefon@${domain.toUpperCase()}`])(
  '%s is the sender’s own address',
  (address) => {
    expect(() => newOutbox().checkSender(identityOf(newIsds()), address)).not.toThrow();
  },
);

test.each([`aydaadk@${domain}`, 'zzzzzzq@jinde.cz', 'zzzzzzq', ''])('%j is a foreign sender', (address) => {
  expect(() => newOutbox().checkSender(identityOf(newIsds()), address)).toThrow('sender-foreign');
});

test.each([
  ['jan.novak@example.com', 'recipient-foreign'],
  ['aydaadk', 'recipient-foreign'],
  [`novak@${domain}`, 'recipient-malformed'],
  [`aydaadl@${domain}`, 'recipient-malformed'],
  [`aaaaaaa@${domain}`, 'recipient-system-box'],
])('the recipient %s is refused as %s without asking ISDS', async (address, reason) => {
  const isds = newIsds();
  const identity = identityOf(isds, { box: { boxId: 'abcdefg', boxType: 'PO', name: '', boxState: 1 } });
  await expect(newOutbox().checkRecipient(identity, address, signal)).rejects.toThrow(reason);
  expect(isds.calls).toEqual([]);
});

test('the own box, a missing right and an own box that is closed are refused without asking ISDS', async () => {
  const isds = newIsds();
  const check = (changes: Partial<SenderIdentity>) =>
    newOutbox().checkRecipient(identityOf(isds, changes), `aydaadk@${domain}`, signal);
  const box = { boxId: 'aydaadk', boxType: 'PO', name: '', boxState: 1 };
  await expect(check({ box })).rejects.toThrow('recipient-own-box');
  await expect(check({ rights: 255 - 4 })).rejects.toThrow('sending-not-permitted');
  await expect(check({ box: { ...box, boxId: 'abcdefg', boxState: 2 } })).rejects.toThrow('own-box-inaccessible');
  expect(isds.calls).toEqual([]);
});

test('a public authority is written to for free, and its name is told', async () => {
  const isds = newIsds();
  expect(await newOutbox().checkRecipient(identityOf(isds), `aydaadk@${domain}`, signal)).toEqual(office);
  expect(isds.calls).toEqual(['check aydaadk', 'find aydaadk']);
});

test('a good answer is remembered for some minutes', async () => {
  const isds = newIsds();
  const clock = { time: 0, now: () => clock.time };
  const outbox = newOutbox(memoryStore(), clock);
  for (const minute of [0, 4]) {
    clock.time = minute * MINUTE;
    await outbox.checkRecipient(identityOf(isds), `aydaadk@${domain}`, signal);
  }
  expect(isds.calls).toHaveLength(2);
  clock.time = 5 * MINUTE;
  await outbox.checkRecipient(identityOf(isds), `aydaadk@${domain}`, signal);
  expect(isds.calls).toHaveLength(4);
});

test('a company is written to for money, if the sender can pay', async () => {
  const isds = newIsds({ boxType: 'PO', sendOptions: 'PDZ' });
  expect(await newOutbox().checkRecipient(identityOf(isds), `aydaadk@${domain}`, signal)).toMatchObject({ paid: true });
  isds.pdz = false;
  await expect(newOutbox().checkRecipient(identityOf(isds), `aydaadk@${domain}`, signal)).rejects.toThrow(
    'payment-missing',
  );
});

test('a person whom the search hides is written to for money at most; by an authority for free', async () => {
  const isds = newIsds(null);
  expect(await checkOffice(identityOf(isds))).toEqual({ boxId: 'aydaadk', name: undefined, paid: true });
  const authority = { boxId: 'zzzzzzq', boxType: 'OVM', name: '', boxState: 1 };
  expect(await checkOffice(identityOf(isds, { box: authority }))).toMatchObject({ paid: false });
});

test.each([
  [2, 'recipient-inaccessible'],
  [4, 'recipient-inaccessible'],
  [5, 'recipient-unknown'],
])('a box in state %i is refused as %s', async (state, reason) => {
  const isds = newIsds();
  isds.state = state;
  await expect(newOutbox().checkRecipient(identityOf(isds), `aydaadk@${domain}`, signal)).rejects.toThrow(reason);
});

test('all problems of a mail are told together, the subject first', async () => {
  const draft = draftOf({ subject: '', files: [fileOf('program.exe'), fileOf('prázdný.pdf', '')] });
  await expect(sendTo(newOutbox(), identityOf(newIsds()), office, draft, 's')).rejects.toMatchObject({
    reason: 'annotation-missing',
    others: [
      { reason: 'file-type-refused', facts: { file: 'program.exe' } },
      { reason: 'file-empty', facts: { file: 'prázdný.pdf' } },
    ],
  });
});

test('the subject becomes the annotation, the files keep their order, the text comes last', async () => {
  const isds = newIsds();
  const draft = draftOf({ files: [fileOf('vyjádření.pdf'), fileOf('příloha č. 2.png')] });
  expect(await sendTo(newOutbox(), identityOf(isds), office, draft, 's')).toEqual({ dmID: '1001', repeated: false });
  expect(isds.sent[0]).toMatchObject({
    recipientBox: 'aydaadk',
    annotation: 'Vyjádření k výzvě',
    files: [
      { name: 'vyjádření.pdf', mimeType: 'application/pdf', metaType: 'main' },
      { name: 'příloha č. 2.png', mimeType: 'image/png', metaType: 'enclosure' },
      { name: 'textová zpráva.txt', mimeType: 'text/plain', metaType: 'enclosure' },
    ],
  });
  const text = Buffer.concat(await Array.fromAsync(isds.sent[0]!.files[2]!.open()));
  expect(text.toString()).toBe('Dobrý den,\r\nposílám vyjádření.\r\n');
  expect(isds.sent[0]!.files[2]!.size).toBe(text.length);
});

test('a text alone is the main file; an empty text is no file', async () => {
  const isds = newIsds();
  await sendTo(newOutbox(), identityOf(isds), office, draftOf({ files: [] }), 's');
  await sendTo(newOutbox(), identityOf(isds), office, draftOf({ text: ' \n' }), 's');
  expect(isds.sent.map(({ files }) => files.map(({ name, metaType }) => `${metaType} ${name}`))).toEqual([
    ['main textová zpráva.txt'],
    ['main vyjádření.pdf'],
  ]);
});

test.each([
  ['no subject', { subject: '' }, 'annotation-missing'],
  ['a subject of 256 characters', { subject: 'ř'.repeat(256) }, 'annotation-too-long'],
  ['neither text nor file', { text: undefined, files: [] }, 'mail-empty'],
  ['a forbidden file', { files: [fileOf('program.exe')] }, 'file-type-refused'],
  ['a file without extension', { files: [fileOf('dopis')] }, 'file-without-extension'],
  ['an empty file', { files: [fileOf('dopis.pdf', '')] }, 'file-empty'],
  ['too many files', { files: Array.from({ length: 3 }, (_, index) => fileOf(`${index}.pdf`)) }, 'files-too-many'],
  ['a too large file', { files: [fileOf('velký.pdf', 'x'.repeat(1_000))] }, 'file-too-large'],
  ['too large files', { files: [fileOf('velký.pdf', 'x'.repeat(980))] }, 'files-too-large'],
])('a mail with %s is refused before ISDS is asked', async (_, changes, reason) => {
  const isds = newIsds();
  await expect(sendTo(newOutbox(), identityOf(isds), office, draftOf(changes), 's')).rejects.toThrow(reason);
  expect(isds.calls).toEqual([]);
});

test('255 characters of subject are an annotation', async () => {
  const isds = newIsds();
  await sendTo(newOutbox(), identityOf(isds), office, draftOf({ subject: 'ř'.repeat(255) }), 's');
  expect(isds.sent).toHaveLength(1);
});

test('a reply carries the reference numbers back, swapped', async () => {
  const isds = newIsds();
  const answers = [`<neco@jinde.cz>`, `<1490000010@${domain}>`];
  await sendTo(newOutbox(), identityOf(isds), office, draftOf({ answers }), 's');
  expect(isds.calls).toEqual(['envelope 1490000010', 'create aydaadk']);
  expect(isds.sent[0]).toMatchObject({
    recipientRefNumber: 'ÚMČ/123/2026',
    recipientIdent: 'SZ-ÚMČ 55',
    senderRefNumber: 'KŠ 7/2026',
    senderIdent: 'SZ-KŠ 9',
  });
});

test('a reply that goes to somebody else carries no reference numbers', async () => {
  const isds = newIsds();
  const other = { ...office, boxId: 'abcdefg' };
  await sendTo(newOutbox(), identityOf(isds), other, draftOf({ answers: [`<1490000010@${domain}>`] }), 's');
  expect(isds.sent[0]).not.toHaveProperty('recipientRefNumber');
});

test('an original that is gone does not stop the reply, an outage of ISDS does', async () => {
  const isds = newIsds();
  const draft = draftOf({ answers: [`<1490000010@${domain}>`] });
  isds.downloadEnvelope = async () => {
    throw new IsdsError({ kind: 'status', code: '1219', message: '', class: 'not-obtainable' });
  };
  await sendTo(newOutbox(), identityOf(isds), office, draft, 's');
  expect(isds.sent).toHaveLength(1);
  isds.downloadEnvelope = async () => {
    throw new IsdsError({ kind: 'maintenance' });
  };
  await expect(sendTo(newOutbox(), identityOf(isds), office, draft, 's')).rejects.toThrow('isds-maintenance');
  expect(isds.sent).toHaveLength(1);
});

test('the same mail again, with a new Message-ID, gets the first result; also after a restart', async () => {
  const isds = newIsds();
  const store = memoryStore();
  await sendTo(newOutbox(store), identityOf(isds), office, draftOf(), 's');
  const again = draftOf({ messageId: '<2@pocitac>' });
  expect(await sendTo(newOutbox(store), identityOf(isds), office, again, 's')).toEqual({
    dmID: '1001',
    repeated: true,
  });
  expect(isds.sent).toHaveLength(1);
});

test('the same mail while the first is under way waits for its result', async () => {
  const isds = newIsds();
  const outbox = newOutbox();
  const both = await Promise.all([1, 2].map(() => sendTo(outbox, identityOf(isds), office, draftOf(), 's')));
  expect(both).toEqual([
    { dmID: '1001', repeated: false },
    { dmID: '1001', repeated: true },
  ]);
  expect(isds.sent).toHaveLength(1);
});

test('a mail that differs in one file, or comes a quarter of an hour later, is another message', async () => {
  const isds = newIsds();
  const clock = { time: 0, now: () => clock.time };
  const outbox = newOutbox(memoryStore(), clock);
  await sendTo(outbox, identityOf(isds), office, draftOf(), 's');
  await sendTo(outbox, identityOf(isds), office, draftOf({ files: [fileOf('vyjádření.pdf', 'jiný')] }), 's');
  isds.time = clock.time = 15 * MINUTE;
  await sendTo(outbox, identityOf(isds), office, draftOf(), 's');
  expect(isds.sent).toHaveLength(3);
});

test('a message that ISDS refused may be mended and sent again', async () => {
  const isds = newIsds();
  const outbox = newOutbox();
  isds.create = async () => {
    throw new IsdsError({
      kind: 'status',
      code: '1214',
      message: 'Obsah neodpovídá příponě:vyjádření.pdf',
      class: 'user-error',
    });
  };
  await expect(sendTo(outbox, identityOf(isds), office, draftOf(), 's')).rejects.toMatchObject({
    reason: 'file-refused',
    isdsCode: '1214',
  });
  isds.create = async () => '2000';
  expect(await sendTo(outbox, identityOf(isds), office, draftOf(), 's')).toEqual({ dmID: '2000', repeated: false });
});
