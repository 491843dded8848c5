/** Mails above 20 MB: what is uploaded, how often, and what is created. */
import { expect, test } from 'vitest';
import { IsdsError } from '../../src/isds/index.ts';
import type { DraftFile } from '../../src/mail-parser/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { draftOf, fileOf, identityOf, MINUTE, newIsds, newOutbox, office } from './fakes.ts';

const MB = 1_000_000;
const other = { ...office, boxId: 'bcdefgh' };

/** A file that says that it is so large. */
function sized(name: string, size: number): DraftFile {
  return { ...fileOf(name), size };
}

const plans = draftOf({
  text: undefined,
  files: [sized('výkres č. 1.pdf', 15 * MB), sized('výkres č. 2.pdf', 5 * MB + 1)],
});

function circumstances() {
  const isds = newIsds();
  const clock = { time: 10 * MINUTE, now: () => clock.time };
  const store = memoryStore();
  const restarted = (changes = {}) => newOutbox(store, clock, { maxTotalOctets: 100 * MB, ...changes });
  const outbox = restarted();
  const send = (recipients = [office], by = outbox) => by.send(identityOf(isds), recipients, plans, 's');
  return { isds, clock, send, restarted };
}

function status(code: string, statusClass: 'temporary' | 'upload-again' | 'user-error'): IsdsError {
  return new IsdsError({ kind: 'status', code, message: '', class: statusClass });
}

test('twenty million octets are an ordinary message, one more is a large one whose files are uploaded first', async () => {
  const { isds, send } = circumstances();
  const ordinary = draftOf({ text: undefined, files: [sized('výkres.pdf', 20 * MB)] });
  await newOutbox(memoryStore(), { now: () => 0 }, { maxTotalOctets: 100 * MB }).send(
    identityOf(isds),
    [office],
    ordinary,
    's',
  );
  expect(isds.calls).toEqual(['create aydaadk']);
  isds.calls.length = 0;
  expect((await send()).messages).toMatchObject([{ dmID: '3001', repeated: false }]);
  expect(isds.calls).toEqual([
    'upload výkres č. 1.pdf',
    'upload výkres č. 2.pdf',
    'create big aydaadk: main 1, enclosure 2',
  ]);
});

test('several recipients get a message each from one upload', async () => {
  const { isds, send } = circumstances();
  await send([office, other]);
  expect(isds.calls.map((call) => call.split(' ', 1)[0])).toEqual(['upload', 'upload', 'create', 'create']);
  expect(isds.calls.at(-1)).toBe('create big bcdefgh: main 1, enclosure 2');
});

test('after a failure the uploads are used again, until ISDS may have dropped them', async () => {
  const { isds, clock, send } = circumstances();
  isds.createBig = async () => {
    throw status('3013', 'temporary');
  };
  const refused = () => expect(send()).rejects.toMatchObject({ isdsCode: '3013' });
  await refused();
  clock.time += 100 * MINUTE - 1;
  await refused();
  expect(isds.uploads).toBe(2);
  clock.time += 1;
  await refused();
  expect(isds.uploads).toBe(4);
});

test('an upload that breaks off is the only one made again, and nothing is in doubt', async () => {
  const { isds, send, restarted } = circumstances();
  const upload = isds.uploadAttachment;
  isds.uploadAttachment = async (file) => {
    if (isds.uploads === 1) throw new IsdsError({ kind: 'unreachable' });
    return upload(file);
  };
  await expect(send()).rejects.toThrow('isds-unreachable');
  isds.uploadAttachment = upload;
  await send();
  expect(isds.calls).toEqual([
    'upload výkres č. 1.pdf',
    'upload výkres č. 2.pdf',
    'create big aydaadk: main 1, enclosure 2',
  ]);
  expect((await send([office], restarted())).messages).toMatchObject([{ dmID: '3001', repeated: true }]);
});

test.each(['1290', '1294'])('uploads that ISDS does not accept any more (%s) are made once again', async (code) => {
  const { isds, send } = circumstances();
  isds.createBig = async () => {
    if (isds.uploads === 2) throw status(code, 'upload-again');
    return '3001';
  };
  expect((await send()).messages).toMatchObject([{ dmID: '3001' }]);
  expect(isds.uploads).toBe(4);
  isds.createBig = async () => {
    throw status(code, 'upload-again');
  };
  await expect(send([other])).rejects.toMatchObject({ isdsCode: code });
  expect(isds.uploads).toBe(6);
});

test('a file that ISDS refuses at the upload is told, and nothing is created', async () => {
  const { isds, send } = circumstances();
  isds.uploadAttachment = async () => {
    throw status('1214', 'user-error');
  };
  await expect(send([office, other])).rejects.toMatchObject({ isdsCode: '1214' });
  expect(isds.calls).toEqual([]);
});

test.each([
  ['lists it', { vodz: true, attachmentSize: 1 }, true],
  ['lists it without the mark of large ones', { vodz: false, attachmentSize: 26_100 }, true],
  ['lists another one of that name and size', { vodz: true, attachmentSize: 26_100, dmID: '778' }, false],
])('a lost answer is settled when ISDS %s', async (_, listed, repeated) => {
  const { isds, clock, send } = circumstances();
  const createBig = isds.createBig;
  isds.createBig = async () => {
    throw new IsdsError({ kind: 'timeout' }, { outcome: 'unknown' });
  };
  await expect(send()).rejects.toThrow('outcome-unknown');
  isds.createBig = createBig;
  const others = [{ name: 'vyjádření.pdf', size: 20_000_001, sha256: 'jiný' }];
  isds.holds = (dmID) => (dmID === '777' ? (isds.first ?? []) : others);
  isds.listed = [envelopeOf({ dmID: '777', recipientBox: 'aydaadk', annotation: 'Vyjádření k výzvě', ...listed })];
  clock.time += 3 * MINUTE;
  expect((await send()).messages).toMatchObject([{ dmID: repeated ? '777' : '3001', repeated }]);
});

test('a text that comes out otherwise the next time is uploaded anew, so that the message is known again', async () => {
  const { isds, clock, restarted } = circumstances();
  const outbox = restarted({ text: { body: 'pdf', quotedText: 'keep', signature: 'keep' } });
  const createBig = isds.createBig;
  const send = (day: number) => {
    // A mail program dates a mail anew when it is sent again, and the document says when the mail was written.
    const draft = { ...plans, text: 'Posílám výkresy.', date: new Date(Date.UTC(2026, 11, day)) };
    return outbox.send(identityOf(isds), [office], draft, 's');
  };
  isds.createBig = async () => {
    throw status('3013', 'temporary');
  };
  await expect(send(1)).rejects.toMatchObject({ isdsCode: '3013' });
  const held: string[] = [];
  const { createBigMessage } = isds;
  isds.createBigMessage = async (message) => {
    held.push(...message.files.map(({ uploaded }) => uploaded.attachmentId));
    return createBigMessage(message);
  };
  isds.createBig = async () => {
    throw new IsdsError({ kind: 'timeout' }, { outcome: 'unknown' });
  };
  await expect(send(2)).rejects.toThrow('outcome-unknown');
  isds.createBig = createBig;
  isds.holds = () => held.flatMap((id) => isds.uploaded.get(id) ?? []);
  isds.listed = [envelopeOf({ dmID: '777', recipientBox: 'aydaadk', annotation: 'Vyjádření k výzvě', vodz: true })];
  clock.time += 3 * MINUTE;
  expect((await send(3)).messages).toMatchObject([{ dmID: '777', repeated: true }]);
  expect(isds.uploads).toBe(4);
});
