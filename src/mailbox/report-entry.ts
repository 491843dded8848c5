/** A report of what became of a mail, as it stands in its sender's maildrop. */
import { canBeWorded, catalogue, type Refusal, type RefusalReason } from '../refusals/index.ts';
import { composeReport } from '../mail-writer/index.ts';
import type { FailedSending, SendingReport } from '../store/index.ts';
import type { Entry } from './reader.ts';
import type { OpenedMail, ReaderIdentity } from './types.ts';

/** As long as ISDS keeps the messages that were sent with the mail (isds §3.5). */
export const REPORTS_KEPT_MS = 90 * 24 * 60 * 60_000;

/** The report, composed for this box and domain; the same octets each time. */
export function reportEntry(report: SendingReport, { box }: ReaderIdentity, domain: string): Entry {
  // Tells it apart from the number of a message (design §4).
  const uid = `report-${report.id}`;
  const { kind, at, sessionId, messageId, sent } = report;
  const failed = report.failed.map((failure) => ({
    box: failure.box,
    refusal: refusalOf(failure),
    ...(failure.attempt && { attempt: { ...failure.attempt, at: new Date(failure.attempt.at) } }),
  }));
  const content = composeReport(
    { uid, kind, at: new Date(at), sessionId, messageId, sent, failed },
    { box: box.boxId, name: box.name },
    domain,
  );
  return new ReportEntry(uid, at, content);
}

/** A reason that a newer version of the gateway wrote, or that needs more than is kept of it, is told in general words. */
function refusalOf({ box, reason, isdsCode }: FailedSending): Refusal {
  const facts = { box, address: box };
  return {
    reason: isReason(reason) && canBeWorded(reason, facts) ? reason : 'isds-refused',
    facts,
    ...(isdsCode === undefined ? {} : { isdsCode }),
  };
}

function isReason(word: string): word is RefusalReason {
  return Object.hasOwn(catalogue, word);
}

/** A report is composed when it is listed: its size must be known. */
class ReportEntry implements Entry {
  readonly uid: string;
  readonly arrivedAt: number;
  readonly #content: Buffer;

  constructor(uid: string, arrivedAt: number, content: Buffer) {
    this.uid = uid;
    this.arrivedAt = arrivedAt;
    this.#content = content;
  }

  get octets(): number {
    return this.#content.length;
  }

  open(): OpenedMail {
    const content = this.#content;
    return {
      prepare: async () => undefined,
      content: {
        async *[Symbol.asyncIterator]() {
          yield content;
        },
      },
    };
  }
}
