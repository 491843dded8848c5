/** What the sandbox is to do wrong next: faults wait in a queue for the first call that they fit. */

export type FaultKind =
  /** Maintenance, with a SOAP fault or with a static page; also for wrong passwords, the gate is down too (isds §1.6). */
  | { readonly kind: 'http503'; readonly page?: 'soap' | 'static' }
  /** This HTTP status with a web page. */
  | { readonly kind: 'http'; readonly status: number }
  /** HTTP 500 with a SOAP fault. */
  | { readonly kind: 'soapFault' }
  /** HTTP 200 with a web page. */
  | { readonly kind: 'html200' }
  /** HTTP 200 with white space, as when a session has ended (isds §1.6). */
  | { readonly kind: 'blank200' }
  /** HTTP 200 with octets that are no XML. */
  | { readonly kind: 'garbage' }
  /** HTTP 200 with the answer of another operation, and success. */
  | { readonly kind: 'foreignAnswer' }
  /** The answer of the operation with this status. */
  | { readonly kind: 'status'; readonly code: string }
  /** An answer that does not end before so many octets. */
  | { readonly kind: 'oversized'; readonly octets?: number }
  /** The beginning of an answer, then the connection is cut. */
  | { readonly kind: 'truncated' }
  /** The connection is cut before an answer. */
  | { readonly kind: 'reset' }
  /** No answer at all. */
  | { readonly kind: 'hang' }
  /** SignedMessageDownload succeeds with 0005: the message, but its seal without time stamp (isds §5.3). */
  | { readonly kind: 'noTimeStamp' }
  /** The operation is carried out; the answer comes so much later, as when the antivirus program is slow (isds §1.8). */
  | { readonly kind: 'late'; readonly milliseconds: number }
  /** The operation is carried out; the answer comes when the promise has resolved. */
  | { readonly kind: 'held'; readonly until: Promise<void> }
  /** The body of a request, whatever its operation, is read with such a pause before each piece. */
  | { readonly kind: 'slowReading'; readonly milliseconds: number }
  /** An answer in parts whose last delimiter has no dashes behind it, or which has no last delimiter (isds §1.4). */
  | { readonly kind: 'unclosed'; readonly delimiter: 'open' | 'missing' }
  /** Content stands in the answer as base64 although parts were wanted (isds §5.4). */
  | { readonly kind: 'inlineContent' }
  /** The operation is carried out, the connection is cut before the answer. */
  | { readonly kind: 'lostAnswer' }
  /** The operation is carried out, the connection is cut after so many octets of the answer's body. */
  | { readonly kind: 'cutAfter'; readonly octets: number };

export type Fault = FaultKind & {
  /** Any operation unless named. */
  readonly operation?: string;
  /** Any login unless named. */
  readonly login?: string;
  /** Any message unless named. */
  readonly dmID?: string;
  /** The operation is carried out before the fault stands in its answer's place; otherwise it is not. */
  readonly executed?: true;
  /** Default: once. */
  readonly times?: number;
};

export class FaultPlan {
  #queue: { readonly fault: Fault; left: number }[] = [];

  add(...faults: readonly Fault[]): void {
    this.#queue.push(...faults.map((fault) => ({ fault, left: fault.times ?? 1 })));
  }

  clear(): void {
    this.#queue = [];
  }

  /** How many faults have not happened yet. */
  get pending(): number {
    return this.#queue.reduce((sum, { left }) => sum + left, 0);
  }

  /** The fault of this call, which is thereby used up. */
  take(operation: string | undefined, login: string | undefined, dmID?: string): Fault | undefined {
    return this.#takeFirst(
      ({ kind, ...fault }) =>
        kind !== 'slowReading' &&
        fits(fault.operation, operation) &&
        fits(fault.login, login) &&
        fits(fault.dmID, dmID),
    );
  }

  /** How slowly the body of the next request is to be read, in milliseconds for each piece. */
  takeReadingPause(login: string | undefined): number {
    const fault = this.#takeFirst(({ kind, ...more }) => kind === 'slowReading' && fits(more.login, login));
    return fault?.kind === 'slowReading' ? fault.milliseconds : 0;
  }

  #takeFirst(suits: (fault: Fault) => boolean): Fault | undefined {
    const entry = this.#queue.find(({ fault }) => suits(fault));
    if (entry === undefined) return undefined;
    entry.left--;
    this.#queue = this.#queue.filter(({ left }) => left > 0);
    return entry.fault;
  }
}

function fits(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted === undefined || wanted === actual;
}
