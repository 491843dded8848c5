/** How many sessions an account has open, on all ports together: a login that is shared with too many must not take every place. */
import { Refused } from '../refusals/index.ts';
import { MAX_SESSIONS_PER_ACCOUNT } from './limits.ts';

export class AccountSessions {
  readonly #open = new Map<string, number>();

  /** Refuses with `gateway-busy` what is too much; otherwise answers how to leave. */
  enter(account: string): () => void {
    const open = this.#open.get(account) ?? 0;
    if (open >= MAX_SESSIONS_PER_ACCOUNT) throw new Refused('gateway-busy');
    this.#open.set(account, open + 1);
    return () => this.#leave(account);
  }

  #leave(account: string): void {
    const open = (this.#open.get(account) ?? 1) - 1;
    if (open === 0) this.#open.delete(account);
    else this.#open.set(account, open);
  }
}
