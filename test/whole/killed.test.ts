/** kill -9 in the middle of sending, by a client that tries again until it gets an answer. */
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { postolka, type Running } from '../commands/postolka.ts';
import { ClockAhead } from '../support/clock-ahead.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { demoBoxes, startSandbox } from '../../src/sandbox/index.ts';
import { sendMail } from './smtp-session.ts';
import { addressesOf, domain, settings } from './whole.ts';

/** A round starts the gateway twice, which takes a second; TEST_KILLS asks for more. */
const ROUNDS = Number(process.env['TEST_KILLS'] ?? 5);

/** Long enough for a whole sending, so that the kill falls before, into and behind it. */
const MAX_LIFE_MS = 120;

/** After that a doubt is settled, one of a killed gateway too. */
const SETTLED_MS = 240_000;

const HOUR_MS = 3_600_000;

/** When the kill comes; TEST_SEED brings the same moments again. */
const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);
let state = SEED;

/** From 0 to 1, each time another (Park and Miller). */
function chance(): number {
  state = (state * 48_271 + 1) % 2_147_483_647;
  return state / 2_147_483_647;
}

/** Mails of one subject differ by their Message-ID alone. */
let mails = 0;

async function kill({ process: child }: Running): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'close');
}

/** Every other mail goes to two boxes, which the office reaches for nothing and therefore by one call. */
function recipientsOf(round: number): readonly string[] {
  return round % 2 === 0 ? [demoBoxes.company] : [demoBoxes.company, demoBoxes.builder];
}

function send(port: number, round: number, subject: string): Promise<string> {
  return sendMail(port, 'urad01', 'Podatelna-1234', {
    from: `urad01@${domain}`,
    to: recipientsOf(round).map((box) => `${box}@${domain}`),
    mail: `Subject: ${subject}\r\nMessage-ID: <${round}-${mails++}@pocitac>\r\n\r\nDobry den,\r\nposilam podani.`,
  });
}

test(
  `killed ${ROUNDS} times at random moments (seed ${SEED}), every message exists once`,
  async () => {
    const clock = new ClockAhead();
    const sandbox = await startSandbox({ clock });
    onTestFinished(() => sandbox.close());
    const dataDirectory = temporaryFolder();

    clock.skip(SETTLED_MS);

    /** A gateway whose clock is as far ahead as the test's: the minute that doubt lasts need not be waited for. */
    async function start(): Promise<{ gateway: Running; port: number }> {
      const dependencies = { ...settings, ...addressesOf(sandbox), POSTOLKA_DATA_DIRECTORY: dataDirectory };
      const gateway = postolka(['serve'], dependencies, clock.options);
      const [, port] = await gateway.output(/"smtp":(\d+)/);
      return { gateway, port: Number(port) };
    }

    for (let round = 0; round < ROUNDS; round++) {
      const subject = `Podani ${round}`;
      const first = await start();
      const dying = new Promise<void>((resolve) => {
        setTimeout(() => void kill(first.gateway).then(resolve), chance() * MAX_LIFE_MS);
      });
      await send(first.port, round, subject).catch(() => 'closed');
      await dying;
      const second = await start();
      clock.skip(SETTLED_MS);
      expect(await send(second.port, round, subject)).toMatch(/^250[- ]2\.0\.0 /);
      await kill(second.gateway);
      // A log-in within which the gateway was killed counts as failed for an hour; this test is not about them.
      clock.skip(HOUR_MS);
    }
    const sent = sandbox.world
      .messagesOf(demoBoxes.office, 'sender')
      .filter(({ annotation = '' }) => annotation.startsWith('Podani'))
      .map(({ annotation, recipient }) => `${annotation} ${recipient.boxId}`);
    const wanted = Array.from({ length: ROUNDS }, (_, round) =>
      recipientsOf(round).map((box) => `Podani ${round} ${box}`),
    );
    expect(sent.toSorted()).toEqual(wanted.flat().toSorted());
  },
  60_000 + ROUNDS * 10_000,
);
