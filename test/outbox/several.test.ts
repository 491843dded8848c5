/** Results of one call for several boxes, put to the right recipient; and what a mail that comes again is given. */
import { expect, test } from 'vitest';
import { IsdsError, type OutgoingMultiple, type SingleOutcome } from '../../src/isds/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { domain, draftOf, identityOf, MINUTE, newIsds, newOutbox, office } from './fakes.ts';

const boxes = ['aydaadk', 'bcdefgh', 'cdefghi'];
const recipients = boxes.map((boxId) => ({ ...office, boxId }));
const refused = new IsdsError({ kind: 'status', code: '1204', message: '', class: 'user-error' });

/** Sends to three boxes; `answer` is what CreateMultipleMessage says, `listed` whose messages are listed as sent. */
async function sendToThree(answer: readonly SingleOutcome[], listed: Readonly<Record<string, string>>) {
  const isds = newIsds();
  isds.createMultipleMessage = async () => answer;
  isds.listed = Object.entries(listed).map(([dmID, recipientBox]) => envelopeOf({ dmID, recipientBox }));
  const store = memoryStore();
  const sent = await newOutbox(store).send(identityOf(isds), recipients, draftOf(), 's');
  return {
    sent: sent.messages.map(({ recipient, dmID }) => `${recipient.boxId} ${dmID}`),
    failed: sent.failures.map(({ recipient, refusal }) => `${recipient.boxId} ${refusal.reason}`),
    calls: isds.calls,
  };
}

test('all succeeded: the order of the answer is that of the recipients, and no list is asked for', async () => {
  const { sent, calls } = await sendToThree([{ dmID: '1' }, { dmID: '2' }, { dmID: '3' }], {});
  expect(sent).toEqual(['aydaadk 1', 'bcdefgh 2', 'cdefghi 3']);
  expect(calls).toEqual([]);
});

test.each([
  ['lists them in that order', { '1': 'aydaadk', '3': 'cdefghi' }],
  ['does not list them yet', {}],
])('one failed and ISDS %s: the order of the answer holds', async (_, listed) => {
  const { sent, failed } = await sendToThree([{ dmID: '1' }, { error: refused }, { dmID: '3' }], listed);
  expect(sent).toEqual(['aydaadk 1', 'cdefghi 3']);
  expect(failed).toEqual(['bcdefgh recipient-inaccessible']);
});

test('the answer is in another order than the recipients: the list of sent messages decides', async () => {
  const { sent, failed } = await sendToThree([{ error: refused }, { dmID: '1' }, { dmID: '2' }], {
    '1': 'aydaadk',
    '2': 'bcdefgh',
  });
  expect(sent).toEqual(['aydaadk 1', 'bcdefgh 2']);
  expect(failed).toEqual(['cdefghi recipient-inaccessible']);
});

test.each<[string, readonly SingleOutcome[]]>([
  ['in another order and not all listed', [{ error: refused }, { dmID: '1' }, { dmID: '2' }]],
  ['shorter than the recipients are', [{ dmID: '1' }, { error: refused }]],
  ['shorter, and without a failure', [{ dmID: '1' }, { dmID: '2' }]],
])('an answer %s leaves the outcome open', async (_, answer) => {
  const listed = answer.length === 3 ? { '1': 'aydaadk' } : {};
  await expect(sendToThree(answer, listed)).rejects.toThrow('outcome-unknown');
});

test('an answer in another order, with a failure that leaves its outcome open, leaves open who else failed', async () => {
  const open = new IsdsError({ kind: 'status', code: '9005', message: '', class: 'temporary' }, { outcome: 'unknown' });
  const sending = sendToThree([{ error: refused }, { error: open }, { dmID: '1' }], { '1': 'aydaadk' });
  await expect(sending).rejects.toThrow('outcome-unknown');
});

test('a temporary failure stops those behind it, and all of it is told', async () => {
  const isds = newIsds();
  const paid = recipients.map((recipient) => ({ ...recipient, paid: true }));
  isds.create = async () => {
    if (isds.sent.length === 2) throw new IsdsError({ kind: 'maintenance' });
    return '1';
  };
  const { messages, failures } = await newOutbox().send(identityOf(isds), paid, draftOf(), 's');
  expect(messages.map(({ recipient }) => recipient.boxId)).toEqual(['aydaadk']);
  expect(failures.map(({ recipient, refusal }) => `${recipient.boxId} ${refusal.reason}`)).toEqual([
    'bcdefgh isds-maintenance',
    'cdefghi isds-maintenance',
  ]);
  expect(isds.calls).toEqual(['create aydaadk', 'create bcdefgh']);
});

test('a refusal that is the same for all is told once, others beside it', async () => {
  const isds = newIsds();
  isds.createMultipleMessage = async ({ recipients: all }: OutgoingMultiple) => all.map(() => ({ error: refused }));
  await expect(newOutbox().send(identityOf(isds), recipients, draftOf(), 's')).rejects.toMatchObject({
    reason: 'recipient-inaccessible',
    facts: { box: 'aydaadk' },
    others: [{ facts: { box: 'bcdefgh' } }, { facts: { box: 'cdefghi' } }],
  });
});

test('a reply to all carries reference numbers to the one who wrote, whose message therefore goes alone', async () => {
  const isds = newIsds();
  const draft = draftOf({ answers: [`<1490000010@${domain}>`] });
  await newOutbox().send(identityOf(isds), recipients, draft, 's');
  expect(isds.calls).toEqual(['envelope 1490000010', 'create aydaadk', 'create bcdefgh cdefghi']);
  expect(isds.sent[0]).toMatchObject({ recipientRefNumber: 'ÚMČ/123/2026' });
});

test('the same words in answer to another message are another data message', async () => {
  const isds = newIsds();
  const outbox = newOutbox();
  for (const dmID of ['1490000010', '1490000011', '1490000010']) {
    await outbox.send(identityOf(isds), [office], draftOf({ answers: [`<${dmID}@${domain}>`] }), 's');
  }
  expect(isds.sent).toHaveLength(2);
});

test('a success that the mail program did not hear of is remembered for a day, one it heard of for a quarter of an hour', async () => {
  const isds = newIsds();
  const clock = { time: 0, now: () => clock.time };
  const outbox = newOutbox(memoryStore(), clock);
  await outbox.send(identityOf(isds), [office], draftOf(), 's');
  isds.time = clock.time = 23 * 60 * MINUTE;
  const again = await outbox.send(identityOf(isds), [office], draftOf(), 's');
  expect(again.messages).toMatchObject([{ dmID: '1001', repeated: true }]);
  await outbox.confirm(again);
  await outbox.send(identityOf(isds), [office], draftOf(), 's');
  expect(isds.sent).toHaveLength(2);
});

test('a login that may not look whose result is whose sends to each box by itself', async () => {
  const isds = newIsds();
  const sent = await newOutbox().send(identityOf(isds, { rights: 255 & ~8 }), recipients, draftOf(), 's');
  expect(isds.calls).toEqual(boxes.map((boxId) => `create ${boxId}`));
  expect(sent.messages.map(({ recipient, dmID }) => `${recipient.boxId} ${dmID}`)).toEqual([
    'aydaadk 1001',
    'bcdefgh 1002',
    'cdefghi 1003',
  ]);
});
