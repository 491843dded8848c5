/** SOAP around requests and answers: 1.1 everywhere, 1.2 for the service of large messages (isds §1.3). */
import type { Lifted } from './content-lifter.ts';
import { MESSAGE_NAMESPACE } from './message-xml.ts';
import type { Service } from './places.ts';
import type { Status } from './status.ts';
import { readXml, type XmlElement } from './xml-reader.ts';
import { escapeText, XmlError } from './xml-text.ts';
import type { Pieces, XmlWriter } from './xml-writer.ts';

export type SoapVersion = '1.1' | '1.2';

const NAMESPACES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

/** Media types of requests and answers that are XML alone. */
export const SOAP_TYPES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml',
  '1.2': 'application/soap+xml',
};

const XML_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>";
export const ENVELOPE_END = '</SOAP-ENV:Body></SOAP-ENV:Envelope>';
const INSTANCE = { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' };

/** The one element inside of Envelope and Body. */
export function readSoap(octets: Buffer, version: SoapVersion, lifted?: ReadonlyMap<number, Lifted>): XmlElement {
  const isSoap = (element: XmlElement, name: string) =>
    element.namespace === NAMESPACES[version] && element.name === name;
  const envelope = readXml(octets, lifted);
  if (!isSoap(envelope, 'Envelope')) throw new XmlError(`no SOAP ${version} envelope`);
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

/** What an answer is about. */
export interface Question {
  readonly version: SoapVersion;
  readonly service: Service;
  /** Name of the request element. */
  readonly operation: string;
}

/** An answer: what the operation says, then the status, which box services spell differently (isds §1.3). */
export function* writeAnswer(
  writer: XmlWriter,
  { version, service, operation }: Question,
  body: Pieces,
  status: Status,
): Pieces {
  const name = `${operation}Response`;
  yield openEnvelope(version, ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"');
  yield writer.open(name, { ...writer.declare(MESSAGE_NAMESPACE), ...INSTANCE });
  yield* body;
  const kind = service === 'df' || service === 'DsManage' ? 'db' : 'dm';
  yield writeStatus(writer, kind, status) + writer.close(name) + ENVELOPE_END;
}

/** The status element of message services (dm) and of box services (db). */
export function writeStatus(writer: XmlWriter, kind: 'dm' | 'db', { code, text }: Status): string {
  const fields = writer.leaf(`${kind}StatusCode`, code) + writer.leaf(`${kind}StatusMessage`, text);
  return writer.open(`${kind}Status`) + fields + writer.close(`${kind}Status`);
}

/** Whose mistake it is, or in an outage a Czech text in place of it (isds §11). */
export type FaultCode = 'Client' | 'Server' | 'Probíhá plánovaná údržba';

/** Faults of SOAP 1.1 are unqualified at ISDS; those of 1.2 are as the standard has them (isds §1.4). */
export function writeFault(version: SoapVersion, code: FaultCode, text: string): Pieces {
  const own = code === 'Client' || code === 'Server';
  const fault =
    version === '1.1'
      ? `<faultcode>${own ? `SOAP-ENV:${code}` : code}</faultcode><faultstring>${escapeText(text)}</faultstring>`
      : `<SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:${code === 'Client' ? 'Sender' : 'Receiver'}</SOAP-ENV:Value></SOAP-ENV:Code>` +
        `<SOAP-ENV:Reason><SOAP-ENV:Text xml:lang="cs">${escapeText(text)}</SOAP-ENV:Text></SOAP-ENV:Reason>`;
  return [openEnvelope(version), `<SOAP-ENV:Fault>${fault}</SOAP-ENV:Fault>${ENVELOPE_END}`];
}

/** The beginning of an envelope, up to its body. */
export function openEnvelope(version: SoapVersion, declarations = ''): string {
  return `${XML_DECLARATION}<SOAP-ENV:Envelope xmlns:SOAP-ENV="${NAMESPACES[version]}"${declarations}><SOAP-ENV:Body>`;
}
