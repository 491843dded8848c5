/** Probes before the login: greeting, capabilities, USER and PASS, AUTH. */
import {
  CLOSED,
  encrypted,
  ERR,
  GO_ON,
  lines,
  NO_LOGIN,
  octets,
  OK,
  plain,
  WRONG,
  type LinesRule,
  type Probe,
} from '../probe.ts';

function capabilities({ has = [], lacks = [] }: { has?: string[]; lacks?: string[] }): LinesRule {
  return (heard) => {
    const names = heard.map((line) => line.split(' ')[0]);
    const missing = has.filter((name) => !names.includes(name));
    const surplus = lacks.filter((name) => names.includes(name));
    return missing.length + surplus.length === 0 ? undefined : `missing ${missing.join()}; surplus ${surplus.join()}`;
  };
}

export const greeting: readonly Probe[] = [
  plain('CAPA before the login offers TOP, UIDL, USER and STLS', [
    'CAPA',
    lines(capabilities({ has: ['TOP', 'UIDL', 'USER', 'STLS'] })),
  ]),
  plain('CAPA offers one way to log in', ['CAPA', lines(capabilities({ has: ['USER'], lacks: ['SASL'] }))]),
  plain('CAPA offers no commands sent ahead', ['CAPA', lines(capabilities({ lacks: ['PIPELINING'] }))]),
  plain('CAPA gives away no version', [
    'CAPA',
    lines((heard) => heard.find((line) => /^IMPLEMENTATION .*\d/.test(line))),
  ]),
  encrypted('CAPA under TLS offers no STLS', ['CAPA', lines(capabilities({ has: ['USER'], lacks: ['STLS'] }))]),
  plain(
    'CAPA after the login offers TOP and UIDL, and no STLS',
    ['USER {name}', OK],
    ['PASS {password}', OK],
    ['CAPA', lines(capabilities({ has: ['TOP', 'UIDL'], lacks: ['STLS'] }))],
  ),
  plain('CAPA with an argument is refused', ['CAPA všechno', ERR]),
  plain('the greeting offers no APOP, and APOP is refused', ['APOP {name} c4c9334bac560ecc979e58001b3e22fb', ERR]),
  plain('QUIT before the login', ['QUIT', OK, CLOSED]),
];

export const userAndPass: readonly Probe[] = [
  plain('USER and PASS, with spaces in the password and at its end', ['USER {name}', OK], ['PASS {password}', OK]),
  plain('the words user and pass in small letters', ['user {name}', OK], ['pass {password}', OK]),
  encrypted('USER and PASS under TLS', ['USER {name}', OK], ['PASS {password}', OK], ['NOOP', OK]),
  plain('PASS before USER', ['PASS {password}', ERR]),
  plain('USER without a name', ['USER', ERR]),
  plain('USER and a space without a name', ['USER ', ERR]),
  plain('PASS without a password', ['USER {name}', OK], ['PASS', ERR]),
  plain('PASS and a space without a password', ['USER {name}', OK], ['PASS ', ERR]),
  plain('a password without its final space is another password', ['USER {name}', OK], ['PASS {trimmed}', WRONG]),
  plain(
    'a password with a second space before it is another password',
    ['USER {name}', OK],
    ['PASS  {password}', WRONG],
  ),
  plain('the second USER counts', ['USER nikdo', OK], ['USER {name}', OK], ['PASS {password}', OK]),
  plain(
    'after a wrong password USER is needed again',
    ['USER {name}', OK],
    ['PASS špatné', WRONG],
    ['PASS {password}', ERR],
  ),
  plain(
    'after a wrong password the right one is taken',
    ['USER {name}', OK],
    ['PASS špatné', WRONG],
    ['USER {name}', OK],
    ['PASS {password}', OK],
  ),
  plain(
    'after an unknown user name the right one is taken',
    ['USER nikdo', OK],
    ['PASS x', WRONG],
    ['USER {name}', OK],
  ),
  plain(
    'an unknown user name is not told from a known one before the password',
    ['USER nikdo', OK],
    ['USER {name}', OK],
  ),
  plain('NUL in a user name', [octets('USER {name}\0\r\n'), ERR], ['PASS {password}', ERR]),
  plain('NUL in a password', ['USER {name}', OK], [octets('PASS {password}\0\r\n'), ERR]),
  plain('a control character in a user name', [octets('USER {name}\u0007\r\n'), ERR]),
  plain('a password in Latin-1', ['USER {name}', OK], [octets(Buffer.from('PASS Tajné heslo 1 \r\n', 'latin1')), OK]),
];

export const sasl: readonly Probe[] = [
  plain('AUTH alone lists the mechanisms, PLAIN among them', [
    'AUTH',
    lines((heard) => (heard.includes('PLAIN') ? undefined : heard.join())),
  ]),
  plain('AUTH PLAIN with its first answer', ['AUTH PLAIN {plain}', OK], ['NOOP', OK]),
  plain('AUTH PLAIN, asked for its answer', ['AUTH PLAIN', GO_ON], ['{plain}', OK], ['NOOP', OK]),
  plain('auth plain in small letters', ['auth plain {plain}', OK], ['NOOP', OK]),
  plain('AUTH PLAIN under the own name of the user', ['AUTH PLAIN {plain-for-self}', OK], ['NOOP', OK]),
  plain('AUTH PLAIN for somebody else', ['AUTH PLAIN {plain-for-other}', ERR], ['NOOP', ERR]),
  plain('AUTH LOGIN asks for name and password', ['AUTH LOGIN', GO_ON], ['{name64}', GO_ON], ['{password64}', OK]),
  plain('AUTH LOGIN with the name as its first answer', ['AUTH LOGIN {name64}', GO_ON], ['{password64}', OK]),
  plain('AUTH PLAIN with an empty first answer', ['AUTH PLAIN =', ERR], ['CAPA', lines(() => undefined)]),
  plain('AUTH PLAIN cancelled', ['AUTH PLAIN', GO_ON], ['*', ERR], ['USER {name}', OK]),
  plain(
    'AUTH LOGIN cancelled at the password',
    ['AUTH LOGIN', GO_ON],
    ['{name64}', GO_ON],
    ['*', ERR],
    ['USER {name}', OK],
  ),
  plain(
    'AUTH PLAIN with something that is not base64',
    ['AUTH PLAIN', GO_ON],
    ['není base64', ERR],
    ['USER {name}', OK],
  ),
  plain('AUTH PLAIN with base64 whose end is missing', ['AUTH PLAIN AGFiYw', ERR], ['USER {name}', OK]),
  plain('AUTH PLAIN with only one NUL', ['AUTH PLAIN AGFiYw==', ERR], ['USER {name}', OK]),
  plain('AUTH PLAIN with a wrong password', ['AUTH PLAIN AHByb2JlAHNwYXRuZQ==', WRONG], ['USER {name}', OK]),
  plain('AUTH PLAIN with an empty line as its answer', ['AUTH PLAIN', GO_ON], ['', ERR], ['USER {name}', OK]),
  plain(
    'AUTH LOGIN with a password that is not base64',
    ['AUTH LOGIN', GO_ON],
    ['{name64}', GO_ON],
    ['!', ERR],
    ['USER {name}', OK],
  ),
  plain(
    'AUTH PLAIN with a command instead of its answer',
    ['AUTH PLAIN', GO_ON],
    ['USER {name}', ERR],
    ['PASS {password}', ERR],
  ),
  plain(
    'AUTH PLAIN with NUL instead of its answer',
    ['AUTH PLAIN', GO_ON],
    [octets('\0\r\n'), ERR],
    ['USER {name}', OK],
  ),
  plain('AUTH PLAIN whose answer ends in a bare LF', ['AUTH PLAIN', GO_ON], [octets('{plain}\n'), OK], ['NOOP', OK]),
  plain('AUTH after USER', ['USER nikdo', OK], ['AUTH PLAIN {plain}', OK], ['NOOP', OK]),
  plain(
    'USER within AUTH LOGIN is forgotten when it is cancelled',
    ['USER {name}', OK],
    ['AUTH PLAIN', GO_ON],
    ['*', ERR],
    ['PASS {password}', OK],
  ),
  plain('an unknown mechanism', ['AUTH NEZNAMY', ERR], ['USER {name}', OK]),
  plain('AUTH with a third word', ['AUTH PLAIN {plain} navíc', ERR], ['USER {name}', OK]),
  plain(
    'an answer as long as answers may be is read',
    ['AUTH PLAIN', GO_ON],
    ['{longest-plain}', WRONG],
    ['USER {name}', OK],
  ),
  plain(
    'an answer that is too long is one wrong answer',
    ['AUTH PLAIN', GO_ON],
    ['{longest-plain}AAAA', NO_LOGIN],
    ['USER {name}', OK],
  ),
  plain('AUTH and its answer sent in one piece', [octets('AUTH PLAIN\r\n{plain}\r\nNOOP\r\n'), GO_ON, OK, OK]),
];
