/**
 * Mails that are being sent, each by one piece of work that goes on when its mail program does not wait any more. The same mail
 * again joins it, another one with the same content waits for its turn.
 */
import { LATE, TIME_BUDGETS, SharedWork } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { SendOptions, Sent } from './types.ts';

/** One mail to be sent. */
export interface Sending {
  /** Of what the sender wrote, whoever it goes to. */
  readonly content: string;
  /** Of its data messages, one a recipient. */
  readonly messages: readonly string[];
  send(): Promise<Sent>;
  /** Notes that the result was promised; answers how to note that it was told. */
  promise(): Promise<() => Promise<void>>;
  /** Notes the end; `unheard` when nobody waits for it any more. */
  ended(result: PromiseSettledResult<Sent>, unheard: boolean): Promise<void>;
}

interface UnderWay {
  readonly messages: string;
  readonly work: SharedWork<Sent>;
  /** Waits no longer for its turn. */
  begun: boolean;
  /** Once somebody was told that the result comes later. */
  promised?: Promise<() => Promise<void>>;
}

export class SendingsUnderWay {
  /** The last of each content. */
  readonly #last = new Map<string, UnderWay>();
  readonly #all = new Set<SharedWork<Sent>>();

  /** Rejects with Refused `sending-under-way` when the result does not come in time. */
  async take(sending: Sending, { timeBudgetMs = TIME_BUDGETS.data, gone, release }: SendOptions): Promise<Sent> {
    const before = this.#last.get(sending.content);
    const messages = sending.messages.toSorted().join(' ');
    const joins = before?.messages === messages;
    if (joins) await release?.();
    const underWay = joins ? before : this.#begin(sending, messages, before, release);
    const sent = await underWay.work.within(timeBudgetMs, gone);
    // What has not begun when its time is over does not begin: nothing must be promised of it.
    if (sent === LATE) throw await this.#promised(underWay, sending);
    return joins ? { ...sent, messages: sent.messages.map((message) => ({ ...message, repeated: true })) } : sent;
  }

  async #promised(underWay: UnderWay, sending: Sending): Promise<Refused> {
    if (!underWay.begun) return new Refused('account-under-way');
    // What has ended since is told already.
    if (this.#all.has(underWay.work)) await (underWay.promised ??= sending.promise());
    return new Refused('sending-under-way');
  }

  /** Resolves when nothing is being sent any more. */
  async settled(): Promise<void> {
    while (this.#all.size > 0) await Promise.allSettled([...this.#all].map(({ result }) => result));
  }

  #begin(sending: Sending, messages: string, before: UnderWay | undefined, release: SendOptions['release']): UnderWay {
    const { content } = sending;
    const work: SharedWork<Sent> = new SharedWork(async (deserted) => {
      try {
        await before?.work.result.catch(() => undefined);
        if (deserted.aborted) throw new Refused('account-under-way');
        underWay.begun = true;
        const [result] = await Promise.allSettled([sending.send()]);
        await sending.ended(result, work.deserted);
        const kept = await underWay.promised;
        await kept?.();
        if (result.status === 'rejected') throw result.reason;
        return result.value;
      } finally {
        this.#all.delete(work);
        if (this.#last.get(content) === underWay) this.#last.delete(content);
        await release?.();
      }
    });
    const underWay: UnderWay = { messages, work, begun: before === undefined };
    this.#all.add(work);
    this.#last.set(content, underWay);
    return underWay;
  }
}
