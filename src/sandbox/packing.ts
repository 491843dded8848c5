/** How a request is packed, by its headers: SOAP 1.1, SOAP 1.2, or SOAP 1.2 with its content in parts (isds §1.3, §1.4). */
import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, htmlAnswer, soapAnswer } from './answer.ts';
import { readMediaType } from './media-type.ts';
import type { Service } from './places.ts';
import { errorPage } from './pages.ts';
import { SOAP_TYPES, type SoapVersion, writeFault } from './soap.ts';

/** In what form a request came. */
export interface Packing {
  readonly version: SoapVersion;
  /** Whether content is wanted as parts of the answer. */
  readonly wantsParts: boolean;
  /** Of a request that comes in parts. */
  readonly parts?: { readonly boundary: string; readonly root: string | undefined };
}

export const XOP_TYPE = 'application/xop+xml';

/** The form by its headers, or the answer that refuses it (isds §1.4). */
export function readPacking(headers: IncomingHttpHeaders, service: Service): Packing | { readonly refusal: Answer } {
  const media = readMediaType(headers['content-type'] ?? '');
  // The SOAPAction that SOAP 1.1 wants is not looked at: libdatovka sends none (isds §1.3).
  if (media?.type === SOAP_TYPES['1.1']) return { version: '1.1', wantsParts: false };
  const wantsParts = headers.accept?.toLowerCase().includes('multipart/related') === true;
  if (service === 'vodz' && media?.type === SOAP_TYPES['1.2']) return { version: '1.2', wantsParts };
  if (service !== 'vodz' || media?.type !== 'multipart/related')
    return { refusal: refuse(415, 'Unsupported Media Type') };
  const type = media.parameters.get('type')?.toLowerCase();
  if (type !== XOP_TYPE) {
    const text = `Outer Content-Type has type parameter=${type ?? ''}, should be ${XOP_TYPE}. Use SOAP 1.2.`;
    return { refusal: refuseMultipart(text) };
  }
  const boundary = media.parameters.get('boundary');
  if (boundary === undefined) return { refusal: refuseMultipart('Outer Content-Type has no boundary.') };
  return { version: '1.2', wantsParts, parts: { boundary, root: media.parameters.get('start') } };
}

/** A multipart request that is not understood (isds §1.6). The connection ends with it, because the body was not read. */
export function refuseMultipart(text: string): Answer {
  return { ...soapAnswer(599, '1.2', writeFault('1.2', 'Client', text)), headers: { connection: 'close' } };
}

/** The connection ends with it, because the body was not read. */
export function refuse(status: number, text: string): Answer {
  return htmlAnswer(status, errorPage(status, text), { connection: 'close' });
}
