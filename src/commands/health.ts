/**
 * `postolka health`: is the running gateway well? Asked on its control socket, so that a port that strangers have filled
 * does not make it look dead. A process that hangs does not answer, and one that has lost a port says so.
 */
import { askControl } from '../control/index.ts';
import { controlPath } from './control-path.ts';

/** Exit status 0 when the gateway answers, all its ports take connections and what it writes is kept, 1 otherwise. */
export async function health(configPath: string | undefined): Promise<number> {
  const answer = await askControl(controlPath(configPath), { command: 'health' });
  if (!('listening' in answer)) return 1;
  if (answer.fault !== undefined) process.stderr.write(`${answer.fault}\n`);
  return answer.listening && answer.fault === undefined ? 0 : 1;
}
