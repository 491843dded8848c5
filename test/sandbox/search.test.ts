import { expect, test } from 'vitest';
import { demoBoxes, type Sandbox } from '../../src/sandbox/index.ts';
import { call, sandboxAt, valueOf, valuesOf } from './client.ts';

const check = (sandbox: Sandbox, id: string, login?: string) =>
  call(sandbox, 'CheckDataBox', `<dbID>${id}</dbID>`, login);

function search(
  sandbox: Sandbox,
  text: string,
  { type = 'DBID', scope = 'ALL', page = '0', size = '50', login = 'pekar1' } = {},
) {
  const inside = `<searchText>${text}</searchText><searchType>${type}</searchType><searchScope>${scope}</searchScope><page>${page}</page><pageSize>${size}</pageSize>`;
  return call(sandbox, 'ISDSSearch3', inside, login);
}

test.each([
  [demoBoxes.office, '1'],
  [demoBoxes.suspended, '2'],
  [demoBoxes.notActivated, '3'],
  [demoBoxes.closed, '4'],
])('the state of %s is %s', async (id, state) => {
  await using sandbox = await sandboxAt();
  expect(valueOf((await check(sandbox, id)).text, 'dbState')).toBe(state);
});

test('a box suspended by law is told as suspended', async () => {
  await using sandbox = await sandboxAt();
  sandbox.world.box(demoBoxes.office).state = 6;
  expect(valueOf((await check(sandbox, demoBoxes.office)).text, 'dbState')).toBe('2');
});

test('an unknown box is 5001, a malformed ID 2011, a login without the right 1004', async () => {
  await using sandbox = await sandboxAt();
  expect((await check(sandbox, 'aydaadk')).code).toBe('5001');
  for (const id of ['aydaada', 'aydaad', 'lydaadk', '']) expect((await check(sandbox, id)).code).toBe('2011');
  expect((await check(sandbox, demoBoxes.office, 'pekar3')).code).toBe('1004');
});

test.each([
  [demoBoxes.office, 'pekar1', 'DZ'],
  [demoBoxes.company, 'urad01', 'DZ'],
  [demoBoxes.builder, 'pekar1', 'PDZ'],
  [demoBoxes.refusesPdz, 'pekar1', 'NONE'],
  [demoBoxes.closed, 'pekar1', 'DISABLED'],
  [demoBoxes.company, 'pekar1', 'NONE'],
])('found by ID, %s offers %s the way %s', async (id, login, options) => {
  await using sandbox = await sandboxAt();
  const { text } = await search(sandbox, id, { login });
  expect([valueOf(text, 'dbID'), valueOf(text, 'dbSendOptions')]).toEqual([id, options]);
});

test('a person who refused publication is visible to offices only', async () => {
  await using sandbox = await sandboxAt();
  const seen = await search(sandbox, demoBoxes.hidden, { login: 'urad01' });
  const unseen = await search(sandbox, demoBoxes.hidden);
  expect([valueOf(seen.text, 'totalCount'), valueOf(unseen.text, 'totalCount'), unseen.code]).toEqual([
    '1',
    '0',
    '0000',
  ]);
});

test('a general search compares whole words of name and address, in pages', async () => {
  await using sandbox = await sandboxAt();
  const found = (text: string, more = {}) => search(sandbox, text, { type: 'GENERAL', ...more });
  expect(valuesOf((await found('HORNÍ dolík')).text, 'dbID')).toEqual([demoBoxes.office, demoBoxes.company]);
  expect(valuesOf((await found('Dolík', { scope: 'OVM' })).text, 'dbID')).toEqual([demoBoxes.office]);
  expect(valuesOf((await found('Dol')).text, 'dbID')).toEqual([]);
  const second = (await found('dolík', { page: '1', size: '1' })).text;
  expect([valuesOf(second, 'dbID'), valueOf(second, 'position'), valueOf(second, 'lastPage')]).toEqual([
    [demoBoxes.company],
    '1',
    'true',
  ]);
});

test.each([
  ['an empty text', '', {}, '1152'],
  ['a text of one character', 'a', { type: 'GENERAL' }, '1180'],
  ['an ID with a wrong checksum', 'urad3k8', {}, '1153'],
  ['an unknown scope', 'úřad', { type: 'GENERAL', scope: 'VŠE' }, '1155'],
  ['a negative page', 'úřad', { page: '-1' }, '1155'],
  ['a page of more than a hundred', 'úřad', { size: '101' }, '1156'],
  ['page one hundred', 'úřad', { page: '100' }, '1189'],
])('%s is refused', async (_, text, more, code) => {
  await using sandbox = await sandboxAt();
  expect((await search(sandbox, text, more)).code).toBe(code);
});
