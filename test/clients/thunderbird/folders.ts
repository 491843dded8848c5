/** Folders of the account as Thunderbird keeps them: getting, reading and deleting messages. */
import { type FolderName, mailScript } from './mail-script.ts';
import type { Marionette } from './marionette.ts';

export interface StoredMessage {
  readonly messageId: string;
  readonly subject: string;
  readonly author: string;
  readonly recipients: string;
}

export interface Attachment {
  readonly name: string;
  readonly type: string;
  /** SHA-256 of the saved file. */
  readonly digest: string;
}

export interface ReadMessage {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** "Get Messages"; false when Thunderbird reports a failure. */
export async function getMessages(chrome: Marionette): Promise<boolean> {
  const done = await chrome.run(
    `${mailScript}
     const server = account.incomingServer;
     return new Promise((resolve) => server.getNewMessages(server.rootFolder, msgWindow, {
       OnStartRunningUrl() {},
       OnStopRunningUrl(url, status) {
         resolve(Components.isSuccessCode(status));
       },
     }));`,
  );
  return done === true;
}

/** In the order in which they came. */
export async function messagesIn(chrome: Marionette, folder: FolderName): Promise<StoredMessage[]> {
  const messages = await chrome.run(
    `${mailScript}
     return [...(folderOf(given.folder)?.messages ?? [])].map((message) => ({
       messageId: message.messageId,
       subject: message.mime2DecodedSubject,
       author: message.mime2DecodedAuthor,
       recipients: message.mime2DecodedRecipients,
     }));`,
    { folder },
  );
  return messages as StoredMessage[];
}

/** A message through Thunderbird's own MIME parser; each attachment is saved to a file and that file digested with SHA-256. */
export async function readMessage(chrome: Marionette, folder: FolderName, messageId: string): Promise<ReadMessage> {
  const message = await chrome.run(
    `${mailScript}
     const { MsgHdrToMimeMessage } = ChromeUtils.importESModule('resource:///modules/gloda/MimeMessage.sys.mjs');
     const { AttachmentInfo } = ChromeUtils.importESModule('resource:///modules/AttachmentInfo.sys.mjs');
     const message = messageOf(given.folder, given.messageId);
     const uri = message.folder.getUriForMsg(message);
     const mime = await new Promise((resolve) => MsgHdrToMimeMessage(message, null, (_, parsed) => resolve(parsed), true));
     const attachments = [];
     for (const { name, contentType, url, isExternal: isExternalAttachment } of mime.allUserAttachments) {
       const path = await IOUtils.createUniqueFile(PathUtils.tempDir, 'attachment');
       await new AttachmentInfo({ contentType, url, name, uri, isExternalAttachment, message }).saveToFile(path, true);
       attachments.push({ name, type: contentType, digest: await IOUtils.computeHexDigest(path, 'sha256') });
       await IOUtils.remove(path);
     }
     return { text: mime.coerceBodyToPlaintext(message.folder), attachments };`,
    { folder, messageId },
  );
  return message as ReadMessage;
}

/** "View Source": the octets as characters. */
export async function sourceOf(chrome: Marionette, folder: FolderName, messageId: string): Promise<string> {
  const source = await chrome.run(
    `${mailScript}
     const { NetUtil } = ChromeUtils.importESModule('resource://gre/modules/NetUtil.sys.mjs');
     const message = messageOf(given.folder, given.messageId);
     const stream = message.folder.getMsgInputStream(message, {});
     return NetUtil.readInputStreamToString(stream, message.messageSize);`,
    { folder, messageId },
  );
  return source as string;
}

/** The Delete key: the message moves to the trash. */
export async function deleteMessage(chrome: Marionette, messageId: string): Promise<void> {
  await chrome.run(
    `${mailScript}
     const { promise, resolve, reject } = Promise.withResolvers();
     const listener = {
       QueryInterface: ChromeUtils.generateQI(['nsIMsgCopyServiceListener']),
       onStartCopy() {},
       onProgress() {},
       setMessageKey() {},
       getMessageId() {},
       onStopCopy(status) {
         if (Components.isSuccessCode(status)) resolve();
         else reject(new Error('not deleted: ' + status));
       },
     };
     folderOf('Inbox').deleteMessages([messageOf('Inbox', given.messageId)], msgWindow, false, false, listener, true);
     await promise;`,
    { messageId },
  );
}
