/** Thunderbird, KMail and Evolution look for settings at four addresses and find the same. */
import { describe, expect, test } from 'vitest';
import { domain, startService } from './service.ts';

const paths = ['/mail/config-v1.1.xml', '/.well-known/autoconfig/mail/config-v1.1.xml'];

describe.each(paths)('%s', (path) => {
  test('has the settings as XML, whoever asks', async () => {
    const service = await startService();
    const plain = await service.ask(`GET ${path}`);
    expect(plain.status).toBe(200);
    expect(plain.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    for (const query of ['?emailaddress=novak12%40datovka.example.cz', '?emailaddress=%00%3Cx%3E', '?%%%%']) {
      expect((await service.ask(`GET ${path}${query}`)).body).toBe(plain.body);
    }
  });

  test('HEAD is answered like GET, without the document', async () => {
    const service = await startService();
    const [head, get] = [await service.ask(`HEAD ${path}`), await service.ask(`GET ${path}`)];
    expect(head.status).toBe(200);
    expect(head.body).toBe('');
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(get.body)));
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'])('%s is not allowed', async (method) => {
    const { status, headers } = await (await startService()).ask(`${method} ${path}`);
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('GET, HEAD');
  });
});

test('the document names the servers of this gateway', async () => {
  const { body } = await (await startService()).ask('GET /mail/config-v1.1.xml');
  expect(body).toContain(`<hostname>pop3.${domain}</hostname>\n      <port>995</port>`);
  expect(body).toContain(`<hostname>smtp.${domain}</hostname>\n      <port>465</port>`);
});

test('messages stay on the server, without an end', async () => {
  const { body } = await (await startService()).ask('GET /mail/config-v1.1.xml');
  expect(body).toContain('<leaveMessagesOnServer>true</leaveMessagesOnServer>');
  expect(body).toContain('<daysToLeaveMessagesOnServer>0</daysToLeaveMessagesOnServer>');
});
