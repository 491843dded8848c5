/** One HTTP exchange: from the request's octets to an answer, a refusal or a fault on purpose. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { type Answer, htmlAnswer, send, sendAndCut, soapAnswer } from './answer.ts';
import { type Arrival, receive } from './arrival.ts';
import type { OpenRecord } from './calls.ts';
import { faultAnswer } from './fault-answers.ts';
import type { Fault } from './faults.ts';
import { perform, type Sandboxed } from './invocation.ts';
import type { Login } from './box.ts';
import { readBasic } from './login-guard.ts';
import { denialPage, errorPage } from './pages.ts';
import { writeFault } from './soap.ts';
import { shownFingerprint } from './system-certificate.ts';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly arrival: Arrival;
  readonly record: OpenRecord;
  readonly fault: Fault | undefined;
}

export async function exchange(sandbox: Sandboxed, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { name } = readBasic(request.headers.authorization);
  const arrival = await receive(request, { spools: sandbox.spools, pause: sandbox.faults.takeReadingPause(name) });
  if (arrival === undefined) return;
  try {
    await answerArrival(sandbox, request, response, arrival);
  } finally {
    sandbox.spools.release(arrival.spools);
  }
}

async function answerArrival(
  sandbox: Sandboxed,
  request: IncomingMessage,
  response: ServerResponse,
  arrival: Arrival,
): Promise<void> {
  const record = openRecord(sandbox, request, arrival);
  sandbox.calls.add(record);
  const fault =
    arrival.refusal === undefined ? sandbox.faults.take(record.operation, record.login, record.dmID) : undefined;
  const answer = await decide(sandbox, { request, response, arrival, record, fault });
  // Without an answer the client waits until it gives up or the sandbox closes.
  if (answer === undefined) return;
  if (fault?.kind === 'lostAnswer' || fault?.kind === 'reset') return void response.destroy();
  // Clients may compare what ISDS dates with its own clock.
  response.setHeader('date', new Date(sandbox.world.now()).toUTCString());
  record.httpStatus = answer.status;
  record.statusCode = answer.statusCode;
  if (fault?.kind === 'late') await setTimeout(fault.milliseconds, undefined, { ref: false });
  if (fault?.kind === 'held') await fault.until;
  if (fault?.kind === 'cutAfter') await sendAndCut(response, answer, fault.octets);
  else if (fault?.kind === 'truncated') await sendAndCut(response, answer, Number.POSITIVE_INFINITY);
  else await send(response, answer);
}

async function decide(sandbox: Sandboxed, exchanged: Exchange): Promise<Answer | undefined> {
  const { request, response, arrival, record, fault } = exchanged;
  if (arrival.refusal !== undefined) return arrival.refusal;
  // In an outage the gate is down too: a wrong password is not noticed.
  if (fault?.kind === 'http503' && fault.executed !== true) return faultAnswer(fault, arrival.version);
  const admitted = admit(sandbox, request, arrival);
  if ('body' in admitted) return admitted;
  record.login = admitted.name;
  record.box = admitted.boxId;
  const { soap, version } = arrival;
  if (soap === undefined) {
    const text = `Požadavek není správné XML: ${arrival.problem}`;
    return soapAnswer(500, version, writeFault(version, 'Client', text), '2007');
  }
  const ended = new Promise<void>((resolve) => response.once('close', resolve));
  return perform(sandbox, { ...arrival, soap, login: admitted, fault, ended });
}

/** The login behind a request, or what is answered to a stranger. */
function admit({ guard, world }: Sandboxed, request: IncomingMessage, { path, entrance }: Arrival): Login | Answer {
  const { headers, socket } = request;
  if (entrance === 'certificate') {
    // What ISDS says to a certificate that it does not know is not documented; others have seen 403 (isds §1.6).
    return world.certificates.get(shownFingerprint(socket) ?? '') ?? htmlAnswer(403, errorPage(403, 'Forbidden'));
  }
  const admitted = guard.admit(headers.authorization, socket.remoteAddress ?? '');
  if (!('kind' in admitted)) return admitted;
  return htmlAnswer(401, denialPage(path, admitted), { 'www-authenticate': 'Basic realm="sandbox"' });
}

function openRecord({ world }: Sandboxed, request: IncomingMessage, arrival: Arrival): OpenRecord {
  return {
    at: world.now(),
    path: arrival.path,
    userAgent: request.headers['user-agent'],
    operation: arrival.soap?.name,
    login: arrival.login,
    box: undefined,
    dmID: arrival.dmID,
    httpStatus: undefined,
    statusCode: undefined,
  };
}
