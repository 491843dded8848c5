/** The records by which programs find this gateway, as a part of a zone file (RFC 1035 §5). */
import { isIPv6 } from 'node:net';
import type { Announcement } from './announcement.ts';
import { autodiscoverHost, autoconfigHost, paccHost } from './host-names.ts';
import { paccDocument, paccRecord } from './pacc.ts';

/** Port, priority and weight of a service that is decidedly not offered, with the root as its target (RFC 6186 §3.4). */
const NOT_OFFERED = '0 0 0 .';

const HTTPS_PORT = 443;

/** A record that the operator puts into his zone. */
export interface DnsRecord {
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'CAA' | 'CNAME' | 'MX' | 'SRV' | 'TXT';
  readonly value: string;
}

interface Section {
  readonly comment: string;
  readonly records: readonly DnsRecord[];
  /** Only a proposal that would be wrong to publish unread. */
  readonly proposed?: boolean;
}

/** What is to be published as it stands, the addresses left out. */
export function recordsOf(announcement: Announcement): DnsRecord[] {
  const sections = sectionsOf(announcement, []).filter(({ proposed }) => proposed !== true);
  return sections.flatMap(({ records }) => records);
}

/** Without addresses, those of documentation stand in their place, commented out. */
export function zone(announcement: Announcement, addresses: readonly string[]): string {
  return sectionsOf(announcement, addresses).map(written).join('\n');
}

function written({ comment, records, proposed = false }: Section): string {
  const lines = records.map(({ name, type, value }) => `${proposed ? ';' : ''}${name}. 3600 IN ${type} ${value}\n`);
  return `; ${comment}\n${lines.join('')}`;
}

function sectionsOf(announcement: Announcement, addresses: readonly string[]): Section[] {
  const { domain, pop3, smtp } = announcement;
  const autodiscover = autodiscoverHost(announcement);
  // Targets of SRV must have addresses of their own (RFC 2782), hence no CNAME for them.
  const named = [...new Set([domain, pop3.host, smtp.host, autodiscover])];
  return [
    {
      comment: addresses.length > 0 ? 'Addresses' : 'Addresses: put in those of the gateway (postolka dns ADDRESS…)',
      records: named.flatMap((name) => addressRecords(name, addresses)),
      proposed: addresses.length === 0,
    },
    {
      comment: 'Where programs look for their settings',
      records: [autoconfigHost(announcement), paccHost(announcement)].map((name) => cname(name, domain)),
    },
    {
      comment: 'Mail services (RFC 6186, RFC 8314): TLS first, STARTTLS second, no IMAP',
      records: services(announcement),
    },
    { comment: 'Outlook', records: [srv('_autodiscover', domain, 0, HTTPS_PORT, autodiscover)] },
    ...paccSection(announcement),
    {
      comment: 'No mail from the internet comes here and none goes out (RFC 7505, RFC 7208, RFC 7489)',
      records: [
        { name: domain, type: 'MX', value: '0 .' },
        { name: domain, type: 'TXT', value: '"v=spf1 -all"' },
        { name: `_dmarc.${domain}`, type: 'TXT', value: '"v=DMARC1; p=reject"' },
      ],
    },
    {
      comment: 'Who may issue certificates (RFC 8659): put in your authority',
      records: [{ name: domain, type: 'CAA', value: '0 issue "letsencrypt.org"' }],
      proposed: true,
    },
  ];
}

const DOCUMENTATION_ADDRESSES = ['192.0.2.1', '2001:db8::1'];

function addressRecords(name: string, addresses: readonly string[]): DnsRecord[] {
  return (addresses.length > 0 ? addresses : DOCUMENTATION_ADDRESSES).map((value) => ({
    name,
    type: isIPv6(value) ? 'AAAA' : 'A',
    value,
  }));
}

function cname(name: string, target: string): DnsRecord {
  return { name, type: 'CNAME', value: `${target}.` };
}

function services({ domain, pop3, smtp }: Announcement): DnsRecord[] {
  return [
    srv('_pop3s', domain, 0, pop3.tlsPort, pop3.host),
    srv('_submissions', domain, 0, smtp.tlsPort, smtp.host),
    srv('_pop3', domain, 10, pop3.startTlsPort, pop3.host),
    srv('_submission', domain, 10, smtp.startTlsPort, smtp.host),
    { name: `_imap._tcp.${domain}`, type: 'SRV', value: NOT_OFFERED },
    { name: `_imaps._tcp.${domain}`, type: 'SRV', value: NOT_OFFERED },
  ];
}

function srv(service: string, domain: string, priority: number, port: number, target: string): DnsRecord {
  return { name: `${service}._tcp.${domain}`, type: 'SRV', value: `${priority} 1 ${port} ${target}.` };
}

function paccSection(announcement: Announcement): Section[] {
  const document = paccDocument(announcement);
  if (document === undefined) return [];
  const records: DnsRecord[] = [
    { name: `_${paccHost(announcement)}`, type: 'TXT', value: `"${paccRecord(document)}"` },
  ];
  return [{ comment: 'PACC: publish the new record one TTL before a change of the settings', records }];
}
