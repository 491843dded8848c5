/** winmail.dat, which Outlook makes of a mail in Rich Text, is opened: its files travel, and no text is lost (mail-clients §10.2). */
import { expect, test } from 'vitest';
import { contents, letter, multipart, names, part, pdf, plain, read } from './samples.ts';
import {
  attachedObject,
  attribute,
  binary,
  codePage,
  file,
  IID_MESSAGE,
  IID_STORAGE,
  list,
  long,
  MESSAGE,
  messageClass,
  messageProperties,
  oddities,
  stream,
  string8,
  time,
  uint32,
  unicode,
} from './tnef-writer.ts';
import { alone, PDF, RTF, RTF_TEXT, unreadable, winmail, withText } from './winmail-mails.ts';

/** `žluť.pdf` in windows-1250 and in the code page of DOS. */
const SHORT_1250 = Buffer.from('9e6c759d2e706466', 'hex');
const SHORT_852 = Buffer.from('a76c759c2e706466', 'hex');

test('files inside are the files of the mail, under their long names', async () => {
  const octets = stream(
    codePage(1250),
    messageClass('IPM.Microsoft Mail.Note'),
    messageProperties(...oddities(), unicode(0x0037, 'Smlouva')),
    file('SMLOUV~1.PDF', PDF, ...oddities(), unicode(0x3707, 'Smlouva č. 1 – příloha.pdf')),
    file('Plan.txt', Buffer.from('plán'), unicode(0x3704, 'PLAN~1.TXT')),
  );
  const draft = await read(withText(octets));
  expect(draft.text).toBe('Viz přílohy.');
  expect(draft.leftOut).toEqual([]);
  expect(await contents(draft)).toEqual([
    ['Smlouva č. 1 – příloha.pdf', '%PDF-1.7 obsah'],
    ['Plan.txt', 'plán'],
  ]);
});

test.each([
  ['application/vnd.ms-tnef; name=anything', stream(file('a.pdf', PDF))],
  ['application/octet-stream; name="WINMAIL.DAT"', stream(file('a.pdf', PDF))],
  ['application/octet-stream; name="win.dat"', stream(file('a.pdf', PDF))],
])('it is known as %s', async (type, octets) => {
  expect(names(await read(letter(multipart('mixed', plain('x'), winmail(octets, type)))))).toEqual(['a.pdf']);
});

test.each([
  ['windows-1250', codePage(1250), SHORT_1250],
  ['the code page of DOS', codePage(852), SHORT_852],
  ['UTF-8', codePage(65001), Buffer.from('žluť.pdf')],
  ['no code page, which means the Czech one', Buffer.alloc(0), SHORT_1250],
])('a short name in %s', async (_page, page, name) => {
  expect(names(await read(withText(stream(page, file(name, PDF)))))).toEqual(['žluť.pdf']);
  const long8 = stream(page, file('X~1.PDF', PDF, string8(0x3707, name)));
  expect(names(await read(withText(long8)))).toEqual(['žluť.pdf']);
});

test('a file without any name is called after its type', async () => {
  const octets = stream(file('', PDF, unicode(0x370e, 'application/pdf')));
  expect(names(await read(withText(octets)))).toEqual(['priloha-1.pdf']);
});

const INNER_HEAD = [
  unicode(0x0037, 'Nabídka č. 7'),
  unicode(0x0c1a, 'Jiří Dlouhý'),
  unicode(0x0c1f, '/O=FIRMA/OU=PRAHA/CN=DLOUHY'),
  unicode(0x5d01, 'jiri@firma.example'),
  unicode(0x0e04, 'Novák, Jan'),
  time(0x0039, new Date('2026-11-24T09:15:02Z')),
];

test('a message attached in Outlook becomes a text and its files', async () => {
  const inner = stream(
    messageProperties(...INNER_HEAD, unicode(0x1000, 'Dobrý den,\r\nnabízíme.\r\n')),
    file('cenik.pdf', PDF),
  );
  const draft = await read(withText(stream(attachedObject(5, IID_MESSAGE, inner), file('b.pdf', PDF))));
  expect(await contents(draft)).toEqual([
    [
      'e-mail Nabídka č. 7.txt',
      [
        'Od: Jiří Dlouhý <jiri@firma.example>',
        'Komu: Novák, Jan',
        'Datum: 24. 11. 2026 10:15:02',
        'Předmět: Nabídka č. 7',
        'Přílohy: cenik.pdf',
        '',
        'Dobrý den,',
        'nabízíme.',
        '',
      ].join('\r\n'),
    ],
    ['cenik.pdf', '%PDF-1.7 obsah'],
    ['b.pdf', '%PDF-1.7 obsah'],
  ]);
});

const recipient = (type: number, who: string, mail: string): Buffer =>
  list(long(0x0c15, type), unicode(0x3001, who), unicode(0x39fe, mail));

test('the head of an attached message in the older form, as attributes', async () => {
  const name = Buffer.from('Jiri\0');
  const address = Buffer.from('SMTP:jiri@firma.example\0');
  const lengths = Buffer.from([4, 0, 40, 0, name.length, 0, address.length, 0]);
  const inner = stream(
    attribute(MESSAGE, 0x00008000, Buffer.concat([lengths, name, address])),
    attribute(MESSAGE, 0x00018004, Buffer.from('Nabidka\0')),
    attribute(MESSAGE, 0x00038005, Buffer.from('ea070b0018000a000f0002000200', 'hex')),
    attribute(MESSAGE, 0x0002800c, Buffer.from('Dobry den\0')),
    attribute(
      MESSAGE,
      0x00069004,
      Buffer.concat([
        uint32(2),
        recipient(1, 'Jan', 'jan@kancelar.example'),
        recipient(2, 'Účetní', 'ucetni@x.example'),
      ]),
    ),
  );
  const draft = await read(withText(stream(attachedObject(5, IID_MESSAGE, inner))));
  expect(await contents(draft)).toEqual([
    [
      'e-mail Nabidka.txt',
      [
        'Od: Jiri <jiri@firma.example>',
        'Komu: Jan <jan@kancelar.example>',
        'Kopie: Účetní <ucetni@x.example>',
        'Datum: 24. 11. 2026 10:15 (čas odesílatele)',
        'Předmět: Nabidka',
        '',
        'Dobry den',
        '',
      ].join('\r\n'),
    ],
  ]);
});

test('a mail saved as .eml and attached in Rich Text is opened, too', async () => {
  const eml = Buffer.from(letter(multipart('mixed', plain('uvnitř'), pdf('smlouva.pdf'))));
  const draft = await read(withText(stream(file('dopis.eml', eml))));
  expect(names(draft)).toEqual(['e-mail Žaloba a přílohy.txt', 'smlouva.pdf']);
});

test('the text inside is used when the mail has none: plain, else HTML, else the document in RTF', async () => {
  const html = binary(0x1013, Buffer.from('<p>Dobrý den, <b>žaluji</b>.</p>'));
  const rtf = binary(0x1009, RTF);
  const plainText = await read(alone(stream(messageProperties(rtf, html, unicode(0x1000, 'Dobrý den\r\n')))));
  expect(plainText).toMatchObject({ text: 'Dobrý den', files: [] });
  const htmlText = await read(alone(stream(messageProperties(rtf, html, long(0x3fde, 65001)))));
  expect(htmlText).toMatchObject({ text: 'Dobrý den, žaluji.', files: [] });
  const document = await read(alone(stream(messageProperties(rtf), file('a.pdf', PDF))));
  expect(document.text).toBeUndefined();
  expect(await contents(document)).toEqual([
    ['a.pdf', '%PDF-1.7 obsah'],
    ['textová zpráva.rtf', RTF_TEXT],
  ]);
});

test('the text beside winmail.dat is not said twice, and what only winmail.dat says is said', async () => {
  const same = stream(messageProperties(unicode(0x1000, 'Viz  přílohy.\r\n'), binary(0x1009, RTF)));
  expect(await read(withText(same))).toMatchObject({ text: 'Viz přílohy.', files: [] });
  const more = stream(messageProperties(unicode(0x1000, 'Celý dopis.')));
  expect(await read(withText(more))).toMatchObject({ text: 'Viz přílohy.\n\nCelý dopis.' });
});

test('winmail.dat that has only the look of the text is named as not passed on', async () => {
  const octets = stream(messageProperties(binary(0x1009, RTF)));
  expect(await read(withText(octets))).toMatchObject({ text: 'Viz přílohy.', files: [], leftOut: ['winmail.dat'] });
});

test('an attached message that has its text in RTF only leads to the document', async () => {
  const inner = stream(messageProperties(...INNER_HEAD, binary(0x1009, RTF)));
  const files = await contents(await read(withText(stream(attachedObject(5, IID_MESSAGE, inner)))));
  expect(files.map(([name]) => name)).toEqual(['e-mail Nabídka č. 7.txt', 'e-mail Nabídka č. 7.rtf']);
  expect(files[0]?.[1]).toContain('(Text e-mailu je v souboru e-mail Nabídka č. 7.rtf.)');
  expect(files[1]?.[1]).toBe(RTF_TEXT);
});

test.each([
  [
    'an object of OLE, such as a picture pasted into Rich Text',
    attachedObject(6, IID_STORAGE, Buffer.alloc(64)),
    'objekt',
  ],
  ['a file that is only linked', file('smlouva.pdf', Buffer.alloc(0), long(0x3705, 4)), 'odkaz'],
  ['an attachment without content', attribute(2, 0x00069002, Buffer.alloc(14)), 'není úplná'],
])('%s is refused, for it would be lost', async (_what, attachment, problem) => {
  await expect(read(withText(stream(file('a.pdf', PDF), attachment)))).rejects.toMatchObject(unreadable(problem));
});

test('a wish of Outlook to throw an earlier mail away is none to be sent, unless somebody forwards it', async () => {
  const recall = stream(messageClass('IPM.Outlook.Recall'), messageProperties(unicode(0x1000, 'Odvolávám.')));
  expect(await read(withText(recall))).toMatchObject({ nature: 'recall', files: [], text: undefined });
  const forwarded = part(['Content-Type: message/rfc822'], alone(recall));
  const draft = await read(letter(forwarded));
  expect(draft.nature).toBe('letter');
  expect((await contents(draft))[0]?.[1]).toContain('Odvolávám.');
});

test('something else under the name winmail.dat is refused', async () => {
  await expect(read(withText(Buffer.from('x')))).rejects.toMatchObject(unreadable('není v podobě'));
  await expect(read(withText(Buffer.from('%PDF-1.7 obsah')))).rejects.toMatchObject(unreadable('není v podobě'));
});

test('line ends behind the stream do no harm', async () => {
  const octets = Buffer.concat([stream(file('a.pdf', PDF)), Buffer.from('\r\n\0\0')]);
  expect(names(await read(withText(octets)))).toEqual(['a.pdf']);
});
