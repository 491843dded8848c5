/** Carries out an operation for an admitted login and puts its result, or its refusal, into an answer. */
import { type Answer, xmlAnswer } from './answer.ts';
import { BoxState, type Login } from './box.ts';
import type { CallRecord } from './calls.ts';
import { faultAnswer } from './fault-answers.ts';
import type { Fault, FaultPlan } from './faults.ts';
import type { LoginGuard } from './login-guard.ts';
import { type Operation, operations, type Result, type Service } from './operations/index.ts';
import type { SealKey } from './seal-key.ts';
import { checkSequence } from './sequence.ts';
import { isOurs, writeAnswer, writeFault } from './soap.ts';
import { DONE, type Status, statusOf, StatusRefusal } from './status.ts';
import type { Traffic } from './traffic.ts';
import type { World } from './world.ts';
import type { XmlElement } from './xml-reader.ts';
import { XmlError } from './xml-text.ts';
import { type Pieces, XmlWriter } from './xml-writer.ts';

/** What the sandbox consists of while it runs. */
export interface Sandboxed {
  readonly world: World;
  readonly guard: LoginGuard;
  readonly traffic: Traffic;
  readonly calls: CallRecord;
  readonly faults: FaultPlan;
  readonly sealKey: () => Promise<SealKey>;
}

export interface Invocation {
  readonly service: Service;
  readonly request: XmlElement;
  readonly login: Login;
  readonly fault: Fault | undefined;
  /** Resolves when the answer has left or the client has gone: until then the request counts as running. */
  readonly ended: Promise<void>;
}

/** What a signed message gets whose seal has no time stamp (isds §5.3). */
const UNSTAMPED = '0005';

/** Undefined is no answer at all, ever. */
export async function perform(sandbox: Sandboxed, invocation: Invocation): Promise<Answer | undefined> {
  const operation = operations.get(invocation.request.name);
  const writer = new XmlWriter(operation?.prefix ?? 'q');
  const answer = (body: Pieces, status: Status) => {
    const pieces = writeAnswer(writer, invocation.service, invocation.request.name, body, status);
    return xmlAnswer(200, pieces, status.code);
  };
  try {
    if (operation?.service !== invocation.service || !isOurs(invocation.request)) {
      throw new StatusRefusal('2006', `Unknown operation: ${invocation.request.name}`);
    }
    const leave = sandbox.traffic.enter(operation, invocation.login);
    void invocation.ended.then(leave);
    if (invocation.fault?.kind === 'hang') return undefined;
    if (invocation.fault?.kind === 'status') throw new StatusRefusal(invocation.fault.code);
    const instead = invocation.fault === undefined ? undefined : faultAnswer(invocation.fault);
    if (instead !== undefined) return instead;
    const result = await run(sandbox, operation, invocation, writer);
    const { body, code } = 'code' in result ? result : { body: result, code: DONE.code };
    return answer(body, statusOf(invocation.fault?.kind === 'noTimeStamp' ? UNSTAMPED : code));
  } catch (error) {
    if (error instanceof StatusRefusal) return answer([], { code: error.code, text: error.message });
    if (error instanceof XmlError) return xmlAnswer(500, writeFault('SOAP-ENV:Client', error.message), '2007');
    throw error;
  }
}

async function run(
  sandbox: Sandboxed,
  operation: Operation,
  invocation: Invocation,
  writer: XmlWriter,
): Promise<Result> {
  const { request, login } = invocation;
  const box = sandbox.world.box(login.boxId);
  // The first login into a new box must be on the portal (isds §3.6).
  if (box.state === BoxState.notActivated) throw new StatusRefusal('1026');
  checkSequence(request, operation.input);
  return operation.run({ world: sandbox.world, login, box, request, writer, sealKey: sandbox.sealKey });
}
