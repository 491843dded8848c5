/** The answers of faults that replace an operation's own. */
import { type Answer, htmlAnswer, xmlAnswer } from './answer.ts';
import type { Fault } from './faults.ts';
import { maintenancePage, strayPage } from './pages.ts';
import { writeFault } from './soap.ts';
import type { Pieces } from './xml-writer.ts';

/** More than any client should want to keep. */
const OVERSIZED = 256 * 1024 * 1024;

/** Undefined for the faults in which the operation is carried out, and for those that have no answer. */
export function faultAnswer(fault: Fault): Answer | undefined {
  if (fault.kind === 'http503') return maintenance(fault.page ?? 'soap');
  if (fault.kind === 'soapFault') return xmlAnswer(500, writeFault('SOAP-ENV:Server', 'Vnitřní chyba systému.'));
  if (fault.kind === 'html200') return htmlAnswer(200, strayPage());
  if (fault.kind === 'garbage') return xmlAnswer(200, [Buffer.from('\u0000\u00ff<SOAP-ENV:Envelope><<&žluťoučký kůň')]);
  if (fault.kind === 'oversized') return xmlAnswer(200, oversized(fault.octets ?? OVERSIZED));
  return undefined;
}

function maintenance(page: 'soap' | 'static'): Answer {
  if (page === 'static') return htmlAnswer(503, maintenancePage());
  return xmlAnswer(503, writeFault('Probíhá plánovaná údržba', 'Systém je z důvodu údržby dočasně nedostupný.'));
}

/** Well-formed as far as it goes, in one text that does not end. */
function* oversized(octets: number): Pieces {
  const filling = Buffer.alloc(65_536, 'A');
  yield '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>';
  yield '<q:Response xmlns:q="http://isds.czechpoint.cz/v20"><q:dmEncodedContent>';
  for (let sent = 0; sent < octets; sent += filling.length) yield filling;
  yield '</q:dmEncodedContent></q:Response></SOAP-ENV:Body></SOAP-ENV:Envelope>';
}
