/** What the settings of the set-up service mean. */
import { expect, test } from 'vitest';
import { type Config, loadConfig } from '../../src/config/index.ts';
import { announceConfigured } from '../../src/setup/index.ts';
import { startService } from './service.ts';

function settings(changes: Readonly<Record<string, string>> = {}): Config {
  return loadConfig(undefined, { POSTOLKA_DOMAIN: 'datovka.example.cz', ...changes });
}

test('with the domain alone, the usual names and the listening ports are announced', () => {
  expect(announceConfigured(settings({ POSTOLKA_SMTP_TLS_PORT: '2465' }))).toMatchObject({
    domain: 'datovka.example.cz',
    pop3: { host: 'pop3.datovka.example.cz', tlsPort: 995, startTlsPort: 110 },
    smtp: { host: 'smtp.datovka.example.cz', tlsPort: 2465, startTlsPort: 587 },
    publicUrl: 'https://datovka.example.cz',
    pacc: true,
  });
});

test('names and ports of something in front of the gateway are announced instead', () => {
  const changes = {
    POSTOLKA_SETUP_POP3_HOST: 'posta.example.cz',
    POSTOLKA_SETUP_POP3_PORT: '1995',
    POSTOLKA_SETUP_SMTP_HOST: 'posta.example.cz',
    POSTOLKA_SETUP_SMTP_PORT: '1465',
    POSTOLKA_SETUP_PUBLIC_URL: 'https://navod.example.cz/',
    POSTOLKA_SETUP_PACC: 'omit',
  };
  expect(announceConfigured(settings(changes))).toMatchObject({
    pop3: { host: 'posta.example.cz', tlsPort: 1995 },
    smtp: { host: 'posta.example.cz', tlsPort: 1465 },
    publicUrl: 'https://navod.example.cz',
    pacc: false,
  });
});

test('the service is off unless it is given a port', () => {
  const { setup } = settings();
  expect([setup.httpPort, setup.httpsPort]).toEqual([undefined, undefined]);
});

test.each(['10.0.0.0/33', 'proxy.example.cz', '10.0.0.0/8/8', '::/129', '10.0.0.0/', ''])(
  'a trusted proxy must be an address or a network: "%s"',
  (proxy) => {
    expect(() => settings({ POSTOLKA_SETUP_TRUSTED_PROXIES: proxy })).toThrow(
      'setup.trustedProxies.0 (POSTOLKA_SETUP_TRUSTED_PROXIES): must be an IP',
    );
  },
);

test('the address in the log is the one that a trusted proxy has seen, not one that the client claims', async () => {
  const forwarded = ['X-Forwarded-For: 198.51.100.1, 203.0.113.9'];
  const trusting = await startService({ trustedProxies: ['::1', '127.0.0.1'] });
  await trusting.ask('GET /help', forwarded);
  expect(trusting.log.join('')).toContain('"remote":"203.0.113.9"');
  const other = await startService({ trustedProxies: ['10.0.0.0/8'] });
  await other.ask('GET /help', forwarded);
  expect(other.log.join('')).toContain('"remote":"127.0.0.1"');
});
