/** Setting up mail programs: what they discover over HTTP, the records for the DNS, and the page for people. */
export { announce, announceConfigured, type Announcement, type MailServer } from './announcement.ts';
export { unknownChallenge } from './answer.ts';
export { autoconfigDocument } from './autoconfig.ts';
export { autoconfigHost, autodiscoverHost, certificateNames, paccHost } from './host-names.ts';
export { PACC_PATH, paccDocument } from './pacc.ts';
export { createSetupServer, type SetupEndpoint } from './server.ts';
export { type DnsRecord, recordsOf, zone } from './zone.ts';
