/** Carries out an operation for an admitted login and puts its result, or its refusal, into an answer. */
import { type Answer, soapAnswer } from './answer.ts';
import { BoxState, type Login } from './box.ts';
import type { CallRecord } from './calls.ts';
import { faultAnswer } from './fault-answers.ts';
import type { Fault, FaultPlan } from './faults.ts';
import type { LoginGuard } from './login-guard.ts';
import { AnswerContent } from './multipart-answer.ts';
import { type Call, type Operation, operations, type Result } from './operations/index.ts';
import type { Service } from './places.ts';
import type { SealKey } from './seal-key.ts';
import { checkSequence } from './sequence.ts';
import { isOurs, type SoapVersion, writeAnswer, writeFault } from './soap.ts';
import type { Spools } from './spool.ts';
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
  readonly spools: Spools;
  readonly sealKey: () => Promise<SealKey>;
}

/** A request of a login that was let in. */
export interface Invocation {
  readonly service: Service;
  readonly version: SoapVersion;
  readonly wantsParts: boolean;
  readonly unfinished?: true;
  readonly soap: XmlElement;
  readonly login: Login;
  readonly fault: Fault | undefined;
  /** Resolves when the answer has left or the client has gone: until then the request counts as running. */
  readonly ended: Promise<void>;
}

/** What a signed message gets whose seal has no time stamp (isds §5.3). */
const UNSTAMPED = '0005';
/** Premature end inside of multipart content (isds §9). */
const UNFINISHED = '2020';

/** Undefined is no answer at all, ever. */
export async function perform(sandbox: Sandboxed, invocation: Invocation): Promise<Answer | undefined> {
  const { service, version, soap, fault } = invocation;
  const operation = operations.get(soap.name);
  const writer = new XmlWriter(operation?.prefix ?? 'q');
  const content = new AnswerContent(invocation.wantsParts && fault?.kind !== 'inlineContent');
  const answer = (body: Pieces, status: Status) => {
    const pieces = writeAnswer(writer, { version, service, operation: soap.name }, body, status);
    const envelope = soapAnswer(200, version, pieces, status.code);
    if (content.isEmpty) return envelope;
    return content.around(envelope, fault?.kind === 'unclosed' ? fault.delimiter : 'closed');
  };
  try {
    if (operation?.service !== service || !isOurs(soap)) {
      throw new StatusRefusal('2006', `Unknown operation: ${soap.name}`);
    }
    const leave = sandbox.traffic.enter(operation, invocation.login);
    void invocation.ended.then(leave);
    const writeContent: Call['writeContent'] = (octets, mimeType) => content.write(octets, mimeType);
    const carryOut = () => run(sandbox, operation, invocation, { writer, writeContent });
    if (fault?.executed === true) await carryOut();
    if (fault?.kind === 'hang') return undefined;
    if (fault?.kind === 'status') throw new StatusRefusal(fault.code);
    const instead = fault === undefined ? undefined : faultAnswer(fault, version);
    if (instead !== undefined) return instead;
    if (invocation.unfinished === true) throw new StatusRefusal(UNFINISHED);
    const result = await carryOut();
    const { body, code } = 'code' in result ? result : { body: result, code: DONE.code };
    return answer(body, statusOf(fault?.kind === 'noTimeStamp' ? UNSTAMPED : code));
  } catch (error) {
    if (error instanceof StatusRefusal) return answer([], { code: error.code, text: error.message });
    if (error instanceof XmlError)
      return soapAnswer(500, version, writeFault(version, 'Client', error.message), '2007');
    throw error;
  }
}

async function run(
  sandbox: Sandboxed,
  operation: Operation,
  { soap: request, login }: Invocation,
  writing: Pick<Call, 'writer' | 'writeContent'>,
): Promise<Result> {
  const box = sandbox.world.box(login.boxId);
  // The first login into a new box must be on the portal (isds §3.6).
  if (box.state === BoxState.notActivated) throw new StatusRefusal('1026');
  checkSequence(request, operation.input);
  return operation.run({ ...writing, world: sandbox.world, login, box, request, sealKey: sandbox.sealKey });
}
