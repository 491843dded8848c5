/** The document of Thunderbird's autoconfiguration, version 1.1; KMail and Evolution read it, too. */
import type { Announcement, MailServer } from './announcement.ts';
import { escaped } from './markup.ts';

/** Thunderbird always looks every ten minutes; programs that obey poll no oftener than a person reads letters. */
const CHECK_INTERVAL_MINUTES = 30;

/**
 * The same for everybody, so that it tells nobody which accounts exist. One block for each protocol and one way to
 * log in, because programs disagree on which of several counts. Days must be 0: without them Thunderbird deletes
 * after a fortnight.
 */
export function autoconfigDocument({ domain, pop3, smtp, publicUrl }: Announcement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="${escaped(domain)}">
    <domain>${escaped(domain)}</domain>
    <displayName>Datové schránky (${escaped(domain)})</displayName>
    <displayShortName>Datovka</displayShortName>
    <incomingServer type="pop3">
${serverElements(pop3)}
      <pop3>
        <leaveMessagesOnServer>true</leaveMessagesOnServer>
        <downloadOnBiff>true</downloadOnBiff>
        <daysToLeaveMessagesOnServer>0</daysToLeaveMessagesOnServer>
        <checkInterval minutes="${CHECK_INTERVAL_MINUTES}"/>
      </pop3>
    </incomingServer>
    <outgoingServer type="smtp">
${serverElements(smtp)}
    </outgoingServer>
    <documentation url="${escaped(publicUrl)}/napoveda">
      <descr lang="cs">Nastavení poštovního programu</descr>
      <descr lang="en">Setting up a mail program</descr>
    </documentation>
  </emailProvider>
</clientConfig>
`;
}

function serverElements({ host, tlsPort }: MailServer): string {
  return `      <hostname>${escaped(host)}</hostname>
      <port>${tlsPort}</port>
      <socketType>SSL</socketType>
      <authentication>password-cleartext</authentication>
      <username>%EMAILADDRESS%</username>`;
}
