/**
 * The throttle before ISDS: every call with a password asks it, and goes ahead only while its failure could be borne. What has failed, or
 * may have, outlives the process; a success gives its share back.
 */
import { ageOf, type Clock, elapsed, type Log, momentOf } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { IsdsError } from '../isds/index.ts';
import type { LoginFailures } from '../store/index.ts';
import {
  type Failure,
  freeForStrangers,
  type Share,
  sharesOf,
  type ThrottleLimits,
  type Try,
} from './failure-shares.ts';
import { clockTime } from '../calendar/index.ts';
import { FAILURE_WINDOW_MS } from './failure-budget.ts';
import { IsdsBlocks } from './isds-blocks.ts';
import { Newcomers, PLACE_KEPT_MS } from './newcomers.ts';

/** Mail programs wait for a minute at most. */
const MAX_WAIT_MS = 30_000;

/** No question is open longer (CALL_DEADLINE in isds); an upload is, and must not keep others waiting all the time. */
const MAX_RESERVED_MS = 180_000;

/** With a password that was accepted minutes ago: the gate would have refused it by then, and most likely it is still good. */
const MAX_RESERVED_FRESH_MS = 3_000;

/** A try that goes ahead; one of the three ends it, later ones change nothing. */
export interface Pass {
  /** ISDS has accepted the password. */
  accepted(): void;
  refused(): void;
  /** ISDS did not say. */
  released(): void;
}

interface Recorded extends Failure {
  readonly key: number | undefined;
}

export class LoginThrottle {
  readonly blocks: IsdsBlocks;
  readonly #limits: ThrottleLimits;
  readonly #store: LoginFailures;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #ready: Promise<void>;
  readonly #newcomers: Newcomers;
  /** The oldest first. */
  #failures: Recorded[] = [];
  readonly #underWay = new Set<Try>();
  /** Logins that the operator has forgiven: their next try is no stranger's. */
  readonly #vouchedFor = new Set<string>();
  readonly #waiting = new Set<() => void>();

  constructor(limits: ThrottleLimits, store: LoginFailures, { clock, log }: { clock: Clock; log: Log }) {
    this.#limits = limits;
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.blocks = new IsdsBlocks(store, clock);
    this.#newcomers = new Newcomers(clock);
    this.#ready = this.#recall();
    // Who asks hears of it.
    this.#ready.catch(() => undefined);
  }

  /**
   * Waits until the try may go ahead; rejects with Refused while it may not. Unless its password is fresh, accepted minutes ago, it
   * keeps its share until ISDS has answered, and is on record as failed before this resolves, so that a process that ends in the
   * middle of it has counted it: however slow ISDS is, no more are under way than may fail.
   */
  async enter(asked: Try, isFresh: boolean, signal?: AbortSignal): Promise<Pass> {
    await this.#ready;
    const vouchedFor = asked.kind === 'stranger' && this.#vouchedFor.delete(asked.account);
    const one: Try = vouchedFor ? { ...asked, kind: 'known' } : asked;
    const timeout = AbortSignal.timeout(MAX_WAIT_MS);
    for (;;) {
      this.blocks.refuseIfBlocked(one.account);
      if (signal?.aborted === true) throw new IsdsError({ kind: 'aborted' });
      if (timeout.aborted) throw new IsdsError({ kind: 'busy' });
      if (this.#mayGo(one)) break;
      await this.#change(signal === undefined ? timeout : AbortSignal.any([signal, timeout]));
    }
    this.#newcomers.letIn(one.network);
    this.#underWay.add(one);
    const reserved = setTimeout(() => this.#leave(one), isFresh ? MAX_RESERVED_FRESH_MS : MAX_RESERVED_MS).unref();
    const key = isFresh ? undefined : await this.#record(one);
    return this.#pass(one, key, reserved);
  }

  /** ISDS has blocked the account, or our address, for so many milliseconds; for how long it may not have said. */
  block(account: string | undefined, left: number | undefined): void {
    this.#write(this.blocks.add(account, left));
  }

  /** What has failed within the hour, the oldest first. */
  async failures(): Promise<readonly Failure[]> {
    await this.#ready;
    return this.#recent();
  }

  /** Lifts pauses of a login, whose next try is let in before strangers; its failures go on counting for all, as they do at ISDS. Without one, everything is forgotten. */
  async forgive(account: string | undefined): Promise<void> {
    await this.#ready;
    if (account === undefined) this.#newcomers.dissolve();
    this.#failures =
      account === undefined
        ? []
        : this.#failures.map((failure) =>
            failure.account === account ? { ...failure, account: '', network: '' } : failure,
          );
    if (account !== undefined) this.#vouchedFor.add(account);
    await this.#store.forgive(account);
    this.blocks.lift(account);
    this.#wake();
  }

  /** False when it has to wait for tries under way. */
  #mayGo(one: Try): boolean {
    const failures = this.#recent();
    const underWay = [...this.#underWay];
    const shares = sharesOf(one, failures, underWay, this.#limits);
    for (const share of shares) {
      const pause = share.failures.at(-share.most);
      if (pause === undefined) continue;
      if (one.kind === 'stranger' && share === shares.at(-1)) this.#newcomers.turnedAway(one.network);
      throw this.#paused(share.reason, pause.since + FAILURE_WINDOW_MS);
    }
    if (one.kind === 'stranger') this.#keepToLine(one, failures, underWay);
    return shares.every((share) => share.failures.length + share.underWay < share.most);
  }

  #keepToLine({ network }: Try, failures: readonly Failure[], underWay: readonly Try[]): void {
    const ahead = this.#newcomers.ahead(network);
    if (ahead === 0 || ahead < freeForStrangers(failures, underWay, this.#limits)) return;
    this.#newcomers.turnedAway(network);
    const nextFree =
      failures[0] === undefined ? elapsed(this.#clock) + PLACE_KEPT_MS : failures[0].since + FAILURE_WINDOW_MS;
    throw this.#paused('logins-paused', nextFree);
  }

  #paused(reason: Share['reason'], until: number): Refused {
    return new Refused(reason, { until: clockTime(this.#clock.now() + until - elapsed(this.#clock)) });
  }

  #pass(one: Try, key: number | undefined, reserved: NodeJS.Timeout): Pass {
    let ended = false;
    const end = (keep: boolean): void => {
      if (ended) return;
      ended = true;
      clearTimeout(reserved);
      if (keep) this.#failed(one, key);
      else if (key !== undefined) this.#write(this.#store.remove(key));
      this.#leave(one);
    };
    return { accepted: () => end(false), refused: () => end(true), released: () => end(false) };
  }

  #failed({ account, network, kind }: Try, key: number | undefined): void {
    const moment = momentOf(this.#clock);
    this.#failures.push({ account, network, kind, since: moment.elapsed, key });
    this.#write(
      key === undefined ? this.#store.add({ account, network, kind }, moment) : this.#store.happened(key, moment),
    );
  }

  /** What cannot be written down counts in this process all the same. */
  async #record({ account, network, kind }: Try): Promise<number | undefined> {
    try {
      return await this.#store.add({ account, network, kind }, momentOf(this.#clock));
    } catch (error) {
      this.#log.error({ err: error }, 'log-in cannot be put on record');
      return undefined;
    }
  }

  #write(written: Promise<unknown>): void {
    written.catch((error: unknown) => this.#log.error({ err: error }, 'failed log-in cannot be put on record'));
  }

  #leave(one: Try): void {
    this.#underWay.delete(one);
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  async #change(until: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    until.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    this.#waiting.delete(resolve);
  }

  #recent(): readonly Recorded[] {
    const from = elapsed(this.#clock) - FAILURE_WINDOW_MS;
    const past = this.#failures.filter(({ since }) => since <= from);
    if (past.length > 0) {
      this.#failures = this.#failures.filter(({ since }) => since > from);
      for (const { key } of past) if (key !== undefined) this.#write(this.#store.remove(key));
    }
    return this.#failures;
  }

  async #recall(): Promise<void> {
    const stored = await this.#store.all();
    const now = elapsed(this.#clock);
    this.#failures = stored
      .map(({ key, account, network, kind, moment }) => ({
        key,
        account,
        network,
        kind,
        since: now - ageOf(moment, this.#clock),
      }))
      .toSorted((one, other) => one.since - other.since);
    await this.blocks.recall();
  }
}
