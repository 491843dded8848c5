/** Is ISDS within reach? A handshake and no word more: nothing that could count as a log-in, good or bad. */
import type { Directory } from './directory.ts';
import { fault, type Finding, ok } from './finding.ts';
import { contact } from './probe.ts';

const HTTPS_PORT = 443;
const HTTP_PORT = 80;

/** `ca`: what is trusted in place of the system's certificates. */
export async function checkIsds(origin: string, directory: Directory, ca?: readonly string[]): Promise<Finding> {
  const { protocol, hostname, port } = new URL(origin);
  const what = `ISDS at ${origin}`;
  try {
    const [address] = await directory.addresses(hostname);
    if (address === undefined) return fault(what, 'the name is unknown; check isds.domain and the name server');
    const { distrust } = await contact(
      protocol === 'https:'
        ? { address, port: Number(port || HTTPS_PORT), tlsName: hostname, ca, greets: false }
        : { address, port: Number(port || HTTP_PORT), greets: false },
    );
    if (distrust === undefined) return ok(what);
    return fault(what, `its certificate is not trusted (${distrust}); does something intercept it? see isds.caFile`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return fault(what, `${message}; does the firewall let the gateway out?`);
  }
}
