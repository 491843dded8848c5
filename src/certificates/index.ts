/** The certificates of the gateway, from files, an authority (ACME, RFC 8555) or made here, and which of them a name gets. */
export { AcmeFolder } from './acme/folder.ts';
export { acmeAuthority, certificateFiles, refuseUnusable } from './certificate-files.ts';
export { type Certificates, issuedNames, openCertificates } from './certificates.ts';
export { selfSigned } from './self-signed.ts';
export { followRenewal, TlsIdentity } from './tls-identity.ts';
