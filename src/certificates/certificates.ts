/** The certificates of the running gateway: read at start, followed and renewed while it runs. */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { AcmeFolder } from './acme/folder.ts';
import { CertificateKeeper, type KeeperOptions } from './acme/keeper.ts';
import { Challenges } from './acme/challenges.ts';
import { type Clock, type Log } from '../core/index.ts';
import { type Config, ConfigError } from '../config/index.ts';
import { followRenewal, TlsIdentity } from './tls-identity.ts';
import { isLoopback, type KeyPair } from '../net/index.ts';
import { selfSigned } from './self-signed.ts';
import { acmeAuthority, certificateFiles } from './certificate-files.ts';
import { announceConfigured, certificateNames } from '../setup/index.ts';

/** All certificates that the gateway shows, kept new. */
export interface Certificates {
  readonly identity: TlsIdentity;
  /** What signs Apple profiles: nothing while there is no certificate that a device could trace to an authority. */
  readonly signer: () => KeyPair | undefined;
  /** What an authority asks to see that a name leads here. */
  readonly challenges: Challenges;
  /** Orders certificates from now on: the authority looks at the set-up service. */
  begin(): void;
  /** Looks right now whether files have changed, and orders again what failed. */
  recheck(): Promise<void>;
  stop(): Promise<void>;
}

/** The certificate that the gateway makes or gets itself. */
const OWN = 'own';

const NO_SUBJECT = { subject: 'never' } as const;

/** Rejects with ConfigError when one of the configured certificates is not usable. */
export async function openCertificates(config: Config, clock: Clock, log: Log): Promise<Certificates> {
  const files = certificateFiles(config);
  const pairs = new Map<string, KeyPair>();
  for (const { source, read } of files) pairs.set(source, await read());
  const challenges = new Challenges();
  const keeper = await keeperFor(config, [...pairs.values()], { challenges, clock, log });
  const kept = await keeper?.kept();
  if (kept !== undefined) pairs.set(OWN, kept);
  let traceable = pairs.size > 0;
  if (!traceable) pairs.set(OWN, await selfSignedFor(config, clock, log));
  const identity = new TlsIdentity(pairs);
  const ended = new EndedCertificates(clock, log);
  for (const [source, pair] of pairs) ended.warnOf(source, pair);
  const renewals = files.map(({ source, read }) =>
    followRenewal(identity, source, async () => ended.warnOf(source, await read()), log),
  );
  return {
    identity,
    signer: () => (traceable ? identity : undefined),
    challenges,
    begin: () =>
      keeper?.begin((pair) => {
        identity.replace(OWN, pair);
        traceable = true;
      }),
    recheck: async () => void (await Promise.all([...renewals.map((renewal) => renewal.recheck()), keeper?.retry()])),
    stop: async () => {
      for (const renewal of renewals) renewal.stop();
      await keeper?.stop();
    },
  };
}

/** Tells the log of certificates that have ended, each once: mail programs refuse them, and their users see no more than that. */
class EndedCertificates {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #warnedOf = new Map<string, string>();

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Hands the pair on. */
  warnOf(source: string, pair: KeyPair): KeyPair {
    const { validToDate } = new X509Certificate(pair.cert);
    if (validToDate.getTime() < this.#clock.now() && this.#warnedOf.get(source) !== pair.cert) {
      this.#warnedOf.set(source, pair.cert);
      this.#log.warn({ source, ended: validToDate }, 'certificate has ended');
    }
    return pair;
  }
}

/** Undefined where no authority is configured, or the certificate files have all names already. */
async function keeperFor(
  config: Config,
  files: readonly KeyPair[],
  dependencies: Pick<KeeperOptions, 'challenges' | 'clock' | 'log'>,
): Promise<CertificateKeeper | undefined> {
  const { directoryUrl, email } = config.tls.acme;
  const names = issuedNames(config, files);
  if (directoryUrl === undefined || names.length === 0) return undefined;
  const folder = new AcmeFolder(config.dataDirectory, directoryUrl);
  const ca = await acmeAuthority(config);
  return new CertificateKeeper({ directoryUrl, names, email, ca, folder, ...dependencies });
}

/** For which names an authority is asked; none where there is no authority. */
export function issuedNames(config: Config, files: readonly KeyPair[]): readonly string[] {
  const { directoryUrl, domains } = config.tls.acme;
  if (directoryUrl === undefined) return [];
  const listed = files.map(({ cert }) => new X509Certificate(cert));
  const missing = neededNames(config).filter((name) => !listed.some((one) => one.checkHost(name, NO_SUBJECT)));
  return domains.length > 0 ? domains : missing;
}

function neededNames(config: Config): string[] {
  return certificateNames(announceConfigured(config));
}

/**
 * Only until an authority has issued one, or where nobody but this computer can connect: elsewhere people would learn to
 * accept what anybody could show them.
 */
async function selfSignedFor(config: Config, clock: Clock, log: Log): Promise<KeyPair> {
  const { domain, pop3, smtp, setup, tls } = config;
  if (tls.acme.directoryUrl !== undefined) {
    log.warn('there is no certificate yet; until the authority has issued one, mail programs see a self-signed one');
    return selfSigned(clock, neededNames(config));
  }
  const hosts = [pop3.host, smtp.host, ...(setup.httpsPort === undefined ? [] : [setup.host])];
  if (hosts.every(isThisComputer)) return selfSigned(clock, [domain]);
  throw new ConfigError(
    'tls.certificateFile: must be set, or tls.acme.directoryUrl, unless all hosts are loopback addresses',
  );
}

function isThisComputer(host: string): boolean {
  return host === 'localhost' || (isIP(host) !== 0 && isLoopback(host));
}
