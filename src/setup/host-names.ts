/** The names under the domain at which programs look for their settings. */
import type { Announcement } from './announcement.ts';

/** Where Thunderbird looks. */
export function autoconfigHost({ domain }: Announcement): string {
  return `autoconfig.${domain}`;
}

/** Where Outlook looks. */
export function autodiscoverHost({ domain }: Announcement): string {
  return `autodiscover.${domain}`;
}

/** Where programs look that know PACC. */
export function paccHost({ domain }: Announcement): string {
  return `ua-auto-config.${domain}`;
}

/** Every name that the certificate must list. */
export function certificateNames(announcement: Announcement): string[] {
  const { domain, pop3, smtp } = announcement;
  const looking = [autoconfigHost, autodiscoverHost, paccHost].map((host) => host(announcement));
  return [...new Set([domain, ...looking, pop3.host, smtp.host])];
}
