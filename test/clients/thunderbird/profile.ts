/** A Thunderbird with a profile of its own: made, started, stopped and thrown away. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Marionette } from './marionette.ts';

/** The first start of a profile builds its caches; two busy cores need some ten seconds. */
const START_DEADLINE_MS = 60_000;

/** Quitting writes the folders' indexes. */
const QUIT_DEADLINE_MS = 20_000;

/** Nothing from the network, no first-run pages, no questions of the program's own. */
const preferences: Readonly<Record<string, string | number | boolean>> = {
  'app.donation.eoy.version.viewed': 999,
  'app.normandy.enabled': false,
  'app.update.auto': false,
  'app.update.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.search.update': false,
  'calendar.timezone.useSystemTimezone': true,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'mail.inappnotifications.enabled': false,
  'mail.provider.suppress_dialog_on_startup': true,
  'mail.rights.version': 1,
  'mail.shell.checkDefaultClient': false,
  'mail.spotlight.firstRunDone': true,
  'mail.winsearch.firstRunDone': true,
  'mailnews.start_page.enabled': false,
  'mailnews.start_page_override.mstone': 'ignore',
  'marionette.port': 0,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
};

export interface Thunderbird {
  readonly chrome: Marionette;
  quit(): Promise<void>;
}

export interface Profile {
  start(): Promise<Thunderbird>;
  remove(): Promise<void>;
}

export function thunderbirdIsInstalled(): boolean {
  return spawnSync('thunderbird', ['--version']).status === 0;
}

export async function makeProfile(): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'thunderbird-'));
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(folder, 'user.js'), lines);
  return {
    start: () => start(folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function start(folder: string): Promise<Thunderbird> {
  const options = ['--headless', '--no-remote', '--profile', folder, '--marionette', '--remote-allow-system-access'];
  const program = spawn('thunderbird', options, {
    // The home of the person who runs the tests stays as it is; and of two programs that share a folder for temporary files,
    // one removes mails that the other is about to send.
    env: { ...process.env, HOME: folder, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(program, 'exit');
  try {
    const chrome = await Marionette.open(await marionettePort(program));
    return { chrome, quit: () => quit(program, ended, chrome) };
  } catch (error) {
    program.kill('SIGKILL');
    throw error;
  }
}

/** Thunderbird says on which port it listens. */
async function marionettePort(program: ChildProcess): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  for (const output of [program.stdout, program.stderr]) {
    if (output === null) continue;
    // Read to the end, so that the pipe never fills.
    createInterface({ input: output }).on('line', (line) => {
      const port = /Marionette\s+INFO\s+Listening on port (\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  }
  program.once('exit', (code) => reject(new Error(`Thunderbird ended with ${code}`)));
  program.once('error', reject);
  const late = setTimeout(() => reject(new Error('Thunderbird does not start')), START_DEADLINE_MS);
  try {
    return await promise;
  } finally {
    clearTimeout(late);
  }
}

async function quit(program: ChildProcess, ended: Promise<unknown>, chrome: Marionette): Promise<void> {
  const late = setTimeout(() => program.kill('SIGKILL'), QUIT_DEADLINE_MS);
  // Whether it answers before it goes does not matter.
  await Promise.allSettled([chrome.command('Marionette:Quit', { flags: ['eForceQuit'] }), ended]);
  clearTimeout(late);
  chrome.close();
}
