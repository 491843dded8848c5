/** What settings name in files: certificates, keys and authorities; what cannot be used stops the start with the setting's name. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type CertificateAccount, parsePasswordHash } from './accounts/index.ts';
import { type Clock, type Config, ConfigError, Secret } from './core/index.ts';
import type { IsdsConfig } from './isds/index.ts';
import { isLoopback, secureContext, selfSigned, type TlsMaterial } from './net/index.ts';
import { version } from './version.ts';

/** The configured certificate, or a self-signed one where only this computer can connect. */
export async function certificateOf({ tls, domain, pop3, smtp, setup }: Config, clock: Clock): Promise<TlsMaterial> {
  if (tls.certificateFile === undefined) {
    const hosts = [pop3.host, smtp.host, ...(setup.httpsPort === undefined ? [] : [setup.host])];
    if (hosts.every(isThisComputer)) return selfSigned([domain], clock);
    throw new ConfigError('tls.certificateFile: must be set unless all hosts are loopback addresses');
  }
  const cert = await readSetting('tls.certificateFile', tls.certificateFile);
  const key = tls.key?.reveal() ?? (await readSetting('tls.keyFile', tls.keyFile ?? ''));
  return usable('tls', { key, cert });
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
function usable(setting: string, material: TlsMaterial): TlsMaterial {
  try {
    secureContext(material);
    return material;
  } catch (error) {
    throw new ConfigError(`${setting}: certificate and key are not usable: ${messageOf(error)}`);
  }
}

function isThisComputer(host: string): boolean {
  return host === 'localhost' || (isIP(host) !== 0 && isLoopback(host));
}

export async function isdsConfig({ isds }: Config): Promise<IsdsConfig> {
  const ca = isds.caFile === undefined ? undefined : await readSetting('isds.caFile', isds.caFile);
  const sealAnchors =
    isds.sealAnchorsFile === undefined ? undefined : await readSetting('isds.sealAnchorsFile', isds.sealAnchorsFile);
  return { domain: isds.domain, baseUrls: isds.baseUrls, ca, sealAnchors, userAgent: `Postolka/${version}` };
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
