/** Texts, and what kind of text: ISDS looks at some of them as closely as at pictures. */
import { derKind } from './der.ts';
import type { Kind } from './kinds.ts';

/** Undefined when this is no text. `isWhole` says that nothing follows the head. */
export function textKind(head: Buffer, isWhole: boolean): Kind | undefined {
  const text = decodeText(head)?.replace(/^[\ufeff\s]+/, '');
  if (text === undefined) return undefined;
  return pemKind(text) ?? xmlKind(text) ?? dataKind(text, isWhole) ?? 'text';
}

/** Undefined for octets that no editor of texts writes. Letters of an eight-bit code page come out wrong; only ASCII is looked at. */
function decodeText(head: Buffer): string | undefined {
  if (!head.includes(0)) return head.toString('utf8');
  const isBigEndian = head[0] === 0xfe && head[1] === 0xff;
  const isMarked = isBigEndian || (head[0] === 0xff && head[1] === 0xfe);
  const nulls = [0, 1].map((parity) => head.filter((octet, index) => octet === 0 && index % 2 === parity).length);
  const [even = 0, odd = 0] = nulls;
  // Latin letters in UTF-16 have a zero in one half, always the same one.
  if (!isMarked && (Math.min(even, odd) > 0 || Math.max(even, odd) < head.length / 8)) return undefined;
  const pairs = Buffer.from(head.subarray(0, head.length - (head.length % 2)));
  return (isMarked ? isBigEndian : even > odd) ? pairs.swap16().toString('utf16le') : pairs.toString('utf16le');
}

/** RFC 7468; OpenSSL writes an explanation before the label. */
function pemKind(text: string): Kind | undefined {
  const label = /^-----BEGIN (?<label>[A-Z0-9 ]+)-----/m.exec(text)?.groups?.['label'];
  if (label !== undefined) {
    if (label.endsWith('CERTIFICATE')) return 'pem-certificate';
    return label === 'PKCS7' || label === 'CMS' ? 'pem-cms' : 'pem-other';
  }
  if (!/^[A-Za-z0-9+/=\s]{64,}$/.test(text.slice(0, SAMPLE_OCTETS))) return undefined;
  // Windows writes base64 without a label.
  const kind = derKind(Buffer.from(text, 'base64'));
  if (kind === 'certificate') return 'pem-certificate';
  return kind === undefined ? undefined : 'pem-cms';
}

const SAMPLE_OCTETS = 1024;

/** Where a PDF may begin at the latest (ISO 32000-1, annex H.3.4.1); printers put their own commands before. */
const MAX_PDF_OFFSET = 1024;

function dataKind(text: string, isWhole: boolean): Kind | undefined {
  if (/^%PDF-\d/m.test(text.slice(0, MAX_PDF_OFFSET))) return 'pdf-behind-text';
  if (/^UN[AB][^\w\s]/.test(text)) return 'edifact';
  if (/^ISA[^\w\s]/.test(text)) return 'x12';
  if (/^\{\s*(?:"|\}|$)|^\[\s*(?:["[{\]\d-]|true|false|null|$)/.test(text)) return 'json';
  return isWhole && isJson(text) ? 'json' : undefined;
}

/** A bare number or word is a whole JSON document, too. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Declaration, comments and instructions, and a document type, with or without declarations of its own. */
const PROLOG = /^(?:\s+|<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE(?:[^>[]|\[[^\]]*\])*>)*/i;
const ROOT = /^<(?:[\p{L}\p{M}\p{N}_.-]+:)?(?<name>[\p{L}\p{M}\p{N}_.-]+)(?<attributes>[^>]*)/u;

/** What a page or a piece of one begins with. */
const HTML_ELEMENT = /^(?:html|head|body|meta|title|style|p|div|span|table|font|center|br|h[1-6])$/i;

/** The kind of a text whose first element can be seen; undefined when it is no XML. */
function xmlKind(text: string): Kind | undefined {
  const isDeclared = text.startsWith('<?xml');
  const prolog = PROLOG.exec(text)?.[0] ?? '';
  const root = ROOT.exec(text.slice(prolog.length))?.groups;
  if (root === undefined) return isDeclared ? 'xml' : undefined;
  const { name = '', attributes = '' } = root;
  if (HTML_ELEMENT.test(name) || /<!doctype\s+html/i.test(prolog)) return 'html';
  if (attributes.includes('isdoc.cz/namespace')) return 'isdoc';
  if (attributes.includes('opengis.net/gml')) return 'gml';
  if (name === 'GMLFeatureClassList') return 'gfs';
  if (name === 'schema' && attributes.includes('www.w3.org/2001/XMLSchema')) return 'xsd';
  return 'xml';
}
