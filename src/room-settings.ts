/** The settings as the rooms take them: spans in milliseconds, sizes in octets, choices as answers. */
import { tmpdir } from 'node:os';
import type { AccountsOptions } from './accounts/index.ts';
import type { Config } from './config/index.ts';
import type { MailboxOptions } from './mailbox/index.ts';
import type { OutboxOptions } from './outbox/index.ts';
import type { SmtpOptions } from './smtp/index.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MEGABYTE = 1_000_000;

/** Base64 with line ends takes 1.37 octets for one. */
const TRANSFER_ENCODING = 1.37;

/** Text, headers and boundaries of a mail beside its files. */
const MAIL_ALLOWANCE_OCTETS = MEGABYTE;

export function spoolDirectoryOf({ spoolDirectory }: Config): string {
  return spoolDirectory ?? tmpdir();
}

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
