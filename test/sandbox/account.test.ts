import { expect, test } from 'vitest';
import { demoBoxes, demoLogins } from '../../src/sandbox/index.ts';
import { call, list, NAMESPACE, loginOf, postRaw, sandboxAt, soap, valueOf } from './client.ts';

test('the owner of a login is its box, with type, name and state', async () => {
  await using sandbox = await sandboxAt();
  const { text, code } = await call(sandbox, 'GetOwnerInfoFromLogin2', '<dbDummy></dbDummy>');
  expect(code).toBe('0000');
  expect(valueOf(text, 'dbID')).toBe(demoBoxes.company);
  expect(valueOf(text, 'dbType')).toBe('PO');
  expect(valueOf(text, 'firmName')).toBe('Pekařství U Žluťoučkého koně s.r.o.');
  expect(valueOf(text, 'dbState')).toBe('1');
});

test('a person has names and no firm', async () => {
  await using sandbox = await sandboxAt();
  const { text } = await call(sandbox, 'GetOwnerInfoFromLogin2', '<dbDummy/>', 'zofie1');
  expect(valueOf(text, 'pnLastName')).toBe('Tichá');
  expect(valueOf(text, 'firmName')).toBeUndefined();
});

test.each([
  ['pekar1', '255', 'PRIMARY_USER'],
  ['pekar2', '29', 'ENTRUSTED_USER'],
  ['pekar3', '8', 'ENTRUSTED_USER'],
])('login %s has the rights %s and is %s', async (login, rights, type) => {
  await using sandbox = await sandboxAt();
  const { text } = await call(sandbox, 'GetUserInfoFromLogin2', '<dbDummy/>', login);
  expect([valueOf(text, 'userPrivils'), valueOf(text, 'userType')]).toEqual([rights, type]);
});

test('a password without end has no date, another one tells it in Czech time', async () => {
  await using sandbox = await sandboxAt();
  expect((await call(sandbox, 'GetPasswordInfo', '<dbDummy/>')).text).toContain('<p:pswExpDate xsi:nil="true"/>');
  sandbox.world.login('pekar1').passwordExpiresAt = Date.parse('2027-07-01T10:00:00Z');
  const { text } = await call(sandbox, 'GetPasswordInfo', '<dbDummy/>');
  expect(valueOf(text, 'pswExpDate')).toBe('2027-07-01T12:00:00.000+02:00');
});

test('DummyOperation does nothing and succeeds', async () => {
  await using sandbox = await sandboxAt();
  expect((await call(sandbox, 'DummyOperation', '')).code).toBe('0000');
});

test('an operation on the path of another service is unknown', async () => {
  await using sandbox = await sandboxAt();
  const body = soap(`<GetPasswordInfo xmlns="${NAMESPACE}"><dbDummy/></GetPasswordInfo>`);
  const reply = await postRaw(sandbox, '/DS/dz', body, { authorization: loginOf('pekar1') });
  expect([reply.http, reply.code]).toEqual([200, '2006']);
  expect(reply.text).toContain('GetPasswordInfoResponse');
});

test('a path that is no service is a web page with 404', async () => {
  await using sandbox = await sandboxAt();
  const reply = await postRaw(sandbox, '/DS/nic', soap('<x/>'), { authorization: loginOf('pekar1') });
  expect(reply.http).toBe(404);
  expect(reply.headers.get('content-type')).toContain('text/html');
});

test('a box that was never opened on the portal answers 1026 to everything', async () => {
  await using sandbox = await sandboxAt();
  sandbox.world.box(demoBoxes.company).state = 3;
  expect((await list(sandbox)).code).toBe('1026');
});

test('the record tells who called what, with number, box, HTTP status and code', async () => {
  await using sandbox = await sandboxAt();
  await call(sandbox, 'MessageDownload', '<dmID>1</dmID>', 'zofie1');
  await call(sandbox, 'DummyOperation', '', 'nobody');
  expect(sandbox.calls.all()).toEqual([
    {
      at: sandbox.clock.now(),
      path: '/DS/dz',
      userAgent: 'zkouska/1',
      operation: 'MessageDownload',
      login: 'zofie1',
      box: demoBoxes.person,
      dmID: '1',
      httpStatus: 200,
      statusCode: '1219',
    },
    expect.objectContaining({ operation: 'DummyOperation', login: 'nobody', box: undefined, httpStatus: 401 }),
  ]);
  expect(sandbox.calls.count('MessageDownload')).toBe(1);
  sandbox.calls.clear();
  expect(sandbox.calls.all()).toEqual([]);
});

test.each(demoLogins)('$name of the demonstration can log in with its password', async ({ name }) => {
  await using sandbox = await sandboxAt();
  expect((await call(sandbox, 'GetPasswordInfo', '<dbDummy/>', name)).code).toBe('0000');
});
