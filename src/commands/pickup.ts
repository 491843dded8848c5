/** `postolka pickup <account>`: the next poll of that account may pick up once, whatever the policy says. */
import { askControl } from '../control/index.ts';
import { controlPath } from './control-path.ts';

export async function pickup(configPath: string | undefined, account: string): Promise<number> {
  await askControl(controlPath(configPath), { command: 'pickup', account: account.toLowerCase() });
  process.stdout.write(
    `The next time a mail program of ${account} asks for mail, waiting messages are picked up, which delivers them.\n`,
  );
  return 0;
}
