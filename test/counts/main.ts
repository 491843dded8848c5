/**
 * How much of the house one has to read: files entered by a log-in, a RETR, a RCPT and a DATA, and the sizes of files by room.
 * Run with `npm run counts`, with `-- --files` for their names.
 */
import { globSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoBoxes } from '../../src/sandbox/index.ts';
import { openSession } from '../whole/pop3-session.ts';
import { sendMail } from '../whole/smtp-session.ts';
import { domain, startWhole } from '../whole/whole.ts';

const SOURCE = join(import.meta.dirname, '..', '..', 'src');

/** More lines than that are no fragment any more. */
const MAX_FRAGMENT_LINES = 25;

const inspector = new Session();
inspector.connect();
await inspector.post('Profiler.enable');
await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });

/** Files of the gateway of which a function was entered since this was asked last; that a file is loaded does not count. */
async function entered(): Promise<string[]> {
  const { result } = await inspector.post('Profiler.takePreciseCoverage');
  const files = result
    .filter(({ url }) => url.startsWith('file:'))
    .filter(({ functions }) =>
      functions.some(({ functionName, ranges }) => functionName !== '' && (ranges[0]?.count ?? 0) > 0),
    )
    .map(({ url }) => relative(SOURCE, fileURLToPath(url)));
  return files.filter((file) => !file.startsWith('..') && !file.startsWith('sandbox/')).toSorted();
}

const whole = await startWhole();
const { ports } = whole.gateway;
const letter = { from: `pekar1@${domain}`, to: `${demoBoxes.office}@${domain}` };
const mail = 'Subject: Podání\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDobrý den.';
const send = (content?: string): Promise<string> =>
  sendMail(ports.smtp, 'pekar1', 'Chleba-2026', { ...letter, ...(content === undefined ? {} : { mail: content }) });

const steps: Record<string, string[]> = {};
await entered();
const reading = await openSession(ports.pop3, 'pekar1', 'Chleba-2026');
steps['log-in over POP3'] = await entered();
await reading.command('STAT');
steps['STAT'] = await entered();
await reading.list('RETR 1');
steps['RETR'] = await entered();
await reading.command('QUIT');
await send();
await entered();
await send();
steps['log-in over SMTP and RCPT, both known'] = await entered();
await send(mail);
steps['log-in, RCPT and DATA'] = await entered();
await whole.stop();

for (const [step, files] of Object.entries(steps)) {
  process.stdout.write(`${String(files.length).padStart(4)} files entered: ${step}\n`);
  const named = process.argv.includes('--files') ? files : [];
  for (const file of named) process.stdout.write(`     ${file}\n`);
}

const sizes = globSync('**/*.ts', { cwd: SOURCE }).map((file) => ({
  room: file.includes('/') ? file.slice(0, file.indexOf('/')) : '(above)',
  file,
  lines: readFileSync(join(SOURCE, file), 'utf8').split('\n').length - 1,
}));
const rooms = Map.groupBy(sizes, ({ room }) => room);

process.stdout.write('\nroom            files  lines  median  largest  fragments\n');
for (const [room, all] of [...rooms, ['all', sizes] as const]) {
  const lines = all.map((one) => one.lines).toSorted((one, other) => one - other);
  const columns = [
    all.length,
    lines.reduce((sum, one) => sum + one, 0),
    lines[Math.floor(lines.length / 2)] ?? 0,
    lines.at(-1) ?? 0,
    all.filter((one) => one.lines <= MAX_FRAGMENT_LINES && !one.file.endsWith('index.ts')).length,
  ];
  process.stdout.write(
    `${room.padEnd(14)}${columns.map((column, index) => String(column).padStart([7, 7, 8, 9, 11][index] ?? 7)).join('')}\n`,
  );
}
