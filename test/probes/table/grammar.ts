/** Probes of the grammar: states, case, numbers, arguments, line ends, lengths. */
import {
  answersFrom,
  CLOSED,
  encrypted,
  ERR,
  lines,
  loggedIn,
  loggedInTo,
  octets,
  OK,
  plain,
  TLS,
  type Probe,
} from '../probe.ts';

const { stat, list, size, top, mail } = answersFrom('usual');
const anyLines = lines(() => undefined);

export const states: readonly Probe[] = [
  ...['STAT', 'LIST', 'UIDL', 'RETR 1', 'TOP 1 0', 'DELE 1', 'NOOP', 'RSET'].map((command) =>
    plain(`${command} before the login`, [command, ERR]),
  ),
  ...['USER {name}', 'PASS {password}', 'AUTH PLAIN {plain}', 'AUTH', 'STLS', 'APOP {name} x'].map((command) =>
    loggedIn(
      `${command.split(' ', 2).join(' ').replace(/ \{.*/, '')} after the login`,
      [command, ERR],
      ['STAT', stat()],
    ),
  ),
];

export const words: readonly Probe[] = [
  loggedIn('commands in small letters', ['stat', stat()], ['list 2', size(2)], ['noop', OK]),
  loggedIn('commands in mixed case', ['sTaT', stat()], ['LisT 2', size(2)], ['nOOp', OK]),
  loggedIn('a command that nobody knows', ['XYZZ', ERR]),
  loggedIn('LAST, which RFC 1939 dropped', ['LAST', ERR]),
  loggedIn('a command with letters missing or in surplus', ['STA', ERR], ['STATS', ERR], ['RET 1', ERR]),
  loggedIn('an empty line', ['', ERR]),
  loggedIn('a line of spaces', ['   ', ERR]),
  loggedIn('a space before the command', [' STAT', ERR]),
  loggedIn('a tab instead of the space', ['LIST\t1', ERR]),
  loggedIn('a non-breaking space instead of the space', ['LIST\u00a01', ERR]),
  loggedIn('a command in full-width letters', ['ＳＴＡＴ', ERR]),
  loggedIn('a long s and a dotless i are no letters of commands', ['lıſt', ERR]),
  loggedIn('eight-bit octets instead of a command', [octets(Buffer.from([0xff, 0xfe, 0x80, 0x0d, 0x0a])), ERR]),
];

const TAKES_NUMBER = ['LIST', 'UIDL', 'RETR', 'DELE'];
const NO_NUMBERS = [
  '0',
  '-1',
  '+1',
  '1.5',
  '1e0',
  '0x1',
  '1,',
  '١',
  '99999999999999999999',
  '4294967297',
  '18446744073709551617',
  'NaN',
];

export const numbers: readonly Probe[] = [
  ...NO_NUMBERS.map((word) =>
    loggedIn(
      `${word} is the number of no message`,
      ...TAKES_NUMBER.map((command) => [`${command} ${word}`, ERR] as const),
      [`TOP ${word} 0`, ERR],
      ['STAT', stat()],
    ),
  ),
  ...['-1', '+1', '1.5', '1e0', '0x1', 'x'].map((word) =>
    loggedIn(`${word} is no number of lines`, [`TOP 1 ${word}`, ERR]),
  ),
  loggedIn('TOP with as many lines as a number can say', ['TOP 2 9007199254740991', top(2, 12)]),
  loggedIn('leading zeros', ['LIST 02', size(2)], ['TOP 0002 01', top(2, 1)]),
  loggedIn('the last message and the one after it', ['LIST 8', size(8)], ['LIST 9', ERR], ['RETR 9', ERR]),
];

export const argumentCounts: readonly Probe[] = [
  ...['RETR', 'DELE', 'TOP', 'TOP 1', 'RETR ', 'DELE '].map((line) =>
    loggedIn(`${line.trimEnd()}${line.endsWith(' ') ? ' and a space' : ''} without what it needs`, [line, ERR]),
  ),
  ...['RETR 1 2', 'DELE 1 2', 'LIST 1 2', 'UIDL 1 2', 'TOP 1 0 1', 'TOP 1 0 x'].map((line) =>
    loggedIn(`${line} has a word too many`, [line, ERR], ['STAT', stat()]),
  ),
  ...['STAT 1', 'NOOP 1', 'RSET 1', 'QUIT 1'].map((line) => loggedIn(`${line} has a word too many`, [line, ERR])),
  loggedIn('a space after the command', ['STAT ', stat()], ['NOOP ', OK], ['LIST ', list()]),
  loggedIn('two spaces before the number', ['LIST  2', size(2)], ['RETR   2', mail(2)]),
  loggedIn('a space after the number', ['LIST 2 ', size(2)], ['TOP 2 1 ', top(2, 1)]),
];

const LONGEST = 255 - 2;

/** A user name makes a line of exactly so many octets, its end not counted. */
function long(length: number): string {
  return `USER ${'x'.repeat(length - 5)}`;
}

export const lineEnds: readonly Probe[] = [
  loggedIn('a bare LF ends a line', [octets('STAT\nNOOP\n'), stat(), OK]),
  loggedIn('a bare LF and CRLF in turns', [octets('STAT\nNOOP\r\nSTAT\n'), stat(), OK, stat()]),
  loggedIn('a bare CR ends no line', [octets('STAT\rNOOP\r\n'), ERR]),
  loggedIn('CR CR LF', [octets('NOOP\r\r\n'), ERR]),
  loggedIn('LF CR', [octets('STAT\n\rNOOP\r\n'), stat(), ERR]),
  loggedIn('NUL before a command', [octets('\0STAT\r\n'), ERR]),
  loggedIn('NUL within a command', [octets('ST\0AT\r\n'), ERR]),
  loggedIn('NUL after a command', [octets('STAT\0\r\n'), ERR]),
  loggedIn('NUL within a number', [octets('LIST 1\0\r\n'), ERR]),
  loggedIn('NUL after DELE and its number deletes nothing', [octets('DELE 1\0 x\r\n'), ERR], ['STAT', stat()]),
];

export const lengths: readonly Probe[] = [
  plain('a line of 255 octets, its end included', [long(LONGEST), OK]),
  plain('a line of 256 octets', [long(LONGEST + 1), ERR]),
  loggedIn('DELE with a number made long by zeros', [`DELE ${'0'.repeat(LONGEST)}1`, ERR], ['STAT', stat()]),
  ...(
    [
      ['4 KiB', 4096],
      ['200 KiB', 204_800],
      ['32 MiB', 33_554_432],
    ] as const
  ).flatMap(([length, octetCount]) => [
    plain(`a line of ${length} before the login is one wrong line`, ['x'.repeat(octetCount), ERR], ['CAPA', anyLines]),
    loggedIn(`a line of ${length} after the login is one wrong line`, ['x'.repeat(octetCount), ERR], ['STAT', stat()]),
  ]),
  plain('a user name of 32 MiB', [long(33_554_432), ERR], ['CAPA', anyLines]),
];

const SESSION =
  'CAPA\r\nUSER {name}\r\nPASS {password}\r\nSTAT\r\nLIST\r\nLIST 0\r\nRETR 1\r\nTOP 2 1\r\nDELE 2\r\nNOOP\r\nRSET\r\nDELE 5\r\nQUIT\r\n';

const SESSION_ANSWERS = [anyLines, OK, OK, stat(), list(), ERR, mail(1), top(2, 1), OK, OK, OK, OK, OK, CLOSED];

/** One whole session; sent in one piece here, and in others by the tests of cutting. */
export const wholeSession: Probe = plain('a whole session sent ahead', [octets(SESSION), ...SESSION_ANSWERS]);

export const sentAhead: readonly Probe[] = [
  wholeSession,
  encrypted('a whole session sent ahead under TLS', [octets(SESSION), ...SESSION_ANSWERS]),
  plain('a whole session sent ahead after STLS', ['STLS', OK], [TLS], [octets(SESSION), ...SESSION_ANSWERS]),
  loggedInTo('large', 'a command sent ahead while 18 MiB are on their way', [
    octets('RETR 1\r\nNOOP\r\n'),
    answersFrom('large').mail(1),
    OK,
  ]),
  plain(
    'three wrong passwords end the connection',
    ['USER {name}', OK],
    ['PASS a', ERR],
    ['USER {name}', OK],
    ['PASS b', ERR],
    ['USER {name}', OK],
    ['PASS c', ERR],
    ['CAPA', CLOSED],
  ),
  plain('ten lines in a row that are no POP3 end the connection', [
    octets('EHLO mail.example.cz\r\n'.repeat(10)),
    ...Array.from({ length: 10 }, () => ERR),
    CLOSED,
  ]),
  loggedIn(
    'nine lines in a row that are no POP3 do not',
    [octets('nesmysl\r\n'.repeat(9)), ...Array.from({ length: 9 }, () => ERR)],
    ['STAT', stat()],
  ),
  plain('what comes after QUIT is not answered', [octets('QUIT\r\nCAPA\r\nNOOP\r\n'), OK, CLOSED]),
  plain('a wrong password sent ahead', [
    octets('USER {name}\r\nPASS špatné\r\nSTAT\r\nUSER {name}\r\nPASS {password}\r\nSTAT\r\n'),
    OK,
    ERR,
    ERR,
    OK,
    OK,
    stat(),
  ]),
  loggedIn('forty commands sent ahead', [
    octets('NOOP\r\nLIST 2\r\n'.repeat(20)),
    ...Array.from({ length: 20 }, () => [OK, size(2)]).flat(),
  ]),
];
