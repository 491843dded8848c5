/** The parts of a mail behind its text: the files as they come, then what is to be said of the seal, then the original. */
import { type Log } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { FileHeader, Seal } from '../isds/index.ts';
import {
  isSystemMessage,
  type MissingOriginal,
  type ReceivedMail,
  base64Body,
  type FileBody,
  octetsBody,
  xmlBody,
  sealHeader,
  sealText,
  SystemMeaning,
} from '../mail-writer/index.ts';
import { Spool, type SpoolWriting, type StoredFile } from '../spool/index.ts';
import type { Beginning, PartEvent } from './download.ts';

export interface PartsContext {
  readonly spoolDirectory: string;
  /** Whether the mail is to have the signed original, so that its absence is told. */
  readonly originalExpected: boolean;
  readonly log: Log;
}

const BODIES: Readonly<Record<FileHeader['encoding'], () => FileBody>> = {
  base64: base64Body,
  xml: xmlBody,
  octets: octetsBody,
};

/** Ends with why the original is missing, where the mail is to have it. Throws when the download did not arrive complete. */
export async function* messageParts(
  { first, rest }: Extract<Beginning, { kind: 'message' }>,
  mail: ReceivedMail,
  context: PartsContext,
): AsyncGenerator<Buffer, MissingOriginal | undefined> {
  const original = new Original(context);
  const meaning = new SystemMeaning();
  let file: FileBody | undefined;
  try {
    for (let event: PartEvent | undefined = first; event; event = (await rest.next()).value) {
      switch (event.kind) {
        case 'original':
          await original.keep(event.octets);
          break;
        case 'content':
          meaning.content(event.octets);
          if (file) yield file.push(event.octets);
          break;
        case 'file':
          if (file) yield file.end();
          meaning.begin(event.file);
          yield mail.fileHead(event.file);
          file = BODIES[event.file.encoding]();
          break;
        case 'end':
          if (file) yield file.end();
          if (isSystemMessage(event.envelope)) yield* noteOf(meaning.text(), mail);
          if (event.seal) {
            yield* noteOf(sealText(event.seal), mail);
            const kept = await original.kept();
            if (kept === undefined) return context.originalExpected ? 'no-room' : undefined;
            yield* originalPart(kept, event.seal, mail);
            return undefined;
          }
          return context.originalExpected ? 'not-given' : undefined;
      }
    }
    throw new Error('a download ended without an end');
  } finally {
    await original.dispose();
    await rest.return?.();
  }
}

function* noteOf(text: string | undefined, mail: ReceivedMail): Generator<Buffer> {
  if (text !== undefined) yield mail.note(text);
}

/** The signed original as a part of a mail. */
export async function* originalPart(kept: StoredFile, seal: Seal, mail: ReceivedMail): AsyncGenerator<Buffer> {
  yield mail.originalHead({ 'X-ISDS-Seal': sealHeader(seal) });
  const body = octetsBody();
  for await (const octets of kept.open()) yield body.push(octets);
  yield body.end();
}

/** The original is worth having, but no disk that is full may keep the message from its reader. */
class Original {
  readonly #log: Log;
  readonly #spool: Spool;
  #writing: SpoolWriting | undefined;
  #lost = false;

  constructor({ log, spoolDirectory }: PartsContext) {
    this.#log = log;
    this.#spool = new Spool(spoolDirectory);
  }

  async keep(octets: Buffer): Promise<void> {
    if (this.#lost) return;
    try {
      this.#writing ??= await this.#spool.begin();
      await this.#writing.write(octets);
    } catch (error) {
      this.#lose(error);
    }
  }

  /** All of it; undefined when it could not be kept. */
  async kept(): Promise<StoredFile | undefined> {
    try {
      return this.#lost ? undefined : await this.#writing?.end();
    } catch (error) {
      this.#lose(error);
      return undefined;
    }
  }

  #lose(error: unknown): void {
    if (!(error instanceof Refused)) throw error;
    this.#log.warn({ reason: error.reason }, 'signed original not kept');
    this.#lost = true;
  }

  async dispose(): Promise<void> {
    await this.#spool.dispose();
  }
}
