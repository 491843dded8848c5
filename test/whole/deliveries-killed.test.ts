/** kill -9 between a request for the list and its answer: the next list tells what the first delivered, and the operator reads it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes, demoPopulation, startSandbox, State } from '../../src/sandbox/index.ts';
import { postolka, type Running } from '../commands/postolka.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { readUidl } from './pop3-session.ts';
import { addressesOf, settings } from './whole.ts';

const LOGIN = ['pekar1', 'Chleba-2026'] as const;
const HOUR = 3_600_000;

test('what a killed gateway’s request delivered stands with it', async () => {
  // ISDS's clock; it goes on between the two starts, so that their calls are not of one second.
  let later = 0;
  const clock = { now: (): number => Date.now() + later };
  const sandbox = await startSandbox({ clock, population: { ...demoPopulation(clock.now()), letters: [] } });
  onTestFinished(() => sandbox.close());
  const environment = { ...settings, ...addressesOf(sandbox), POSTOLKA_DATA_DIRECTORY: temporaryFolder() };
  const letter = (arrivedAt = clock.now()): string => {
    const files = [{ name: 'výzva.txt', mimeType: 'text/plain', metaType: 'main', content: Buffer.from('…') }] as const;
    const annotation = 'Výzva k doplnění';
    return sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.company, annotation, files, arrivedAt }).dmID;
  };
  async function start(): Promise<{ gateway: Running; port: number }> {
    const gateway = postolka(['serve'], environment);
    const [, ports] = await gateway.output(/"ports":(\{[^}]*\})/);
    return { gateway, port: (JSON.parse(ports ?? '') as { pop3: number }).pop3 };
  }

  const byPortal = letter(clock.now() - 2 * HOUR);
  sandbox.world.setState(byPortal, State.deliveredByLogin, clock.now() - HOUR);
  const byFiction = letter(clock.now() - 30 * 24 * HOUR);
  const delivered = letter();
  sandbox.faults.add({ kind: 'hang', executed: true, operation: 'GetListOfReceivedMessages' });
  const first = await start();
  const reader = connect(first.port, '127.0.0.1');
  onTestFinished(() => void reader.destroy());
  reader.on('error', () => undefined);
  reader.write(`USER ${LOGIN[0]}\r\nPASS ${LOGIN[1]}\r\nSTAT\r\n`);
  await sandbox.calls.arrived('GetListOfReceivedMessages', 1);
  first.gateway.process.kill('SIGKILL');
  await once(first.gateway.process, 'close');
  later = HOUR;

  const second = await start();
  expect(await readUidl(second.port, ...LOGIN)).toEqual([byFiction, byPortal, delivered]);
  const { output } = await postolka(['deliveries'], environment).ended;
  const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  pekar1  [a-z]{8}  poll`;
  expect(output).toMatch(
    new RegExp(
      `^${time}  unknown  delivered ${delivered}\n${time}  listed  fiction ${byFiction}; elsewhere ${byPortal}\n$`,
    ),
  );
  second.gateway.process.kill('SIGTERM');
  await second.gateway.ended;
});
