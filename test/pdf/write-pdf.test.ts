/** The finished document, read back by other people's programs. */
import { PICTURE_PLACE } from '../../src/core/index.ts';
import { describe, expect, test } from 'vitest';
import { type DocumentPicture, DocumentTooLong, UnusablePicture, writePdf } from '../../src/pdf/index.ts';
import { jpeg, pictureOf, png, turnedJpeg } from './pictures.ts';
import { fontsOf, hasPoppler, imagesOf, needsPoppler, pagesOf, pixelsOf, textOf, wordsOf } from './poppler.ts';
import { pdfThreads } from '../support/threads.ts';

const written = new Date('2026-11-28T10:00:00Z');

async function pdfOf(text: string, pictures: readonly DocumentPicture[] = [], account = 'ab12345'): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of writePdf({ text, pictures, written }, account, pdfThreads)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Dark points of the first page when it shows the picture. */
async function dark(picture: Buffer): Promise<number> {
  const { pixels } = pixelsOf(await pdfOf(PICTURE_PLACE, [pictureOf(picture)]), 72);
  return pixels.filter((grey) => grey < 64).length;
}

const PANGRAMS = [
  'Příliš žluťoučký kůň úpěl ďábelské ódy.',
  'PŘÍLIŠ ŽLUŤOUČKÝ KŮŇ ÚPĚL ĎÁBELSKÉ ÓDY.',
  'Nechť již hříšné saxofony ďáblů rozezvučí síň úděsnými tóny waltzu, tanga a quickstepu.',
  'Kŕdeľ šťastných ďatľov učí pri ústí Váhu mĺkveho koňa obhrýzať kôru a žrať čerstvé mäso.',
  '„Uvozovky“, ‚jednoduché‘ – pomlčka, výpustka… § 17 odst. 3, 1 250 Kč, 20 €, ≤ ≥ → × ½ °C ‰',
];

describe.skipIf(!hasPoppler)(`text (${needsPoppler})`, () => {
  test('Czech and Slovak pangrams come back letter by letter', async () => {
    const pdf = await pdfOf(PANGRAMS.join('\n'));
    expect(wordsOf(pdf)).toBe(`${PANGRAMS.join(' ')} 1/1`);
  });

  test('the font is a part of the file, with the letters used and their meaning', async () => {
    expect(fontsOf(await pdfOf('Žluťoučký kůň'))).toEqual([
      expect.stringMatching(/^[A-Z]{6}\+DejaVuSans +CID TrueType +Identity-H +yes yes yes/),
    ]);
  });

  test('decomposed letters become whole ones, invisible ones vanish', async () => {
    expect(wordsOf(await pdfOf('z\u030clut\u030couc\u030cky\u0301 ku\u030an\u030c a\u200bb\u00adc\u202ed'))).toContain(
      'žluťoučký kůň abcd',
    );
  });

  test('a character without a glyph shows its number instead', async () => {
    expect(wordsOf(await pdfOf('účtenka 🧾, 中文, \u0085 a 😀'))).toContain(
      'účtenka [U+1F9FE], [U+4E2D][U+6587], [U+0085] a 😀',
    );
  });

  test('empty lines, indentations and tabulators keep their places', async () => {
    const text = textOf(await pdfOf('první\n\n\n    odsazený\nČástka\t100 Kč\nDPH\t21 Kč'));
    expect(text).toMatch(/^první\n\n\n+ +odsazený\nČástka {2,}100 Kč\nDPH {2,}21 Kč\n/);
  });

  test('an address longer than a line is broken, and whole when put together', async () => {
    const address = `https://portal.example.cz/${'dlouhá-cesta/'.repeat(30)}konec`;
    expect(wordsOf(await pdfOf(`Viz ${address}`)).replaceAll(' ', '')).toBe(`Viz${address}1/1`);
  });

  test('letters that run from right to left keep their order beside those that do not', async () => {
    expect(wordsOf(await pdfOf('jméno שלום konec')).replace(/[\u202a-\u202e]/g, '')).toMatch(/^jméno *שלום *konec/);
  });

  test('pages are counted on each of them', async () => {
    const pdf = await pdfOf(Array.from({ length: 120 }, (_, index) => `řádek ${index + 1}`).join('\n'));
    expect(pagesOf(pdf)).toBe(3);
    expect(textOf(pdf).match(/\d\/3/g)).toEqual(['1/3', '2/3', '3/3']);
    expect(textOf(pdf).match(/řádek \d+/g)).toHaveLength(120);
  });

  test('nothing stands outside the margins', async () => {
    const { width, height, pixels } = pixelsOf(await pdfOf(`${'W'.repeat(400)}\n`.repeat(60)), 72);
    const margin = 60;
    const isInside = (x: number, y: number) => x >= margin && x < width - margin && y >= margin && y < height - 30;
    const outside = pixels.findIndex(
      (grey, index) => grey < 128 && !isInside(index % width, Math.floor(index / width)),
    );
    expect(outside).toBe(-1);
    expect(pixels.some((grey) => grey < 128)).toBe(true);
  });
});

test('it says that it is a PDF/A-2b, when it was written, and nothing of the gateway’s computer', async () => {
  const pdf = (await pdfOf('text')).toString('latin1');
  expect(pdf).toMatch(/^%PDF-1\.7\n/);
  expect(pdf).toContain('<pdfaid:part>2</pdfaid:part>');
  expect(pdf).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
  expect(pdf).toContain('(D:20261128100000Z)');
  expect(pdf).toContain('/OutputIntents');
  expect(pdf).not.toContain('/URI');
});

test('the same document gives the same octets', async () => {
  const pictures = [pictureOf(jpeg), pictureOf(png(30, 20, { colour: 6 }))];
  const text = `${PANGRAMS.join('\n')}\n${PICTURE_PLACE}\n${PICTURE_PLACE}`;
  const [first, second] = await Promise.all([pdfOf(text, pictures), pdfOf(text, pictures)]);
  expect(first.equals(second)).toBe(true);
});

describe.skipIf(!hasPoppler)(`pictures (${needsPoppler})`, () => {
  test('JPEG and PNG stand at their places, at most as large as their author showed them', async () => {
    const pictures = [pictureOf(jpeg), pictureOf(png(30, 20), 15), pictureOf(png(3_000, 20))];
    const pdf = await pdfOf(`před ${PICTURE_PLACE} mezi ${PICTURE_PLACE}\n${PICTURE_PLACE}\npo`, pictures);
    expect(wordsOf(pdf)).toBe('před mezi po 1/1');
    expect(imagesOf(pdf)).toMatchObject([
      { page: 1, width: 24, height: 16, resolution: 96 },
      { page: 1, width: 30, height: 20, resolution: 192 },
      { page: 1, width: 3_000, height: 20, resolution: 458 },
    ]);
  });

  test('a tall picture is as high as a page and has one of its own', async () => {
    const pdf = await pdfOf(`nad\n${PICTURE_PLACE}\npod`, [pictureOf(png(20, 4_000))]);
    expect(pagesOf(pdf)).toBe(3);
    expect(imagesOf(pdf)).toMatchObject([{ page: 2, height: 4_000, resolution: 409 }]);
  });

  test('alpha becomes a mask, and what is opaque stays dark', async () => {
    const pixel = [0, 0, 0, 255];
    const row = Buffer.from([0, ...Array.from({ length: 40 }, () => pixel).flat()]);
    const opaque = png(40, 40, { colour: 6, data: Buffer.concat(Array.from({ length: 40 }, () => row)) });
    const nothing = await dark(png(40, 40, { colour: 6 }));
    expect(nothing).toBeLessThan(50);
    expect((await dark(opaque)) - nothing).toBeGreaterThan(800);
  });

  test('a photograph stands upright however the camera was held', async () => {
    const upright = await pdfOf(PICTURE_PLACE, [pictureOf(turnedJpeg(1), 400)]);
    const turned = await pdfOf(PICTURE_PLACE, [pictureOf(turnedJpeg(6), 400)]);
    const [high, low] = [turned, upright].map((pdf) => {
      const { width, pixels } = pixelsOf(pdf, 36);
      return new Set(Array.from(pixels, (grey, index) => (grey < 64 ? Math.floor(index / width) : 0))).size;
    });
    expect(low).toBeGreaterThan(90);
    expect(high).toBeGreaterThan(200);
  });
});

test('a picture that pdfkit cannot read is named before anything is written', async () => {
  const lie = pictureOf(Buffer.from('no picture at all'));
  await expect(pdfOf(`${PICTURE_PLACE}${PICTURE_PLACE}`, [pictureOf(jpeg), lie])).rejects.toMatchObject({ index: 1 });
  await expect(pdfOf(PICTURE_PLACE, [lie])).rejects.toBeInstanceOf(UnusablePicture);
});

test('attack: eight megabytes of empty lines are refused before the first page is drawn', async () => {
  await expect(pdfOf('\n'.repeat(8_000_000))).rejects.toBeInstanceOf(DocumentTooLong);
});

test('a reader that loses interest ends the drawing', async () => {
  for await (const chunk of writePdf(
    { text: 'řádek textu\n'.repeat(20_000), pictures: [], written },
    'ab12345',
    pdfThreads,
  )) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
});

test('a picture that cannot be fetched ends its document, and the next one is drawn', async () => {
  const lost = { ...pictureOf(jpeg), read: () => Promise.reject(new Error('spool lost')) };
  await expect(pdfOf(PICTURE_PLACE, [lost])).rejects.toThrow('spool lost');
  expect((await pdfOf('další')).length).toBeGreaterThan(1_000);
});

test('documents that come at once are all drawn, each its own', async () => {
  const texts = ['první', 'druhý', 'třetí', 'čtvrtý', 'pátý'];
  const together = await Promise.all(texts.map((text) => pdfOf(text)));
  for (const [index, text] of texts.entries()) expect(together[index]!.equals(await pdfOf(text))).toBe(true);
  expect(new Set(together.map((pdf) => pdf.toString('latin1'))).size).toBe(5);
});

test('while one account floods with documents, another does not wait for it', async () => {
  const ended: string[] = [];
  const draw = async (account: string, lines: number): Promise<void> => {
    await pdfOf('řádek textu\n'.repeat(lines), [], account);
    ended.push(account);
  };
  await Promise.all(['povoden', 'poctivy'].map((account) => pdfOf('a', [], account)));
  const flood = Array.from({ length: 6 }, () => draw('povoden', 3_000));
  await Promise.all([...flood, draw('poctivy', 1)]);
  expect(ended.indexOf('poctivy')).toBeLessThan(3);
});
