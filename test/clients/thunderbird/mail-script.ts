/** What every script about mail starts with: the account under test, its folders, its messages. */
export const mailScript = `
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const { msgWindow } = Services.wm.getMostRecentWindow('mail:3pane');
  const account = MailServices.accounts.defaultAccount;
  const flags = {
    Inbox: Ci.nsMsgFolderFlags.Inbox,
    Sent: Ci.nsMsgFolderFlags.SentMail,
    Trash: Ci.nsMsgFolderFlags.Trash,
  };
  const folderOf = (name) => account.incomingServer.rootFolder.getFolderWithFlags(flags[name]);
  const messageOf = (name, messageId) => [...folderOf(name).messages].find((one) => one.messageId === messageId);
`;

export type FolderName = 'Inbox' | 'Sent' | 'Trash';
