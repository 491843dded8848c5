/** The configuration profile by which Mail on iPhone, iPad and Mac gets the account without typing. */
import type { Announcement } from './announcement.ts';
import { escaped } from './markup.ts';
import { createHash } from 'node:crypto';

type Value = string | number | boolean | readonly Dictionary[];
/** Keys without a value are left out: the installer then asks the person. */
interface Dictionary {
  readonly [key: string]: Value | undefined;
}

/**
 * Identifiers follow from the address, so that a second installation replaces the first. A password is never in it:
 * only encrypted profiles may carry one.
 */
export function mobileconfig(announcement: Announcement, address: string | undefined): string {
  const { domain } = announcement;
  const identifier = `${domain.split('.').toReversed().join('.')}.postolka${address === undefined ? '' : `.${address.split('@')[0]}`}`;
  const profile: Dictionary = {
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: identifier,
    PayloadUUID: nameUuid(identifier),
    PayloadDisplayName: `Datová schránka – ${address ?? domain}`,
    PayloadDescription: 'Nastaví účet datové schránky v aplikaci Mail. Heslo si Mail vyžádá při instalaci.',
    PayloadOrganization: domain,
    PayloadRemovalDisallowed: false,
    PayloadContent: [mailAccount(announcement, address, `${identifier}.mail`)],
  };
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${written(profile)}
</plist>
`;
}

/** Ports and TLS are said outright: TLS is off by default, and without a port SMTP begins with 25. */
function mailAccount({ pop3, smtp }: Announcement, address: string | undefined, identifier: string): Dictionary {
  return {
    PayloadType: 'com.apple.mail.managed',
    PayloadVersion: 1,
    PayloadIdentifier: identifier,
    PayloadUUID: nameUuid(identifier),
    PayloadDisplayName: 'Datová schránka',
    EmailAccountDescription: 'Datová schránka',
    EmailAccountType: 'EmailTypePOP',
    EmailAddress: address,
    IncomingMailServerAuthentication: 'EmailAuthPassword',
    IncomingMailServerHostName: pop3.host,
    IncomingMailServerPortNumber: pop3.tlsPort,
    IncomingMailServerUseSSL: true,
    IncomingMailServerUsername: address,
    OutgoingMailServerAuthentication: 'EmailAuthPassword',
    OutgoingMailServerHostName: smtp.host,
    OutgoingMailServerPortNumber: smtp.tlsPort,
    OutgoingMailServerUseSSL: true,
    OutgoingMailServerUsername: address,
    OutgoingPasswordSameAsIncomingPassword: true,
    PreventMove: false,
    PreventAppSheet: false,
    // Mail Drop would send a link to a cloud in place of the file.
    allowMailDrop: false,
    disableMailRecentsSyncing: true,
    SMIMEEnabled: false,
  };
}

function written(dictionary: Dictionary): string {
  const entries = Object.entries(dictionary).flatMap(([key, value]) =>
    value === undefined ? [] : [`<key>${escaped(key)}</key>${element(value)}`],
  );
  return `<dict>\n${entries.join('\n')}\n</dict>`;
}

function element(value: Value): string {
  switch (typeof value) {
    case 'string':
      return `<string>${escaped(value)}</string>`;
    case 'number':
      return `<integer>${value}</integer>`;
    case 'boolean':
      return value ? '<true/>' : '<false/>';
    default:
      return `<array>\n${value.map(written).join('\n')}\n</array>`;
  }
}

/** The name space for host names (RFC 9562 §6.6). */
const NAME_SPACE = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex');
const OCTETS = 16;

/** A UUID made of a name, the same for the same name for ever (RFC 9562 §5.5). */
function nameUuid(name: string): string {
  const octets = createHash('sha1').update(NAME_SPACE).update(name).digest().subarray(0, OCTETS);
  octets[6] = (octets[6]! & 0x0f) | 0x50;
  octets[8] = (octets[8]! & 0x3f) | 0x80;
  const hex = octets.toString('hex').toUpperCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
