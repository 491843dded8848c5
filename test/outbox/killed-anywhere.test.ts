/** A gateway that is killed at every single step of sending, before and after the step took effect; then the mail comes again. */
import { expect, test } from 'vitest';
import type { OutgoingMessage, OutgoingMultiple, SentFile } from '../../src/isds/index.ts';
import { memoryStore, type Store } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { draftOf, identityOf, MINUTE, newIsds, newOutbox, office } from './fakes.ts';

/** Two that go by one call, and two that go alone. */
const recipients = [
  { ...office, boxId: 'aydaadk' },
  { ...office, boxId: 'bcdefgh' },
  { ...office, boxId: 'cdefghi', paid: true },
  { ...office, boxId: 'defghij', paid: true },
];

class Killed extends Error {}

/** An ISDS that keeps what it is sent. */
function world() {
  const isds = newIsds();
  const messages: { dmID: string; box: string }[] = [];
  const create = (box: string, files: readonly SentFile[]): string => {
    const dmID = String(1_001 + messages.length);
    messages.push({ dmID, box });
    isds.first ??= files;
    return dmID;
  };
  isds.createMessage = async ({ recipientBox, files }: OutgoingMessage) => create(recipientBox, files);
  isds.createMultipleMessage = async ({ recipients: boxes, files }: OutgoingMultiple) =>
    boxes.map(({ boxId }) => ({ dmID: create(boxId, files) }));
  isds.listSent = async () =>
    messages.map(({ dmID, box }) =>
      envelopeOf({ dmID, recipientBox: box, annotation: draftOf().subject, attachmentSize: 1 }),
    );
  return { isds, messages };
}

/** The methods as they are until the step at which everything ends. */
function mortal(at: number, when: 'before' | 'after') {
  let steps = 0;
  let dead = false;
  const step = async (act: () => unknown): Promise<unknown> => {
    if (dead) throw new Killed();
    if (steps++ < at) return act();
    dead = true;
    if (when === 'after') await act();
    throw new Killed();
  };
  const until = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get(owner, name) {
        const value: unknown = Reflect.get(owner, name);
        // Reading the clock is no step.
        if (typeof value !== 'function' || name === 'serverTime') return value;
        return (...given: unknown[]) => step(async () => Reflect.apply(value, owner, given));
      },
    });
  return { until, isDead: () => dead };
}

function withSubmissions(store: Store, submissions: Store['submissions']): Store {
  return { ...store, submissions };
}

test.each(['before', 'after'] as const)(
  'killed %s each step in turn, every box gets its message once',
  async (when) => {
    let at = 0;
    for (; ; at++) {
      const store = memoryStore();
      const clock = { time: 10 * MINUTE, now: () => clock.time };
      const { isds, messages } = world();
      const { until, isDead } = mortal(at, when);
      const first = newOutbox(withSubmissions(store, until(store.submissions)), clock);
      const killed = await first.send(identityOf(until(isds)), recipients, draftOf(), 's').then(
        () => false,
        (error: unknown) => isDead() || Promise.reject(error),
      );
      if (!killed) break;
      const second = newOutbox(store, clock);
      // Three minutes after the lease of the killed one, which nobody gave back.
      clock.time += 4 * MINUTE;
      const sent = await second.send(identityOf(isds), recipients, draftOf(), 's');
      const told = sent.messages.map(({ recipient, dmID }) => ({ dmID, box: recipient.boxId }));
      expect(sent.failures, `step ${at}`).toEqual([]);
      expect(messages.map(({ box }) => box).toSorted(), `step ${at}`).toEqual(recipients.map(({ boxId }) => boxId));
      expect(told.toSorted(byBox), `step ${at}`).toEqual(messages.toSorted(byBox));
    }
    // Four questions to the store, a note before each of three calls, one after each of four messages, and a lease given back
    // after each call but the last one, whose end nobody waits for.
    expect(at).toBe(4 + 3 + 3 + 4 + 2);
  },
);

function byBox({ box: one }: { box: string }, { box: other }: { box: string }): number {
  return one < other ? -1 : 1;
}
