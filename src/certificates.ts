/** The certificates of the running gateway: read at start, followed while it runs. */
import { isIP } from 'node:net';
import { type Clock, type Config, ConfigError, type Log } from './core/index.ts';
import { followRenewal, isLoopback, type KeyPair, selfSigned, TlsIdentity } from './net/index.ts';
import { certificateFiles } from './setting-files.ts';

export interface Certificates {
  readonly identity: TlsIdentity;
  /** What signs Apple profiles: nothing while there is no certificate that a device could trace to an authority. */
  readonly signer: () => KeyPair | undefined;
  /** Looks right now whether files have changed. */
  look(): Promise<void>;
  stop(): void;
}

const SELF_SIGNED = 'self-signed';

/** Rejects with ConfigError when one of the configured certificates is not usable. */
export async function openCertificates(config: Config, clock: Clock, log: Log): Promise<Certificates> {
  const files = certificateFiles(config);
  const pairs = new Map<string, KeyPair>();
  for (const { source, read } of files) pairs.set(source, await read());
  if (files.length === 0) pairs.set(SELF_SIGNED, await selfSignedFor(config, clock));
  const identity = new TlsIdentity(pairs);
  const renewals = files.map(({ source, read }) => followRenewal(identity, source, read, log));
  return {
    identity,
    signer: () => (files.length === 0 ? undefined : identity),
    look: async () => void (await Promise.all(renewals.map((renewal) => renewal.look()))),
    stop: () => renewals.forEach((renewal) => renewal.stop()),
  };
}

/** Only where nobody but this computer can connect: elsewhere people would learn to accept what anybody could show them. */
function selfSignedFor({ domain, pop3, smtp, setup }: Config, clock: Clock): Promise<KeyPair> {
  const hosts = [pop3.host, smtp.host, ...(setup.httpsPort === undefined ? [] : [setup.host])];
  if (hosts.every(isThisComputer)) return selfSigned([domain], clock);
  throw new ConfigError('tls.certificateFile: must be set unless all hosts are loopback addresses');
}

function isThisComputer(host: string): boolean {
  return host === 'localhost' || (isIP(host) !== 0 && isLoopback(host));
}
