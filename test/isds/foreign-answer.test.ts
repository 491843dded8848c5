/** An answer is tied to its question: what another operation answered is no answer, however successful (isds §1.3). */
import { expect, test } from 'vitest';
import type { IsdsAccount, IsdsError } from '../../src/isds/index.ts';
import { accountAt, answers, answers12, status } from './fake-isds.ts';

const LIST = { statusFilter: -1, limit: 1000 } as const;

/** Everything that a whole answer of the operation would need, so that only its name is wrong. */
const CONTENT = `<q:dmRecords/><q:dbState>1</q:dbState><q:PDZsiResult>true</q:PDZsiResult><q:totalCount>0</q:totalCount>
  <q:dbOwnerInfo><q:dbID>hqxw7nk</q:dbID></q:dbOwnerInfo><q:dbUserInfo><q:userPrivils>255</q:userPrivils></q:dbUserInfo>`;

const QUESTIONS: Readonly<Record<string, (account: IsdsAccount) => Promise<unknown>>> = {
  GetOwnerInfoFromLogin2: (account) => account.getOwnerInfo(),
  GetUserInfoFromLogin2: (account) => account.getUserInfo(),
  GetPasswordInfo: (account) => account.getPasswordExpiry(),
  GetListOfReceivedMessages: (account) => account.listReceived(LIST),
  GetListOfSentMessages: (account) => account.listSent(LIST),
  RegisterForNotifications: (account) => account.registerForNotifications(),
  GetListForNotifications: (account) => account.listNotifications(new Date(0)),
  MessageEnvelopeDownload: (account) => account.downloadEnvelope('1'),
  MessageDownload: (account) => Array.fromAsync(account.downloadMessage('1')),
  SignedMessageDownload: (account) => Array.fromAsync(account.downloadOriginal('1')),
  MarkMessageAsDownloaded: (account) => account.markAsDownloaded('1'),
  CheckDataBox: (account) => account.checkBox('hqxw7nk'),
  ISDSSearch3: (account) => account.findBox('hqxw7nk'),
  PDZSendInfo: (account) => account.canSendPdz('hqxw7nk'),
  GetConstants: (account) => account.prices(),
};

test.each(Object.entries(QUESTIONS))('%s', async (_, ask) => {
  const { account } = await accountAt(answers('DummyOperation', CONTENT));
  await expect(ask(account)).rejects.toMatchObject({ kind: 'not-xml', message: 'not-xml: another answer' });
});

test('SignedBigMessageDownload, from the services for large messages', async () => {
  const { account } = await accountAt(answers12('DummyOperation', ''));
  await expect(Array.fromAsync(account.downloadBigOriginal('1'))).rejects.toThrow('not-xml: another answer');
});

test.each(['1219', '1207', '9005'])('nor is a refusal with %s under another name', async (code) => {
  const { account } = await accountAt(answers('DummyOperation', '', status('dm', code)));
  const failure = await Array.fromAsync(account.downloadMessage('1')).catch((error: unknown) => error as IsdsError);
  expect(failure).toMatchObject({ kind: 'not-xml', code: undefined });
});

test('a success that is not plain is no empty list; a plain one may leave the records out (isds §11.4)', async () => {
  const { account } = await accountAt(
    answers('GetListOfReceivedMessages', '', status('dm', '0001')),
    answers('GetListOfReceivedMessages', '', status('dm', '0042')),
    answers('GetListOfReceivedMessages', ''),
  );
  await expect(account.listReceived(LIST)).rejects.toThrow('not-xml: no list');
  await expect(account.listReceived(LIST)).rejects.toThrow('not-xml: no list');
  await expect(account.listReceived(LIST)).resolves.toEqual([]);
});

test('the envelope of another message, and another box than the one that was looked for', async () => {
  const envelope = '<q:dmReturnedMessageEnvelope><q:dmDm><q:dmID>2</q:dmID></q:dmDm></q:dmReturnedMessageEnvelope>';
  const found = '<q:dbResults><q:dbResult><q:dbID>urad453</q:dbID></q:dbResult></q:dbResults>';
  const { account } = await accountAt(
    answers('MessageEnvelopeDownload', envelope),
    answers('ISDSSearch3', found, status('db', '0000')),
  );
  await expect(account.downloadEnvelope('1')).rejects.toThrow('another message');
  await expect(account.findBox('hqxw7nk')).rejects.toThrow('another box');
});

test('a search says that it found nothing; a commercial message is possible or not', async () => {
  const { account } = await accountAt(
    answers('ISDSSearch3', '', status('db', '0000')),
    answers('ISDSSearch3', '<q:totalCount>0</q:totalCount>', status('db', '0000')),
    answers('ISDSSearch3', '', status('db', '0002')),
    answers('PDZSendInfo', '', status('db', '0000')),
    answers('PDZSendInfo', '<q:PDZsiResult xsi:nil="true"/>', status('db', '0000')),
  );
  await expect(account.findBoxesByIco('00064581')).rejects.toThrow('no search results');
  await expect(account.findBoxesByIco('00064581')).resolves.toEqual([]);
  await expect(account.findBoxesByIco('00064581')).resolves.toEqual([]);
  await expect(account.canSendPdz('hqxw7nk')).rejects.toThrow('neither yes nor no');
  await expect(account.canSendPdz('hqxw7nk')).resolves.toBe(false);
});
