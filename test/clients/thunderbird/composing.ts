/** Writing in Thunderbird's own compose window and pressing Send. */
import { mailScript } from './mail-script.ts';
import type { Json, Marionette } from './marionette.ts';

export interface Letter {
  readonly text: string;
  /** Paths of files. */
  readonly attachments?: readonly string[];
  /** Path of a picture that stands in the text, as a logo does. */
  readonly picture?: string;
}

/** `composeWindow` opens a window and waits until one can type; `send` types, attaches, sends, and tells whether it went. */
const composeScript = `
  ${mailScript}
  const composeWindow = (open) => new Promise((resolve) => {
    Services.ww.registerNotification(function watch(window, topic) {
      if (topic !== 'domwindowopened') return;
      Services.ww.unregisterNotification(watch);
      window.addEventListener('compose-editor-ready', () => resolve(window), { once: true });
    });
    open();
  });
  const attachment = (path) => {
    const attachment = Cc['@mozilla.org/messengercompose/attachment;1'].createInstance(Ci.nsIMsgAttachment);
    attachment.url = PathUtils.toFileURI(path);
    attachment.name = PathUtils.filename(path);
    return attachment;
  };
  const send = async (window) => {
    if (given.to !== undefined) window.addressRowAddRecipientsArray(window.document.getElementById('addressRowTo'), given.to);
    window.GetCurrentEditor().insertText(given.text);
    if (given.picture !== '') {
      const { ComposeUtils } = ChromeUtils.importESModule('resource:///modules/ComposeUtils.sys.mjs');
      const picture = ComposeUtils.loadBlockedImage(PathUtils.toFileURI(given.picture));
      window.GetCurrentEditor().insertHTML('<img alt="" src="' + picture + '">');
    }
    await window.AddAttachments(given.attachments.map(attachment));
    const sent = new Promise((resolve) => {
      // The window closes when the copy lies in the Sent folder.
      window.addEventListener('unload', () => resolve(true), { once: true });
      window.gMsgCompose.RegisterStateListener({
        QueryInterface: ChromeUtils.generateQI(['nsIMsgComposeStateListener']),
        NotifyComposeFieldsReady() {},
        NotifyComposeBodyReady() {},
        SaveInFolderDone() {},
        ComposeProcessDone(result) {
          if (!Components.isSuccessCode(result)) resolve(false);
        },
      });
    });
    window.goDoCommand('cmd_sendButton');
    if (await sent) return true;
    window.SetContentAndBodyAsUnmodified();
    window.close();
    return false;
  };
`;

/** "Reply"; false when Thunderbird says that it was not sent. */
export async function reply(chrome: Marionette, messageId: string, letter: Letter): Promise<boolean> {
  return compose(chrome, aboutMessage('ReplyToSender'), { messageId, ...fieldsOf(letter) });
}

/** "Forward": the text quoted, the attachments attached; false when Thunderbird says that it was not sent. */
export async function forward(
  chrome: Marionette,
  messageId: string,
  letter: Letter & { readonly to: readonly string[] },
): Promise<boolean> {
  return compose(chrome, aboutMessage('ForwardInline'), { messageId, to: letter.to, ...fieldsOf(letter) });
}

/** "Edit as New Message": the message as if it were an own one, now to somebody else. */
export async function editAsNew(
  chrome: Marionette,
  messageId: string,
  letter: Letter & { readonly to: readonly string[] },
): Promise<boolean> {
  return compose(chrome, aboutMessage('EditAsNew'), { messageId, to: letter.to, ...fieldsOf(letter) });
}

function aboutMessage(type: 'ReplyToSender' | 'ForwardInline' | 'EditAsNew'): string {
  return `
    const original = messageOf('Inbox', given.messageId);
    MailServices.compose.OpenComposeWindow(
      null, original, original.folder.getUriForMsg(original), Ci.nsIMsgCompType.${type},
      Ci.nsIMsgCompFormat.Default, account.defaultIdentity, '', msgWindow);`;
}

/** "Write"; false when Thunderbird says that it was not sent. */
export async function write(
  chrome: Marionette,
  letter: Letter & { readonly to: readonly string[]; readonly subject: string },
): Promise<boolean> {
  return compose(
    chrome,
    `const parameters = Cc['@mozilla.org/messengercompose/composeparams;1'].createInstance(Ci.nsIMsgComposeParams);
     const composeFields = Cc['@mozilla.org/messengercompose/composefields;1'].createInstance(Ci.nsIMsgCompFields);
     const type = Ci.nsIMsgCompType.New;
     const format = Ci.nsIMsgCompFormat.Default;
     composeFields.subject = given.subject;
     Object.assign(parameters, { type, format, identity: account.defaultIdentity, composeFields });
     MailServices.compose.OpenComposeWindowWithParams(null, parameters);`,
    { to: letter.to, subject: letter.subject, ...fieldsOf(letter) },
  );
}

function fieldsOf({ text, attachments = [], picture = '' }: Letter) {
  return { text, attachments, picture };
}

async function compose(chrome: Marionette, open: string, given: Json): Promise<boolean> {
  const sent = await chrome.run(`${composeScript} return send(await composeWindow(() => { ${open} }));`, given);
  return sent === true;
}
