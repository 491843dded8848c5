/** A mail that explains in place of a message; it needs no download. */
import { type ReceivedMail, SHORTEST_FILL } from '../mime/index.ts';
import type { OpenedMail } from './types.ts';

export interface Notice {
  readonly mail: Pick<ReceivedMail, 'head' | 'note' | 'end'>;
  readonly text: string;
}

export function openNotice(octets: number, compose: () => Promise<Notice>): OpenedMail {
  let composing: Promise<Notice> | undefined;
  const begin = () => (composing ??= compose());
  return {
    prepare: async () => void (await begin()),
    content: {
      async *[Symbol.asyncIterator]() {
        const { mail, text } = await begin();
        const note = mail.note(text);
        const fill = octets - mail.head.length - note.length - mail.end(0).length;
        yield mail.head;
        yield note;
        yield mail.end(fill < SHORTEST_FILL ? 0 : fill);
      },
    },
  };
}
