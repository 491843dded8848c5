import { expect, test } from 'vitest';
import { demoBoxes, type Sandbox } from '../../src/sandbox/index.ts';
import { isIco } from '../../src/sandbox/ico.ts';
import { call, ownerXml, sandboxAt, valueOf, valuesOf } from './client.ts';

const { office, company, cooperative, farm, refusesPdz, person } = demoBoxes;
const TWO_BOXES = '28765435';

const find = async (sandbox: Sandbox, values: Record<string, string>, login = 'pekar1') => {
  const { code, text } = await call(sandbox, 'FindDataBox2', ownerXml(values), login);
  return { code, text, found: valuesOf(text, 'dbID') };
};

test('an office finds both boxes of one identification number, with their holder', async () => {
  await using sandbox = await sandboxAt();
  const { code, found, text } = await find(sandbox, { ic: TWO_BOXES }, 'urad01');
  expect([code, found]).toEqual(['0000', [cooperative, farm]]);
  expect(valuesOf(text, 'firmName')[0]).toBe('Zemědělské družstvo Rybníček');
  expect((await find(sandbox, { ic: TWO_BOXES, dbType: 'PO_REQ' }, 'urad01')).found).toEqual([farm]);
});

test('a company finds offices, and one box that takes its commercial messages', async () => {
  await using sandbox = await sandboxAt();
  expect(await find(sandbox, { ic: '00654329' })).toMatchObject({ code: '0000', found: [office] });
  expect(await find(sandbox, { ic: TWO_BOXES })).toMatchObject({ code: '1109', found: [] });
  expect(await find(sandbox, { ic: TWO_BOXES, dbType: 'PO' })).toMatchObject({ code: '0000', found: [cooperative] });
  expect(await find(sandbox, { dbID: refusesPdz })).toMatchObject({ code: '0009', found: [] });
});

test('with an ID everything else is ignored', async () => {
  await using sandbox = await sandboxAt();
  expect((await find(sandbox, { dbID: farm, ic: '1', dbType: 'X' })).found).toEqual([farm]);
  expect((await find(sandbox, { dbID: 'aydaadk' })).code).toBe('0002');
  expect((await find(sandbox, { dbID: 'aydaadx' })).code).toBe('2011');
});

test('a person is found by type and surname; birth dates are for offices', async () => {
  await using sandbox = await sandboxAt();
  const wanted = { dbType: 'FO', pnLastName: 'tich' };
  const [seen, hidden] = [await find(sandbox, wanted, 'urad01'), await find(sandbox, wanted)];
  expect([seen.found, valueOf(seen.text, 'biDate')]).toEqual([[person], '1984-02-29']);
  expect([hidden.found, valueOf(hidden.text, 'biDate')]).toEqual([[person], undefined]);
});

test.each([
  ['nothing', {}, '1101'],
  ['a name without a type', { firmName: 'Pekařství' }, '1101'],
  ['an unknown type', { dbType: 'OVM_X', firmName: 'Úřad' }, '2015'],
  ['a company without a name', { dbType: 'PO' }, '1102'],
  ['a person without a surname', { dbType: 'FO' }, '1103'],
  ['two letters of a name', { dbType: 'PO', firmName: 'Pe' }, '1108'],
  ['an identification number with a wrong check digit', { ic: '12345678' }, '2016'],
])('%s is not enough: %s', async (_, values, code) => {
  await using sandbox = await sandboxAt();
  expect((await find(sandbox, values)).code).toBe(code);
});

test('searching needs the right, and every element', async () => {
  await using sandbox = await sandboxAt();
  expect((await find(sandbox, { dbID: company }, 'pekar3')).code).toBe('1004');
  const short = ownerXml({ dbID: company }).replace('<dbUpperID xsi:nil="true"/>', '');
  expect((await call(sandbox, 'FindDataBox2', short)).code).toBe('2003');
});

test('the text search finds both boxes too, and refuses what is no identification number', async () => {
  await using sandbox = await sandboxAt();
  const search = (text: string) =>
    call(
      sandbox,
      'ISDSSearch3',
      `<searchText>${text}</searchText><searchType>ICO</searchType><searchScope>ALL</searchScope><page>0</page><pageSize>10</pageSize>`,
    );
  const { text } = await search(TWO_BOXES);
  expect([valuesOf(text, 'dbID'), valuesOf(text, 'dbSendOptions')]).toEqual([
    [cooperative, farm],
    ['PDZ', 'PDZ'],
  ]);
  for (const wrong of ['28765436', '2876543', 'Rybníček']) expect((await search(wrong)).code).toBe('1154');
});

test.each(['28765435', '00000019', '12345679'])('%s is an identification number', (ico) => {
  expect(isIco(ico)).toBe(true);
  expect(Array.from('0123456789').filter((last) => isIco(ico.slice(0, 7) + last))).toEqual([ico[7]]);
});
