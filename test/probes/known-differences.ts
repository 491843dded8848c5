/** Where Dovecot 2.3 answers a probe otherwise, and why our answer stands. */

interface Difference {
  readonly reason: string;
  readonly probes: readonly string[];
}

const differences: readonly Difference[] = [
  {
    reason: 'A program tries a wrong password with each mechanism that is offered, and ISDS counts the tries.',
    probes: ['CAPA offers one way to log in'],
  },
  {
    reason: 'A command sent ahead confirms no download, so nobody is invited to send ahead; it works all the same.',
    probes: ['CAPA offers no commands sent ahead'],
  },
  {
    reason: 'The grammar has no argument here (RFC 1939 §9); who sends one means another command.',
    probes: [
      'CAPA with an argument is refused',
      'STLS with an argument',
      'STAT 1 has a word too many',
      'NOOP 1 has a word too many',
      'RSET 1 has a word too many',
      'QUIT 1 has a word too many',
      'a refused QUIT keeps everything',
    ],
  },
  {
    reason: 'USER needs a name (RFC 1939 §7); without one no password should be asked for.',
    probes: ['USER without a name', 'USER and a space without a name'],
  },
  {
    reason: 'Arguments are printable (RFC 1939 §3). Dovecot cuts at NUL: what is carried out is not what was sent.',
    probes: [
      'NUL in a user name',
      'NUL in a password',
      'a control character in a user name',
      'NUL after a command',
      'NUL within a number',
      'NUL after DELE and its number deletes nothing',
    ],
  },
  {
    reason: 'Old programs send Latin-1; octets that are no UTF-8 are read so. Dovecot compares the octets.',
    probes: ['a password in Latin-1'],
  },
  {
    reason: 'An answer may have 12288 octets (RFC 4954 §4.3), and a longer one costs one refusal, not the connection.',
    probes: ['an answer as long as answers may be is read', 'an answer that is too long is one wrong answer'],
  },
  {
    reason: 'Neither carries out what was injected; we drop it and go on, Dovecot takes it for a broken handshake.',
    probes: [
      'STARTTLS injection: commands sent in one piece with STLS are forgotten',
      'STARTTLS injection: half a command sent with STLS is forgotten',
    ],
  },
  {
    reason: 'Nothing that was said before the handshake may count after it (RFC 2595 §4).',
    probes: ['a user name given before STLS is forgotten'],
  },
  {
    reason: 'Answers are ASCII (RFC 1939 §3). Dovecot echoes the octets of a command that it does not know.',
    probes: [
      'a tab instead of the space',
      'a non-breaking space instead of the space',
      'a command in full-width letters',
      'a long s and a dotless i are no letters of commands',
      'eight-bit octets instead of a command',
      '١ is the number of no message',
      'a bare CR ends no line',
      'CR CR LF',
      'LF CR',
    ],
  },
  {
    reason:
      'A space at the end is invisible to who types by hand; Dovecot allows it after a command, not after a number.',
    probes: ['a space after the number'],
  },
  {
    reason: 'A command has at most 255 octets (RFC 2449 §4), whatever stands in it.',
    probes: ['a line of 256 octets', 'DELE with a number made long by zeros'],
  },
  {
    reason: 'Every failed login may count against the account at ISDS; guessing goes on nowhere.',
    probes: ['three wrong passwords end the connection'],
  },
  {
    reason: 'Ten lines are answered and then it is over; Dovecot answers nine before it closes.',
    probes: ['ten lines in a row that are no POP3 end the connection'],
  },
  {
    reason: 'A line too long is one misuse, answered once at its end; Dovecot ends the connection.',
    probes: [
      'a long line right after STLS',
      'a line of 4 KiB before the login is one wrong line',
      'a line of 4 KiB after the login is one wrong line',
      'a line of 200 KiB before the login is one wrong line',
      'a line of 200 KiB after the login is one wrong line',
      'a line of 32 MiB before the login is one wrong line',
      'a line of 32 MiB after the login is one wrong line',
      'a user name of 32 MiB',
    ],
  },
  {
    reason: 'Octets are counted as they are sent (RFC 1939 §11); Dovecot adds the last line end and does not count it.',
    probes: [
      'LIST and RETR agree: no final newline',
      'LIST and RETR agree: a dot comes last, without newline',
      'LIST and RETR agree: a CR comes last',
      'STAT and LIST count the newlines that are sent',
    ],
  },
];

/** The reason by the name of the probe. */
export const knownDifferences: ReadonlyMap<string, string> = new Map(
  differences.flatMap(({ reason, probes }) => probes.map((probe) => [probe, reason] as const)),
);
