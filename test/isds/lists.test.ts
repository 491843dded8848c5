import { describe, expect, test } from 'vitest';
import { exampleText } from './examples.ts';
import { accountAt, answers, soap, status } from './fake-isds.ts';

const ALL = { statusFilter: -1, limit: 1000 };

const list = (records: string) => answers('GetListOfReceivedMessages', records);
const repeat = answers('GetListOfReceivedMessages', '', status('dm', '3006', 'zopakujte operaci'));

const RECORD = `<q:dmRecord dmType="E" dmVODZ="true" specMessFlag="1"><q:dmOrdinal>1</q:dmOrdinal><q:dmID>1490000001</q:dmID>
  <q:dbIDSender>vzbx2dw</q:dbIDSender><q:dmSender>Jan &quot;Vzorný&quot; &lt;&amp;&gt; syn</q:dmSender><q:dmSenderAddress>Krátká 3</q:dmSenderAddress>
  <q:dmSenderType>40</q:dmSenderType><q:dmRecipient>Příklad s.r.o.</q:dmRecipient><q:dmRecipientAddress>Dlouhá 2</q:dmRecipientAddress>
  <q:dbIDRecipient>hqxw7nk</q:dbIDRecipient><q:dmToHands>Ing. Nováková</q:dmToHands><q:dmAnnotation> Podklady a přílohy</q:dmAnnotation>
  <q:dmRecipientRefNumber>R/1</q:dmRecipientRefNumber><q:dmSenderRefNumber>S/1</q:dmSenderRefNumber>
  <q:dmRecipientIdent>RI</q:dmRecipientIdent><q:dmSenderIdent>SI</q:dmSenderIdent>
  <q:dmLegalTitleLaw>300</q:dmLegalTitleLaw><q:dmLegalTitleYear>2008</q:dmLegalTitleYear><q:dmLegalTitleSect>17</q:dmLegalTitleSect>
  <q:dmLegalTitlePar>3</q:dmLegalTitlePar><q:dmLegalTitlePoint>a</q:dmLegalTitlePoint>
  <q:dmPersonalDelivery>1</q:dmPersonalDelivery><q:dmAllowSubstDelivery>false</q:dmAllowSubstDelivery>
  <q:dmMessageStatus>7</q:dmMessageStatus><q:dmAttachmentSize>71254</q:dmAttachmentSize>
  <q:dmDeliveryTime>2026-11-20T08:00:00.250+01:00</q:dmDeliveryTime><q:dmAcceptanceTime>2026-07-20T10:00:31.004+02:00</q:dmAcceptanceTime></q:dmRecord>`;

test('a record is read whole: dodání is the arrival, doručení the delivery', async () => {
  const { account } = await accountAt(list(`<q:dmRecords>${RECORD}</q:dmRecords>`));
  await expect(account.listReceived(ALL)).resolves.toEqual([
    {
      dmID: '1490000001',
      type: 'E',
      vodz: true,
      suspicious: true,
      senderBox: 'vzbx2dw',
      sender: 'Jan "Vzorný" <&> syn',
      senderAddress: 'Krátká 3',
      senderType: 40,
      recipientBox: 'hqxw7nk',
      recipient: 'Příklad s.r.o.',
      recipientAddress: 'Dlouhá 2',
      toHands: 'Ing. Nováková',
      annotation: ' Podklady a přílohy',
      senderRefNumber: 'S/1',
      recipientRefNumber: 'R/1',
      senderIdent: 'SI',
      recipientIdent: 'RI',
      legalTitle: { law: '300', year: '2008', section: '17', paragraph: '3', point: 'a' },
      personalDelivery: true,
      allowSubstDelivery: false,
      state: 7,
      attachmentSize: 71254,
      arrivedAt: new Date('2026-11-20T07:00:00.250Z'),
      deliveredAt: new Date('2026-07-20T08:00:31.004Z'),
    },
  ]);
});

test('of a record everything but its number may be missing, nil, empty or senseless', async () => {
  const { account } = await accountAt(
    list(`<q:dmRecords>
      <q:dmRecord><q:dmID>0012</q:dmID></q:dmRecord>
      <q:dmRecord dmType=""><q:dmID>2</q:dmID><q:dmSender xsi:nil="true"/><q:dmAnnotation></q:dmAnnotation><q:dmSenderType>osoba</q:dmSenderType>
        <q:dmDeliveryTime>včera</q:dmDeliveryTime><q:dmPersonalDelivery>ano</q:dmPersonalDelivery></q:dmRecord></q:dmRecords>`),
  );
  const [first, second] = await account.listReceived(ALL);
  expect(first).toMatchObject({ dmID: '0012', type: undefined, vodz: false, state: 0, personalDelivery: false });
  expect(second).toMatchObject({ dmID: '2', sender: undefined, annotation: undefined, arrivedAt: undefined });
});

test.each([
  ['no dmRecords', ''],
  ['nil', '<q:dmRecords xsi:nil="true"/>'],
  ['an empty element', '<q:dmRecords></q:dmRecords>'],
])('a list is empty when there is %s', async (_, records) => {
  const { account } = await accountAt(list(records));
  await expect(account.listReceived(ALL)).resolves.toEqual([]);
});

test('a record without number spoils the list: it must not become short', async () => {
  const { account } = await accountAt(
    list(`<q:dmRecords>${RECORD}<q:dmRecord><q:dmID> </q:dmID></q:dmRecord></q:dmRecords>`),
  );
  await expect(account.listReceived(ALL)).rejects.toMatchObject({ kind: 'not-xml' });
});

test.each(['12 34', '1&#13;&#10;+OK', '1/../2', 'č', '1'.repeat(21)])(
  'attack: a number that would break out of a UIDL or a Message-ID is no number: %s',
  async (dmID) => {
    const { account } = await accountAt(
      list(`<q:dmRecords><q:dmRecord><q:dmID>${dmID}</q:dmID></q:dmRecord></q:dmRecords>`),
    );
    await expect(account.listReceived(ALL)).rejects.toMatchObject({ kind: 'not-xml' });
  },
);

describe('3006, "repeat at once"', () => {
  test('is obeyed', async () => {
    const { fake, account } = await accountAt(repeat, repeat, list(`<q:dmRecords>${RECORD}</q:dmRecords>`));
    await expect(account.listReceived(ALL)).resolves.toHaveLength(1);
    expect(fake.received).toHaveLength(3);
  });

  test('is obeyed a few times only', async () => {
    const { fake, account } = await accountAt(repeat);
    await expect(account.listReceived(ALL)).rejects.toMatchObject({ code: '3006' });
    expect(fake.received).toHaveLength(4);
  });
});

test('any other failure is not repeated: the list is a legal act', async () => {
  const { fake, account } = await accountAt(answers('GetListOfReceivedMessages', '', status('dm', '9005', '')));
  await expect(account.listReceived(ALL)).rejects.toMatchObject({ code: '9005', outcome: 'not-executed' });
  expect(fake.received).toHaveLength(1);
});

test('marking succeeds silently or tells why not', async () => {
  const { account } = await accountAt(
    answers('MarkMessageAsDownloaded', ''),
    answers('MarkMessageAsDownloaded', '', status('dm', '1248', 'Zpráva není doručená')),
  );
  await expect(account.markAsDownloaded('1')).resolves.toBeUndefined();
  await expect(account.markAsDownloaded('1')).rejects.toMatchObject({
    failure: { kind: 'status', code: '1248', message: 'Zpráva není doručená', class: 'user-error' },
  });
});

test('a list of a thousand messages is read', async () => {
  const records = Array.from({ length: 1000 }, (_, index) => RECORD.replace('1490000001', String(index))).join('');
  const { account } = await accountAt(list(`<q:dmRecords>${records}</q:dmRecords>`));
  const envelopes = await account.listReceived(ALL);
  expect(envelopes.map(({ dmID }) => dmID)).toEqual(Array.from({ length: 1000 }, (_, index) => String(index)));
});

function example(name: string) {
  return soap(exampleText(`dm/${name}.xml`));
}

describe('the examples', () => {
  test('are understood', async () => {
    const { account } = await accountAt(
      example('GetListOfReceivedMessages.resp'),
      example('GetListOfReceivedMessages.resp-empty'),
      example('MarkMessageAsDownloaded.resp'),
    );
    const envelopes = await account.listReceived(ALL);
    expect(envelopes.map(({ dmID, vodz, suspicious }) => [dmID, vodz, suspicious])).toEqual([
      ['1490000002', false, false],
      ['1490000001', true, true],
    ]);
    await expect(account.listReceived(ALL)).resolves.toEqual([]);
    await expect(account.markAsDownloaded('1490000002')).resolves.toBeUndefined();
  });
});

test('the list of sent messages is read like the other one', async () => {
  const { account } = await accountAt(answers('GetListOfSentMessages', `<q:dmRecords>${RECORD}</q:dmRecords>`));
  await expect(account.listSent(ALL)).resolves.toMatchObject([{ dmID: '1490000001', recipientBox: 'hqxw7nk' }]);
});
