/** A clock that tests put forward, for this process and for gateways in processes of their own. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

export class ClockAhead {
  readonly #file = join(temporaryFolder(), 'ahead');
  #ahead = 0;

  constructor() {
    this.skip(0);
  }

  readonly now = (): number => Date.now() + this.#ahead;

  /** Later, for everybody: time as it passes, not a clock that is set. */
  skip(milliseconds: number): void {
    this.#ahead += milliseconds;
    // Renamed, so that nobody reads half of it.
    writeFileSync(`${this.#file}.new`, String(this.#ahead));
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** Options for Node by which a process has this clock; the computer has been running as much longer. */
  get options(): string[] {
    const code = `import { readFileSync } from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      import os from 'node:os';
      const ahead = () => Number(readFileSync(${JSON.stringify(this.#file)}, 'utf8'));
      const [now, elapsed, uptime] = [Date.now, performance.now.bind(performance), os.uptime];
      Date.now = () => now() + ahead();
      performance.now = () => elapsed() + ahead();
      os.uptime = () => uptime() + ahead() / 1_000;
      syncBuiltinESMExports();`;
    return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
  }
}
