/** XML by its first element and the namespaces that it declares. */
import type { Kind } from './kinds.ts';

/** Declaration, comments and instructions, and a document type, with or without declarations of its own. */
const PROLOG = /^(?:\s+|<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE(?:[^>[]|\[[^\]]*\])*>)*/i;
const ROOT = /^<(?:[\p{L}\p{M}\p{N}_.-]+:)?(?<name>[\p{L}\p{M}\p{N}_.-]+)(?<attributes>[^>]*)/u;

/** What a page or a piece of one begins with. */
const HTML_ELEMENT = /^(?:html|head|body|meta|title|style|p|div|span|table|font|center|br|h[1-6])$/i;

/** The kind of a text whose first element can be seen; undefined when it is no XML. */
export function xmlKind(text: string): Kind | undefined {
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
