/** `postolka deliveries [account]`: who picked up when, why, and which messages that delivered. */
import { askControl } from '../control/index.ts';
import { controlPath } from './control-path.ts';

/** What fits a terminal and a question about last week. */
const SHOWN = 1_000;

const czechTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Prague',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** Lines of time (Czech), account, session, reason, outcome and the messages that were delivered. */
export async function deliveries(configPath: string | undefined, account: string | undefined): Promise<number> {
  const request = {
    command: 'deliveries',
    limit: SHOWN,
    ...(account === undefined ? {} : { account: account.toLowerCase() }),
  } as const;
  const answer = await askControl(controlPath(configPath), request);
  const rows = 'deliveries' in answer ? answer.deliveries.toReversed() : [];
  if (rows.length === 0) process.stderr.write('No pick-up is on record.\n');
  for (const { at, account: who, sessionId, reason, outcome, delivered } of rows) {
    const messages = delivered.length === 0 ? '-' : delivered.join(' ');
    process.stdout.write(
      `${czechTime.format(at)}  ${who}  ${sessionId}  ${reason}  ${outcome ?? 'unknown'}  ${messages}\n`,
    );
  }
  return 0;
}
