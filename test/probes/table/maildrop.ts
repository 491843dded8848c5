/** Probes of what the box tells: sizes and contents, deletions, TOP. */
import { AGAIN, answersFrom, CLOSED, ERR, loggedIn, loggedInTo, octets, OK, ok, type Probe } from '../probe.ts';
import { boxes, type Box } from '../mails.ts';

const { stat, list, uidl, size, name, mail, top } = answersFrom('usual');
const large = answersFrom('large');

const WHOLE = 1_000;

/** The mails of a box, for probes of one mail each. */
function subjects(box: Box): { number: number; subject: string }[] {
  return boxes[box].map((content, index) => ({
    number: index + 1,
    subject: /Subject: (.*)\r/.exec(content.toString('latin1'))?.[1] ?? '',
  }));
}

const eachMail = subjects('usual');

export const contents: readonly Probe[] = [
  ...(['usual', 'unfinished'] as const).flatMap((box) =>
    subjects(box).flatMap(({ number, subject }) => [
      loggedInTo(
        box,
        `LIST and RETR agree: ${subject}`,
        [`LIST ${number}`, answersFrom(box).size(number)],
        [`RETR ${number}`, answersFrom(box).mail(number)],
      ),
      loggedInTo(box, `TOP of all lines is the whole mail: ${subject}`, [
        `TOP ${number} ${WHOLE}`,
        answersFrom(box).top(number, WHOLE),
      ]),
    ]),
  ),
  loggedInTo(
    'unfinished',
    'STAT and LIST count the newlines that are sent',
    ['STAT', answersFrom('unfinished').stat()],
    ['LIST', answersFrom('unfinished').list()],
  ),
  loggedIn('STAT, LIST and UIDL of all messages agree', ['STAT', stat()], ['LIST', list()], ['UIDL', uidl()]),
  loggedIn('LIST and UIDL of one message', ['LIST 3', size(3)], ['UIDL 3', name(3)]),
  loggedIn('RETR twice gives the same', ['RETR 1', mail(1)], ['RETR 1', mail(1)], ['LIST 1', size(1)]),
  loggedInTo(
    'empty',
    'an empty box',
    ['STAT', ok('0 0')],
    ['LIST', answersFrom('empty').list()],
    ['UIDL', answersFrom('empty').uidl()],
  ),
  loggedInTo('empty', 'numbers in an empty box', ['LIST 1', ERR], ['UIDL 1', ERR], ['RETR 1', ERR], ['DELE 1', ERR]),
  loggedInTo('large', 'a mail of 18 MiB with a dot at every line', ['STAT', large.stat()], ['RETR 1', large.mail(1)]),
];

export const tops: readonly Probe[] = [
  loggedIn('TOP 0 is header and empty line', ['TOP 2 0', top(2, 0)]),
  loggedIn('TOP 1 is one line more', ['TOP 2 1', top(2, 1)]),
  loggedIn(
    'TOP of as many lines as there are, one less, one more',
    ['TOP 2 12', top(2, 12)],
    ['TOP 2 11', top(2, 11)],
    ['TOP 2 13', top(2, 13)],
  ),
  loggedIn('TOP doubles dots', ['TOP 1 1', top(1, 1)], ['TOP 1 2', top(1, 2)], ['TOP 1 3', top(1, 3)]),
  loggedIn('TOP of a mail without a body', ['TOP 5 0', top(5, 0)], ['TOP 5 5', top(5, 5)]),
  loggedIn('TOP of a very long line', ['TOP 4 1', top(4, 1)]),
  loggedIn('TOP counts empty lines', ['TOP 7 2', top(7, 2)]),
  loggedIn('TOP of all messages in a row', [
    octets(eachMail.map(({ number }) => `TOP ${number} 0\r\n`).join('')),
    ...eachMail.map(({ number }) => top(number, 0)),
  ]),
];

export const deletions: readonly Probe[] = [
  loggedIn(
    'a deleted message is gone from STAT, LIST and UIDL, and the others keep their numbers',
    ['DELE 2', OK],
    ['STAT', stat(2)],
    ['LIST', list(2)],
    ['UIDL', uidl(2)],
    ['LIST 3', size(3)],
  ),
  loggedIn(
    'a deleted message is refused by LIST, UIDL, RETR, TOP and DELE',
    ['DELE 2', OK],
    ['LIST 2', ERR],
    ['UIDL 2', ERR],
    ['RETR 2', ERR],
    ['TOP 2 0', ERR],
    ['DELE 2', ERR],
  ),
  loggedIn(
    'RSET takes deletions back',
    ['DELE 2', OK],
    ['DELE 1', OK],
    ['RSET', OK],
    ['STAT', stat()],
    ['RETR 2', mail(2)],
  ),
  loggedIn('RSET with nothing to take back', ['RSET', OK], ['STAT', stat()]),
  loggedIn(
    'all messages deleted',
    ...eachMail.map(({ number }) => [`DELE ${number}`, OK] as const),
    ['STAT', ok('0 0')],
    ['LIST', list(...eachMail.map(({ number }) => number))],
    ['QUIT', OK, CLOSED],
  ),
  loggedIn(
    'QUIT deletes what was marked',
    ['DELE 2', OK],
    ['DELE 5', OK],
    ['QUIT', OK, CLOSED],
    [AGAIN],
    ['STAT', stat(2, 5)],
  ),
  loggedIn(
    'RSET before QUIT keeps everything',
    ['DELE 2', OK],
    ['RSET', OK],
    ['QUIT', OK, CLOSED],
    [AGAIN],
    ['STAT', stat()],
  ),
  loggedIn(
    'a DELE after RSET counts',
    ['DELE 2', OK],
    ['RSET', OK],
    ['DELE 3', OK],
    ['QUIT', OK, CLOSED],
    [AGAIN],
    ['STAT', stat(3)],
  ),
  loggedIn('leaving without QUIT keeps everything', ['DELE 2', OK], ['DELE 3', OK], [AGAIN], ['STAT', stat()]),
  loggedIn('a refused QUIT keeps everything', ['DELE 2', OK], ['QUIT teď', ERR], [AGAIN], ['STAT', stat()]),
  loggedIn('half a QUIT keeps everything', ['DELE 2', OK], [octets('QUIT\r')], [AGAIN], ['STAT', stat()]),
  loggedIn('a message read may be deleted', ['RETR 5', mail(5)], ['DELE 5', OK], ['QUIT', OK, CLOSED]),
  loggedIn('QUIT sent ahead with DELE', [octets('DELE 1\r\nQUIT\r\n'), OK, OK, CLOSED]),
];
