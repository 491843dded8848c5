/** What the benchmark's own servers have in common: their settings, and the word that they are ready. */
import { readFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';

export interface TlsFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** As the parent process gave them. */
export function settings(): unknown {
  return JSON.parse(process.argv[2] ?? '{}');
}

export function tlsMaterial({ certificateFile, keyFile }: TlsFiles): { readonly cert: string; readonly key: string } {
  return { cert: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}

/** Says that this program listens, and from then on answers each question of the parent process by its name. */
export function ready(listening: unknown, answers: Readonly<Record<string, () => unknown>> = {}): void {
  process.on('SIGTERM', () => process.exit(0));
  process.on('message', (asked) => {
    const found = answers[String(asked)];
    if (found !== undefined) process.send?.({ asked, answer: found() });
  });
  process.send?.({ asked: 'ready', answer: listening });
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
