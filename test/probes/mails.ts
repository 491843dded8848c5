/** The mails of the probed boxes: each has one property that a POP3 server can get wrong. */

/** A mail as it lies in the box: lines end in CRLF, the last one perhaps not at all. */
export type Mail = Buffer;

function head(subject: string): string {
  return `From: podatelna@example.cz\r\nSubject: ${subject}\r\n\r\n`;
}

const EIGHT_BIT = Buffer.from(Array.from({ length: 128 }, (_, index) => 128 + index));
const LONG_LINE = 100_000;
const LARGE = 18 * 1024 * 1024;
/** Sixteen octets. */
const DOT_LINE = '.0123456789abc\r\n';

const usual: readonly Mail[] = [
  Buffer.from(`${head('lines of dots')}.\r\n..\r\n.tečka\r\n\r\n. \r\nkonec.\r\n`),
  Buffer.from(`${head('twelve lines')}${Array.from({ length: 12 }, (_, index) => `${index + 1}. řádek\r\n`).join('')}`),
  Buffer.concat([Buffer.from(head('eight-bit octets')), EIGHT_BIT, Buffer.from('\r\n')]),
  Buffer.from(`${head('a very long line')}${'x'.repeat(LONG_LINE)}\r\nkonec\r\n`),
  Buffer.from(head('no body')),
  Buffer.from(`${head('a dot comes last')}konec\r\n.\r\n`),
  Buffer.from(`${head('empty lines only')}\r\n\r\n\r\n`),
  Buffer.from(`${head('tabs and spaces')}\t \r\n \t\r\n`),
];

export const boxes = {
  usual,
  empty: [],
  unfinished: [
    Buffer.from(`${head('no final newline')}Dobrý den,\r\nkonec`),
    Buffer.from(`${head('a dot comes last, without newline')}.`),
    Buffer.from(`${head('a CR comes last')}konec\r`),
  ],
  large: [Buffer.from(`${head('eighteen megabytes')}${DOT_LINE.repeat(LARGE / DOT_LINE.length)}`)],
} as const satisfies Readonly<Record<string, readonly Mail[]>>;

export type Box = keyof typeof boxes;

/** A mail as it travels, before dots are doubled: every line ends (RFC 1939 §3). */
export function transmitted(mail: Mail): Buffer {
  return mail.subarray(-2).equals(Buffer.from('\r\n')) ? mail : Buffer.concat([mail, Buffer.from('\r\n')]);
}

/** Header, empty line and so many lines of the body (RFC 1939 §7, TOP). */
export function beginning(mail: Mail, lines: number): Buffer {
  const whole = transmitted(mail);
  let end = whole.indexOf('\r\n\r\n') + 4;
  for (let line = 0; line < lines && end < whole.length; line++) end = whole.indexOf('\r\n', end) + 2;
  return whole.subarray(0, end);
}

/** The mail with this number, counted from one as POP3 does. */
export function numbered(box: Box, number: number): Mail {
  const mail = boxes[box][number - 1];
  if (mail === undefined) throw new Error(`no mail ${number} in box ${box}`);
  return mail;
}
