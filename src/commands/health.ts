/**
 * `postolka health`: is the running gateway well? Asked on its control socket, so that a port that strangers have filled
 * does not make it look dead. A process that hangs does not answer, and one that has lost a port says so.
 */
import { askControl } from '../control/index.ts';
import { controlPath } from './control-path.ts';

/** Exit status 0 when the gateway answers and all its ports take connections, 1 otherwise. */
export async function health(configPath: string | undefined): Promise<number> {
  const answer = await askControl(controlPath(configPath), { command: 'health' });
  return 'listening' in answer && answer.listening ? 0 : 1;
}
