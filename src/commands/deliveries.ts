/** `postolka deliveries [account]`: who picked up when, why, and how the messages that this told of were delivered. */
import { sortableTime } from '../calendar/index.ts';
import { askControl } from '../control/index.ts';
import { controlPath } from './control-path.ts';

/** What fits a terminal and a question about last week. */
const SHOWN = 1_000;

/** What is said of messages, in this order: `fiction` and `elsewhere` (the portal, another program) are no effect of the call. */
const MANNERS = ['delivered', 'fiction', 'elsewhere', 'unknown'] as const;

/** Lines of time (Czech), account, session, reason, outcome and messages. */
export async function deliveries(configPath: string | undefined, account: string | undefined): Promise<number> {
  const request = {
    command: 'deliveries',
    limit: SHOWN,
    ...(account === undefined ? {} : { account: account.toLowerCase() }),
  } as const;
  const answer = await askControl(controlPath(configPath), request);
  const rows = 'deliveries' in answer ? answer.deliveries.toReversed() : [];
  if (rows.length === 0) process.stderr.write('No pick-up is on record.\n');
  for (const { at, account: who, sessionId, reason, outcome, ...told } of rows) {
    const messages = MANNERS.filter((manner) => told[manner].length > 0).map((manner) => [manner, ...told[manner]]);
    const said = messages.map((words) => words.join(' ')).join('; ') || '-';
    process.stdout.write(`${sortableTime(at)}  ${who}  ${sessionId}  ${reason}  ${outcome ?? 'unknown'}  ${said}\n`);
  }
  return 0;
}
