/** A process of the benchmark: started, asked, stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { stripTypeScriptTypes } from 'node:module';
import { firstLine } from '../first-line.ts';
import type { Cost } from './measured.ts';

interface Answer {
  readonly asked: string;
  readonly answer: unknown;
}

const HERE = import.meta.dirname;
/** Without types, because the part of Node that takes them off would be counted as memory of the gateway. */
const MEASURED = `data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(readFileSync(join(HERE, 'measured.ts'), 'utf8')))}`;
const PRODUCT = join(HERE, '..', '..', 'dist', 'main.js');

export class Child {
  readonly #process: ChildProcess;
  readonly #answers = new Map<string, (answer: unknown) => void>();

  constructor(process: ChildProcess) {
    this.#process = process;
    process.on('message', (message: Answer) => {
      this.#answers.get(message.asked)?.(message.answer);
      this.#answers.delete(message.asked);
    });
  }

  ask<Result>(question: string): Promise<Result> {
    this.#process.send(question);
    return this.hear<Result>(question);
  }

  /** What it says on this matter next. */
  async hear<Result>(matter: string): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const died = (): void => reject(new Error(`${this.#process.spawnargs.slice(3).join(' ')} ended`));
    this.#process.once('exit', died);
    this.#answers.set(matter, resolve);
    try {
      return (await promise) as Result;
    } finally {
      this.#process.off('exit', died);
    }
  }

  /** From now on costs are counted, memory excepted. */
  async begin(): Promise<void> {
    await this.ask('begin');
  }

  cost(): Promise<Cost> {
    return this.ask('cost');
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
  }
}

/** One of the benchmark's own programs, as soon as it listens. */
export async function startProgram(
  file: string,
  settings: object,
): Promise<{ readonly child: Child; readonly port: number }> {
  const child = new Child(launch([join(HERE, 'programs', file), JSON.stringify(settings)], {}, 'inherit'));
  return { child, port: await child.hear<number>('ready') };
}

export interface GatewayPorts {
  readonly pop3Tls: number;
  readonly smtpTls: number;
}

/** The product as it was built, with nothing but its settings. */
export async function startGateway(
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly child: Child; readonly ports: GatewayPorts }> {
  const { variables, options } = firstLine();
  const launched = launch([...options, ...askedOptions(), PRODUCT, 'serve'], { ...variables, ...environment }, 'pipe');
  const child = new Child(launched);
  for await (const line of createInterface({ input: launched.stdout! })) {
    // Node's own words, for instance about a profile, are no entries of the log.
    if (!line.startsWith('{')) continue;
    const entry = JSON.parse(line) as { msg: string; ports: GatewayPorts };
    if (entry.msg !== 'gateway started') continue;
    launched.stdout!.resume();
    return { child, ports: entry.ports };
  }
  throw new Error('the gateway did not start');
}

function launch(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  output: 'inherit' | 'pipe',
): ChildProcess {
  return spawn(process.execPath, ['--import', MEASURED, ...command], {
    stdio: ['ignore', output, 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'], ...environment },
  });
}

/** For whoever wants to know where the time goes, for instance `BENCH_NODE_OPTIONS="--cpu-prof --cpu-prof-dir=profiles"`. */
function askedOptions(): string[] {
  return (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== '');
}
