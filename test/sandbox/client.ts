/** A client made of nothing but fetch and hand-written XML, so that it shares no mistake with the gateway. */
import { type Clock } from '../../src/core/index.ts';
import { demoBoxes, demoLogins, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';

export const NAMESPACE = 'http://isds.czechpoint.cz/v20';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

export interface Reply {
  readonly http: number;
  readonly headers: Headers;
  readonly text: string;
  /** dmStatusCode or dbStatusCode. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** A sandbox for one test, with a clock that the test turns. */
export async function sandboxAt(
  time = '2026-11-20T09:00:00.000Z',
): Promise<Sandbox & AsyncDisposable & { clock: TurnedClock }> {
  const clock = new TurnedClock(Date.parse(time));
  const sandbox = await startSandbox({ clock });
  return { ...sandbox, clock, [Symbol.asyncDispose]: () => sandbox.close() };
}

export class TurnedClock implements Clock {
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  turn(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

export function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

/** Authorization of a login of the demonstration. */
export function loginOf(name: string): string {
  return basic(name, demoLogins.find((login) => login.name === name)?.password ?? 'wrong');
}

export function soap(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

export async function postRaw(
  sandbox: Sandbox,
  path: string,
  body: string | Buffer,
  headers: Record<string, string>,
): Promise<Reply> {
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""', 'user-agent': 'zkouska/1', ...headers },
    body,
  });
  const text = await response.text();
  return {
    http: response.status,
    headers: response.headers,
    text,
    code: valueOf(text, '(?:dm|db)StatusCode'),
    message: valueOf(text, '(?:dm|db)StatusMessage'),
  };
}

/** Path of each operation (isds §1.3). */
const PATHS: Readonly<Record<string, string>> = {
  DummyOperation: 'dz',
  CreateMessage: 'dz',
  CreateMultipleMessage: 'dz',
  MessageDownload: 'dz',
  SignedMessageDownload: 'dz',
  SignedSentMessageDownload: 'dz',
  GetOwnerInfoFromLogin2: 'DsManage',
  GetUserInfoFromLogin2: 'DsManage',
  GetPasswordInfo: 'DsManage',
  FindDataBox2: 'df',
  DataBoxCreditInfo: 'df',
  CheckDataBox: 'df',
  ISDSSearch3: 'df',
  PDZSendInfo: 'df',
  PDZInfo: 'df',
  GetConstants: 'df',
  GetOwnerInfoFromLogin: 'DsManage',
  GetUserInfoFromLogin: 'DsManage',
  ChangeISDSPassword: 'DsManage',
  AuthenticateMessage: 'dz',
  ISDSSearch2: 'df',
  FindDataBox: 'df',
  DTInfo: 'df',
};

/** Calls an operation; `inside` is what stands between its tags. */
export async function call(sandbox: Sandbox, operation: string, inside: string, login = 'pekar1'): Promise<Reply> {
  const body = soap(operationXml(operation, inside));
  return postRaw(sandbox, `/DS/${PATHS[operation] ?? 'dx'}`, body, { authorization: loginOf(login) });
}

export function operationXml(operation: string, inside: string): string {
  return `<${operation} xmlns="${NAMESPACE}" xmlns:xsi="${INSTANCE}">${inside}</${operation}>`;
}

export function listQuery({
  from = '',
  to = '',
  filter = '-1',
  offset = '',
  limit = '',
  unit = 'dmRecipientOrgUnitNum',
} = {}): string {
  return `${field('dmFromTime', from)}${field('dmToTime', to)}${field(unit, '')}<dmStatusFilter>${filter}</dmStatusFilter>${field('dmOffset', offset)}${field('dmLimit', limit)}`;
}

function field(name: string, value: string): string {
  return value === '' ? `<${name} xsi:nil="true"/>` : `<${name}>${value}</${name}>`;
}

export const list = (sandbox: Sandbox, login = 'pekar1', query = {}) =>
  call(sandbox, 'GetListOfReceivedMessages', listQuery(query), login);

export const download = (sandbox: Sandbox, dmID: string, login = 'pekar1') =>
  call(sandbox, 'MessageDownload', `<dmID>${dmID}</dmID>`, login);

export interface OutgoingFile {
  readonly name: string;
  readonly type?: string;
  readonly meta?: string;
  /** Base64, or octets to be encoded. */
  readonly content?: string | Buffer;
}

const LEAVES =
  'dmSenderOrgUnit dmSenderOrgUnitNum dbIDRecipient dmRecipientOrgUnit dmRecipientOrgUnitNum dmToHands dmAnnotation dmRecipientRefNumber dmSenderRefNumber dmRecipientIdent dmSenderIdent dmLegalTitleLaw dmLegalTitleYear dmLegalTitleSect dmLegalTitlePar dmLegalTitlePoint dmPersonalDelivery dmAllowSubstDelivery'.split(
    ' ',
  );

const ONE_FILE: readonly OutgoingFile[] = [
  { name: 'dopis.txt', content: Buffer.from('Dobrý den, přikládám vyjádření.\n') },
];

/** The inside of CreateMessage: to the office unless the values say otherwise. */
export function letterXml(values: Readonly<Record<string, string>> = {}, files = ONE_FILE, type = ''): string {
  const all: Readonly<Record<string, string>> = {
    dbIDRecipient: demoBoxes.office,
    dmAnnotation: 'Vyjádření k výzvě',
    ...values,
  };
  const envelope = LEAVES.map((name) => field(name, all[name] ?? '')).join('');
  return `<dmEnvelope${type === '' ? '' : ` dmType="${type}"`}>${envelope}</dmEnvelope><dmFiles>${files.map(fileXml).join('')}</dmFiles>`;
}

/** The inside of CreateMultipleMessage; the envelope is that of `letterXml` without the recipient. */
export function multipleXml(recipients: readonly string[], values: Readonly<Record<string, string>> = {}, type = '') {
  const recipient = /<dbIDRecipient>.*<dmToHands xsi:nil="true"\/>/;
  const each = recipients.map(
    (box, index) =>
      `<dmRecipient><dbIDRecipient>${box}</dbIDRecipient><dmToHands>Osoba ${index + 1}</dmToHands></dmRecipient>`,
  );
  return `<dmRecipients>${each.join('')}</dmRecipients>${letterXml(values, ONE_FILE, type).replace(recipient, '')}`;
}

export function fileXml(
  { name, type = 'text/plain', meta, content = Buffer.from('obsah') }: OutgoingFile,
  index: number,
): string {
  const metaType = meta ?? (index === 0 ? 'main' : 'enclosure');
  const base64 = typeof content === 'string' ? content : content.toString('base64');
  const attributes = `dmMimeType="${type}" dmFileMetaType="${metaType}" dmFileDescr="${name}"`;
  return `<dmFile ${attributes}><dmEncodedContent>${base64}</dmEncodedContent></dmFile>`;
}

/** Elements of the owner in the order of the schema; those that are not given are nil. */
export function ownerXml(values: Readonly<Record<string, string>>): string {
  const names =
    'dbID dbType ic pnGivenNames pnLastName firmName biDate biCity biCounty biState adCode adCity adDistrict adStreet adNumberInStreet adNumberInMunicipality adZipCode adState nationality dbIdOVM dbState dbOpenAddressing dbUpperID';
  const fields = names.split(' ').map((name) => field(name, values[name] ?? ''));
  return `<dbOwnerInfo>${fields.join('')}</dbOwnerInfo>`;
}

/** The same for FindDataBox. */
export function ownerXml1(values: Readonly<Record<string, string>>): string {
  const names =
    'dbID dbType ic pnFirstName pnMiddleName pnLastName pnLastNameAtBirth firmName biDate biCity biCounty biState adCity adStreet adNumberInStreet adNumberInMunicipality adZipCode adState nationality identifier registryCode dbState dbEffectiveOVM dbOpenAddressing';
  const fields = names.split(' ').map((name) => field(name, values[name] ?? ''));
  return `<dbOwnerInfo>${fields.join('')}</dbOwnerInfo>`;
}

/** Text of the first element with this local name; undefined when there is none or it is nil. */
export function valueOf(xml: string, name: string): string | undefined {
  return valuesOf(xml, name)[0];
}

export function valuesOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)</`, 'g'))].map((match) => match[1] ?? '');
}

/** The body element of an answer, as the schema describes it. */
export function bodyOf(text: string): string {
  return /<SOAP-ENV:Body>([\s\S]*)<\/SOAP-ENV:Body>/.exec(text)?.[1] ?? '';
}
