import { createServer } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { exampleOctets } from './examples.ts';
import { failureOf } from './failure-of.ts';
import {
  accountAt,
  answers,
  CREDENTIALS,
  http,
  isdsAt,
  raw,
  silence,
  soap,
  startFakeIsds,
  status,
} from './fake-isds.ts';

const FAULT =
  '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault><faultcode>Probíhá údržba</faultcode><faultstring>Nedostupné</faultstring></S:Fault></S:Body></S:Envelope>';

describe('other HTTP answers', () => {
  test('503 is maintenance, with a fault or a page', async () => {
    expect(await failureOf(http(503, 'text/xml', FAULT))).toEqual({ kind: 'maintenance', announced: true });
    expect(await failureOf(http(503, 'text/html', '<h1>Odstávka</h1>'))).toEqual({ kind: 'maintenance' });
  });

  test('500 is a fault with its text, or just 500', async () => {
    expect(await failureOf(http(500, 'text/xml', FAULT))).toEqual({
      kind: 'fault',
      message: 'Probíhá údržba: Nedostupné',
    });
    expect(await failureOf(http(500, 'text/html', '<h1>Chyba</h1>'))).toEqual({ kind: 'http', status: 500 });
  });

  test.each([400, 403, 404, 502, 599])('%i is itself', async (code) => {
    expect(await failureOf(http(code, 'text/html', 'x'))).toEqual({ kind: 'http', status: code });
  });

  test('a redirect is not followed: the password stays here', async () => {
    const elsewhere = await startFakeIsds(answers('X', ''));
    const failure = await failureOf((response) => {
      response.writeHead(302, { location: `${elsewhere.url}/as/login` });
      response.end();
    });
    expect(failure).toEqual({ kind: 'http', status: 302 });
    expect(elsewhere.received).toEqual([]);
  });
});

describe('200 that is no answer', () => {
  test.each([
    ['an HTML page', http(200, 'text/html;charset=utf-8', '<html></html>')],
    ['a blank page', http(200, 'text/html;charset=utf-8', '\r\n  \r\n')],
    ['blank XML', http(200, 'text/xml', '   ')],
    ['nothing', http(200, 'text/xml', '')],
    ['XML that is not SOAP', http(200, 'text/xml', '<a/>')],
    ['SOAP 1.2', http(200, 'text/xml', '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"/>')],
    ['an empty SOAP body', soap('')],
    ['an answer without status', soap('<CheckDataBoxResponse xmlns="http://isds.czechpoint.cz/v20"/>')],
    ['a status that is no code', answers('CheckDataBox', '', status('db', 'OK'))],
    ['success without what was asked', answers('CheckDataBox', '', status('db', '0000'))],
    ['compressed octets', (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('xx')],
    ['something that is not HTTP', raw('SSH-2.0-OpenSSH_9.9\r\n')],
    [
      'attack: a document type',
      http(200, 'text/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ],
  ] satisfies [string, Parameters<typeof startFakeIsds>[0]][])('%s', async (_, answer) => {
    expect((await failureOf(answer)).kind).toBe('not-xml');
  });

  test('attack: an endless answer is cut off', async () => {
    const failure = await failureOf((response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    expect(failure.kind).toBe('oversized');
  });
});

test('an answer that breaks off is truncated, at any place', async () => {
  const body = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><x/></e:Body></e:Envelope>';
  for (let tenth = 1; tenth <= 10; tenth++) {
    const part = body.slice(0, Math.floor((body.length * tenth) / 11));
    const failure = await failureOf(
      raw(`HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n${part}`),
    );
    expect(failure).toEqual({ kind: 'truncated' });
  }
});

describe('no answer', () => {
  test('when nobody listens ISDS is unreachable', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await vi.waitFor(() => expect(closed.listening).toBe(true));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const account = isdsAt(`http://127.0.0.1:${port}`).account(CREDENTIALS);
    await expect(account.checkBox('urad453')).rejects.toMatchObject({ kind: 'unreachable', outcome: 'not-executed' });
  });

  test('when the connection is cut ISDS is unreachable', async () => {
    expect(await failureOf((response) => response.socket?.destroy())).toEqual({ kind: 'unreachable' });
  });

  test("when the caller's deadline runs out the call timed out", async () => {
    const { account } = await accountAt(silence);
    await expect(account.checkBox('urad453', { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      kind: 'timeout',
    });
  });

  test('when the caller gives up the call is aborted', async () => {
    const aborter = new AbortController();
    const { account } = await accountAt(() => aborter.abort());
    await expect(account.checkBox('urad453', { signal: aborter.signal })).rejects.toMatchObject({ kind: 'aborted' });
  });

  test('when the caller has given up before nothing is sent', async () => {
    const { fake, account } = await accountAt(silence);
    await expect(account.checkBox('urad453', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: 'aborted',
    });
    expect(fake.received).toEqual([]);
  });
});

describe('the raw HTTP examples', () => {
  test.each([
    ['200-expired-cookie-blank', { kind: 'not-xml' }],
    ['302-mep-first', { kind: 'http', status: 302 }],
    ['302-totp-ok', { kind: 'http', status: 302 }],
    ['401-bad-credentials', { kind: 'wrong-credentials' }],
    ['401-blocked-until', { kind: 'account-blocked', until: new Date('2026-11-20T13:04:39+01:00') }],
    ['401-ip-blocked', { kind: 'address-blocked' }],
    ['503-maintenance', { kind: 'maintenance', announced: true }],
    ['599-bad-multipart', { kind: 'http', status: 599 }],
    ['mtom-download-response', { kind: 'not-xml' }],
  ])('%s', async (name, expected) => {
    expect(await failureOf(raw(exampleOctets(`http/${name}.http`)))).toMatchObject(expected);
  });

  test('soap11-response', async () => {
    const { account } = await accountAt(raw(exampleOctets('http/soap11-response.http')));
    await expect(account.getPasswordExpiry()).resolves.toEqual(new Date('2027-02-10T12:33:39.000Z'));
  });
});
