/** The POP3 server: reads a data box to any mail program. */
export { AccountSessions } from './account-sessions.ts';
export { servePop3 } from './conversation.ts';
export { POP3_TIMES, type Pop3Times } from './limits.ts';
export { createPop3Server, type Pop3Endpoint } from './server.ts';
export type { Pop3Mode, Pop3Options } from './session.ts';
