/** Outlook's Autodiscover, version 1 in XML and version 2 in JSON. */
import { validateXML } from 'xmllint-wasm';
import { describe, expect, test } from 'vitest';
import { domain, startService } from './service.ts';

const PATH = '/autodiscover/autodiscover.xml';
const REQUEST = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006';
const OUTLOOK = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';
const PHONE = 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006';

function request(address: string, schema = OUTLOOK): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Autodiscover xmlns="${REQUEST}">
  <Request>
    <EMailAddress>${address}</EMailAddress>
    <AcceptableResponseSchema>${schema}</AcceptableResponseSchema>
  </Request>
</Autodiscover>`;
}

async function post(body: string, path = PATH) {
  return (await startService()).ask(`POST ${path}`, ['Content-Type: text/xml; charset=utf-8'], body);
}

async function wellFormed(xml: string): Promise<boolean> {
  return (await validateXML({ xml: { fileName: 'answer.xml', contents: xml }, schema: ANYTHING })).errors.every(
    ({ message }) => !/parser error/.test(message),
  );
}
const ANYTHING = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>';

test.each([PATH, '/Autodiscover/Autodiscover.xml', '/AutoDiscover/AutoDiscover.xml', '/AUTODISCOVER/AUTODISCOVER.XML'])(
  'a person is told the servers and his own user name at %s',
  async (path) => {
    const { status, headers, body } = await post(request(`novak12@${domain}`), path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(await wellFormed(body)).toBe(true);
    expect(body.match(/<Type>POP3<\/Type>\s*<Server>pop3\.datovka\.example\.cz<\/Server>\s*<Port>995</)).not.toBeNull();
    expect(body.match(/<Type>SMTP<\/Type>\s*<Server>smtp\.datovka\.example\.cz<\/Server>\s*<Port>465</)).not.toBeNull();
    expect(body.match(/<LoginName>novak12@datovka\.example\.cz<\/LoginName>/g)).toHaveLength(2);
    expect(body.match(/<SPA>off<\/SPA>\s*<SSL>on<\/SSL>/g)).toHaveLength(2);
  },
);

test('prefixes and foreign namespaces do not matter, for no markup is parsed', async () => {
  const prefixed = `<a:Autodiscover xmlns:a="urn:jiny"><a:EMailAddress> novak12@${domain} </a:EMailAddress></a:Autodiscover>`;
  expect((await post(prefixed)).body).toContain(`<LoginName>novak12@${domain}</LoginName>`);
});

test.each([
  ['nothing', ''],
  ['no XML', 'Dobrý den'],
  ['a foreign domain', request('novak12@jinde.example.cz')],
  ['markup in the address', request(`<b>novak12</b>@${domain}`)],
  ['an address with references', request(`&lt;script&gt;@${domain}`)],
  ['an address with a quotation mark', request(`"novak"@${domain}`)],
  ['an address that has no end', `<EMailAddress>novak12@${domain}`.padEnd(9_000, 'x')],
  ['UTF-16', Buffer.from(request(`novak12@${domain}`), 'utf16le').toString('latin1')],
])('a request with %s gets the servers without a name', async (_, body) => {
  const reply = await post(body);
  expect(reply.status).toBe(200);
  expect(reply.body).toContain('<Type>POP3</Type>');
  expect(reply.body).not.toMatch(/LoginName|<User>|script/);
});

test('a phone that looks for Exchange is told that there is none', async () => {
  const { status, body } = await post(request(`novak12@${domain}`, PHONE));
  expect(status).toBe(200);
  expect(body).toContain('<ErrorCode>601</ErrorCode>');
  expect(body).not.toContain('<Protocol>');
});

test('GET over plain HTTP leads to HTTPS, as Outlook expects', async () => {
  const { status, headers } = await (await startService()).ask(`GET ${PATH}`);
  expect(status).toBe(302);
  expect(headers.get('location')).toBe(`https://autodiscover.${domain}/autodiscover/autodiscover.xml`);
});

test('behind a trusted proxy that has the encryption, GET is answered', async () => {
  const service = await startService({ trustedProxies: ['127.0.0.0/8'] });
  const { status, body } = await service.ask(`GET ${PATH}`, ['X-Forwarded-Proto: https']);
  expect(status).toBe(200);
  expect(body).not.toContain('LoginName');
});

test('anybody else who claims encryption is not believed', async () => {
  const { status } = await (await startService()).ask(`GET ${PATH}`, ['X-Forwarded-Proto: https']);
  expect(status).toBe(302);
});

describe('attacks', () => {
  test('entity bomb: refused without being expanded', async () => {
    const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
    const { status } = await post(`<!DOCTYPE x [<!ENTITY e0 "ha">${levels}]>${request('&e9;')}`);
    expect(status).toBe(400);
  });

  test('external entity: refused, no file is read', async () => {
    const { status, body } = await post(`<!doctype x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${request('&f;')}`);
    expect(status).toBe(400);
    expect(body).not.toContain('root:');
  });
});

describe('version 2', () => {
  test.each([
    '/autodiscover/autodiscover.json?Email=novak12%40datovka.example.cz&Protocol=AutodiscoverV1&RedirectCount=1',
    '/autodiscover/autodiscover.json/v1.0/novak12%40datovka.example.cz?Protocol=AutodiscoverV1',
    '/Autodiscover/Autodiscover.json?protocol=autodiscoverv1',
  ])('%s names the address of version 1', async (path) => {
    const { status, headers, body } = await (await startService()).ask(`GET ${path}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(JSON.parse(body)).toEqual({
      Protocol: 'AutodiscoverV1',
      Url: `https://autodiscover.${domain}/autodiscover/autodiscover.xml`,
    });
  });

  test.each(['?Protocol=ActiveSync', '?Protocol=EWS', ''])('other protocols are unknown: %s', async (query) => {
    const { status, body } = await (await startService()).ask(`GET /autodiscover/autodiscover.json${query}`);
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ ErrorCode: 'InvalidProtocol' });
  });
});
