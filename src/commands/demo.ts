/** `postolka demo`: a gateway on this computer in front of the sandbox ISDS, nothing stored, nothing to configure. */
import { type Gateway, startGateway } from '../gateway/index.ts';
import { type Config, loadConfig } from '../config/index.ts';
import { createLog, systemClock } from '../core/index.ts';
import { demoBoxes, demoLogins, startSandbox } from '../sandbox/index.ts';
import { openStore } from '../store/index.ts';
import { stopSignal } from './stop-signal.ts';

/** Above 1024, so that no privilege is needed, and still recognisable. */
const DEMO_SETTINGS = {
  POSTOLKA_DOMAIN: 'datovka.localhost',
  POSTOLKA_POP3_HOST: '127.0.0.1',
  POSTOLKA_POP3_TLS_PORT: '2995',
  POSTOLKA_POP3_START_TLS_PORT: '2110',
  POSTOLKA_SMTP_HOST: '127.0.0.1',
  POSTOLKA_SMTP_TLS_PORT: '2465',
  POSTOLKA_SMTP_START_TLS_PORT: '2587',
  POSTOLKA_SETUP_HOST: '127.0.0.1',
  POSTOLKA_SETUP_HTTP_PORT: '2080',
  POSTOLKA_SETUP_PUBLIC_URL: 'http://localhost:2080',
  POSTOLKA_SETUP_POP3_HOST: 'localhost',
  POSTOLKA_SETUP_SMTP_HOST: 'localhost',
  // Everything stays on this computer, passwords of invented people included.
  POSTOLKA_LOGIN_WITHOUT_TLS: 'loopback',
  POSTOLKA_DRAIN_SECONDS: '2',
  // Who tries the gateway out sends a message and looks for it at once.
  POSTOLKA_PICKUP_INTERVAL_MINUTES: '0',
};

/** The banner goes to standard output, the log to standard error. Resolves with the exit status after SIGTERM. */
export async function demo(): Promise<number> {
  const stop = stopSignal();
  const settings = loadConfig(undefined, { ...DEMO_SETTINGS, ...process.env });
  const sandbox = await startSandbox();
  const config = {
    ...settings,
    isds: { ...settings.isds, domain: 'sandbox', baseUrls: { ws1: sandbox.url, ws2: sandbox.url } },
  };
  const log = createLog(config.log.level, process.stderr);
  const store = openStore(':memory:');
  try {
    const gateway = await startGateway(config, { store, log, clock: systemClock });
    process.stdout.write(banner(config, gateway.ports));
    await stop;
    await gateway.close();
    return 0;
  } finally {
    await sandbox.close();
    store.close();
  }
}

function banner({ domain }: Config, ports: Gateway['ports']): string {
  const logins = demoLogins.map(
    ({ name, password, boxId, description }) => `    ${name}@${domain}  ${password}  (box ${boxId}: ${description})`,
  );
  const tried = demoLogins.find(({ boxId }) => boxId === demoBoxes.company);
  const curl = `curl -k -u '${tried?.name}:${tried?.password}' pop3s://127.0.0.1:${ports.pop3Tls}`;
  return `
Poštolka is running with a sandbox ISDS. Everything stays on this computer and is forgotten when it stops.

  Receive  POP3  127.0.0.1  port ${ports.pop3Tls} SSL/TLS, or ${ports.pop3} STARTTLS
  Send     SMTP  127.0.0.1  port ${ports.smtpTls} SSL/TLS, or ${ports.smtp} STARTTLS; to an office: ${demoBoxes.office}@${domain}
  Help     http://localhost:${ports.http}
  Accounts: user name and e-mail address, password. The certificate is self-signed, accept it once.
${logins.join('\n')}

  Try:  ${curl}/
  Try:  ${curl}/1

Stop with Ctrl+C.
`;
}
