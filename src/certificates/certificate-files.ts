/** Certificates that settings name in files: what cannot be used stops the start with the setting's name. */
import { type Config, ConfigError, readSetting } from '../config/index.ts';
import type { Secret } from '../core/index.ts';
import { type KeyPair, secureContext } from '../net/index.ts';

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
      return refuseUnusable(source, { key: key?.reveal() ?? (await readSetting(`${source}.keyFile`, keyFile)), cert });
    },
  };
}

/** Fails right away when key and certificate do not belong together. */
export function refuseUnusable(setting: string, pair: KeyPair): KeyPair {
  try {
    secureContext(pair);
    return pair;
  } catch (error) {
    throw new ConfigError(
      `${setting}: certificate and key are not usable: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Certificates by which the authority that issues ours is trusted, besides the system's. */
export async function acmeAuthority({ tls }: Config): Promise<string | undefined> {
  const { caFile } = tls.acme;
  return caFile === undefined ? undefined : readSetting('tls.acme.caFile', caFile);
}
