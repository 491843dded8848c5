/** The documents for mail programs are valid by their grammars, and the grammars refuse what is not. */
import { describe, expect, test } from 'vitest';
import { complaintsOf, complaintsOfJing, jingIsInstalled } from './grammar.ts';
import { domain, startService } from './service.ts';

const AUTODISCOVER = '/autodiscover/autodiscover.xml';
const RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover';

async function autoconfig(): Promise<string> {
  return (await (await startService()).ask('GET /mail/config-v1.1.xml')).body;
}

async function autodiscover(schema: string, address = `novak12+telefon@${domain}`): Promise<string> {
  const request = `<EMailAddress>${address}</EMailAddress><AcceptableResponseSchema>${schema}</AcceptableResponseSchema>`;
  return (await (await startService()).ask(`POST ${AUTODISCOVER}`, [], request)).body;
}

const settings = () => autodiscover(`${RESPONSE}/outlook/responseschema/2006a`);

const documents = [
  ['autoconfig', 'for everybody', autoconfig],
  ['autodiscover', 'with settings', settings],
  ['autodiscover', 'with settings and no name', () => autodiscover(`${RESPONSE}/outlook/responseschema/2006a`, 'x')],
  ['autodiscover', 'for a phone', () => autodiscover(`${RESPONSE}/mobilesync/responseschema/2006`)],
] as const;

test.each(documents)('%s %s is valid', async (grammar, _, document) => {
  expect(await complaintsOf(grammar, await document())).toEqual([]);
});

describe.skipIf(!jingIsInstalled)('by jing (skipped where it is not installed)', () => {
  test.each(documents)('%s %s is valid', async (grammar, _, document) => {
    expect(complaintsOfJing(grammar, await document())).toBe('');
  });

  test('a wrong document is refused', async () => {
    expect(complaintsOfJing('autoconfig', (await autoconfig()).replace('<port>995<', '<port>0<'))).toContain('"port"');
  });
});

test.each([
  ['autoconfig', /<hostname>pop3[^]*?<\/hostname>/, ''],
  ['autoconfig', '<port>995</port>', '<port>65536</port>'],
  ['autoconfig', '<socketType>SSL</socketType>', '<socketType>plain</socketType>'],
  ['autoconfig', 'password-cleartext', 'OAuth2'],
  ['autoconfig', '%EMAILADDRESS%', 'novak12'],
  ['autoconfig', '<daysToLeaveMessagesOnServer>0<', '<daysToLeaveMessagesOnServer>14<'],
  ['autoconfig', `id="${domain}"`, 'id="-"'],
  ['autoconfig', /<outgoingServer[^]*<\/outgoingServer>/, ''],
  ['autodiscover', '<SPA>off</SPA>', ''],
  ['autodiscover', '<SSL>on</SSL>', '<SSL>off</SSL>'],
  ['autodiscover', '/outlook/responseschema/2006a', '/responseschema/2006'],
  ['autodiscover', `novak12+telefon@${domain}`, '&lt;script>'],
] as const)('the grammar for %s refuses a document in which %s became "%s"', async (grammar, part, change) => {
  const document = await (grammar === 'autoconfig' ? autoconfig() : settings());
  expect(await complaintsOf(grammar, document)).toEqual([]);
  const changed = document.replace(part, change);
  expect(changed).not.toBe(document);
  expect(await complaintsOf(grammar, changed)).not.toEqual([]);
});
