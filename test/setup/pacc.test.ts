/** PACC and the records for the DNS. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { zone } from '../../src/setup/index.ts';
import { announcement, domain, startService } from './service.ts';

const PATH = '/.well-known/user-agent-configuration.json';

test('PACC names servers and the kind of log-in', async () => {
  const { status, headers, body } = await (await startService()).ask(`GET ${PATH}`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/json');
  expect(JSON.parse(body)).toMatchObject({
    protocols: { pop3: { host: `pop3.${domain}` }, smtp: { host: `smtp.${domain}` } },
    authentication: { password: true },
    info: { help: { documentation: `https://${domain}/napoveda` } },
  });
});

test('the TXT record vouches for the very octets that are served', async () => {
  const { body } = await (await startService()).ask(`GET ${PATH}`);
  const digest = createHash('sha256').update(body).digest('base64');
  expect(zone(announcement, [])).toContain(`_ua-auto-config.${domain}. 3600 IN TXT "v=UAAC1; a=sha256; d=${digest}"\n`);
});

test.each([{ pacc: false }, { pop3: { ...announcement.pop3, tlsPort: 2995 } }])(
  'switched off, or with ports for which it has no word, there is neither document nor record: %j',
  async (changes) => {
    expect((await (await startService({ announcement: changes })).ask(`GET ${PATH}`)).status).toBe(404);
    expect(zone({ ...announcement, ...changes }, [])).not.toContain('_ua-auto-config');
  },
);

test('the zone has every name and service, and says which there are not', () => {
  const records = zone(announcement, ['203.0.113.7', '2001:db8::7'])
    .split('\n')
    .filter((line) => /^[^;]/.test(line));
  for (const name of [domain, `pop3.${domain}`, `smtp.${domain}`, `autodiscover.${domain}`]) {
    expect(records).toContain(`${name}. 3600 IN A 203.0.113.7`);
    expect(records).toContain(`${name}. 3600 IN AAAA 2001:db8::7`);
  }
  expect(records).toContain(`autoconfig.${domain}. 3600 IN CNAME ${domain}.`);
  expect(records).toContain(`_pop3s._tcp.${domain}. 3600 IN SRV 0 1 995 pop3.${domain}.`);
  expect(records).toContain(`_submissions._tcp.${domain}. 3600 IN SRV 0 1 465 smtp.${domain}.`);
  expect(records).toContain(`_imap._tcp.${domain}. 3600 IN SRV 0 0 0 .`);
  expect(records).toContain(`_imaps._tcp.${domain}. 3600 IN SRV 0 0 0 .`);
  expect(records).toContain(`_autodiscover._tcp.${domain}. 3600 IN SRV 0 1 443 autodiscover.${domain}.`);
  expect(records).toContain(`${domain}. 3600 IN MX 0 .`);
  expect(records.every((line) => /^[a-z0-9_.-]+\. 3600 IN (?:A|AAAA|CNAME|MX|SRV|TXT) \S.*$/.test(line))).toBe(true);
});

test('no target of a service record is an alias', () => {
  const text = zone(announcement, ['203.0.113.7']);
  const targets = Array.from(text.matchAll(/ SRV \d+ \d+ \d+ (\S+\w\.)$/gm), ([, target]) => target);
  expect(targets).toHaveLength(5);
  for (const target of targets) expect(text).not.toContain(`${target} 3600 IN CNAME`);
});

test('without addresses those lines are comments, like the proposal for CAA', () => {
  const text = zone(announcement, []);
  expect(text).toContain(`;${domain}. 3600 IN A 192.0.2.1\n`);
  expect(text).toContain(`;${domain}. 3600 IN CAA 0 issue`);
  expect(text).not.toMatch(/^[^;].* IN (?:A|AAAA|CAA) /m);
});
