/** `postolka health`: does the running gateway greet? Logs in nowhere and asks ISDS nothing. */
import { connect } from 'node:tls';
import { loadConfig } from '../core/index.ts';

/** A greeting comes at once; a gateway that needs longer is not well. */
const PATIENCE_MS = 5_000;

const WILDCARDS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Exit status 0 when POP3 answers +OK over TLS, 1 otherwise. */
export async function health(configPath: string | undefined): Promise<number> {
  const { pop3 } = loadConfig(configPath, process.env);
  const host = WILDCARDS[pop3.host] ?? pop3.host;
  const greeting = await firstOctets(host, pop3.tlsPort);
  return greeting.startsWith('+OK') ? 0 : 1;
}

/** The certificate belongs to another name than the one this connects to, and nothing secret is said. */
function firstOctets(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, rejectUnauthorized: false });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`no greeting within ${PATIENCE_MS / 1_000} s`)));
    socket.once('error', reject);
    socket.once('data', (octets: Buffer) => {
      socket.destroy();
      resolve(octets.toString('latin1'));
    });
  });
}
