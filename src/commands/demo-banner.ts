/** What the demo says when it has started: where to connect, as whom, and what to try. */
import type { Config } from '../config/index.ts';
import type { Gateway } from '../gateway/index.ts';
import { demoBoxes, demoLogins } from '../sandbox/index.ts';

/** The account of the demo that ISDS knows by a certificate; its password is the gateway's own (isds §2.1). */
export const CERTIFICATE_LOGIN = { login: 'pekarna', password: 'Rohlik-ze-zita-7' } as const;

/** `settingsFile` names the demo to the commands that ask a running gateway. */
export function banner({ domain }: Pick<Config, 'domain'>, ports: Gateway['ports'], settingsFile: string): string {
  const logins = demoLogins.map(
    ({ name, password, boxId, description }) => `    ${name}@${domain}  ${password}  (box ${boxId}: ${description})`,
  );
  const { login, password } = CERTIFICATE_LOGIN;
  const byCertificate = `    ${login}@${domain}  ${password}  (box ${demoBoxes.company}: by a system certificate, the password is the gateway's own)`;
  const tried = demoLogins.find(({ boxId }) => boxId === demoBoxes.company);
  const curl = `curl -k -u '${tried?.name}:${tried?.password}' pop3s://127.0.0.1:${ports.pop3Tls}`;
  return `
Poštolka is running with a sandbox ISDS. Everything stays on this computer and is forgotten when it stops.

  Receive  POP3  127.0.0.1  port ${ports.pop3Tls} SSL/TLS, or ${ports.pop3} STARTTLS
  Send     SMTP  127.0.0.1  port ${ports.smtpTls} SSL/TLS, or ${ports.smtp} STARTTLS; to an office: ${demoBoxes.office}@${domain}
  Help     http://localhost:${ports.http}
  Accounts: user name and e-mail address, password. The certificate is self-signed, accept it once.
${[...logins, byCertificate].join('\n')}

  Try:  ${curl}/
  Try:  ${curl}/1
  Commands (deliveries, pickup, logins, health):  npm run -s postolka -- deliveries --config ${settingsFile}

Stop with Ctrl+C.
`;
}
