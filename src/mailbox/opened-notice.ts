/** A mail that explains in place of a message; it needs the envelope and no download. */
import { type ReceivedMail, SHORTEST_FILL } from '../mime/index.ts';
import type { OpenedMail } from './types.ts';

export function openNotice(octets: number, notice: string, compose: () => Promise<ReceivedMail>): OpenedMail {
  let composing: Promise<ReceivedMail> | undefined;
  const begin = () => (composing ??= compose());
  return {
    prepare: async () => void (await begin()),
    content: {
      async *[Symbol.asyncIterator]() {
        const mail = await begin();
        const text = mail.note(notice);
        const fill = octets - mail.head.length - text.length - mail.end(0).length;
        yield mail.head;
        yield text;
        yield mail.end(fill < SHORTEST_FILL ? 0 : fill);
      },
    },
  };
}
