/** The settings as the rooms take them: spans in milliseconds, sizes in octets, choices as answers, files as what they hold. */
import { X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import { type AccountsOptions, type CertificateAccount, parsePasswordHash } from '../accounts/index.ts';
import { refuseUnusable } from '../certificates/index.ts';
import { type Config, ConfigError, readSetting } from '../config/index.ts';
import { Secret, version } from '../core/index.ts';
import type { IsdsConfig } from '../isds/index.ts';
import type { MailboxOptions } from '../mailbox/index.ts';
import type { OutboxOptions } from '../outbox/index.ts';
import type { SmtpOptions } from '../smtp/index.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MEGABYTE = 1_000_000;

/** Base64 with line ends takes 1.37 octets for one. */
const TRANSFER_ENCODING = 1.37;

/** Text, headers and boundaries of a mail beside its files. */
const MAIL_ALLOWANCE_OCTETS = MEGABYTE;

/** Where files without names are kept; the system's folder where none is set. */
export function spoolDirectoryOf({ spoolDirectory }: Config): string {
  return spoolDirectory ?? tmpdir();
}

/** What the accounts room needs of the configuration. */
export function loginSettings({
  login,
}: Config): Pick<AccountsOptions, 'rememberSuccessMs' | 'rememberFailureMs' | 'failuresPerLogin' | 'failuresOfAll'> {
  const { rememberSuccessMinutes, rememberFailureMinutes, failuresPerLogin, failuresOfAll } = login;
  return {
    rememberSuccessMs: rememberSuccessMinutes * MINUTE_MS,
    rememberFailureMs: rememberFailureMinutes * MINUTE_MS,
    failuresPerLogin,
    failuresOfAll,
  };
}

/** What the mailbox room needs of the configuration. */
export function readingSettings({
  pickup,
  receiving,
}: Config): Pick<MailboxOptions, 'policy' | 'withOriginal' | 'keepErasedMs'> {
  return {
    policy: { mode: pickup.policy, intervalMs: pickup.intervalMinutes * MINUTE_MS, windows: pickup.windows },
    withOriginal: ({ vodz }) => receiving[vodz ? 'originalOfLarge' : 'original'] === 'attach',
    keepErasedMs: receiving.keepErasedDays * DAY_MS,
  };
}

/** What the outbox room needs of the configuration. */
export function sendingSettings({
  sending,
}: Config): Pick<OutboxOptions, 'text' | 'maxFiles' | 'maxTotalOctets' | 'paidMessages'> {
  const { body, quotedText, signature, maxFiles, paidMessages } = sending;
  return {
    text: { body, quotedText, signature },
    maxFiles,
    maxTotalOctets: sending.maxTotalMegabytes * MEGABYTE,
    paidMessages,
  };
}

/** How large a mail may be on its way, for files that may be so large together. */
export function transferLimits({ sending }: Config): SmtpOptions['limits'] {
  const maxTotalOctets = sending.maxTotalMegabytes * MEGABYTE;
  return { maxMessageOctets: Math.ceil(maxTotalOctets * TRANSFER_ENCODING) + MAIL_ALLOWANCE_OCTETS, maxTotalOctets };
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
  refuseUnusable(setting, { key, cert: certificate });
  const { validToDate: expiresAt } = new X509Certificate(certificate);
  return { login, passwordHash: hash, certificate, key: new Secret(key), expiresAt };
}

/** What the ISDS room needs of the configuration. Rejects when a file of certificates cannot be read, by the name of its setting. */
export async function isdsConfig({ isds }: Config): Promise<IsdsConfig> {
  const ca = isds.caFile === undefined ? undefined : await readSetting('isds.caFile', isds.caFile);
  const sealAnchors =
    isds.sealAnchorsFile === undefined ? undefined : await readSetting('isds.sealAnchorsFile', isds.sealAnchorsFile);
  return { domain: isds.domain, baseUrls: isds.baseUrls, ca, sealAnchors, userAgent: `Postolka/${version}` };
}
