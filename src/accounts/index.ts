/** Who speaks, for which box, with which upstream login; and the throttle before ISDS locks anybody out. */
export { type AccountsOptions, createAccounts } from './accounts.ts';
export type { CertificateAccount } from './certificate-logins.ts';
export { parseLoginName } from './login-name.ts';
export { hashPassword, parsePasswordHash, type PasswordHash } from './password-hash.ts';
export { refuseAnother, refuseForeign } from './same-account.ts';
export type * from './types.ts';
