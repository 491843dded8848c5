/** The answers of faults that replace an operation's own. */
import { type Answer, htmlAnswer, soapAnswer } from './answer.ts';
import type { Fault } from './faults.ts';
import { errorPage, maintenancePage, strayPage } from './pages.ts';
import { ENVELOPE_END, openEnvelope, type SoapVersion, writeAnswer, writeFault } from './soap.ts';
import { DONE } from './status.ts';
import { type Pieces, XmlWriter } from './xml-writer.ts';

/** More than any client should want to keep. */
const OVERSIZED = 256 * 1024 * 1024;

/** Undefined for the faults that leave the operation its own answer, and for those that have no answer. */
export function faultAnswer(fault: Fault, version: SoapVersion): Answer | undefined {
  if (fault.kind === 'http503') return maintenance(fault.page ?? 'soap', version);
  if (fault.kind === 'soapFault') {
    return soapAnswer(500, version, writeFault(version, 'Server', 'Vnitřní chyba systému.'));
  }
  if (fault.kind === 'http') return htmlAnswer(fault.status, errorPage(fault.status, 'Chyba'));
  if (fault.kind === 'html200') return htmlAnswer(200, strayPage());
  if (fault.kind === 'blank200') return htmlAnswer(200, '\r\n  \r\n');
  if (fault.kind === 'foreignAnswer') {
    const question = { version, service: 'dz', operation: 'DummyOperation' } as const;
    return soapAnswer(200, version, writeAnswer(new XmlWriter('q'), question, [], DONE));
  }
  // Of a connection that is cut nothing more than this is seen.
  if (fault.kind === 'truncated' || fault.kind === 'reset') return soapAnswer(200, version, [openEnvelope(version)]);
  if (fault.kind === 'garbage')
    return soapAnswer(200, version, [Buffer.from('\u0000\u00ff<SOAP-ENV:Envelope><<&žluťoučký kůň')]);
  if (fault.kind === 'oversized') return soapAnswer(200, version, oversized(version, fault.octets ?? OVERSIZED));
  return undefined;
}

function maintenance(page: 'soap' | 'static', version: SoapVersion): Answer {
  if (page === 'static') return htmlAnswer(503, maintenancePage());
  const text = 'Systém je z důvodu údržby dočasně nedostupný.';
  return soapAnswer(503, version, writeFault(version, 'Probíhá plánovaná údržba', text));
}

/** Well-formed as far as it goes, in one text that does not end. */
function* oversized(version: SoapVersion, octets: number): Pieces {
  const filling = Buffer.alloc(65_536, 'A');
  yield openEnvelope(version);
  yield '<q:Response xmlns:q="http://isds.czechpoint.cz/v20"><q:dmEncodedContent>';
  for (let sent = 0; sent < octets; sent += filling.length) yield filling;
  yield `</q:dmEncodedContent></q:Response>${ENVELOPE_END}`;
}
