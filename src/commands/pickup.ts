/** `postolka pickup <account>`: the next poll of that account may pick up once, whatever the policy says. */
import { askControl } from '../control/index.ts';
import { controlPath } from './control-path.ts';

/** Says so when nobody has picked up with that name yet: it may be the first time, or a slip of the pen. */
export async function pickup(configPath: string | undefined, name: string): Promise<number> {
  const path = controlPath(configPath);
  const account = name.toLowerCase();
  await askControl(path, { command: 'pickup', account });
  process.stdout.write(
    `The next time a mail program of ${account} asks for mail, waiting messages are picked up, which delivers them.\n`,
  );
  const before = await askControl(path, { command: 'deliveries', account, limit: 1 });
  if ('deliveries' in before && before.deliveries.length === 0) {
    process.stderr.write(`Nobody has picked up as ${account} before; is it a login, without the domain?\n`);
  }
  return 0;
}
