/** Certificates, signatures and time stamps, by the outermost structure of their DER or BER. */
import type { Kind } from './kinds.ts';

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const INTEGER = 0x02;

/** Content types of CMS and its authenticated relatives: 1.2.840.113549.1.7 and 1.2.840.113549.1.9.16.1. */
const PKCS7 = Buffer.from('2a864886f70d0107', 'hex');
const SMIME_CONTENT = Buffer.from('2a864886f70d01091001', 'hex');

/** id-ct-TSTInfo (RFC 3161 §2.4.2) with its tag and length. */
const TIME_STAMP_INFO = Buffer.from('060b2a864886f70d0109100104', 'hex');
/** It stands right behind the digest algorithms; this far in, it is the content type and not a quotation. */
const CONTENT_TYPE_REACH_OCTETS = 200;

interface Element {
  readonly tag: number;
  readonly contentStart: number;
  /** Undefined for the indefinite form, which BER signatures use. */
  readonly length: number | undefined;
}

/** The kind of a structure that fills the file, where the size of the file is known. */
export function derKind(head: Buffer, size?: number): Kind | undefined {
  const outer = readElement(head, 0);
  if (outer?.tag !== SEQUENCE || (size !== undefined && !fills(outer, size))) return undefined;
  const first = readElement(head, outer.contentStart);
  if (first === undefined) return undefined;
  if (first.tag === OBJECT_IDENTIFIER) return messageKind(head, first);
  if (first.tag !== SEQUENCE) return undefined;
  const inner = readElement(head, first.contentStart);
  // PKIStatusInfo begins with a number (RFC 3161 §2.4.2), TBSCertificate with its version or serial number (RFC 5280 §4.1).
  const isStatus = inner?.tag === INTEGER && inner.length === 1 && (first.length ?? 0) < MIN_CERTIFICATE_OCTETS;
  return isStatus ? 'time-stamp-response' : 'certificate';
}

/** A certificate has two names, two dates and a key; the status of a response is a number and seldom a short text. */
const MIN_CERTIFICATE_OCTETS = 100;

/** Editors add a line end; a file cut short is damaged. */
function fills({ contentStart, length }: Element, size: number): boolean {
  if (length === undefined) return true;
  const end = contentStart + length;
  return end <= size && size - end <= 2;
}

function messageKind(head: Buffer, { contentStart, length }: Element): Kind | undefined {
  const identifier = head.subarray(contentStart, contentStart + (length ?? 0));
  const starts = (prefix: Buffer): boolean => identifier.subarray(0, prefix.length).equals(prefix);
  if (!starts(PKCS7) && !starts(SMIME_CONTENT)) return undefined;
  const isTimeStamp = head.subarray(0, CONTENT_TYPE_REACH_OCTETS).includes(TIME_STAMP_INFO);
  return isTimeStamp ? 'time-stamp-token' : 'cms';
}

function readElement(head: Buffer, at: number): Element | undefined {
  const tag = head[at];
  const first = head[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { tag, contentStart: at + 2, length: first };
  const octets = first & 0x7f;
  if (octets === 0) return { tag, contentStart: at + 2, length: undefined };
  if (octets > 4 || at + 2 + octets > head.length) return undefined;
  return { tag, contentStart: at + 2 + octets, length: head.readUIntBE(at + 2, octets) };
}
