/** The help page, the QR code on it, and what stays away from strangers. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { domain, startService } from './service.ts';

test.each([
  [undefined, '/napoveda'],
  ['cs-CZ,cs;q=0.9,en;q=0.8', '/napoveda'],
  ['sk,en;q=0.9', '/napoveda'],
  ['de', '/napoveda'],
  ['en', '/help'],
  ['en-US,en;q=0.9,cs;q=0.2', '/help'],
  ['cs;q=0.1, EN;q=0.2', '/help'],
  ['cs;q=nesmysl,en;q=1', '/help'],
  [`${'x,'.repeat(3_000)}en`, '/napoveda'],
])('the root leads to the page in the language of the browser: %.30s', async (language, page) => {
  const headers = language === undefined ? [] : [`Accept-Language: ${language}`];
  const reply = await (await startService()).ask('GET /', headers);
  expect([reply.status, reply.headers.get('location')]).toEqual([302, page]);
});

test.each([
  ['/napoveda', 'cs', 'Vyzvednutím se zpráva doručí'],
  ['/help', 'en', 'Fetching mail delivers it'],
])('%s is the page in %s with the values of this gateway and what fetching means', async (path, language, heading) => {
  const { status, headers, body } = await (await startService()).ask(`GET ${path}`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('content-language')).toBe(language);
  for (const text of [heading, `pop3.${domain}`, `smtp.${domain}`, '>995<', '>465<', `vyzvednout@${domain}`]) {
    expect(body).toContain(text);
  }
  for (const program of ['Thunderbird', 'Outlook', 'Apple Mail', 'iPhone', 'FairEmail', 'Seznam', 'Gmail']) {
    expect(body).toContain(program);
  }
  expect(body).not.toMatch(/\{\w+\}(?![^<]*<\/(?:style|script)>)/);
});

test.each([
  [{ policy: 'onPoll', intervalMinutes: 5 }, 'nejvýše však jednou za 5 min'],
  [{ policy: 'onPoll', intervalMinutes: 0 }, 'kdykoli se program zeptá na poštu.'],
  [{ policy: 'windows', intervalMinutes: 5 }, 'jen v určené dny a hodiny'],
  [{ policy: 'manual', intervalMinutes: 5 }, 'jen na pokyn.'],
] as const)('the page says when this gateway picks up: %j', async (pickup, words) => {
  const service = await startService({ announcement: { pickup } });
  expect((await service.ask('GET /napoveda')).body).toContain(words);
});

test.each([
  ['/napoveda', 'windows', '<li aria-current="true"><code>windows</code> – jen v určené dny a hodiny'],
  ['/help', 'manual', '<li aria-current="true"><code>manual</code> – only when told to'],
] as const)('%s says how the policy is chosen, and which one is in force here: %s', async (path, policy, words) => {
  const service = await startService({ announcement: { pickup: { policy, intervalMinutes: 5 } } });
  const { body } = await service.ask(`GET ${path}`);
  expect(body).toContain(words);
  expect(body).toContain('<code>pickup.policy</code>');
  expect(body.match(/aria-current/g)).toHaveLength(1 + 1);
});

test('the page may run its own script and style and nothing else', async () => {
  const { headers, body } = await (await startService()).ask('GET /napoveda');
  const policy = headers.get('content-security-policy')!;
  for (const element of ['style', 'script']) {
    const content = new RegExp(`<${element}>([^]*?)</${element}>`).exec(body)![1]!;
    const digest = createHash('sha256').update(content).digest('base64');
    expect(policy).toContain(`${element}-src 'sha256-${digest}'`);
  }
  expect(policy).toContain("default-src 'none'");
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  expect(body).not.toMatch(/ style="| on\w+="/);
});

test('the QR code is a picture of its own', async () => {
  const { status, headers, body } = await (await startService()).ask('GET /qr.svg?page=help&address=novak12');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('image/svg+xml');
  expect(body).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 (\d+) \1"/);
  expect(body).not.toContain('novak12');
});

test('an address on its way to the page is not in the log', async () => {
  const service = await startService();
  await service.ask('GET /postolka.mobileconfig?address=novak12');
  await service.ask('GET /autodiscover/autodiscover.json/v1.0/novak12%40datovka.example.cz?Protocol=EWS');
  await service.ask('GET /neznamo/novak12');
  expect(service.log.join('')).toContain('"route":"mobileconfig"');
  expect(service.log.join('')).not.toContain('novak12');
});
