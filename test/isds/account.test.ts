import { describe, expect, test } from 'vitest';
import { exampleText } from './examples.ts';
import { accountAt, answers, CREDENTIALS, soap, startFakeIsds, status, isdsAt } from './fake-isds.ts';

const OK = status('db', '0000');

test('a call is one SOAP 1.1 request with Basic authentication and our name', async () => {
  const { fake, account } = await accountAt(answers('GetPasswordInfo', '<q:pswExpDate xsi:nil="true"/>', OK));
  await account.getPasswordExpiry();
  expect(fake.received).toHaveLength(1);
  const [{ path, headers, body }] = fake.received as [(typeof fake.received)[0]];
  expect(path).toBe('/DS/DsManage');
  expect(headers).toMatchObject({
    authorization: `Basic ${Buffer.from('abc123:Žluťoučký kůň: 1').toString('base64')}`,
    'content-type': 'text/xml; charset=utf-8',
    soapaction: '""',
    'user-agent': 'Postolka/0.1',
    'content-length': String(body.length),
  });
  expect(headers).not.toHaveProperty('expect');
  expect(headers).not.toHaveProperty('transfer-encoding');
});

test('each operation goes to its own path', async () => {
  const fake = await startFakeIsds(
    answers('CheckDataBox', '<q:dbState>1</q:dbState>', OK),
    answers('MarkMessageAsDownloaded', '<q:dmID>1</q:dmID>'),
  );
  const account = isdsAt(`${fake.url}/`).account(CREDENTIALS);
  await account.checkBox('urad453');
  await account.markAsDownloaded('1');
  expect(fake.received.map(({ path }) => path)).toEqual(['/DS/df', '/DS/dx']);
});

function owner(content: string) {
  return answers('GetOwnerInfoFromLogin2', `<q:dbOwnerInfo>${content}</q:dbOwnerInfo>`, OK);
}

describe('the owner of a box', () => {
  test('is known by box, type, name and state', async () => {
    const { account } = await accountAt(
      owner(
        '<q:dbID>hqxw7nk</q:dbID><q:dbType>PO</q:dbType><q:firmName>Příklad s.r.o.</q:firmName><q:dbState>1</q:dbState>',
      ),
    );
    await expect(account.getOwnerInfo()).resolves.toEqual({
      boxId: 'hqxw7nk',
      boxType: 'PO',
      name: 'Příklad s.r.o.',
      boxState: 1,
    });
  });

  test('is a person when there is no firm', async () => {
    const { account } = await accountAt(
      owner(
        '<q:dbID>hqxw7nk</q:dbID><q:pnGivenNames>Jan</q:pnGivenNames><q:pnLastName>Vzorný</q:pnLastName><q:firmName xsi:nil="true"/>',
      ),
    );
    await expect(account.getOwnerInfo()).resolves.toMatchObject({ name: 'Jan Vzorný', boxState: undefined });
  });

  test('without a box is no answer', async () => {
    const { account } = await accountAt(owner('<q:dbID xsi:nil="true"/>'));
    await expect(account.getOwnerInfo()).rejects.toMatchObject({ kind: 'not-xml' });
  });
});

function user(content: string) {
  return answers('GetUserInfoFromLogin2', `<q:dbUserInfo>${content}</q:dbUserInfo>`, OK);
}

describe('the rights of a user', () => {
  test('are the sum that ISDS gives', async () => {
    const { account } = await accountAt(
      user('<q:userType>ENTRUSTED_USER</q:userType><q:userPrivils>13</q:userPrivils>'),
    );
    await expect(account.getUserInfo()).resolves.toEqual({ rights: 13, userType: 'ENTRUSTED_USER' });
  });

  test('are all of them for a primary user without a sum, and none for others', async () => {
    const { account } = await accountAt(
      user('<q:userType>PRIMARY_USER</q:userType><q:userPrivils xsi:nil="true"/>'),
      user('<q:userType>ENTRUSTED_USER</q:userType>'),
    );
    await expect(account.getUserInfo()).resolves.toMatchObject({ rights: 255 });
    await expect(account.getUserInfo()).resolves.toMatchObject({ rights: 0 });
  });

  test('cannot be asked for with a certificate login', async () => {
    const { account } = await accountAt(answers('GetUserInfoFromLogin2', '', status('db', '2102', 'Nelze')));
    await expect(account.getUserInfo()).rejects.toMatchObject({ kind: 'status', failure: { class: 'skip' } });
  });
});

test('a password may end on a day or never', async () => {
  const { account } = await accountAt(
    answers('GetPasswordInfo', '<q:pswExpDate>2027-02-10T13:33:39.000+01:00</q:pswExpDate>', OK),
    answers('GetPasswordInfo', '<q:pswExpDate xsi:nil="true"/>', OK),
    answers('GetPasswordInfo', '', OK),
  );
  await expect(account.getPasswordExpiry()).resolves.toEqual(new Date('2027-02-10T12:33:39.000Z'));
  await expect(account.getPasswordExpiry()).resolves.toBeUndefined();
  await expect(account.getPasswordExpiry()).resolves.toBeUndefined();
});

function found(id: string): string {
  return `<q:dbResult><q:dbID>${id}</q:dbID><q:dbName>Úřad</q:dbName></q:dbResult>`;
}

describe('looking at a box', () => {
  test('a box has a state', async () => {
    const { account } = await accountAt(answers('CheckDataBox', '<q:dbState>4</q:dbState>', OK));
    await expect(account.checkBox('urad453')).resolves.toBe(4);
  });

  test('a box that does not exist is a status', async () => {
    const { account } = await accountAt(
      answers('CheckDataBox', '', status('db', '5001', 'Datová schránka nenalezena.')),
    );
    await expect(account.checkBox('urad453')).rejects.toMatchObject({ kind: 'status', code: '5001' });
  });

  test('a search finds a box or nothing', async () => {
    const results =
      '<q:dbResults><q:dbResult><q:dbID>urad453</q:dbID><q:dbType>OVM_PO</q:dbType><q:dbName>Městský úřad &lt;Vzorov&gt;</q:dbName><q:dbAddress>Náměstí 1</q:dbAddress><q:dbSendOptions>DZ</q:dbSendOptions></q:dbResult></q:dbResults>';
    const { account } = await accountAt(
      answers('ISDSSearch3', results, OK),
      answers('ISDSSearch3', '<q:dbResults></q:dbResults>', OK),
      answers('ISDSSearch3', '', status('db', '0002', 'Nenalezeno')),
      answers('ISDSSearch3', results.replace('>DZ<', '>NĚCO NOVÉHO<'), OK),
    );
    const box = { boxId: 'urad453', boxType: 'OVM_PO', name: 'Městský úřad <Vzorov>', address: 'Náměstí 1' };
    await expect(account.findBox('urad453')).resolves.toEqual({ ...box, sendOptions: 'DZ' });
    await expect(account.findBox('urad453')).resolves.toBeUndefined();
    await expect(account.findBox('urad453')).resolves.toBeUndefined();
    await expect(account.findBox('urad453')).resolves.toEqual({ ...box, sendOptions: undefined });
  });

  test('an organisation has as many boxes as ISDS shows', async () => {
    const { fake, account } = await accountAt(
      answers('ISDSSearch3', `<q:dbResults>${found('urad453')}${found('pepa23v')}</q:dbResults>`, OK),
      answers('ISDSSearch3', '', status('db', '0002', 'Nenalezeno')),
    );
    const boxes = await account.findBoxesByIco('87654321');
    expect(boxes.map(({ boxId }) => boxId)).toEqual(['urad453', 'pepa23v']);
    expect(fake.received[0]?.body.toString()).toContain(
      '<searchText>87654321</searchText><searchType>ICO</searchType>',
    );
    await expect(account.findBoxesByIco('87654321')).resolves.toEqual([]);
  });

  test('a commercial message can be paid for, or not, or ISDS does not say', async () => {
    const { account } = await accountAt(
      answers('PDZSendInfo', '<q:PDZsiResult>true</q:PDZsiResult>', OK),
      answers('PDZSendInfo', '<q:PDZsiResult>false</q:PDZsiResult>', OK),
      answers('PDZSendInfo', '<q:PDZsiResult xsi:nil="true"/>', OK),
    );
    await expect(account.canSendPdz('pepa23v')).resolves.toBe(true);
    await expect(account.canSendPdz('pepa23v')).resolves.toBe(false);
    await expect(account.canSendPdz('pepa23v')).resolves.toBe(false);
  });
});

test('an answer in another version of the namespace is understood', async () => {
  const body = `<CheckDataBoxResponse xmlns="http://isds.czechpoint.cz/v30"><dbState>1</dbState><dbStatus><dbStatusCode>0000</dbStatusCode></dbStatus></CheckDataBoxResponse>`;
  const { account } = await accountAt(soap(body), soap(body.replace('isds.czechpoint', 'isds.example')));
  await expect(account.checkBox('urad453')).resolves.toBe(1);
  await expect(account.checkBox('urad453')).rejects.toMatchObject({ kind: 'not-xml' });
});

describe('the examples', () => {
  test('are understood', async () => {
    const names = [
      'GetOwnerInfoFromLogin2',
      'GetUserInfoFromLogin2',
      'GetPasswordInfo',
      'CheckDataBox',
      'ISDSSearch3',
      'PDZSendInfo',
    ];
    const { account } = await accountAt(...names.map((name) => soap(exampleText(`db/${name}.resp.xml`))));
    await expect(account.getOwnerInfo()).resolves.toMatchObject({ boxId: 'hqxw7nk', name: 'Příklad s.r.o.' });
    await expect(account.getUserInfo()).resolves.toEqual({ rights: 31, userType: 'ENTRUSTED_USER' });
    await expect(account.getPasswordExpiry()).resolves.toBeInstanceOf(Date);
    await expect(account.checkBox('urad453')).resolves.toBe(1);
    await expect(account.findBox('urad453')).resolves.toMatchObject({ name: 'Městský úřad Vzorov', sendOptions: 'DZ' });
    await expect(account.canSendPdz('pepa23v')).resolves.toBe(true);
  });
});
