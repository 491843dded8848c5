/** SOAP around the bodies of ISDS: written round a request, taken off an answer (isds §1.3). */
import { child, childIdentifier, children, childToken, isIsds } from './answer.ts';
import { IsdsError, statusFailure } from '../error.ts';
import { isSuccess } from '../codes/status-codes.ts';
import { parseXml, type XmlElement } from '../xml/xml.ts';
import { type Markup, MalformedXml, xml } from '../xml/xml-text.ts';

export type SoapVersion = '1.1' | '1.2';

const SOAP_NAMESPACES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

/** Declared once for all requests, so that bodies are written without prefixes. */
export const ISDS_NAMESPACE = 'http://isds.czechpoint.cz/v20';
export const INSTANCE_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

const CODE = /^\d{4}$/;

/** Done, and nothing to add. */
export const PLAIN_SUCCESS = '0000';

/** What ISDS says of a call. */
export interface Status {
  readonly code: string;
  /** ISDS's own Czech text; may be empty and may name a file. */
  readonly message: string;
}

/** The whole request around one operation's element. */
export function soapRequest(body: Markup, version: SoapVersion = '1.1'): Markup {
  return xml`<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${SOAP_NAMESPACES[version]}"><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

/** An answer that is about the operation that was asked. */
export interface Answer {
  readonly body: XmlElement;
  readonly status: Status;
}

/**
 * The answer with its status; a SOAP Fault and every status that is no success are thrown. The answer to another question is
 * none, whatever it says (isds §1.3).
 */
export function readAnswer(root: XmlElement, operation: string): Answer {
  const body = onlyChildOfBody(root);
  if (isFault(body)) throw new IsdsError({ kind: 'fault', message: faultText(body) });
  if (!isIsds(body)) throw new MalformedXml('not an answer of ISDS');
  if (body.name !== `${operation}Response`) throw new MalformedXml('another answer');
  const status = readStatus(body);
  if (!isSuccess(status.code) && namesMessage(body)) throw new MalformedXml('refused, with a number');
  if (!isSuccess(status.code)) throw new IsdsError(statusFailure(status.code, status.message));
  return { body, status };
}

/** The text of a fault on an error page, or undefined when the page is something else. */
export function faultMessage(page: Buffer): string | undefined {
  try {
    const body = onlyChildOfBody(parseXml(page));
    return isFault(body) ? faultText(body) : undefined;
  } catch {
    return undefined;
  }
}

/** What a message was created with; only Create*Message answer with it (isds §6.1, §6.2). */
function namesMessage(body: XmlElement): boolean {
  const multiple = child(body, 'dmMultipleStatus');
  const created = multiple === undefined ? [body] : children(multiple, 'dmSingleStatus');
  return created.some((one) => childIdentifier(one, 'dmID') !== undefined);
}

function isFault({ namespace, name }: XmlElement): boolean {
  return isSoap(namespace) && name === 'Fault';
}

function onlyChildOfBody(root: XmlElement): XmlElement {
  if (!isSoap(root.namespace) || root.name !== 'Envelope') throw new MalformedXml('not SOAP');
  const body = root.children.find(({ namespace, name }) => namespace === root.namespace && name === 'Body');
  const [content, ...more] = body?.children ?? [];
  if (content === undefined || more.length > 0) throw new MalformedXml('SOAP body');
  return content;
}

/** Message services end with dmStatus, box services with dbStatus; errors often contain nothing else (isds §1.3, §11.5). */
export function readStatus(body: XmlElement): Status {
  for (const kind of ['dm', 'db']) {
    const status = child(body, `${kind}Status`);
    const code = status && childToken(status, `${kind}StatusCode`);
    if (status === undefined || code === undefined) continue;
    if (!CODE.test(code)) throw new MalformedXml('status code');
    return { code, message: childToken(status, `${kind}StatusMessage`) ?? '' };
  }
  throw new MalformedXml('no status');
}

/** In either version, whichever was asked in: a fault may come from a server in between. */
function isSoap(namespace: string): boolean {
  return namespace === SOAP_NAMESPACES['1.1'] || namespace === SOAP_NAMESPACES['1.2'];
}

/** During outages the Czech text stands in the wrong element, so both are told (isds §11.6). */
function faultText(fault: XmlElement): string {
  const texts = fault.children.flatMap((part) => {
    if (part.name === 'faultcode' || part.name === 'faultstring') return [part.text.trim()];
    // SOAP 1.2 has Code/Value and Reason/Text in their place.
    return part.name === 'Code' || part.name === 'Reason' ? part.children.map(({ text }) => text.trim()) : [];
  });
  return texts.filter((text) => text !== '').join(': ');
}
