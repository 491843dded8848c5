/** A mail that explains in place of a message; it needs the envelope and no download. */
import { type ReceivedMail, SHORTEST_FILL } from '../mime/index.ts';
import type { OpenedMail } from './types.ts';

export function openNotice(octets: number, notice: string, compose: () => Promise<ReceivedMail>): OpenedMail {
  let composing: Promise<ReceivedMail> | undefined;
  const mail = () => (composing ??= compose());
  return {
    prepare: async () => void (await mail()),
    content: {
      async *[Symbol.asyncIterator]() {
        const { head, note, end } = await mail();
        const text = note(notice);
        const fill = octets - head.length - text.length - end(0).length;
        yield head;
        yield text;
        yield end(fill < SHORTEST_FILL ? 0 : fill);
      },
    },
  };
}
