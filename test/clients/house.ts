/** The gateway with the demonstration's boxes behind it, as a stranger's mail program meets it. */
import { createHash } from 'node:crypto';
import { type Attachment, simpleParser } from 'mailparser';
import { expect, onTestFinished } from 'vitest';
import type { Clock } from '../../src/core/index.ts';
import { demoLogins, type MessageFile, octetsOf, State } from '../../src/sandbox/index.ts';
import { startWhole, type Whole } from '../whole/whole.ts';
import { numberedNames } from './numbered-names.ts';
import { newHome, writePrivate } from './programs.ts';

/** Level of the log lines that tell of a mistake of the gateway itself. */
const FAULT = 50;

export interface Account {
  readonly user: string;
  readonly password: string;
  readonly box: string;
}

/** The company's managing director: may do everything. */
export const company: Account = accountOf('pekar1');
/** The company's clerk: may not read what is for the director's own hands; the password has blanks and a colon. */
export const clerk: Account = accountOf('pekar2');
export const office: Account = accountOf('urad01');

export interface House extends Whole {
  /** Home folder for the programs of this test. */
  readonly home: string;
  /** File with the gateway's certificate, for programs to trust. */
  readonly trust: string;
  /** Connection facts as the Python programs take them. */
  readonly facts: (account: Account) => Record<string, string | number>;
  /** The mail address of a box. */
  readonly address: (box: string) => string;
  /** Lets every conversation come to its end: after this the record of calls is complete. */
  readonly settle: () => Promise<void>;
}

/** A house for one test, torn down after it; whatever the programs did there, the gateway must have had an answer to it. */
export async function openHouse(settings: Readonly<Record<string, string>> = {}, clock?: Clock): Promise<House> {
  const whole = await startWhole({ settings, ...(clock === undefined ? {} : { clock }) });
  onTestFinished(async () => {
    await whole.stop();
    expect(whole.log.filter(({ level }) => level === FAULT)).toEqual([]);
  });
  const home = await newHome();
  const trust = await writePrivate(home, 'brana.pem', whole.gateway.certificate);
  return {
    ...whole,
    home,
    trust,
    facts: ({ user, password }) => ({ user, password, trust, ...whole.gateway.ports }),
    address: (box) => `${box}@${whole.domain}`,
    settle: () => whole.gateway.close(),
  };
}

/** What was done at ISDS that has consequences there; messages by dmID. */
export interface Acts {
  /** Lists asked for, each of which delivers what is waiting. */
  readonly lists: number;
  readonly downloaded: readonly string[];
  readonly marked: readonly string[];
  readonly sent: number;
}

export function actsOf({ sandbox }: Whole): Acts {
  const { calls } = sandbox;
  const messagesOf = (operation: string) => calls.of(operation).map(({ dmID }) => dmID ?? '');
  return {
    lists: calls.count('GetListOfReceivedMessages'),
    downloaded: [...messagesOf('MessageDownload'), ...messagesOf('SignedMessageDownload')].toSorted(),
    marked: messagesOf('MarkMessageAsDownloaded').toSorted(),
    sent: calls.count('CreateMessage'),
  };
}

/** What reading the box should come to: one list a poll, each message fetched once, each unread one marked once. To be asked before. */
export function readingOnce({ sandbox }: Whole, box: string, polls: number): Acts {
  const messages = sandbox.world
    .messagesOf(box, 'recipient')
    .toSorted((one, other) => (one.dmID < other.dmID ? -1 : 1));
  const unread = messages.filter(({ state }) => state !== State.read);
  const ids = (some: typeof messages) => some.map(({ dmID }) => dmID);
  return { lists: polls, downloaded: ids(messages), marked: ids(unread), sent: 0 };
}

/** One file as both ends should see it. */
export interface SeenFile {
  readonly name: string | undefined;
  readonly sha256: string;
}

/** Files by dmID. */
export type SeenFiles = Readonly<Record<string, readonly SeenFile[]>>;

/** What ISDS holds for the box: everything that its user may download. */
export function filesAtIsds({ sandbox }: Whole, box: string): SeenFiles {
  const messages = sandbox.world.messagesOf(box, 'recipient');
  return Object.fromEntries(messages.map(({ dmID, files }) => [dmID, numberedNames(files.map(fileAtIsds))]));
}

/** What arrived in the mail program, beside the signed original; the Message-ID of a received message begins with its dmID. */
export async function filesInMails(mails: readonly Buffer[]): Promise<SeenFiles> {
  const read = await Promise.all(mails.map((mail) => simpleParser(mail)));
  return Object.fromEntries(
    read.map(({ messageId, attachments }) => {
      const dmID = messageId?.replace(/^<|@.*/g, '');
      const files = attachments.filter(({ filename }) => filename !== `DZ_${dmID}.zfo`);
      return [dmID, files.map(fileInMail)];
    }),
  );
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** An XML file travels as elements and becomes a document of its own with a declaration (isds §5.2). */
function fileAtIsds({ name, content, form }: MessageFile): SeenFile {
  const declaration = Buffer.from(form === 'xml' ? '<?xml version="1.0" encoding="UTF-8"?>\n' : '');
  return { name, sha256: sha256(Buffer.concat([declaration, octetsOf(content)])) };
}

function fileInMail({ filename, content }: Attachment): SeenFile {
  return { name: filename, sha256: sha256(content) };
}

function accountOf(user: string): Account {
  const login = demoLogins.find(({ name }) => name === user);
  if (login === undefined) throw new Error(`the demonstration has no login ${user}`);
  return { user, password: login.password, box: login.boxId };
}
