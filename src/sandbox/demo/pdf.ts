/** Writes a PDF of one page: Czech text in the built-in Helvetica, readable and searchable, and nothing else. */

/** Czech letters beyond ASCII, and the names of their glyphs (Adobe Glyph List). */
const GLYPHS: Readonly<Record<string, string>> = {
  á: 'aacute',
  č: 'ccaron',
  ď: 'dcaron',
  é: 'eacute',
  ě: 'ecaron',
  í: 'iacute',
  ň: 'ncaron',
  ó: 'oacute',
  ř: 'rcaron',
  š: 'scaron',
  ť: 'tcaron',
  ú: 'uacute',
  ů: 'uring',
  ý: 'yacute',
  ž: 'zcaron',
  Á: 'Aacute',
  Č: 'Ccaron',
  Ď: 'Dcaron',
  É: 'Eacute',
  Ě: 'Ecaron',
  Í: 'Iacute',
  Ň: 'Ncaron',
  Ó: 'Oacute',
  Ř: 'Rcaron',
  Š: 'Scaron',
  Ť: 'Tcaron',
  Ú: 'Uacute',
  Ů: 'Uring',
  Ý: 'Yacute',
  Ž: 'Zcaron',
  '„': 'quotedblbase',
  '“': 'quotedblleft',
  '–': 'endash',
  '§': 'section',
};

/** The letters get codes of their own behind ASCII. */
const FIRST_CODE = 161;
const LETTERS = Object.keys(GLYPHS);

/** A4 in points. */
const PAGE = '0 0 595 842';
const TOP = 770;
const LEFT = 60;
const LEADING = 18;

export function writePdf(lines: readonly string[]): Buffer {
  const differences = `${FIRST_CODE} ${Object.values(GLYPHS)
    .map((glyph) => `/${glyph}`)
    .join(' ')}`;
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [${PAGE}] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding 6 0 R /ToUnicode 7 0 R >>',
    stream(pageContent(lines)),
    `<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [${differences}] >>`,
    stream(toUnicode()),
  ]);
}

function pageContent(lines: readonly string[]): string {
  const shown = lines.map((line) => `(${encode(line)}) Tj T*`).join('\n');
  return `BT /F1 12 Tf ${LEADING} TL ${LEFT} ${TOP} Td\n${shown}\nET`;
}

/** One octet a letter; what has no code becomes a question mark. */
function encode(line: string): string {
  const codes = Array.from(line, (letter) => {
    const place = LETTERS.indexOf(letter);
    if (place !== -1) return String.fromCharCode(FIRST_CODE + place);
    return /^[ -~]$/.test(letter) ? letter : '?';
  });
  return codes.join('').replace(/[\\()]/g, String.raw`\$&`);
}

/** Tells readers which letters the codes are, so that text can be searched and copied (PDF 1.7 §9.10.3). */
function toUnicode(): string {
  const pairs = LETTERS.map((letter, index) => {
    const target = letter.charCodeAt(0).toString(16).padStart(4, '0');
    return `<${(FIRST_CODE + index).toString(16)}> <${target}>`;
  });
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Czech def /CMapType 2 def',
    '2 begincodespacerange <00> <7f> <80> <ff> endcodespacerange',
    `1 beginbfrange <20> <7e> <0020> endbfrange ${pairs.length} beginbfchar ${pairs.join(' ')} endbfchar`,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

/** Header, numbered objects, the table of their places, and the trailer. */
function assemble(objects: readonly string[]): Buffer {
  let file = '%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n';
  const places: string[] = [];
  for (const [index, object] of objects.entries()) {
    places.push(`${String(file.length).padStart(10, '0')} 00000 n \n`);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`;
  return Buffer.from(
    `${file}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  );
}
