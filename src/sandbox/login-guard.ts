/** The gate in front of ISDS: Basic logins, and the blocking of accounts and addresses after failures (isds §2.6). */
import { formatClock } from './czech-time.ts';
import type { Login } from './box.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Failures of one account in a row before it is blocked; ISDS says only "N times". Fewer than an address has, so that both can be seen. */
export const LOGIN_FAILURES = 5;
/** Every further block of the same account lasts as much longer; ISDS says that the time depends on repetition. */
export const LOGIN_BLOCK_MS = 15 * MINUTE;
/** Failures of one address within an hour before it is blocked, as observed by third parties. */
export const ADDRESS_FAILURES = 6;
/** First length of that block; each further failure adds as much. */
export const ADDRESS_BLOCK_MS = HOUR;

/** What the page of a 401 says. */
export type Denial =
  | { readonly kind: 'wrong-credentials' }
  | { readonly kind: 'login-blocked'; readonly until: string }
  | { readonly kind: 'address-blocked' };

interface LoginFailures {
  inRow: number;
  blocks: number;
  blockedUntil: number;
}

interface AddressFailures {
  times: number[];
  blockedUntil: number;
}

/** Lets logins in, and blocks logins and addresses after wrong passwords, as ISDS does. */
export class LoginGuard {
  readonly #world: World;
  readonly #logins = new Map<string, LoginFailures>();
  readonly #addresses = new Map<string, AddressFailures>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The login behind an Authorization header, or what to say instead. */
  admit(authorization: string | undefined, address: string): Login | Denial {
    const now = this.#world.now();
    const { name, password } = readBasic(authorization);
    const login = this.#check(name, password, now);
    const failures = this.#failuresOf(name);
    const blocked = failures.blockedUntil > now;
    if (authorization !== undefined && login === undefined) this.#count(name, address, now);
    if (this.#addressFailuresOf(address).blockedUntil > now) return { kind: 'address-blocked' };
    if (blocked) return { kind: 'login-blocked', until: formatClock(failures.blockedUntil) };
    if (login === undefined) return { kind: 'wrong-credentials' };
    failures.inRow = 0;
    return login;
  }

  blockLogin(name: string, until: number): void {
    this.#failuresOf(name).blockedUntil = until;
  }

  blockAddress(address: string, until: number): void {
    this.#addressFailuresOf(address).blockedUntil = until;
  }

  /** Forgets every failure and lifts every block. */
  forgive(): void {
    this.#logins.clear();
    this.#addresses.clear();
  }

  /** A password that has expired is as good as wrong (isds §2.3). */
  #check(name: string, password: string, now: number): Login | undefined {
    const login = this.#world.logins.get(name);
    if (login?.password.reveal() !== password) return undefined;
    return (login.passwordExpiresAt ?? Number.POSITIVE_INFINITY) > now ? login : undefined;
  }

  /** Logins that do not exist count like all others. */
  #count(name: string, address: string, now: number): void {
    const login = this.#failuresOf(name);
    if (++login.inRow >= LOGIN_FAILURES) {
      login.inRow = 0;
      login.blockedUntil = Math.max(login.blockedUntil, now + LOGIN_BLOCK_MS * ++login.blocks);
    }
    const caller = this.#addressFailuresOf(address);
    caller.times = [...caller.times.filter((at) => at > now - HOUR), now];
    if (caller.blockedUntil > now) caller.blockedUntil += ADDRESS_BLOCK_MS;
    else if (caller.times.length >= ADDRESS_FAILURES) caller.blockedUntil = now + ADDRESS_BLOCK_MS;
  }

  #failuresOf(name: string): LoginFailures {
    return entryOf(this.#logins, name, () => ({ inRow: 0, blocks: 0, blockedUntil: 0 }));
  }

  #addressFailuresOf(address: string): AddressFailures {
    return entryOf(this.#addresses, address, () => ({ times: [], blockedUntil: 0 }));
  }
}

/** The password goes on to the end: it may contain colons and spaces (isds §2.2). */
export function readBasic(authorization: string | undefined): { name: string; password: string } {
  const [, encoded = ''] = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization ?? '') ?? [];
  const [, name = '', password = ''] = /^([^:]*):([\s\S]*)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return { name, password };
}

function entryOf<T>(map: Map<string, T>, key: string, make: () => T): T {
  const entry = map.get(key) ?? make();
  map.set(key, entry);
  return entry;
}
