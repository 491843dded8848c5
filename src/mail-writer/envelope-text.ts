/** The text part of a received message: the envelope in Czech, so that a preview says who, what and when. */
import { formatDay, momentText } from '../calendar/index.ts';
import type { Envelope, LegalTitle } from '../isds/index.ts';
import { boxTypeName } from './box-type-name.ts';
import { fictionDay, isOver, mannerOfDelivery, neverDelivered, STATE_WAITING } from './delivery.ts';
import { erasureText } from './erasure.ts';
import { kindText } from './message-kind.ts';
import { plainLine } from '../core/index.ts';
import { isSystemMessage } from './system-message.ts';

type Fact = readonly [name: string, value: string | undefined];

const SYSTEM_NOTE =
  'Toto je systémová zpráva: neposlal ji jiný uživatel, ale sám systém datových schránek. Oznamuje například změnu přístupu do schránky nebo to, že odeslanou zprávu nebylo možné doručit; podrobnosti jsou v příloze. Nelze na ni odpovědět.';

const SUSPICIOUS_NOTE =
  'POZOR: systém datových schránek označil tuto zprávu za podezřelou, může jít o podvod nebo nevyžádanou poštu. Než otevřete přílohy, cokoli zaplatíte nebo sdělíte, ověřte si odesílatele jinou cestou.';

const MANNERS = { login: 'přihlášením oprávněné osoby', fiction: 'fikcí' } as const;

/** Plain text with \n line ends and without links; the same for the same envelope until its day of fiction is over. */
export function envelopeText(envelope: Envelope, now: number): string {
  const notes = [isSystemMessage(envelope) ? SYSTEM_NOTE : '', envelope.suspicious ? SUSPICIOUS_NOTE : ''];
  const groups = [subject(envelope), sender(envelope), recipient(envelope), references(envelope), times(envelope, now)];
  const paragraphs = [`Datová zpráva ${envelope.dmID}`, ...notes, ...groups.map(factLines)];
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
}

function subject(envelope: Envelope): Fact[] {
  return [
    ['Věc', envelope.annotation],
    ['Druh', kindText(envelope)],
  ];
}

function sender(envelope: Envelope): Fact[] {
  return [
    ['Odesílatel', envelope.sender],
    ['Adresa odesílatele', envelope.senderAddress],
    ['Schránka odesílatele', boxWithType(envelope.senderBox, envelope.senderType)],
  ];
}

function recipient(envelope: Envelope): Fact[] {
  return [
    ['Adresát', envelope.recipient],
    ['Adresa adresáta', envelope.recipientAddress],
    ['Schránka adresáta', envelope.recipientBox],
    ['K rukám', envelope.toHands],
    ['Do vlastních rukou', envelope.personalDelivery ? 'ano' : undefined],
  ];
}

function references(envelope: Envelope): Fact[] {
  return [
    ['Číslo jednací odesílatele', envelope.senderRefNumber],
    ['Spisová značka odesílatele', envelope.senderIdent],
    ['Vaše číslo jednací', envelope.recipientRefNumber],
    ['Vaše spisová značka', envelope.recipientIdent],
    ['Zmocnění', legalTitleText(envelope.legalTitle)],
  ];
}

function times(envelope: Envelope, now: number): Fact[] {
  return [
    ['Dodáno do schránky', momentText(envelope.arrivedAt)],
    ['Doručeno', deliveryText(envelope, now)],
    ['ISDS smaže obsah', erasureText(envelope)],
  ];
}

/** One line a fact: a line end in a stranger's value must not look like another fact. */
function factLines(facts: readonly Fact[]): string {
  return facts
    .map(([name, value]) => [name, plainLine(value ?? '')] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function boxWithType(box: string | undefined, type: number | undefined): string | undefined {
  if (type === undefined) return box;
  const name = boxTypeName(type) ?? `typ schránky ${type}`;
  return box === undefined ? name : `${box} (${name})`;
}

/** As Czech lawyers cite: § 184 odst. 2 písm. a) zákona č. 283/2021 Sb.; senders put some of the marks in themselves. */
function legalTitleText({ law, year, section, paragraph, point }: LegalTitle): string {
  const place = [
    section && `§ ${section.replace(/^\s*§+\s*/, '')}`,
    paragraph && `odst. ${paragraph.replace(/^\s*odst\.?\s*/i, '')}`,
    point && `písm. ${point.replace(/^\s*písm\.?\s*|\)\s*$/gi, '')})`,
  ]
    .filter(Boolean)
    .join(' ');
  if (!law) return place;
  const number = `č. ${law}${year ? `/${year}` : ''} Sb.`;
  return place === '' ? `zákon ${number}` : `${place} zákona ${number}`;
}

/** Of a state in which no message waits for its delivery nothing is foretold, nor of an envelope that could not be had. */
function deliveryText(envelope: Envelope, now: number): string | undefined {
  const manner = mannerOfDelivery(envelope);
  if (manner !== undefined) return `${momentText(envelope.deliveredAt)}, ${MANNERS[manner]}`;
  const never = neverDelivered(envelope);
  if (never !== undefined || envelope.state !== STATE_WAITING) return never;
  const day = fictionDay(envelope);
  if (day === undefined) return 'zatím ne';
  if (!isOver(day, now)) return `zatím ne; nejpozději fikcí s koncem dne ${formatDay(day)}`;
  return `při posledním dotazu brány ne; nejpozději však fikcí s koncem dne ${formatDay(day)}, který už uplynul`;
}
