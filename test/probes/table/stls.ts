/** Probes of STLS: what counts before, during and after the handshake. */
import { encrypted, ERR, lines, octets, OK, plain, TLS, type Probe } from '../probe.ts';

const anyLines = lines(() => undefined);

export const stls: readonly Probe[] = [
  plain('a session after STLS', ['STLS', OK], [TLS], ['USER {name}', OK], ['PASS {password}', OK], ['NOOP', OK]),
  plain('stls in small letters', ['stls', OK], [TLS], ['CAPA', anyLines]),
  plain(
    'STARTTLS injection: commands sent in one piece with STLS are forgotten',
    [octets('STLS\r\nCAPA\r\nUSER {name}\r\n'), OK],
    [TLS],
    ['PASS {password}', ERR],
  ),
  plain(
    'STARTTLS injection: half a command sent with STLS is forgotten',
    [octets('STLS\r\nUSER {name}\r\nQU'), OK],
    [TLS],
    ['IT', ERR],
  ),
  plain(
    'a user name given before STLS is forgotten',
    ['USER {name}', OK],
    ['STLS', OK],
    [TLS],
    ['PASS {password}', ERR],
  ),
  plain('a second STLS', ['STLS', OK], [TLS], ['STLS', ERR], ['CAPA', anyLines]),
  encrypted('STLS under TLS from the first octet', ['STLS', ERR], ['CAPA', anyLines]),
  plain('STLS with an argument', ['STLS teď', ERR], ['CAPA', anyLines]),
  plain(
    'CAPA after STLS offers it no more',
    ['STLS', OK],
    [TLS],
    ['CAPA', lines((heard) => (heard.includes('STLS') ? 'STLS' : undefined))],
  ),
  plain(
    'STLS after a wrong password',
    ['USER {name}', OK],
    ['PASS špatné', ERR],
    ['STLS', OK],
    [TLS],
    ['USER {name}', OK],
    ['PASS {password}', OK],
  ),
  plain('a long line right after STLS', ['STLS', OK], [TLS], ['x'.repeat(204_800), ERR], ['CAPA', anyLines]),
];
