/** ISDS for any login: the typed calls put together from the operations. */
import { type Clock, type Log, systemClock } from '../core/index.ts';
import { Caller } from './caller.ts';
import { IsdsError } from './error.ts';
import { Lanes } from './lane.ts';
import type { Lifted } from './lift.ts';
import { getOwnerInfo, getPasswordExpiry, getUserInfo } from './operations/account.ts';
import { canSendPdz, checkBox, findBox } from './operations/boxes.ts';
import { downloadEnvelope, downloadMessage, downloadSignedMessage } from './operations/download.ts';
import { listReceived, listSent, markAsDownloaded } from './operations/lists.ts';
import { sendMessage } from './sending.ts';
import { type IsdsConfig, Transport } from './transport.ts';
import type { Isds, IsdsAccount, SignedDownloadEvent } from './types.ts';

/** "Repeat at once" (3006) comes while many messages are being delivered; each time more of them are (isds §1.8). */
const MOST_LIST_CALLS = 4;

export function createIsds(config: IsdsConfig, dependencies: { log?: Log; clock?: Clock } = {}): Isds {
  const { log, clock = systemClock } = dependencies;
  const transport = new Transport(config, clock);
  const surroundings = { transport, lanes: new Lanes(), clock, log };
  return {
    account: (credentials, guard) => account(new Caller(surroundings, credentials, guard)),
    close: () => transport.close(),
  };
}

function account(caller: Caller): IsdsAccount {
  return {
    getOwnerInfo: (options) => caller.ask(getOwnerInfo, undefined, options),
    getUserInfo: (options) => caller.ask(getUserInfo, undefined, options),
    getPasswordExpiry: (options) => caller.ask(getPasswordExpiry, undefined, options),
    listReceived: (query, options) => repeatedWhenAsked(() => caller.ask(listReceived, query, options)),
    listSent: (query, options) => caller.ask(listSent, query, options),
    downloadEnvelope: (dmID, options) => caller.ask(downloadEnvelope, dmID, options),
    downloadMessage: (dmID, options) => caller.stream(downloadMessage, dmID, options),
    downloadSignedMessage: (dmID, options) => withoutFiles(caller.stream(downloadSignedMessage, dmID, options)),
    markAsDownloaded: (dmID, options) => caller.ask(markAsDownloaded, dmID, options),
    createMessage: (message, options = {}) => sendMessage(caller, message, options),
    checkBox: (boxId, options) => caller.ask(checkBox, boxId, options),
    findBox: (boxId, options) => caller.ask(findBox, boxId, options),
    canSendPdz: (boxId, options) => caller.ask(canSendPdz, boxId, options),
  };
}

/** The only calls that are repeated, because ISDS says so. */
async function repeatedWhenAsked<Output>(call: () => Promise<Output>): Promise<Output> {
  for (let calls = 1; ; calls++) {
    try {
      return await call();
    } catch (error) {
      const asked =
        error instanceof IsdsError && error.failure.kind === 'status' && error.failure.class === 'repeat-at-once';
      if (!asked || calls === MOST_LIST_CALLS) throw error;
    }
  }
}

/** A signed message has no files outside its signature; the end would notice what is left out here. */
async function* withoutFiles(events: AsyncIterable<Lifted | SignedDownloadEvent>): AsyncGenerator<SignedDownloadEvent> {
  for await (const event of events) if (event.kind !== 'file') yield event;
}
