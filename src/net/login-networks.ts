/** Networks from which somebody has logged in lately: when places are scarce, theirs are the last that strangers get. */
import { type Clock, ExpiringCache, NETWORK_KNOWN_FOR_MS, networkOf } from '../core/index.ts';

/** A bound for memory, far above the networks of one gateway. */
const MAX_NETWORKS = 20_000;

export class LoginNetworks {
  readonly #networks: ExpiringCache<true>;

  /** `networks` are those known from before, as `networkOf` names them. */
  constructor(clock: Clock, networks: Iterable<string> = []) {
    this.#networks = new ExpiringCache(clock, NETWORK_KNOWN_FOR_MS, MAX_NETWORKS);
    for (const network of networks) this.#networks.set(network, true);
  }

  /** Somebody has logged in from this address. */
  note(address: string): void {
    this.#networks.set(networkOf(address), true);
  }

  has(address: string): boolean {
    return this.#networks.get(networkOf(address)) === true;
  }
}
