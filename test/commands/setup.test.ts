/** `postolka dns`, `postolka check` and SIGHUP, as an administrator calls them. */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { selfSigned } from '../../src/certificates/index.ts';
import { type TlsMaterial } from '../../src/net/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { postolka } from './postolka.ts';
import { freePorts } from '../support/gateway-settings.ts';
import { systemClock } from '../../src/core/index.ts';

const domain = 'datovka.localhost';

test('dns prints records for the settings, with the addresses that it was given', async () => {
  const { status, output } = await postolka(['dns', '203.0.113.7', '2001:db8::7'], { POSTOLKA_DOMAIN: domain }).ended;
  expect(status).toBe(0);
  expect(output).toContain(`${domain}. 3600 IN A 203.0.113.7\n`);
  expect(output).toContain(`pop3.${domain}. 3600 IN AAAA 2001:db8::7\n`);
  expect(output).toContain(`_pop3s._tcp.${domain}. 3600 IN SRV 0 1 995 pop3.${domain}.\n`);
  expect(output).toContain(`_ua-auto-config.${domain}. 3600 IN TXT "v=UAAC1; a=sha256; d=`);
});

test('dns refuses what is no address', async () => {
  const { status, output } = await postolka(['dns', 'brána'], { POSTOLKA_DOMAIN: domain }).ended;
  expect([status, output]).toEqual([2, 'brána is not an IP address.\n']);
});

test('check has exit status 1 and says what to mend where nothing runs', async () => {
  const settings = {
    POSTOLKA_DOMAIN: 'localhost',
    POSTOLKA_SETUP_POP3_HOST: 'localhost',
    POSTOLKA_SETUP_SMTP_HOST: 'localhost',
    // A port that is reserved and never served.
    POSTOLKA_SETUP_POP3_PORT: '1',
    POSTOLKA_ISDS_BASE_URLS_WS1: 'http://localhost:1',
    POSTOLKA_DATA_DIRECTORY: temporaryFolder(),
    POSTOLKA_SPOOL_DIRECTORY: '/nonexistent',
  };
  const { status, output } = await postolka(['check'], settings).ended;
  expect(status).toBe(1);
  expect(output).toMatch(/^ok {5}dataDirectory \//m);
  expect(output).toMatch(/^advice spoolDirectory \/nonexistent: .*no file can be made in \/nonexistent/m);
  expect(output).toMatch(/^fault {2}localhost port 1 at \S+: .*is the gateway running/m);
  expect(output).toMatch(/^fault {2}ISDS at http:\/\/localhost:1: /m);
});

test('SIGHUP puts a renewed certificate in force', async () => {
  const folder = temporaryFolder();
  const files = { cert: join(folder, 'chain.pem'), key: join(folder, 'key.pem') };
  const write = ({ cert, key }: TlsMaterial) => {
    writeFileSync(files.cert, cert);
    writeFileSync(files.key, key);
  };
  const [old, renewed] = await Promise.all([selfSigned(systemClock), selfSigned(systemClock)]);
  write(old);
  const running = postolka(['serve'], {
    POSTOLKA_DOMAIN: domain,
    POSTOLKA_DATA_DIRECTORY: folder,
    ...freePorts,
    POSTOLKA_TLS_CERTIFICATE_FILE: files.cert,
    POSTOLKA_TLS_KEY_FILE: files.key,
  });
  const [, port] = await running.output(/"pop3Tls":(\d+).*gateway started/);
  write(renewed);
  running.process.kill('SIGHUP');
  await running.output(/certificate renewed/);
  const socket = connect({ port: Number(port), host: '127.0.0.1', rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'data');
  expect(socket.getPeerCertificate().serialNumber).toBe(new X509Certificate(renewed.cert).serialNumber);
  socket.destroy();
  running.process.kill('SIGTERM');
  expect((await running.ended).status).toBe(0);
});
