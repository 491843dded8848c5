/** A mail that explains in place of a message; it needs no download. */
import { filling, type ReceivedMail } from '../mail-writer/index.ts';
import type { OpenedMail } from './types.ts';

/** A mail that consists of a head and one text. */
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
        yield mail.head;
        yield note;
        yield mail.end;
        yield* filling(octets - mail.head.length - note.length - mail.end.length);
      },
    },
  };
}
