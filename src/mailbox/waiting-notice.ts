/** The mail that says that a message waits: what the notification tells, the day of fiction, and how to pick it up. */
import { type CivilDay, formatDay, momentText } from '../calendar/index.ts';
import { pickupAddress, plainLine } from '../core/index.ts';
import type { Envelope, Notification, OwnerInfo } from '../isds/index.ts';
import {
  type ComposingContext,
  composeReceivedMail,
  fictionDay,
  isOver,
  MIN_FILL_OCTETS,
} from '../mail-writer/index.ts';
import type { IndexedMessage } from '../store/index.ts';
import { UID_SUFFIX } from './entry.ts';
import { bareEnvelope } from './envelopes.ts';
import type { Notice } from './opened-notice.ts';
import type { ReaderIdentity } from './types.ts';

type Waiting = Pick<IndexedMessage, 'dmID' | 'arrivedAt'>;
type Fact = readonly [name: string, value: string];

/** Tells it apart from the message in a list of mails, where both have the same sender. */
const SUBJECT = 'Čeká na vyzvednutí';

/** Ten days, and every holiday behind them. */
const BEYOND_FICTION_MS = 30 * 24 * 60 * 60_000;

/** Without `notification`, which ISDS keeps for three days, the mail explains as much as the index knows. */
export function waitingNotice(
  message: Waiting,
  notification: Notification | undefined,
  { box, login }: Pick<ReaderIdentity, 'box' | 'login'>,
  { domain, now }: ComposingContext,
): Notice {
  const envelope = envelopeOf(message, notification, box);
  const mail = composeReceivedMail(envelope, { domain, now, idSuffix: UID_SUFFIX.waiting, headerOnly: true });
  const day = fictionDay(envelope);
  const isPast = day !== undefined && isOver(day, now);
  const facts = notification === undefined ? bareFacts(message) : factsOf(message, notification);
  const text = [
    introduction(box, isPast),
    '',
    ...facts.map(([name, value]) => `${name}: ${value}`),
    '',
    ...deadline(day, isPast, notification),
    `Jak ji vyzvednout: pošlete jakýkoli e-mail na adresu ${pickupAddress(domain)}, nebo ať správce brány zadá příkaz "postolka pickup ${login}". Při příštím načtení pošty se pak doručí všechny zprávy, které ve schránce čekají, a místo tohoto oznámení přijde zpráva sama.`,
    '',
  ].join('\n');
  return { mail, text };
}

/** Room for the notice with and without the notification, before and after the day of fiction; the shorter ones are filled up. */
export function waitingNoticeOctets(
  message: Waiting,
  notification: Notification,
  identity: Pick<ReaderIdentity, 'box' | 'login'>,
  domain: string,
): number {
  const times = [message.arrivedAt, message.arrivedAt + BEYOND_FICTION_MS];
  const sizes = [notification, undefined].flatMap((known) =>
    times.map((now) => {
      const { mail, text } = waitingNotice(message, known, identity, { domain, now });
      return mail.head.length + mail.note(text).length + mail.end.length + MIN_FILL_OCTETS;
    }),
  );
  return Math.max(...sizes);
}

/** Only what the mail's header needs. */
function envelopeOf(message: Waiting, notification: Notification | undefined, box: OwnerInfo): Envelope {
  return {
    ...bareEnvelope(message),
    recipientBox: box.boxId,
    senderBox: notification?.senderBox,
    sender: notification?.sender,
    personalDelivery: notification?.personalDelivery ?? false,
    annotation: `${SUBJECT}: ${notification?.annotation ?? `datová zpráva ${message.dmID}`}`,
  };
}

/** Others may have picked it up meanwhile, and what is sent to an authority as such is delivered by its arrival (isds §3.2). */
function introduction({ boxType }: OwnerInfo, fictionIsPast: boolean): string {
  const authority = boxType.startsWith('OVM')
    ? ' Zprávy, které orgán veřejné moci přijímá jako takový, jsou ovšem doručeny už dodáním.'
    : '';
  const delivery = fictionIsPast
    ? 'Zda ji mezitím vyzvedl někdo oprávněný na portálu nebo jiným programem, brána neví; toto oznámení ji nedoručuje.'
    : 'Pokud se mezitím nikdo oprávněný nepřihlásil na portálu nebo jiným programem, není dosud doručena; ani toto oznámení ji nedoručuje.';
  return `ISDS oznámil, že do datové schránky přišla zpráva. Brána ji podle nastavení nevyzvedla. ${delivery}${authority}`;
}

/** One line a fact: a line end in a stranger's value must not look like another fact. */
function factsOf({ dmID, arrivedAt }: Waiting, notification: Notification): readonly Fact[] {
  const { annotation, sender, senderBox, personalDelivery } = notification;
  return [
    ['Číslo zprávy', dmID],
    ['Věc', plainLine(annotation ?? '')],
    ['Odesílatel', plainLine(sender ?? '')],
    ['Schránka odesílatele', senderBox ?? ''],
    ['Dodáno do schránky', momentText(new Date(arrivedAt)) ?? ''],
    ['Do vlastních rukou', personalDelivery ? 'ano' : 'ne'],
  ];
}

function bareFacts({ dmID, arrivedAt }: Waiting): readonly Fact[] {
  return [
    ['Číslo zprávy', dmID],
    ['Dodáno do schránky', momentText(new Date(arrivedAt)) ?? ''],
    ['Odesílatel a věc', 'ISDS je v oznámeních uvádí jen tři dny'],
  ];
}

/** A notification does not tell whether an authority has excluded fiction, and without one nobody knows who sent the message. */
function deadline(
  day: CivilDay | undefined,
  isPast: boolean,
  notification: Notification | undefined,
): readonly string[] {
  if (day === undefined) return [];
  const system = notification === undefined ? ' a nejde o systémovou zprávu' : '';
  const unless = `pokud odesílatel doručení fikcí nevyloučil${system}`;
  return [
    isPast
      ? `Nevyzvedl-li ji nikdo dříve, byla doručena fikcí koncem dne ${formatDay(day)}, ${unless}. Lhůty pak běží od tohoto dne.`
      : `Nevyzvedne-li ji nikdo dříve, bude doručena fikcí koncem dne ${formatDay(day)}, ${unless}. Lhůty pak běží od tohoto dne.`,
    '',
  ];
}
