/** What a mail says in place of content: what happened, what it means in law, what to do. Czech, without links. */
import { formatDay, momentText } from '../calendar/index.ts';
import { type Refusal, Wording } from '../refusals/index.ts';
import { type Envelope, type Withholding, withholdingOf } from '../isds/index.ts';
import { fictionDay, isOver, mannerOfDelivery, neverDelivered, STATE_WAITING } from './delivery.ts';
import { isSystemMessage } from './system-message.ts';

/** A notice is a Czech document, whatever language the gateway speaks. */
const czech = new Wording('cs');

interface Notice {
  readonly happened: string;
  readonly meaning: string;
  readonly advice: string;
}

const ASK_ENTITLED =
  'Obsah si může přečíst oprávněná osoba svým účtem nebo na portálu datových schránek. Oprávnění nastavuje správce schránky tamtéž.';
const REFUSAL_CHANGES_NOTHING = 'Že ISDS obsah tomuto účtu nevydal, nemění nic na tom, zda a kdy byla zpráva doručena.';
const LISTS_ONLY = 'Tento účet smí vidět seznam zpráv, ale ne jejich obsah.';
const PERSONAL_ONLY = 'Zpráva je určena do vlastních rukou a tento účet takové zprávy číst nesmí.';

const ERASED: Notice = {
  happened:
    'Obsah této zprávy v ISDS už není: maže se 90 dní po doručení přihlášením, jinak 3 roky po dodání. Zůstala obálka.',
  meaning: 'Na doručení zprávy se tím nic nemění. Kopie, kterou máte uloženou, platí dál.',
  advice:
    'Hledejte zprávu v jiném poštovním programu, ve svém archivu nebo v Datovém trezoru na portálu; není-li nikde, požádejte odesílatele o kopii.',
};

/** By the reason for which ISDS withholds content. */
const WITHHELD: Readonly<Record<Withholding, Notice>> = {
  'addressee-only': {
    happened:
      'Zpráva je určena výhradně do vlastních rukou. ISDS ji vydá jen adresátovi samému na portálu, žádnému programu ani pověřené osobě.',
    meaning: 'Tímto účtem ji nelze přečíst a ani pokus o to ji nedoručil.',
    advice:
      'Adresát ať se přihlásí na portálu datových schránek sám. Neodkládejte to, zpráva může být doručena i fikcí.',
  },
  'lists-only': {
    happened: 'Tento účet nesmí číst obsah žádných zpráv.',
    meaning: REFUSAL_CHANGES_NOTHING,
    advice: ASK_ENTITLED,
  },
  'not-personal-delivery': { happened: PERSONAL_ONLY, meaning: REFUSAL_CHANGES_NOTHING, advice: ASK_ENTITLED },
  erased: ERASED,
  undeliverable: {
    happened: 'Zpráva je nedoručitelná: schránka adresáta byla zpětně znepřístupněna.',
    meaning: 'ISDS ji nevede jako doručenou a její obsah nevydá.',
    advice: 'Neměla-li být schránka znepřístupněna, obraťte se na podporu datových schránek.',
  },
  infected: {
    happened: 'ISDS zprávu zničil, protože v ní našel škodlivý kód (virus).',
    meaning: 'Zůstala z ní jen obálka, obsah už získat nelze.',
    advice: 'Požádejte odesílatele, aby zprávu poslal znovu bez závadné přílohy.',
  },
  dangerous: {
    happened: 'Správce datových schránek zablokoval stažení této zprávy, protože její obsah považuje za nebezpečný.',
    meaning: 'Na době doručení uvedené výše se tím nic nemění.',
    advice:
      'Obsah nehledejte jinde a odesílatele si ověřte jinou cestou. Pokud na zprávě závisí lhůta, obraťte se na podporu datových schránek.',
  },
};

const STILL_READABLE =
  'Zprávy, které v ní jsou, lze číst. Odesílat z ní nelze a kromě systémových zpráv do ní nic nepřijde.';
const DOUBTFUL_DELIVERY = 'Zda se v ní čekající zprávy doručují přihlášením, ověřte na portálu datových schránek.';

/** States of the own box beside 1, which needs no words (isds §3.6, §8.1). */
const BOX_STATES: Readonly<Record<number, string>> = {
  2: `Vaše datová schránka je dočasně znepřístupněna. ${STILL_READABLE} ${DOUBTFUL_DELIVERY}`,
  3: 'Vaše datová schránka ještě není zpřístupněna: nejprve se do ní přihlaste na portálu datových schránek. Do té doby z ní nelze číst ani odesílat.',
  4: `Vaše datová schránka je trvale znepřístupněna. ${STILL_READABLE} Co z ní potřebujete, si uložte. ${DOUBTFUL_DELIVERY}`,
  5: 'Vaše datová schránka je zrušena. Zprávy z ní už nelze číst ani odesílat.',
  6: `Vaše datová schránka je znepřístupněna ze zákona. ${STILL_READABLE} ${DOUBTFUL_DELIVERY}`,
};

/** The login sees lists but may not read this message. */
export function envelopeOnlyNotice(envelope: Envelope, now: number): string {
  return notice({
    happened: envelope.personalDelivery ? PERSONAL_ONLY : LISTS_ONLY,
    meaning: deliverySentence(envelope, now),
    advice: ASK_ENTITLED,
  });
}

/** ISDS does not give the content to this login, for good. A reason that is not in the table speaks for itself. */
export function withheldNotice(refusal: Refusal, sessionId: string): string {
  const withholding = withholdingOf(refusal.isdsCode);
  if (withholding !== undefined) {
    const known = WITHHELD[withholding];
    return notice({ ...known, happened: `${known.happened} (Kód ISDS ${refusal.isdsCode}.)` });
  }
  return notice({
    happened: `Obsah této datové zprávy nelze předat. ${czech.refusal(refusal, sessionId)}`,
    meaning: REFUSAL_CHANGES_NOTHING,
    advice: 'Otevřete zprávu na portálu datových schránek; nejde-li to ani tam, obraťte se na jeho podporu.',
  });
}

/** Stands in for a message that ISDS has not given since then, whatever it gave otherwise. */
export function unobtainableNotice(since: Date): string {
  return notice({
    happened: `ISDS bráně nevydal obsah této zprávy ani po opakovaných pokusech (od ${momentText(since)}), přestože na jiné dotazy odpovídal.`,
    meaning: 'Na tom, zda a kdy byla zpráva doručena, se tím nic nemění; platí doba uvedená výše a lhůty běží.',
    advice:
      'Otevřete zprávu na portálu datových schránek, dokud ji ISDS uchovává. Brána ji zkouší dál, nejvýše jednou denně při čtení pošty; jakmile se to podaří, přijde zpráva jako samostatný e-mail a toto oznámení zmizí.',
  });
}

/** What the state of the own box means; undefined for an accessible box and for a number that is not known. */
export function boxStateText(state: number): string | undefined {
  return BOX_STATES[state];
}

function notice({ happened, meaning, advice }: Notice): string {
  return `Co se stalo: ${happened}\n\nCo to znamená: ${meaning}\n\nCo dělat: ${advice}\n`;
}

function deliverySentence(envelope: Envelope, now: number): string {
  switch (mannerOfDelivery(envelope)) {
    case 'login':
      return 'Zpráva je doručena: v době uvedené výše se přihlásila jiná oprávněná osoba. Lhůty se počítají od té doby.';
    case 'fiction':
      return 'Zpráva je doručena fikcí v době uvedené výše. Lhůty se počítají od té doby, ať ji někdo četl, nebo ne.';
    case undefined:
      if (envelope.state !== STATE_WAITING)
        return neverDelivered(envelope) ?? 'Zda je zpráva doručena, není z dostupných údajů vidět.';
      return `Zpráva nebyla doručena, když brána načítala seznam, a načtení tímto účtem ji nedoručuje.${stillToCome(envelope, now)}`;
  }
}

/** Of a message that waited when ISDS was last asked. Silent about system messages, some of which fiction does deliver (isds §3.3). */
function stillToCome(envelope: Envelope, now: number): string {
  const day = fictionDay(envelope);
  const entitled = ' Doručí ji přihlášení oprávněné osoby.';
  if (day === undefined) {
    const isExcluded = !isSystemMessage(envelope) && envelope.arrivedAt !== undefined;
    return `${entitled}${isExcluded ? ' Doručení fikcí odesílatel vyloučil.' : ''}`;
  }
  const unless = envelope.allowSubstDelivery === undefined ? ', pokud to odesílatel nevyloučil' : '';
  return isOver(day, now)
    ? ` Nepřihlásil-li se poté nikdo oprávněný dříve, byla doručena fikcí s koncem dne ${formatDay(day)}${unless}, a lhůty se počítají od něj; jinak od toho přihlášení.`
    : `${entitled} Nepřihlásí-li se nikdo oprávněný dříve, bude doručena fikcí s koncem dne ${formatDay(day)}${unless}; lhůty se pak počítají od něj.`;
}
