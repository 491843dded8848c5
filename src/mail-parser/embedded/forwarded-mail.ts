/** A mail that was forwarded as a file: its own files, led by a text file that says whose it is and what it says. */
import { Refused } from '../../refusals/index.ts';
import { cleanFileName } from '../../attachments/index.ts';
import { headerDate, headerPeople } from '../header-values.ts';
import type { PartNode } from '../parts/mail-parts.ts';
import { plainLine } from '../../core/index.ts';
import { problems, unreadable } from '../problems.ts';
import type { ReceivedFile } from '../received-parts.ts';
import type { Spool } from '../../spool/index.ts';
import { type ForwardedHead, textWithFiles } from './forwarded-text.ts';
import type { Opened } from './opened.ts';

/** Every mail has one of these (RFC 5322 §3.6); what has none is something else under the name of a mail. */
const FIELDS_OF_A_MAIL = ['from', 'date', 'subject', 'to', 'received', 'message-id'];

/** ISDS takes no .eml, so the head that says from whom, to whom and when becomes a part of the text. */
export async function forwardedFiles(
  mail: PartNode,
  contents: Pick<Opened, 'text' | 'files'>,
  spool: Spool,
): Promise<ReceivedFile[]> {
  if (!FIELDS_OF_A_MAIL.some((field) => mail.headers.has(field))) throw unreadable(problems.notAMail);
  return textWithFiles(forwardedHead(mail), contents.text, contents.files, spool);
}

function forwardedHead({ headers }: PartNode): ForwardedHead {
  return {
    from: headerPeople(headers, 'from'),
    to: headerPeople(headers, 'to'),
    copy: headerPeople(headers, 'cc'),
    date: headerDate(headers),
    subject: plainLine(headers.text('subject')),
  };
}

/** What a mail without a name is called when not even its subject could be read. */
const NAMELESS = '*.eml';

/** A refusal of what stands inside, with a name by which the sender knows the file that has it inside. */
export function refusedInside(error: unknown, file: ReceivedFile, mail: PartNode | undefined): unknown {
  if (!(error instanceof Refused)) return error;
  const subject = mail === undefined ? '' : plainLine(mail.headers.text('subject'));
  const name = cleanFileName(file.name ?? '') || subject || NAMELESS;
  if (error.reason === 'mail-encrypted')
    return new Refused('enclosed-mail-encrypted', { file: name }, { cause: error });
  if (error.reason !== 'mail-unreadable') return error;
  return new Refused('enclosed-mail-unreadable', { ...error.facts, file: name }, { cause: error });
}
