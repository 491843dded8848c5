/** Requests to the service of large messages in every packing, made by hand, and their answers in parts, taken apart by hand. */
import { demoBoxes, type Sandbox } from '../../src/sandbox/index.ts';
import { loginOf, NAMESPACE, operationXml, valueOf, valuesOf } from './client.ts';

/** With a sign that has to be quoted. */
export const BOUNDARY = '=_zkouska_1';
const XOP = 'http://www.w3.org/2004/08/xop/include';

/** SOAP 1.2 in parts, SOAP 1.2 alone, SOAP 1.1. */
export type Packing = 'parts' | '1.2' | '1.1';

export interface LargeReply {
  readonly http: number;
  readonly type: string;
  /** The envelope: the first part, or the whole body. */
  readonly text: string;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly parts: readonly { readonly head: string; readonly octets: Buffer }[];
  /** The whole body as it came. */
  readonly body: Buffer;
}

export interface Asking {
  readonly login?: string;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function envelope(version: '1.1' | '1.2', body: string): string {
  const namespace =
    version === '1.1' ? 'http://schemas.xmlsoap.org/soap/envelope/' : 'http://www.w3.org/2003/05/soap-envelope';
  return `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${namespace}"><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

export function include(id: string): string {
  return `<xop:Include xmlns:xop="${XOP}" href="cid:${id}"/>`;
}

/** A body in parts: the envelope, then content by its Content-ID. */
export function partsOf(root: string, parts: readonly (readonly [string, Buffer])[], end = `--${BOUNDARY}--\r\n`) {
  const rootHead = 'Content-Type: application/xop+xml; charset=UTF-8; type="application/soap+xml"';
  const pieces: Buffer[] = [Buffer.from(`--${BOUNDARY}\r\n${rootHead}\r\nContent-ID: <root>\r\n\r\n${root}\r\n`)];
  for (const [id, octets] of parts) {
    const head = `Content-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${id}>`;
    pieces.push(Buffer.from(`--${BOUNDARY}\r\n${head}\r\n\r\n`), octets, Buffer.from('\r\n'));
  }
  return Buffer.concat([...pieces, Buffer.from(end)]);
}

export const PARTS_TYPE = `multipart/related; type="application/xop+xml"; start="<root>"; start-info="application/soap+xml"; action=""; boundary="${BOUNDARY}"`;

export async function post(
  sandbox: Sandbox,
  type: string,
  body: string | Buffer,
  asking: Asking = {},
): Promise<LargeReply> {
  const { login = 'pekar1', accept = 'application/soap+xml', headers = {} } = asking;
  const response = await fetch(`${sandbox.url}/DS/vodz`, {
    method: 'POST',
    headers: { authorization: loginOf(login), 'content-type': type, accept, ...headers },
    body,
  });
  const octets = Buffer.from(await response.arrayBuffer());
  const answered = response.headers.get('content-type') ?? '';
  const [root, ...parts] = answered.startsWith('multipart/') ? split(octets, answered) : [{ head: '', octets }];
  const text = root?.octets.toString() ?? '';
  return {
    http: response.status,
    type: answered,
    text,
    code: valueOf(text, 'dmStatusCode'),
    message: valueOf(text, 'dmStatusMessage'),
    parts,
    body: octets,
  };
}

function split(body: Buffer, type: string): { readonly head: string; readonly octets: Buffer }[] {
  const boundary = /boundary="([^"]+)"/.exec(type)?.[1] ?? '';
  const pieces = body.toString('latin1').split(`--${boundary}`);
  return pieces.slice(1).flatMap((piece) => {
    const start = piece.indexOf('\r\n\r\n');
    if (start === -1) return [];
    return [
      { head: piece.slice(0, start), octets: Buffer.from(piece.slice(start + 4).replace(/\r\n$/, ''), 'latin1') },
    ];
  });
}

/** An operation without content. */
export function ask(
  sandbox: Sandbox,
  operation: string,
  inside: string,
  { version = '1.2', ...more }: Asking & { version?: '1.1' | '1.2' } = {},
) {
  const body = envelope(version, operationXml(operation, inside));
  const headers = version === '1.1' ? { soapaction: '""' } : {};
  return post(sandbox, version === '1.1' ? 'text/xml' : 'application/soap+xml', body, { ...more, headers });
}

export interface LargeFile {
  readonly name: string;
  readonly type?: string;
  readonly content: Buffer;
}

export function uploadXml({ name, type = 'application/pdf' }: LargeFile, content: string): string {
  return `<UploadAttachment xmlns="${NAMESPACE}"><dmFile dmMimeType="${type}" dmFileDescr="${name}"><dmEncodedContent>${content}</dmEncodedContent></dmFile></UploadAttachment>`;
}

export function upload(sandbox: Sandbox, file: LargeFile, packing: Packing = 'parts', more: Asking = {}) {
  if (packing === 'parts') {
    const root = envelope('1.2', uploadXml(file, include('priloha%401')));
    return post(sandbox, PARTS_TYPE, partsOf(root, [['priloha@1', file.content]]), more);
  }
  const body = envelope(packing, uploadXml(file, file.content.toString('base64')));
  const headers = packing === '1.1' ? { soapaction: '""' } : {};
  return post(sandbox, packing === '1.1' ? 'text/xml' : 'application/soap+xml', body, { headers, ...more });
}

/** dmExtFile for what an upload answered. */
export function referenceXml({ text }: LargeReply, meta = 'main'): string {
  const [first, second] = [valuesOf(text, 'dmAttHash1')[0], valuesOf(text, 'dmAttHash2')[0]];
  return `<dmExtFile dmFileMetaType="${meta}" dmAttID="${valueOf(text, 'dmAttID')}" dmAttHash1="${first}" dmAttHash1Alg="SHA-256" dmAttHash2="${second}" dmAttHash2Alg="SHA3-256"/>`;
}

export function bigMessageXml(files: string, to: string = demoBoxes.office, more = '', type = ''): string {
  const annotation = `<dmAnnotation>Projektová dokumentace – žlutý dům</dmAnnotation>`;
  const dmType = type === '' ? '' : ` dmType="${type}"`;
  return `<dmEnvelope${dmType}><dbIDRecipient>${to}</dbIDRecipient>${annotation}${more}</dmEnvelope><dmFiles>${files}</dmFiles>`;
}

/** A text file of so many megabytes, in which every line says where it is. */
export function megabytes(count: number, name = 'spis.txt'): LargeFile {
  const line = Buffer.from('Řádek spisu č. 0000000\r\n'.padEnd(64, ' '));
  const content = Buffer.alloc(count * 1024 * 1024, line);
  for (let at = 0; at < content.length; at += 65_536) content.write(String(at).padStart(9, '0'), at);
  return { name, type: 'text/plain', content };
}
