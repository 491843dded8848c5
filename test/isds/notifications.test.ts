import { describe, expect, test } from 'vitest';
import { exampleText } from './examples.ts';
import { accountAt, answers, soap, status } from './fake-isds.ts';

const FROM = new Date('2026-11-20T00:00:00Z');

const RECORD = `<q:ntfRecord><q:ntfType>1</q:ntfType><q:dmID>1490000002</q:dmID><q:dmPersonalDelivery>1</q:dmPersonalDelivery>
  <q:dmDeliveryTime>2026-11-20T09:15:02.117+01:00</q:dmDeliveryTime><q:dbIDRecipient>hqxw7nk</q:dbIDRecipient>
  <q:dmAnnotation>Výzva k doplnění</q:dmAnnotation><q:dbIDSender>urad453</q:dbIDSender><q:dmSender>Městský úřad Vzorov</q:dmSender></q:ntfRecord>`;

test('a notification tells what arrived, from whom, and whether for personal delivery', async () => {
  const { account } = await accountAt(
    answers(
      'GetListForNotifications',
      `<q:ntfRecords>${RECORD}</q:ntfRecords><q:ntfListContinues>true</q:ntfListContinues>`,
    ),
  );
  await expect(account.listNotifications(FROM)).resolves.toEqual({
    notifications: [
      {
        dmID: '1490000002',
        arrivedAt: new Date('2026-11-20T08:15:02.117Z'),
        personalDelivery: true,
        recipientBox: 'hqxw7nk',
        annotation: 'Výzva k doplnění',
        senderBox: 'urad453',
        sender: 'Městský úřad Vzorov',
      },
    ],
    continues: true,
  });
});

test.each([
  ['no ntfRecords', ''],
  ['nil', '<q:ntfRecords xsi:nil="true"/>'],
  ['an empty element', '<q:ntfRecords/>'],
])('nothing arrived when there is %s', async (_, records) => {
  const { account } = await accountAt(answers('GetListForNotifications', records));
  await expect(account.listNotifications(FROM)).resolves.toEqual({ notifications: [], continues: false });
});

test('a notification without number spoils the list', async () => {
  const records = `<q:ntfRecords><q:ntfRecord><q:ntfType>1</q:ntfType></q:ntfRecord></q:ntfRecords>`;
  const { account } = await accountAt(answers('GetListForNotifications', records));
  await expect(account.listNotifications(FROM)).rejects.toMatchObject({ kind: 'not-xml' });
});

test('registered is registered, for the first time and again', async () => {
  const { account } = await accountAt(
    answers('RegisterForNotifications', ''),
    answers('RegisterForNotifications', '', status('dm', '1269', 'Registrace již existuje')),
  );
  await expect(account.registerForNotifications()).resolves.toBeUndefined();
  await expect(account.registerForNotifications()).resolves.toBeUndefined();
});

test('a password login is told that it may not', async () => {
  const { account } = await accountAt(
    answers('RegisterForNotifications', '', status('dm', '1004', 'Nemáte oprávnění')),
  );
  await expect(account.registerForNotifications()).rejects.toMatchObject({ code: '1004' });
});

describe('the examples', () => {
  test('are understood', async () => {
    const { account } = await accountAt(
      soap(exampleText('dm/RegisterForNotifications.resp.xml')),
      soap(exampleText('dm/GetListForNotifications.resp.xml')),
    );
    await account.registerForNotifications();
    const { notifications } = await account.listNotifications(FROM);
    expect(notifications).toMatchObject([
      { dmID: '1490000002', personalDelivery: false, sender: 'Městský úřad Vzorov' },
    ]);
  });
});
