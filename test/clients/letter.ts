/** The letter that every sending program sends: a text and two files, one of them with a Czech name; and its way to the office. */
import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { expect } from 'vitest';
import { octetsOf } from '../../src/sandbox/index.ts';
import { expectWords } from '../pdf/poppler.ts';
import { company, filesInMails, type House, office, sha256 } from './house.ts';
import { writePrivate } from './programs.ts';
import { readBox } from './reading.ts';

export interface LetterFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
  /** Where programs find it that attach files by path. */
  readonly path: string;
}

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly files: readonly [LetterFile, LetterFile];
}

const TEXT_FILE = 'textová zpráva.pdf';

/** Real files out of the company's box. */
export async function writeLetter({ sandbox, home }: House): Promise<Letter> {
  const received = sandbox.world.messagesOf(company.box, 'recipient').flatMap(({ files }) => files);
  const take = async (name: string, type: string): Promise<LetterFile> => {
    const file = received.find((candidate) => candidate.name === name);
    if (file === undefined) throw new Error(`the demonstration has no ${name}`);
    const content = octetsOf(file.content);
    return { name, type, content, path: await writePrivate(home, name, content) };
  };
  return {
    subject: 'Žádost o prodloužení lhůty',
    text: 'Dobrý den,\n\nprosíme o prodloužení lhůty do konce měsíce.\n\nPřemysl Kváskový\n',
    files: [
      await take('Sdělení o výsledku šetření.pdf', 'application/pdf'),
      await take('faktura 0815.pdf', 'application/pdf'),
    ],
  };
}

/** The letter as a mail, for programs that only carry. */
export async function mailOf(letter: Letter, house: House): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: 'Přemysl Kváskový', address: house.address(company.box) },
    to: house.address(office.box),
    subject: letter.subject,
    text: letter.text,
    attachments: letter.files.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
  });
  return composer.compile().build();
}

/** ISDS has the letter under the dmID that the program was told, and the office downloads exactly what was sent. */
export async function expectArrived(letter: Letter, house: House, said: string): Promise<void> {
  const [message] = house.sandbox.world.messagesOf(office.box, 'recipient');
  expect(said).toMatch(new RegExp(String.raw`250 2\.\d\.\d Datová zpráva ${message?.dmID} odeslána`));
  expect(message).toMatchObject({ annotation: letter.subject, sender: { boxId: company.box } });
  expect(message?.files.map(({ name, metaType }) => [name, metaType])).toEqual([
    [letter.files[0].name, 'main'],
    [letter.files[1].name, 'enclosure'],
    [TEXT_FILE, 'enclosure'],
  ]);

  const mail = (await readBox(house, office)).get(message?.dmID ?? '') ?? Buffer.alloc(0);
  const [files] = Object.values(await filesInMails([mail]));
  expect(files?.slice(0, 2)).toEqual(letter.files.map(({ name, content }) => ({ name, sha256: sha256(content) })));
  const { attachments } = await simpleParser(mail);
  const text = attachments[2]?.content ?? Buffer.alloc(0);
  expect(text.toString('latin1', 0, 8)).toBe('%PDF-1.7');
  expectWords(text, `${letter.text.replace(/\s+/g, ' ').trim()} 1/1`);
}
