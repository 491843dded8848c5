/** Two outboxes at work on one store, as two gateways would be: whatever they do at once, a mail becomes one data message. */
import { expect, test, vi } from 'vitest';
import type { NewPlace } from '../store/place.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { draftOf, identityOf, MINUTE, newIsds, newOutbox, office, sendTo } from './fakes.ts';

/** A store, an ISDS that lists what it was sent, and two outboxes on them. */
async function two(newPlace: NewPlace) {
  const place = await newPlace();
  const store = await place.open();
  const other = await place.beside(store);
  const clock = { time: 0, now: () => clock.time };
  const isds = newIsds();
  let made = 0;
  isds.create = async () => {
    const dmID = String(1_001 + made++);
    isds.listed = [...isds.listed, envelopeOf({ dmID, recipientBox: office.boxId, annotation: draftOf().subject })];
    return dmID;
  };
  const send = (outbox = newOutbox(store, clock)) => sendTo(outbox, identityOf(isds), office, draftOf(), 's');
  return { clock, isds, send, outboxes: [newOutbox(store, clock), newOutbox(other, clock)] as const };
}

export function twoGatewaysContract(newPlace: NewPlace): void {
  test('the same mail at once in two outboxes is sent once, and the other one says so', async () => {
    const { isds, send, outboxes } = await two(newPlace);
    const sent = await Promise.allSettled(outboxes.map((outbox) => send(outbox)));
    expect(isds.sent).toHaveLength(1);
    expect(sent.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    // Whoever came second may have been told to come again; then it hears of the first one's message.
    expect(await send(outboxes[1])).toEqual({ dmID: '1001', repeated: true });
    expect(isds.sent).toHaveLength(1);
  });

  test('while one still sends, the other settles nothing, however long that takes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { isds, send, outboxes, clock } = await two(newPlace);
      const { create } = isds;
      const { promise, resolve } = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      isds.create = async (...given) => {
        begun.resolve();
        await promise;
        return create(...given);
      };
      const first = send(outboxes[0]);
      await begun.promise;
      for (let minute = 0; minute < 9; minute++) {
        for (let times = 0; times < 6; times++) {
          clock.time += 10_000;
          await vi.advanceTimersByTimeAsync(10_000);
        }
        await expect(send(outboxes[1])).rejects.toThrow('outcome-unknown');
      }
      resolve();
      expect(await first).toEqual({ dmID: '1001', repeated: false });
      expect(await send(outboxes[1])).toEqual({ dmID: '1001', repeated: true });
      expect(isds.sent).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each(['before', 'after'] as const)(
    'one is killed %s ISDS created the message: the other sends it once',
    async (when) => {
      const { isds, send, outboxes, clock } = await two(newPlace);
      const { create } = isds;
      // Never comes back: its process is gone, and its lease is not renewed any more.
      isds.create = async (...given) => {
        if (when === 'after') await create(...given);
        return new Promise(() => {});
      };
      void send(outboxes[0]);
      await vi.waitFor(() => expect(isds.sent).toHaveLength(1));
      isds.create = create;
      await expect(send(outboxes[1])).rejects.toThrow('outcome-unknown');
      clock.time += 4 * MINUTE;
      expect(await send(outboxes[1])).toEqual({ dmID: '1001', repeated: when === 'after' });
      expect(isds.listed).toHaveLength(1);
    },
  );
}
