/** Signed and encrypted mails: a detached signature is left out, what cannot be read is refused (mail-clients §10.4). */
import { Refused } from '../refusals/index.ts';
import { typeParameter } from './parts/content-fields.ts';
import type { PartNode } from './parts/mail-parts.ts';

const SIGNATURES = new Set([
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'application/pgp-signature',
]);

/** As which a signature is known whose type a server on the way has changed. */
const SIGNATURE_NAME = /^(smime\.p7s|OpenPGP_signature(\.asc)?|signature\.asc)$/i;

const SMIME = new Set(['application/pkcs7-mime', 'application/x-pkcs7-mime']);

/** Names of such parts, also under a type that says nothing (RFC 8551 §3.2.1). */
const SMIME_NAME = /^smime\.p7[mz]$/i;

/** Types of S/MIME content that only the addressee's key opens (RFC 8551 §3.2.2). */
const ENVELOPED = new Set(['enveloped-data', 'authenveloped-data']);

/** A file of certificates. */
const CERTIFICATES_ONLY = 'certs-only';

/** PGP without MIME: the whole body is the cipher text (RFC 9580 §6.2). */
const PGP_MESSAGE = /^-----BEGIN PGP MESSAGE-----$/m;

/** A signature of the mail, not of a document: it would not verify without the mail around it. */
export function isDetachedSignature(node: PartNode, parent: PartNode | undefined, name: string | undefined): boolean {
  const isSecond = parent?.contentType === 'multipart/signed' && parent.children.indexOf(node) > 0;
  return isSecond && (SIGNATURES.has(node.contentType) || SIGNATURE_NAME.test(name ?? ''));
}

/**
 * A part that has a mail inside its signature or encryption. A document in the same form has a name of its own, and mail
 * programs do not say of it what S/MIME says of a mail (RFC 8551 §3.2).
 */
export function isSmime(type: string, parameter: string | undefined, name: string | undefined): boolean {
  if (parameter === CERTIFICATES_ONLY) return false;
  if (SMIME.has(type)) return parameter !== undefined || name === undefined || SMIME_NAME.test(name);
  return type === 'application/octet-stream' && SMIME_NAME.test(name ?? '');
}

/** The sender's own PGP key, which Thunderbird attaches by itself to mails it signs. */
export function isSendersKey(node: PartNode, name: string | undefined): boolean {
  return node.contentType === 'application/pgp-keys' && name?.startsWith('OpenPGP_') === true;
}

/** Throws Refused `mail-encrypted` when the text is a PGP message. */
export function refuseEncryptedText(text: string | undefined): void {
  if (text !== undefined && PGP_MESSAGE.test(text)) throw new Refused('mail-encrypted');
}

/** Throws Refused `mail-encrypted` when the mail, or a part of it, is encrypted with S/MIME or PGP/MIME. */
export function refuseEncryptedParts(node: PartNode): void {
  const type = node.contentType;
  const enveloped = SMIME.has(type) && ENVELOPED.has(smimeType(node));
  if (enveloped || type === 'multipart/encrypted') throw new Refused('mail-encrypted');
  node.children.forEach(refuseEncryptedParts);
}

function smimeType(node: PartNode): string {
  return typeParameter(node.headers, 'smime-type')?.toLowerCase() ?? '';
}
