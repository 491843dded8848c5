/** kill -9 among mails of one recipient, one subject and one size, which only their content tells apart. */
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes, octetsOf, startSandbox } from '../../src/sandbox/index.ts';
import { postolka, type Running } from '../commands/postolka.ts';
import { Chance } from '../mail-parser/chance.ts';
import { ClockAhead } from '../support/clock-ahead.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { sendMail } from './smtp-session.ts';
import { addressesOf, domain, settings } from './whole.ts';

/** A kill takes a second or two; TEST_ALIKE asks for more, ten mails for each. */
const KILLS = Number(process.env['TEST_ALIKE'] ?? 4);
const MAILS = KILLS * 10;

const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);

/** After that a doubt is settled, one of a killed gateway too. */
const SETTLED_MS = 240_000;

/** Long enough for a whole session. */
const LONGEST_LIFE_MS = 150;

const SUBJECT = 'Žádost o výpis';

function contentOf(number: number): string {
  return `Číslo jednací ${String(number).padStart(6, '0')}`;
}

function mailOf(number: number): string {
  const subject = `=?utf-8?B?${Buffer.from(SUBJECT).toString('base64')}?=`;
  const content = Buffer.from(contentOf(number)).toString('base64');
  return `Subject: ${subject}\r\nMessage-ID: <${number}@pocitac>\r\nContent-Type: text/plain; charset=utf-8; name=priloha.txt\r\nContent-Disposition: attachment; filename=priloha.txt\r\nContent-Transfer-Encoding: base64\r\n\r\n${content}`;
}

function send(port: number, number: number): Promise<string> {
  return sendMail(port, 'pekar1', 'Chleba-2026', {
    from: `pekar1@${domain}`,
    to: `${demoBoxes.office}@${domain}`,
    mail: mailOf(number),
  }).catch(() => 'closed');
}

test(
  `killed ${KILLS} times among ${MAILS} mails that look alike, each exists once (seed ${SEED})`,
  async () => {
    const random = new Chance(SEED);
    const clock = new ClockAhead();
    const sandbox = await startSandbox({ clock });
    onTestFinished(() => sandbox.close());
    const dataDirectory = temporaryFolder();
    clock.skip(SETTLED_MS);

    async function start(): Promise<{ gateway: Running; port: number }> {
      const dependencies = { ...settings, ...addressesOf(sandbox), POSTOLKA_DATA_DIRECTORY: dataDirectory };
      const gateway = postolka(['serve'], dependencies, clock.options);
      const [, port] = await gateway.output(/"smtp":(\d+)/);
      return { gateway, port: Number(port) };
    }

    const waiting = Array.from({ length: MAILS }, (_, number) => number);
    let running = await start();
    let sinceKill = 0;
    let kills = 0;
    while (waiting.length > 0) {
      const [number = 0] = waiting.splice(random.below(Math.min(waiting.length, 3)), 1);
      let killed: Promise<unknown> | undefined;
      if (kills < KILLS && ++sinceKill >= 8) {
        sinceKill = 0;
        kills++;
        const { process: child } = running.gateway;
        killed = once(child, 'close');
        // A third each: at any moment, and when ISDS has the message or has not taken it and says nothing.
        const moment = random.below(3);
        const arrived = sandbox.calls.count('CreateMessage') + 1;
        if (moment > 0)
          sandbox.faults.add({ kind: 'hang', operation: 'CreateMessage', ...(moment === 1 && { executed: true }) });
        const ready = moment > 0 ? sandbox.calls.arrived('CreateMessage', arrived) : Promise.resolve();
        const life = random.below(LONGEST_LIFE_MS);
        void ready.then(() => setTimeout(() => child.kill('SIGKILL'), life));
      }
      const reply = await send(running.port, number);
      if (killed !== undefined) {
        // One that was found instead of sent again met no fault.
        running.gateway.process.kill('SIGKILL');
        sandbox.faults.clear();
        await killed;
        running = await start();
      }
      // Tried again at some time, others of the same looks before it.
      if (!reply.startsWith('250')) waiting.splice(random.below(Math.min(waiting.length, 12) + 1), 0, number);
      if (!reply.startsWith('250') || killed !== undefined) clock.skip(SETTLED_MS);
    }
    running.gateway.process.kill('SIGKILL');
    await once(running.gateway.process, 'close');

    const sent = sandbox.world
      .messagesOf(demoBoxes.company, 'sender')
      .filter(({ annotation }) => annotation === SUBJECT)
      .map(({ files }) => files.map(({ content }) => octetsOf(content).toString()).join());
    const wanted = Array.from({ length: MAILS }, (_, number) => contentOf(number));
    expect(sent.toSorted(), `seed ${SEED}`).toEqual(wanted);
    expect(kills).toBe(KILLS);
    // Each message was fetched once, unless a kill cut its download.
    const fetched = sandbox.calls.of('SignedSentMessageDownload').map(({ dmID }) => dmID);
    expect(fetched.length).toBeLessThanOrEqual(new Set(fetched).size + KILLS);
  },
  60_000 + MAILS * 1_500,
);
