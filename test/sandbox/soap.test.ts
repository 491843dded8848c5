import { expect, test } from 'vitest';
import { request as httpRequest } from 'node:http';
import {
  call,
  letterXml,
  list,
  listQuery,
  loginOf,
  NAMESPACE,
  operationXml,
  postRaw,
  sandboxAt,
  soap,
} from './client.ts';

const AUTHORIZED = { authorization: loginOf('pekar1') };
const PASSWORD_INFO = operationXml('GetPasswordInfo', '<dbDummy/>');

test('prefixes, comments, white space and a SOAP header do not matter', async () => {
  await using sandbox = await sandboxAt();
  const body = `\ufeff<?xml version="1.0"?><!-- á --><S:Envelope xmlns:S='http://schemas.xmlsoap.org/soap/envelope/'><S:Header/>
    <S:Body><x:GetPasswordInfo xmlns:x="${NAMESPACE}"> <x:dbDummy/> </x:GetPasswordInfo></S:Body></S:Envelope>\n`;
  expect((await postRaw(sandbox, '/DS/DsManage', body, AUTHORIZED)).code).toBe('0000');
});

test('attack: a document type with entities is refused before anything is expanded', async () => {
  await using sandbox = await sandboxAt();
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`;
  const reply = await postRaw(sandbox, '/DS/DsManage', soap(PASSWORD_INFO).replace('?>', `?>${bomb}`), AUTHORIZED);
  expect(reply.http).toBe(500);
  expect(reply.text).toContain('SOAP-ENV:Fault');
  expect(sandbox.calls.all()[0]?.statusCode).toBe('2007');
});

test.each([
  ['an end tag too few', soap(PASSWORD_INFO).replace('</soap:Body>', '')],
  ['crossed tags', soap('<a><b></a></b>')],
  ['two operations', soap(PASSWORD_INFO + PASSWORD_INFO)],
  ['no operation', soap('')],
  ['a second root', `${soap(PASSWORD_INFO)}<x/>`],
  ['text behind the end', `${soap(PASSWORD_INFO)}x`],
  ['an undeclared prefix', soap(`<p:GetPasswordInfo><dbDummy/></p:GetPasswordInfo>`)],
  ['an attribute twice', soap(PASSWORD_INFO.replace('<dbDummy/>', '<dbDummy a="1" a="2"/>'))],
  ['an unknown entity', soap(PASSWORD_INFO.replace('<dbDummy/>', '<dbDummy a="&eacute;"/>'))],
  ['a processing instruction', soap(`<?php ?>${PASSWORD_INFO}`)],
  [
    'another SOAP version',
    soap(PASSWORD_INFO).replaceAll(
      'http://schemas.xmlsoap.org/soap/envelope/',
      'http://www.w3.org/2003/05/soap-envelope',
    ),
  ],
  ['other than UTF-8', Buffer.from(soap(operationXml('GetPasswordInfo', '<dbDummy>á</dbDummy>')), 'latin1')],
  ['nothing', ''],
])('%s is a fault', async (_, body) => {
  await using sandbox = await sandboxAt();
  const reply = await postRaw(sandbox, '/DS/DsManage', body, {
    ...AUTHORIZED,
    'content-length': String(Buffer.byteLength(body)),
  });
  expect([reply.http, sandbox.calls.all()[0]?.statusCode]).toEqual([500, '2007']);
});

test.each([
  ['a missing element', listQuery().replace('<dmToTime xsi:nil="true"/>', ''), '2003'],
  ['a missing last element', listQuery().replace('<dmLimit xsi:nil="true"/>', ''), '2003'],
  ['two elements in the wrong order', listQuery().replace(/(<dmFromTime[^>]*>)(<dmToTime[^>]*>)/, '$2$1'), '2003'],
  ['an element too many', `${listQuery()}<dmMore/>`, '2004'],
  ['an element of another namespace', listQuery().replace('<dmOffset ', '<dmOffset xmlns="urn:jiny" '), '2003'],
  ['an element instead of text', listQuery().replace('>-1<', '><x/><'), '2005'],
  ['text between elements', `text${listQuery()}`, '2003'],
  ['a wrong date', listQuery({ from: '20. 11. 2026' }), '2017'],
  ['a filter that is no number', listQuery({ filter: 'vše' }), '2042'],
  ['an empty filter', listQuery({ filter: '' }), '2042'],
])('%s in a list request is refused', async (_, inside, code) => {
  await using sandbox = await sandboxAt();
  expect((await call(sandbox, 'GetListOfReceivedMessages', inside)).code).toBe(code);
});

test.each([
  ['an element left out', letterXml().replace('<dmSenderIdent xsi:nil="true"/>', '')],
  [
    'the files in front of the envelope',
    letterXml().replace(/(<dmEnvelope>.*<\/dmEnvelope>)(<dmFiles>.*<\/dmFiles>)/, '$2$1'),
  ],
])('CreateMessage with %s is refused with 2003', async (_, inside) => {
  await using sandbox = await sandboxAt();
  expect((await call(sandbox, 'CreateMessage', inside)).code).toBe('2003');
});

test('a request refused for its structure delivers nothing', async () => {
  await using sandbox = await sandboxAt();
  await call(sandbox, 'GetListOfReceivedMessages', `${listQuery()}<dmMore/>`);
  expect(sandbox.world.messagesOf('pekarn4', 'recipient').filter(({ state }) => state === 6)).toEqual([]);
});

test('an operation in another namespace is unknown', async () => {
  await using sandbox = await sandboxAt();
  const reply = await postRaw(sandbox, '/DS/DsManage', soap(PASSWORD_INFO.replace('/v20', '/v30')), AUTHORIZED);
  expect(reply.code).toBe('2006');
});

test.each([
  ['another content type', 415, { 'content-type': 'application/soap+xml; charset=utf-8' }],
  ['a request said to be larger than any message', 413, { 'content-length': String(50 * 1024 * 1024) }],
  ['a chunked request', 411, { 'transfer-encoding': 'chunked' }],
])('%s is refused with HTTP %i', async (_, status, headers) => {
  await using sandbox = await sandboxAt();
  const all = { ...AUTHORIZED, 'content-type': 'text/xml', soapaction: '""', ...headers };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  const answered = await new Promise<number | undefined>((resolve, reject) => {
    const request = httpRequest(`${sandbox.url}/DS/dx`, { method: 'POST', headers: given });
    request.on('response', (response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    request.on('error', reject);
    request.flushHeaders();
    if ('transfer-encoding' in given) request.end(soap(PASSWORD_INFO));
  });
  expect(answered).toBe(status);
});

test('nil, empty and self-closed values are the same', async () => {
  await using sandbox = await sandboxAt();
  const inside = listQuery()
    .replace('<dmOffset xsi:nil="true"/>', '<dmOffset></dmOffset>')
    .replace('<dmLimit xsi:nil="true"/>', '<dmLimit/>');
  expect((await call(sandbox, 'GetListOfReceivedMessages', inside)).code).toBe('0000');
  expect((await list(sandbox)).code).toBe('0000');
});
