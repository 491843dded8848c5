/** The operations by name (isds §1.3). */
import { dummyOperation, getOwnerInfo, getOwnerInfo1, getPasswordInfo, getUserInfo, getUserInfo1 } from './account.ts';
import { messageAuthor, messageAuthor2 } from './authors.ts';
import { deliveryInfo, signedDeliveryInfo } from './delivery-info.ts';
import { listOfErased, pickUpAsyncResponse } from './erased-messages.ts';
import {
  downloadEnvelope,
  downloadSentEnvelope,
  downloadMessage,
  downloadSignedMessage,
  downloadSignedSentMessage,
  markAsDownloaded,
} from './downloads.ts';
import { findDataBox, findDataBox2 } from './find-box.ts';
import {
  downloadAttachment,
  downloadBigMessage,
  downloadSignedBigMessage,
  downloadSignedSentBigMessage,
} from './large-downloads.ts';
import { createBigMessage, uploadAttachment } from './large-sending.ts';
import { listReceived, listSent, stateChanges } from './lists.ts';
import { listNotifications, registerForNotifications } from './notifications.ts';
import type { Operation } from './operation.ts';
import { changePassword } from './password.ts';
import { creditInfo, getConstants, pdzInfo, pdzSendInfo, vaultInfo } from './payment.ts';
import { checkDataBox, search2, search3 } from './search.ts';
import { createMessage } from './sending.ts';
import { createMultipleMessage } from './sending-multiple.ts';
import { reportSuspicious } from './suspicious.ts';
import { authenticateBigMessage, authenticateMessage, verifyMessage } from './verification.ts';

export type { Call, Operation, Result } from './operation.ts';

export const operations: ReadonlyMap<string, Operation> = new Map([
  ['DummyOperation', dummyOperation],
  ['GetOwnerInfoFromLogin2', getOwnerInfo],
  ['GetUserInfoFromLogin2', getUserInfo],
  ['GetPasswordInfo', getPasswordInfo],
  ['GetListOfReceivedMessages', listReceived],
  ['GetListOfSentMessages', listSent],
  ['RegisterForNotifications', registerForNotifications],
  ['GetListForNotifications', listNotifications],
  ['GetMessageStateChanges', stateChanges],
  ['MessageDownload', downloadMessage],
  ['SignedMessageDownload', downloadSignedMessage],
  ['SignedSentMessageDownload', downloadSignedSentMessage],
  ['MessageEnvelopeDownload', downloadEnvelope],
  ['SentMessageEnvelopeDownload', downloadSentEnvelope],
  ['MarkMessageAsDownloaded', markAsDownloaded],
  ['GetDeliveryInfo', deliveryInfo],
  ['CreateMessage', createMessage],
  ['CreateMultipleMessage', createMultipleMessage],
  ['UploadAttachment', uploadAttachment],
  ['CreateBigMessage', createBigMessage],
  ['DownloadAttachment', downloadAttachment],
  ['BigMessageDownload', downloadBigMessage],
  ['SignedBigMessageDownload', downloadSignedBigMessage],
  ['SignedSentBigMessageDownload', downloadSignedSentBigMessage],
  ['CheckDataBox', checkDataBox],
  ['ISDSSearch3', search3],
  ['FindDataBox2', findDataBox2],
  ['PDZSendInfo', pdzSendInfo],
  ['PDZInfo', pdzInfo],
  ['GetConstants', getConstants],
  ['DataBoxCreditInfo', creditInfo],
  ['GetOwnerInfoFromLogin', getOwnerInfo1],
  ['GetUserInfoFromLogin', getUserInfo1],
  ['ChangeISDSPassword', changePassword],
  ['GetSignedDeliveryInfo', signedDeliveryInfo],
  ['GetMessageAuthor', messageAuthor],
  ['GetMessageAuthor2', messageAuthor2],
  ['VerifyMessage', verifyMessage],
  ['AuthenticateMessage', authenticateMessage],
  ['AuthenticateBigMessage', authenticateBigMessage],
  ['GetListOfErasedMessages', listOfErased],
  ['PickUpAsyncResponse', pickUpAsyncResponse],
  ['SuspMessageReport', reportSuspicious],
  ['ISDSSearch2', search2],
  ['FindDataBox', findDataBox],
  ['DTInfo', vaultInfo],
]);
