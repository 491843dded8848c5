/** Certificates of an authority that issues them by itself (ACME, RFC 8555). */
export { Challenges } from './challenges.ts';
export { AcmeFolder } from './folder.ts';
export { CertificateKeeper, type KeeperOptions } from './keeper.ts';
