/** Runs programs of other people: with a home folder of their own, a time limit and their output kept. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A run on a busy machine takes seconds; whatever lasts longer hangs. */
const TIME_LIMIT_MS = 20_000;

/** A whole mail with some megabytes of files may be among the output. */
const MOST_OUTPUT = 64 * 1024 * 1024;

export interface Finished {
  /** Undefined when the program was killed. */
  readonly code: number | undefined;
  readonly stdout: Buffer;
  /** Both outputs as text, for transcripts and error messages. */
  readonly said: string;
}

/** A version that the program tells, or undefined when it cannot be run. */
function askVersion(program: string): string | undefined {
  const { error, stdout, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return error === undefined ? stdout + stderr : undefined;
}

export function has(program: string): boolean {
  return askVersion(program) !== undefined;
}

/** curl is often built without mail protocols. */
export function curlSpeaks(protocol: 'pop3s' | 'smtps'): boolean {
  return askVersion('curl')?.includes(protocol) ?? false;
}

/** Where Python itself lies: a version switcher in front of it looks into the home folder, which is not the user's here. */
const interpreter = String(spawnSync('python3', ['-c', 'import sys; print(sys.executable)']).stdout ?? '').trim();

export const hasPython = interpreter !== '';

/** A folder that is the home of one program and goes away after the test. */
export async function newHome(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'klient-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A file that only its owner may read, as mail programs demand of passwords. */
export async function writePrivate(folder: string, name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content, { mode: 0o600 });
  return path;
}

/** The files of a folder, in no particular order. */
export async function readFolder(folder: string): Promise<Buffer[]> {
  const names = await readdir(folder);
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}

export interface RunOptions {
  readonly home: string;
  readonly input?: string | Buffer;
  readonly timeLimitMs?: number;
}

export function run(
  program: string,
  args: readonly string[],
  { home, input, timeLimitMs = TIME_LIMIT_MS }: RunOptions,
): Promise<Finished> {
  return new Promise((resolve) => {
    const options = {
      cwd: home,
      // English messages in UTF-8, and nothing of the user's own settings.
      env: { PATH: process.env['PATH'], HOME: home, LC_ALL: 'C.UTF-8' },
      encoding: 'buffer',
      maxBuffer: MOST_OUTPUT,
      timeout: timeLimitMs,
      killSignal: 'SIGKILL',
    } as const;
    const child = execFile(program, args, options, (_error, stdout, stderr) => {
      const said = Buffer.concat([stdout, stderr]).toString();
      resolve({ code: child.exitCode ?? undefined, stdout, said });
    });
    // A program that does not want its input to the end is free to leave.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Runs Python code; `facts` are what it finds as the dictionary `facts`. */
export async function python(code: string, facts: Readonly<Record<string, unknown>>, home: string): Promise<Finished> {
  const prelude = `import json, sys\nfacts = json.loads(sys.argv[1])\n`;
  return run(interpreter, ['-c', prelude + code, JSON.stringify(facts)], { home });
}
