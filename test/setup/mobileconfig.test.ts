/** The configuration profile for Apple's mail programs. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { domain, startService } from './service.ts';

const PATH = '/postolka.mobileconfig';
const python = spawnSync('python3', ['-c', 'import plistlib']).status === 0;

function readPlist(text: string): Record<string, unknown> {
  const script = 'import json, plistlib, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))';
  const { stdout, stderr } = spawnSync('python3', ['-c', script], { input: text });
  if (stderr.length > 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString()) as Record<string, unknown>;
}

test('the profile is a download that iOS and macOS recognise', async () => {
  const { status, headers } = await (await startService()).ask(`GET ${PATH}?address=novak12`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/x-apple-aspen-config');
  expect(headers.get('content-disposition')).toBe('attachment; filename="postolka.mobileconfig"');
  expect(headers.get('cache-control')).toBe('no-store');
});

test.skipIf(!python)('the profile is a property list with the account (skipped without python3)', async () => {
  const { body } = await (await startService()).ask(`GET ${PATH}?address=novak12%2Btelefon%40${domain}`);
  const address = `novak12+telefon@${domain}`;
  expect(readPlist(body)).toMatchObject({
    PayloadType: 'Configuration',
    PayloadIdentifier: 'cz.example.datovka.postolka.novak12+telefon',
    PayloadDisplayName: `Datová schránka – ${address}`,
    PayloadContent: [
      {
        PayloadType: 'com.apple.mail.managed',
        EmailAccountType: 'EmailTypePOP',
        EmailAddress: address,
        IncomingMailServerHostName: `pop3.${domain}`,
        IncomingMailServerPortNumber: 995,
        IncomingMailServerUseSSL: true,
        IncomingMailServerUsername: address,
        OutgoingMailServerHostName: `smtp.${domain}`,
        OutgoingMailServerPortNumber: 465,
        OutgoingMailServerUseSSL: true,
        OutgoingMailServerUsername: address,
        OutgoingPasswordSameAsIncomingPassword: true,
        allowMailDrop: false,
      },
    ],
  });
});

test('without an address the profile fits everybody: the device asks for it', async () => {
  const { body } = await (await startService()).ask(`GET ${PATH}`);
  expect(body).toContain('EmailTypePOP');
  expect(body).not.toMatch(/EmailAddress<|ServerUsername/);
});

async function identifiers(address: string) {
  const { body } = await (await startService()).ask(`GET ${PATH}?address=${address}`);
  return body.match(
    /(?<=<key>PayloadUUID<\/key><string>)[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}/g,
  );
}

test('the same address gets the same identifiers every time, another one others', async () => {
  const first = await identifiers('novak12');
  expect(new Set(first).size).toBe(2);
  expect(await identifiers('novak12')).toEqual(first);
  expect(await identifiers('novak13')).not.toEqual(first);
});

test('no profile ever has a password', async () => {
  const { body } = await (await startService()).ask(`GET ${PATH}?address=novak12&password=Tajne-1`);
  expect(body).not.toMatch(/Tajne|>IncomingPassword<|>OutgoingPassword</);
});

test.each(['novak12%40jinde.cz', '%3C/string%3E', 'a%40b%40datovka.example.cz', '%00', 'x'.repeat(65), 'no%20vak', ''])(
  'an address that cannot be one of here is refused: %s',
  async (address) => {
    expect((await (await startService()).ask(`GET ${PATH}?address=${address}`)).status).toBe(400);
  },
);
