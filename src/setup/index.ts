/** Setting up mail programs: what they discover over HTTP, the records for the DNS, and the page for people. */
export { announce, announceConfigured, type Announcement, type MailServer } from './announcement.ts';
export { certificateNames } from './host-names.ts';
export { createSetupServer, type SetupEndpoint, type SetupOptions } from './server.ts';
export { zone } from './zone.ts';
export { type Directory, systemDirectory } from './check/directory.ts';
export { type Finding, worded } from './check/finding.ts';
export { examine, type Examination } from './check/index.ts';
