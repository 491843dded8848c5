/** A real Thunderbird while ISDS is silent: it waits as long as it always does, and so does the gateway. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoBoxes } from '../../src/sandbox/index.ts';
import { write } from './thunderbird/composing.ts';
import { messagesIn, readMessage } from './thunderbird/folders.ts';
import { takePrompts } from './thunderbird/prompts.ts';
import { LONG_MS, skipped, Stage } from './thunderbird/stage.ts';

describe.skipIf(skipped)(
  'a real Thunderbird under a silent ISDS (skipped where none is installed)',
  { timeout: LONG_MS },
  () => {
    let stage: Stage;

    beforeAll(async () => {
      stage = await Stage.open();
      await stage.addAccount();
      await stage.poll();
    }, LONG_MS);

    afterAll(() => stage?.close(), LONG_MS);

    /** Until the function that this answers is called. */
    function silence(operation: string): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      stage.whole.sandbox.faults.add({ kind: 'held', until: promise, operation });
      return resolve;
    }

    test('Get Messages ends without a complaint, and brings the message when ISDS has answered', async () => {
      const before = await stage.inbox();
      const speak = silence('GetListOfReceivedMessages');
      const letter = { from: demoBoxes.office, to: demoBoxes.company, annotation: 'Výzva k vyjádření', files: [] };
      const message = stage.whole.sandbox.world.deliver(letter);
      expect(await stage.poll()).toBe(true);
      expect(await takePrompts(stage.chrome)).toEqual([]);
      expect(await stage.inbox()).toEqual(before);
      expect(stage.logged('last known list served: ISDS has not answered yet')).toHaveLength(1);
      expect(stage.count('GetListOfReceivedMessages')).toBe(stage.polls);
      speak();
      await expect.poll(() => stage.logged('messages picked up'), { timeout: LONG_MS }).toHaveLength(stage.polls);
      expect(await stage.poll()).toBe(true);
      expect(await stage.inbox()).toEqual([...before, stage.messageIdOf(message)]);
    });

    test('a mail that is still being sent: its user reads what not to do, and then how it went', async () => {
      const speak = silence('CreateMessage');
      const letter = { to: [stage.addressOf(demoBoxes.office)], subject: 'Žádost', text: 'Dobrý den.' };
      expect(await write(stage.chrome, letter)).toBe(false);
      expect(await takePrompts(stage.chrome)).toEqual([
        expect.stringContaining(
          'Zpráva se stále odesílá, ISDS zatím neodpověděl. Neposílejte ji znovu ani jinou cestou',
        ),
      ]);
      speak();
      await expect.poll(() => stage.logged('sending reported'), { timeout: LONG_MS }).toHaveLength(1);
      const sent = stage.whole.sandbox.world.messagesOf(demoBoxes.office, 'recipient');
      expect(sent.filter(({ annotation }) => annotation === 'Žádost')).toHaveLength(1);
      expect(stage.count('CreateMessage')).toBe(1);
      expect(await stage.poll()).toBe(true);
      const report = (await messagesIn(stage.chrome, 'Inbox')).at(-1)!;
      expect(report.subject).toBe('Výsledek odesílání: odesláno 1 z 1 datových zpráv');
      const { text } = await readMessage(stage.chrome, 'Inbox', report.messageId);
      expect(text).toContain(`${demoBoxes.office}: datová zpráva ${sent[0]?.dmID}`);
    });
  },
);
