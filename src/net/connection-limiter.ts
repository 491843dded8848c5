/**
 * Which connections may come in and stay: so many of one network and of all. Until somebody has logged in a connection has
 * one deadline, and when places run out the oldest of those goes first; strangers never get the last places.
 */
import type { Socket } from 'node:net';
import { networkOf } from '../core/index.ts';
import type { LoginNetworks } from './login-networks.ts';
import type { RefusalLog } from './refusal-log.ts';

export interface ConnectionLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerNetwork: number;
  /** From the first octet of TCP to the log-in, in milliseconds. */
  readonly loginTimeoutMs: number;
  readonly networks: LoginNetworks | undefined;
  readonly refusals: RefusalLog;
  /** Is said to those turned away; without it they are just closed. */
  readonly busyAnswer: string | undefined;
}

/** One in ten places is for networks from which somebody has logged in lately. */
const RESERVED_SHARE = 0.1;

/** Why a connection ends before anybody has logged in: its time is over, or the gateway stops. */
export type StrangerEnd = 'late' | 'closing';

/** A connection that has come in, as its conversation sees it. */
export class Place {
  /** The TCP connection, below TLS if there is any. */
  readonly transport: Socket;
  readonly refusals: RefusalLog;
  readonly network: string;
  readonly #onLogin: () => void;
  #loggedIn = false;
  #end: (reason: StrangerEnd) => void;

  constructor(transport: Socket, refusals: RefusalLog, onLogin: () => void) {
    this.transport = transport;
    this.refusals = refusals;
    this.network = networkOf(transport.remoteAddress ?? '');
    this.#onLogin = onLogin;
    this.#end = () => void transport.destroy();
  }

  get isLoggedIn(): boolean {
    return this.#loggedIn;
  }

  /** From now on the connection keeps its place, and its network is known. */
  loggedIn(): void {
    if (this.#loggedIn) return;
    this.#loggedIn = true;
    this.#onLogin();
  }

  /** What ends a conversation without a log-in; unless told otherwise the connection is closed. */
  set onSentAway(end: (reason: StrangerEnd) => void) {
    this.#end = end;
  }

  sendAway(reason: StrangerEnd): void {
    this.#end(reason);
  }
}

/** Lets connections in by total, by network and by whether anybody has logged in from there; sheds the oldest stranger first. */
export class ConnectionLimiter {
  readonly #options: ConnectionLimits;
  /** In the order of their coming, like the sets below. */
  readonly #places = new Set<Place>();
  readonly #ofNetwork = new Map<string, Set<Place>>();
  /** Not logged in yet, and from networks not known. */
  readonly #strangers = new Set<Place>();

  constructor(options: ConnectionLimits) {
    this.#options = options;
  }

  /** Undefined when the connection was turned away. */
  admit(transport: Socket): Place | undefined {
    // A client may be gone before anybody listens; its close is what counts.
    transport.on('error', () => {});
    const { networks, refusals, loginTimeoutMs } = this.#options;
    const address = transport.remoteAddress ?? '';
    const place = new Place(transport, refusals, () => {
      clearTimeout(deadline);
      this.#strangers.delete(place);
      networks?.note(address);
    });
    const isKnown = networks?.has(address) === true;
    const limit = this.#makeRoom(place.network, isKnown);
    if (limit !== undefined) {
      this.#turnAway(transport, limit);
      return undefined;
    }
    const deadline = setTimeout(() => place.sendAway('late'), loginTimeoutMs);
    this.#enter(place, isKnown);
    transport.once('close', () => {
      clearTimeout(deadline);
      this.#leave(place);
    });
    return place;
  }

  /** Ends every connection that has not logged in: nothing is lost with it. */
  sendStrangersAway(): void {
    for (const place of this.#places) if (!place.isLoggedIn) place.sendAway('closing');
  }

  destroyAll(): void {
    for (const { transport } of this.#places) transport.destroy();
  }

  /** Answers the limit that is reached when nobody can be sent away for the newcomer. */
  #makeRoom(network: string, isKnown: boolean): string | undefined {
    const { maxConnections, maxConnectionsPerNetwork } = this.#options;
    const neighbours = this.#ofNetwork.get(network);
    if (neighbours !== undefined && neighbours.size >= maxConnectionsPerNetwork) {
      if (!this.#shed(neighbours, 'connections of one network')) return 'connections of one network';
    }
    const forStrangers = maxConnections - Math.floor(maxConnections * RESERVED_SHARE);
    if (!isKnown && this.#strangers.size >= forStrangers) this.#shed(this.#strangers, 'connections');
    if (this.#places.size < maxConnections) return undefined;
    if (this.#shed(this.#strangers, 'connections')) return undefined;
    return isKnown && this.#shed(this.#places, 'connections') ? undefined : 'connections';
  }

  /** Closes the oldest of them that has not logged in; false when all have. */
  #shed(places: ReadonlySet<Place>, limit: string): boolean {
    for (const place of places) {
      if (place.isLoggedIn) continue;
      this.#leave(place);
      this.#refused(place.transport, limit, 'connection closed before its log-in: too many');
      place.transport.destroy();
      return true;
    }
    return false;
  }

  #turnAway(transport: Socket, limit: string): void {
    const { busyAnswer } = this.#options;
    this.#refused(transport, limit, 'connection refused: too many');
    if (busyAnswer !== undefined) transport.write(busyAnswer);
    transport.destroySoon();
  }

  #refused({ remoteAddress: remote }: Socket, limit: string, message: string): void {
    this.#options.refusals.note(remote, limit, (log) => log.warn({ remote, limit }, message));
  }

  #enter(place: Place, isKnown: boolean): void {
    this.#places.add(place);
    const neighbours = this.#ofNetwork.get(place.network) ?? new Set();
    this.#ofNetwork.set(place.network, neighbours.add(place));
    if (!isKnown) this.#strangers.add(place);
  }

  #leave(place: Place): void {
    this.#places.delete(place);
    this.#strangers.delete(place);
    const neighbours = this.#ofNetwork.get(place.network);
    neighbours?.delete(place);
    if (neighbours?.size === 0) this.#ofNetwork.delete(place.network);
  }
}
