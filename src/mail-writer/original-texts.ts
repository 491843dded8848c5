/** What mails say of a signed original that is not where it should be: missing for now, late, or not to be had any more. Czech. */
import type { Envelope } from '../isds/index.ts';
import { momentText } from '../calendar/index.ts';
import { plainLine } from '../core/index.ts';

/** Why a message comes without its original. */
export type MissingOriginal = 'not-given' | 'no-room';

const REASONS: Readonly<Record<MissingOriginal, string>> = {
  'not-given': 'ISDS ho teď nevydal, nebo nebyl v pořádku',
  'no-room': 'brána ho teď nemá kam uložit',
};

const ON_THE_PORTAL = 'na portálu datových schránek, dokud ISDS zprávu uchovává';

/** In the mail of the message; `comesLater` only where the gateway has made sure of that. */
export function missingOriginalText(why: MissingOriginal, comesLater: boolean): string {
  const next = comesLater
    ? `Originál přijde později jako samostatný e-mail: brána ho zkouší získat znovu při čtení pošty. Potřebujete-li ho hned, stáhněte ho ${ON_THE_PORTAL}.`
    : `Potřebujete-li originál, stáhněte ho ${ON_THE_PORTAL}.`;
  return `Podepsaný originál této zprávy (.zfo) v tomto e-mailu není: ${REASONS[why]}. Přílohy jsou úplné. ${next}\n`;
}

/** In the mail that brings it. */
export function lateOriginalText(envelope: Envelope, since: Date): string {
  return `${identification(envelope)}\n\nToto je podepsaný originál (.zfo) datové zprávy, která přišla jako samostatný e-mail dříve. Tehdy (${momentText(since)}) se ho nepodařilo získat, proto přichází dodatečně. Obsahuje totéž co zpráva a její přílohy, navíc s elektronickou pečetí ISDS; nová zpráva to není.\n`;
}

/** In the mail that stands in for it. */
export function givenUpOriginalText(envelope: Envelope, since: Date, erased: boolean): string {
  const happened = erased
    ? `Podepsaný originál této zprávy (.zfo) už nepřijde: ISDS zprávu smazal dříve, než ho vydal (čeká se od ${momentText(since)}).`
    : `Podepsaný originál této zprávy (.zfo) ISDS bráně nevydal ani po opakovaných pokusech (od ${momentText(since)}). Brána ho už nezkouší.`;
  const advice = erased
    ? 'Potřebujete-li originál, hledejte ho v Datovém trezoru na portálu datových schránek nebo v jiném programu, který zprávu stáhl.'
    : `Potřebujete-li originál, stáhněte ho ${ON_THE_PORTAL}.`;
  return `${identification(envelope)}\n\nCo se stalo: ${happened}\n\nCo to znamená: Na doručení zprávy se tím nic nemění a její přílohy máte úplné v e-mailu, který přišel dříve.\n\nCo dělat: ${advice}\n`;
}

/** One line a fact: a line end in a stranger's value must not look like another fact. */
function identification({ dmID, annotation, sender, arrivedAt }: Envelope): string {
  const facts = [
    ['Datová zpráva', dmID],
    ['Věc', plainLine(annotation ?? '')],
    ['Odesílatel', plainLine(sender ?? '')],
    ['Dodáno do schránky', momentText(arrivedAt) ?? ''],
  ] as const;
  return facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
