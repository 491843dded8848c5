/** Passwords that the gateway itself checks, as the operator's configuration holds them: scrypt (RFC 7914) in PHC notation. */
import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { composed, type Secret } from '../core/index.ts';

/** What is kept of a password: scrypt's key, with what it takes to make it again. */
export interface PasswordHash {
  readonly cost: Cost;
  readonly salt: Buffer;
  readonly key: Buffer;
}

interface Cost {
  /** Binary logarithm of N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MB and about a quarter of a second for each try; one is made at a time (local-passwords.ts). */
const COST: Cost = { ln: 15, r: 8, p: 3 };

/** Nobody needs more, and each step doubles the memory: 256 MB. */
const MAX_LN = 18;

const SALT_OCTETS = 16;
const KEY_OCTETS = 32;

const PATTERN =
  /^\$scrypt\$ln=(?<ln>\d{1,2}),r=(?<r>\d{1,2}),p=(?<p>\d{1,2})\$(?<salt>[A-Za-z0-9+/]{22,})\$(?<key>[A-Za-z0-9+/]{43,})$/;

/** A new hash of a password, as a line for the configuration. */
export async function hashPassword(password: Secret): Promise<string> {
  const salt = randomBytes(SALT_OCTETS);
  const key = await derive(password, salt, KEY_OCTETS, COST);
  const { ln, r, p } = COST;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(key)}`;
}

/** Undefined for what is no such hash, or one that would take too much memory to check. */
export function parsePasswordHash(text: string): PasswordHash | undefined {
  const { ln, r, p, salt = '', key = '' } = PATTERN.exec(text)?.groups ?? {};
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const { ln: exponent, r: blocks, p: lanes } = cost;
  if (!(exponent >= 1 && exponent <= MAX_LN && blocks >= 1 && blocks <= COST.r && lanes >= 1)) return undefined;
  return { cost, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') };
}

/** Takes as long for a wrong password as for the right one. */
export async function isPasswordOf({ cost, salt, key }: PasswordHash, password: Secret): Promise<boolean> {
  return timingSafeEqual(await derive(password, salt, key.length, cost), key);
}

function derive(password: Secret, salt: Buffer, length: number, { ln, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** ln;
  // The memory that RFC 7914 needs, and some room for what the library keeps besides.
  const options: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p + 2) + 1_048_576 };
  return new Promise((resolve, reject) => {
    // The same letters may be typed in more than one way.
    scrypt(composed(password.reveal()), salt, length, options, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    );
  });
}

function unpadded(octets: Buffer): string {
  return octets.toString('base64').replace(/=+$/, '');
}
