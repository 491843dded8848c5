/** ISDS for any login: the typed calls put together from the operations. */
import { type Clock, type Log, KeyedMutex } from '../core/index.ts';
import { Caller } from './caller.ts';
import { downloadLarge } from './large-message.ts';
import { getOwnerInfo, getPasswordExpiry, getUserInfo } from './operations/account.ts';
import { canSendPdz, checkBox, findBox, findBoxesByIco } from './operations/boxes.ts';
import { type Download, downloadEnvelope, downloadMessage } from './operations/download.ts';
import { listReceived, listSent, markAsDownloaded } from './operations/lists.ts';
import { listNotifications, registerForNotifications } from './operations/notifications.ts';
import {
  LARGE_ORIGINAL,
  LARGE_SENT_ORIGINAL,
  ORDINARY_ORIGINAL,
  originalDownload,
  SENT_ORIGINAL,
} from './operations/original.ts';
import { pdzOffers, prices } from './operations/payment.ts';
import { type Pause, Repetition, timerPause } from './repetition.ts';
import { readSentFiles } from './sent-files.ts';
import { sendBigMessage, sendMessage, sendMultiple, uploadFile } from './sending.ts';
import { TrustAnchors } from './signed/trust-anchors.ts';
import { type IsdsConfig, Transport } from './http/transport.ts';
import type { Isds, IsdsAccount } from './account.ts';
import type { OriginalDownloadEvent } from './types.ts';

export function createIsds(
  config: IsdsConfig,
  { log, clock, pause = timerPause }: { clock: Clock; log?: Log; pause?: Pause },
): Isds {
  const repetition = new Repetition(pause);
  const transport = new Transport(config, clock);
  const dependencies = { transport, requests: new KeyedMutex(), clock, log };
  const anchors = config.sealAnchors === undefined ? undefined : new TrustAnchors(config.sealAnchors);
  const originals = {
    ordinary: originalDownload(ORDINARY_ORIGINAL, anchors, clock),
    large: originalDownload(LARGE_ORIGINAL, anchors, clock),
    sent: originalDownload(SENT_ORIGINAL, undefined, clock),
    largeSent: originalDownload(LARGE_SENT_ORIGINAL, undefined, clock),
  };
  return {
    account: (credentials, guard) =>
      account(new Caller(dependencies, credentials, guard), originals, clock, transport, repetition),
    close: () => transport.close(),
  };
}

type Originals = Readonly<Record<'ordinary' | 'large' | 'sent' | 'largeSent', Download<string, OriginalDownloadEvent>>>;

function account(
  caller: Caller,
  originals: Originals,
  clock: Clock,
  { serverClock }: Pick<Transport, 'serverClock'>,
  repetition: Repetition,
): IsdsAccount {
  return {
    serverTime: () => serverClock.now(),
    getOwnerInfo: (options) => caller.ask(getOwnerInfo, undefined, options),
    getUserInfo: (options) => caller.ask(getUserInfo, undefined, options),
    getPasswordExpiry: (options) => caller.ask(getPasswordExpiry, undefined, options),
    listReceived: (query, options) => repetition.ask(() => caller.ask(listReceived, query, options), options),
    listSent: (query, options) => repetition.ask(() => caller.ask(listSent, query, options), options),
    registerForNotifications: (options) => caller.ask(registerForNotifications, undefined, options),
    listNotifications: (from, options) => caller.ask(listNotifications, from, options),
    downloadEnvelope: (dmID, options) => repetition.ask(() => caller.ask(downloadEnvelope, dmID, options), options),
    downloadMessage: (dmID, options) => repetition.stream(() => caller.stream(downloadMessage, dmID, options), options),
    downloadOriginal: (dmID, options) =>
      repetition.stream(() => caller.stream(originals.ordinary, dmID, options), options),
    downloadBigMessage: (dmID, options) => repetition.stream(() => downloadLarge(caller, dmID, options), options),
    downloadBigOriginal: (dmID, options) =>
      repetition.stream(() => caller.stream(originals.large, dmID, options), options),
    sentFiles: (dmID, { vodz }, options) =>
      readSentFiles(caller.stream(vodz ? originals.largeSent : originals.sent, dmID, options)),
    markAsDownloaded: (dmID, options) => caller.ask(markAsDownloaded, dmID, options),
    uploadAttachment: (file, options = {}) => uploadFile(caller, file, options),
    createBigMessage: (message, options = {}) => sendBigMessage(caller, message, options),
    createMessage: (message, options = {}) => sendMessage(caller, message, options),
    createMultipleMessage: (message, options = {}) => sendMultiple(caller, message, options),
    checkBox: (boxId, options) => caller.ask(checkBox, boxId, options),
    findBox: (boxId, options) => caller.ask(findBox, boxId, options),
    findBoxesByIco: (ico, options) => caller.ask(findBoxesByIco, ico, options),
    canSendPdz: (boxId, options) => caller.ask(canSendPdz, boxId, options),
    async pdzOffers(options) {
      const { boxId } = await caller.ask(getOwnerInfo, undefined, options);
      return caller.ask(pdzOffers, boxId, options);
    },
    prices: (options) => caller.ask(prices(new Date(clock.now())), undefined, options),
  };
}
