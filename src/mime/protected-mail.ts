/** Signed and encrypted mails: a detached signature is left out, what cannot be read is refused (mail-clients §10.4). */
import { Refused } from '../core/index.ts';
import type { PartNode } from './part-parser.ts';
import { typeParameter } from './part-parser.ts';
import { problems, unreadable } from './problems.ts';

const SIGNATURES = new Set([
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'application/pgp-signature',
]);

const SMIME = new Set(['application/pkcs7-mime', 'application/x-pkcs7-mime']);

/** Types of S/MIME content that only the addressee's key opens (RFC 8551 §3.2.2). */
const ENVELOPED = new Set(['enveloped-data', 'authenveloped-data']);

/** PGP without MIME: the whole body is the cipher text (RFC 9580 §6.2). */
const PGP_MESSAGE = /^-----BEGIN PGP MESSAGE-----$/m;

/** A signature of the mail, not of a document: it would not verify without the mail around it. */
export function isDetachedSignature(node: PartNode, parent: PartNode | undefined): boolean {
  return (
    parent?.contentType === 'multipart/signed' &&
    parent.children.indexOf(node) > 0 &&
    node.contentType !== false &&
    SIGNATURES.has(node.contentType)
  );
}

/** The sender's own PGP key, which Thunderbird attaches by itself to mails it signs. */
export function isSendersKey(node: PartNode, name: string | undefined): boolean {
  return node.contentType === 'application/pgp-keys' && name?.startsWith('OpenPGP_') === true;
}

export function refuseUnreadable(tree: PartNode): void {
  if (tree.contentType !== false && SMIME.has(tree.contentType)) {
    if (typeParameter(tree.headers, 'smime-type')?.toLowerCase() !== 'signed-data') throw new Refused('mail-encrypted');
    throw unreadable(problems.insideSignature);
  }
  refuseEncryptedParts(tree);
}

export function refuseEncryptedText(text: string | undefined): void {
  if (text !== undefined && PGP_MESSAGE.test(text)) throw new Refused('mail-encrypted');
}

function refuseEncryptedParts(node: PartNode): void {
  const type = node.contentType;
  const enveloped = type !== false && SMIME.has(type) && ENVELOPED.has(smimeType(node));
  if (enveloped || type === 'multipart/encrypted') throw new Refused('mail-encrypted');
  node.children.forEach(refuseEncryptedParts);
}

function smimeType(node: PartNode): string {
  return typeParameter(node.headers, 'smime-type')?.toLowerCase() ?? '';
}
