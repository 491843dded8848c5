/** `postolka password`: turns a password into the line that the configuration of a certificate account needs. */
import { createInterface } from 'node:readline';
import { hashPassword } from '../accounts/index.ts';
import { Secret } from '../core/index.ts';

/** Whoever steals the configuration can try passwords as fast as their machines allow. */
const MIN_PASSWORD_LENGTH = 12;

/** The password is the first line of standard input, so that it stands in no list of processes and no history. */
export async function password(): Promise<number> {
  if (process.stdin.isTTY) process.stderr.write('Password (will be shown): ');
  const given = await firstLine();
  if (Array.from(given).length < MIN_PASSWORD_LENGTH) {
    throw new Error(`the password must have at least ${MIN_PASSWORD_LENGTH} characters`);
  }
  process.stdout.write(`passwordHash = "${await hashPassword(new Secret(given))}"\n`);
  return 0;
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}
