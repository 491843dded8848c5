/** SOAP 1.1 around requests and answers (isds §1.3). */
import { MESSAGE_NAMESPACE } from './message-xml.ts';
import type { Service } from './operations/index.ts';
import type { Status } from './status.ts';
import { readXml, type XmlElement } from './xml-reader.ts';
import { escapeText, XmlError } from './xml-text.ts';
import { type Pieces, XmlWriter } from './xml-writer.ts';

const SOAP_NAMESPACE = 'http://schemas.xmlsoap.org/soap/envelope/';
const XML_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>";
const ENVELOPE = `<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP_NAMESPACE}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><SOAP-ENV:Body>`;
const ENVELOPE_END = '</SOAP-ENV:Body></SOAP-ENV:Envelope>';
const INSTANCE = { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' };

/** The one element inside of Envelope and Body. */
export function readSoap(octets: Buffer): XmlElement {
  const envelope = readXml(octets);
  if (!isSoap(envelope, 'Envelope')) throw new XmlError('no SOAP 1.1 envelope');
  const [first, second] = envelope.children;
  const body = first !== undefined && isSoap(first, 'Header') ? second : first;
  const request = body?.children[0];
  if (body === undefined || !isSoap(body, 'Body') || body !== envelope.children.at(-1))
    throw new XmlError('no SOAP body');
  if (request === undefined || body.children.length > 1) throw new XmlError('a SOAP body of other than one element');
  return request;
}

/** A request to ISDS is in its namespace; anything else is an unknown operation (isds §0.2). */
export function isOurs(request: XmlElement): boolean {
  return request.namespace === MESSAGE_NAMESPACE;
}

/** An answer: what the operation says, then the status, which box services spell differently (isds §1.3). */
export function* writeAnswer(
  writer: XmlWriter,
  service: Service,
  operation: string,
  body: Pieces,
  status: Status,
): Pieces {
  const name = `${operation}Response`;
  yield XML_DECLARATION + ENVELOPE + writer.open(name, { ...writer.declare(MESSAGE_NAMESPACE), ...INSTANCE });
  yield* body;
  const kind = service === 'dz' || service === 'dx' ? 'dm' : 'db';
  yield writeStatus(writer, kind, status) + writer.close(name) + ENVELOPE_END;
}

/** The status element of message services (dm) and of box services (db). */
export function writeStatus(writer: XmlWriter, kind: 'dm' | 'db', { code, text }: Status): string {
  const fields = writer.leaf(`${kind}StatusCode`, code) + writer.leaf(`${kind}StatusMessage`, text);
  return writer.open(`${kind}Status`) + fields + writer.close(`${kind}Status`);
}

/** Faults of ISDS are unqualified and speak Czech even in the code (isds §11). */
export function writeFault(code: string, text: string): Pieces {
  const fault = `<SOAP-ENV:Fault><faultcode>${escapeText(code)}</faultcode><faultstring>${escapeText(text)}</faultstring></SOAP-ENV:Fault>`;
  return [
    XML_DECLARATION,
    `<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP_NAMESPACE}"><SOAP-ENV:Body>${fault}${ENVELOPE_END}`,
  ];
}

function isSoap(element: XmlElement, name: string): boolean {
  return element.namespace === SOAP_NAMESPACE && element.name === name;
}
