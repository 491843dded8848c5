/** What settings name in files: certificates, keys and authorities; what cannot be used stops the start with the setting's name. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type CertificateAccount, parsePasswordHash } from './accounts/index.ts';
import { type Config, ConfigError } from './config/index.ts';
import { Secret } from './core/index.ts';
import type { IsdsConfig } from './isds/index.ts';
import { type KeyPair, secureContext } from './net/index.ts';
import { version } from './version.ts';

/** A certificate in files, read anew whenever asked. */
export interface CertificateFiles {
  /** The setting that names them. */
  readonly source: string;
  /** Rejects with ConfigError when they cannot be read, or key and certificate do not belong together. */
  readonly read: () => Promise<KeyPair>;
}

/** The certificates that mail programs are to see, in the order of preference. */
export function certificateFiles({ tls }: Config): CertificateFiles[] {
  const { certificateFile, keyFile = '', key } = tls;
  const first = certificateFile === undefined ? [] : [pairOfFiles('tls', certificateFile, keyFile, key)];
  return [
    ...first,
    ...tls.certificates.map((one, index) => pairOfFiles(`tls.certificates.${index}`, one.certificateFile, one.keyFile)),
  ];
}

function pairOfFiles(source: string, certificateFile: string, keyFile: string, key?: Secret): CertificateFiles {
  return {
    source,
    read: async () => {
      const cert = await readSetting(`${source}.certificateFile`, certificateFile);
      return usable(source, { key: key?.reveal() ?? (await readSetting(`${source}.keyFile`, keyFile)), cert });
    },
  };
}

/** A login by certificate, as one table of the configuration describes it. */
export async function certificateAccount(
  { login, passwordHash, certificateFile, keyFile }: Config['certificates'][number],
  index: number,
): Promise<CertificateAccount> {
  const setting = `certificates.${index}`;
  const hash = parsePasswordHash(passwordHash);
  if (hash === undefined) {
    throw new ConfigError(`${setting}.passwordHash: must be what "postolka password" prints`);
  }
  const certificate = await readSetting(`${setting}.certificateFile`, certificateFile);
  const key = await readSetting(`${setting}.keyFile`, keyFile);
  usable(setting, { key, cert: certificate });
  const { validToDate: expiresAt } = new X509Certificate(certificate);
  return { login, passwordHash: hash, certificate, key: new Secret(key), expiresAt };
}

/** Fails right away when key and certificate do not belong together. */
function usable(setting: string, pair: KeyPair): KeyPair {
  try {
    secureContext(pair);
    return pair;
  } catch (error) {
    throw new ConfigError(`${setting}: certificate and key are not usable: ${messageOf(error)}`);
  }
}

export async function isdsConfig({ isds }: Config): Promise<IsdsConfig> {
  const ca = isds.caFile === undefined ? undefined : await readSetting('isds.caFile', isds.caFile);
  const sealAnchors =
    isds.sealAnchorsFile === undefined ? undefined : await readSetting('isds.sealAnchorsFile', isds.sealAnchorsFile);
  return { domain: isds.domain, baseUrls: isds.baseUrls, ca, sealAnchors, userAgent: `Postolka/${version}` };
}

/** Certificates by which the authority that issues ours is trusted, besides the system's. */
export async function acmeAuthority({ tls }: Config): Promise<string | undefined> {
  const { caFile } = tls.acme;
  return caFile === undefined ? undefined : readSetting('tls.acme.caFile', caFile);
}

/** The file that a setting names; one that cannot be read is a fault of that setting. */
async function readSetting(key: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`${key}: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
