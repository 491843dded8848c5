/** `postolka logins [forgive NAME|all]`: what keeps log-ins from ISDS for now, and how the operator lifts it while the gateway runs. */
import { sortableTime } from '../calendar/index.ts';
import { askControl } from '../control/index.ts';
import { controlPath } from './control-path.ts';

/** Of everybody; too short to be a login. */
const ALL = 'all';

/** Lines of account, what is held against it, the network it came from, and until when (Czech time). */
export async function logins(configPath: string | undefined): Promise<number> {
  const answer = await askControl(controlPath(configPath), { command: 'logins' });
  const rows = 'restraints' in answer ? answer.restraints : [];
  if (rows.length === 0) process.stderr.write('No log-in is held back.\n');
  for (const { account, what, network, until } of rows) {
    const end = until === undefined ? '' : `  until ${sortableTime(until)}`;
    process.stdout.write(`${account || '-'}  ${what}  ${network || '-'}${end}\n`);
  }
  return 0;
}

/** `postolka logins forgive NAME|all`; answers the exit code. Rejects when no gateway is running. */
export async function forgive(configPath: string | undefined, name: string): Promise<number> {
  const account = name.toLowerCase() === ALL ? undefined : name;
  await askControl(controlPath(configPath), { command: 'forgive', ...(account === undefined ? {} : { account }) });
  process.stdout.write(
    account === undefined
      ? 'Everything is forgiven here. ISDS goes on counting: after more than five failures within an hour it blocks this gateway.\n'
      : `${account} may log in again. Its failures go on counting against all, as they do at ISDS.\n`,
  );
  return 0;
}
