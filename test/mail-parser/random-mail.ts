/** Whole mails in the shapes of mail-clients §10 and §11, with files of a user planted in them. */
import type { Chance } from './chance.ts';
import { signedData } from './cms-writer.ts';
import {
  encodedWords,
  filePart,
  octetMultipart,
  octetPart,
  type Planted,
  textPart,
  transferEncoded,
} from './random-parts.ts';
import { codePage, file, messageProperties, oddities, stream, unicode } from './tnef-writer.ts';

export interface RandomMail {
  readonly shape: string;
  readonly octets: Buffer;
  /** Each of them has to be found in the draft. */
  readonly planted: readonly Planted[];
  /** Has to be found in the text or, in a forwarded mail, in a file. */
  readonly phrase: string;
  readonly nature: 'letter' | 'read-receipt' | 'calendar-reply';
}

const WORDS = [
  'žaloba',
  'příloha',
  'Účetní závěrka',
  'smlouva č. 7',
  'výzva',
  'plná moc',
  'dědické řízení',
  'koňská síla',
];
const EXTENSIONS = ['pdf', 'docx', 'jpg', 'xml', 'zip'];

/** What the shapes put together; each adds what it plants. */
class Maker {
  readonly chance: Chance;
  readonly planted: Planted[] = [];
  readonly phrase: string;

  constructor(chance: Chance) {
    this.chance = chance;
    this.phrase = `${chance.one(WORDS)} ${chance.below(1e6)} ${chance.one(WORDS)}`;
  }

  plant(): Planted {
    const { chance } = this;
    const name = `${chance.one(WORDS)} ${this.planted.length}.${chance.one(EXTENSIONS)}`;
    const planted = { name, content: chance.octets(1 + chance.below(chance.isOneIn(10) ? 20_000 : 600)) };
    this.planted.push(planted);
    return planted;
  }

  files(disposition = 'attachment'): Buffer[] {
    return Array.from({ length: 1 + this.chance.below(3) }, () => filePart(this.chance, this.plant(), disposition));
  }

  plain(): Buffer {
    const long = this.chance.isOneIn(5) ? ` ${'x'.repeat(2000)}` : '';
    return textPart(this.chance, 'text/plain', `Dobrý den,\r\n${this.phrase}${long}\r\n`);
  }

  html(inside = ''): Buffer {
    return textPart(this.chance, 'text/html', `<p>Dobrý den,</p>\r\n<p>${this.phrase}</p>${inside}`);
  }

  alternative(...more: Buffer[]): Buffer {
    return octetMultipart(this.chance, 'alternative', [this.plain(), this.html(), ...more]);
  }

  mixed(...parts: Buffer[]): Buffer {
    return octetMultipart(this.chance, 'mixed', parts);
  }

  related(): Buffer {
    const id = `image001.png@${this.chance.below(1e8)}.3C1887E0`;
    const logo = octetPart(['Content-Type: image/png; name="image001.png"', `Content-ID: <${id}>`], 'obrázek');
    const text = octetMultipart(this.chance, 'alternative', [this.plain(), this.html(`<img src="cid:${id}">`)]);
    return octetMultipart(this.chance, 'related', [text, logo]);
  }

  tnef(): Buffer {
    const files = Array.from({ length: 1 + this.chance.below(3) }, () => {
      const { name, content } = this.plant();
      return file('X~1.DAT', content, ...oddities(), unicode(0x3707, name));
    });
    return stream(codePage(1250), messageProperties(...oddities()), ...files);
  }

  base64(type: string, content: Buffer): Buffer {
    const headers = [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64'];
    return octetPart(headers, transferEncoded(this.chance, content, 'base64'));
  }
}

const calendar = (method: string): Buffer =>
  octetPart([`Content-Type: text/calendar; method=${method}`], 'BEGIN:VCALENDAR');

const SHAPES: Readonly<Record<string, (maker: Maker) => Buffer>> = {
  plain: (maker) => maker.plain(),
  'HTML only': (maker) => maker.html(),
  Thunderbird: (maker) => maker.mixed(maker.alternative(), ...maker.files()),
  'plain with files': (maker) => maker.mixed(maker.plain(), ...maker.files()),
  'Outlook with a logo': (maker) => maker.related(),
  'Outlook with a logo and files': (maker) => maker.mixed(maker.related(), ...maker.files()),
  'Outlook Rich Text': (maker) =>
    maker.mixed(maker.plain(), maker.base64('application/ms-tnef; name="winmail.dat"', maker.tnef())),
  Apple: (maker) =>
    octetMultipart(maker.chance, 'alternative', [
      maker.plain(),
      maker.mixed(maker.html(), ...maker.files('inline'), maker.html()),
    ]),
  'clear signature': (maker) =>
    octetMultipart(maker.chance, 'signed', [
      maker.mixed(maker.alternative(), ...maker.files()),
      maker.base64('application/pkcs7-signature; name="smime.p7s"', Buffer.from('podpis')),
    ]),
  'opaque signature': (maker) =>
    maker.base64(
      'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
      signedData(maker.mixed(maker.plain(), ...maker.files()), maker.chance.one(['lengths', 'marked'])),
    ),
  'read receipt': (maker) =>
    octetMultipart(maker.chance, 'report; report-type=disposition-notification', [
      maker.plain(),
      octetPart(['Content-Type: message/disposition-notification'], 'Disposition: displayed'),
    ]),
  invitation: (maker) => maker.mixed(maker.alternative(calendar('REQUEST')), ...maker.files()),
  'calendar reply': (maker) => maker.alternative(calendar('REPLY')),
  forwarded: (maker) => {
    const inner = wholeMail(maker.chance, letterShape(maker.chance)(maker));
    return maker.mixed(maker.plain(), octetPart(['Content-Type: message/rfc822'], inner), ...maker.files());
  },
  'forwarded as a file': (maker) => {
    const inner = wholeMail(maker.chance, letterShape(maker.chance)(maker));
    return maker.mixed(maker.plain(), maker.base64('application/octet-stream; name="zpráva.eml"', inner));
  },
};

const NO_LETTERS: Readonly<Record<string, RandomMail['nature']>> = {
  'read receipt': 'read-receipt',
  'calendar reply': 'calendar-reply',
};

/** Also a forwarded mail in a forwarded mail, now and then. */
function letterShape(chance: Chance): (maker: Maker) => Buffer {
  const shape = SHAPES[chance.one(Object.keys(SHAPES).filter((name) => !(name in NO_LETTERS)))];
  if (shape === undefined) throw new RangeError('no such shape');
  return shape;
}

function wholeMail(chance: Chance, content: Buffer): Buffer {
  const headers = [
    `From: ${encodedWords(chance, chance.one(WORDS))} <ab12345@schranky.example>`,
    `Subject: ${encodedWords(chance, chance.one(WORDS))}`,
    'Date: Tue, 24 Nov 2026 10:15:02 +0100',
    'MIME-Version: 1.0',
  ];
  return Buffer.concat([Buffer.from(`${headers.join('\r\n')}\r\n`), content]);
}

export function randomMail(chance: Chance): RandomMail {
  const shape = chance.one(Object.keys(SHAPES));
  const maker = new Maker(chance);
  const octets = wholeMail(chance, SHAPES[shape]!(maker));
  return { shape, octets, planted: maker.planted, phrase: maker.phrase, nature: NO_LETTERS[shape] ?? 'letter' };
}
