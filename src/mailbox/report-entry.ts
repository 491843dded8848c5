/** A report of what became of a mail, as it stands in its sender's maildrop. */
import { canBeWorded, catalogue, type Refusal, type RefusalReason } from '../refusals/index.ts';
import { composeReport, filling } from '../mail-writer/index.ts';
import type { FailedSending, SendingReport } from '../store/index.ts';
import type { Entry, Reader } from './reader.ts';
import type { OpenedMail, ReaderIdentity } from './types.ts';

/** As long as ISDS keeps the messages that were sent with the mail (isds §3.5). */
export const REPORTS_KEPT_MS = 90 * 24 * 60 * 60_000;

/** The mail of a report, for its box and domain; the same octets each time, until another version words it otherwise. */
export function composeSendingReport(
  report: SendingReport,
  { box }: Pick<ReaderIdentity, 'box'>,
  domain: string,
): Buffer {
  const { kind, at, sessionId, messageId, sent } = report;
  const failed = report.failed.map((failure) => ({
    box: failure.box,
    refusal: refusalOf(failure),
    ...(failure.attempt && { attempt: { ...failure.attempt, at: new Date(failure.attempt.at) } }),
  }));
  return composeReport(
    { uid: uidOf(report), kind, at: new Date(at), sessionId, messageId, sent, failed },
    { box: box.boxId, name: box.name },
    domain,
  );
}

/** Tells it apart from the number of a message (design §4). */
function uidOf({ id }: SendingReport): string {
  return `report-${id}`;
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

/** As long as it was announced when it was listed first. */
export class ReportEntry implements Entry {
  readonly uid: string;
  readonly octets: number;
  readonly arrivedAt: number;
  readonly #report: SendingReport;

  constructor(report: SendingReport, octets: number) {
    this.uid = uidOf(report);
    this.octets = octets;
    this.arrivedAt = report.at;
    this.#report = report;
  }

  open({ identity, services }: Reader): OpenedMail {
    const report = this.#report;
    const announced = this.octets;
    return {
      prepare: async () => undefined,
      content: {
        async *[Symbol.asyncIterator]() {
          const mail = composeSendingReport(report, identity, services.domain);
          yield mail;
          yield* filling(announced - mail.length);
          if (mail.length > announced) await services.store.reports.resize(identity.account, report.id, mail.length);
        },
      },
    };
  }
}
