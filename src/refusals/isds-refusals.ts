/** The part of the catalogue about ISDS: it does not answer, it cannot now, or it refuses (isds §9). */
import type { CatalogueEntry } from './catalogue-entry.ts';

export const isdsRefusals = {
  'isds-maintenance': {
    class: 'temporary',
    cs: 'ISDS má odstávku. Zkuste to později.',
    en: 'ISDS is down for maintenance. Try again later.',
  },
  'isds-unreachable': {
    class: 'temporary',
    cs: 'ISDS neodpovídá. Zkuste to později.',
    en: 'ISDS does not answer. Try again later.',
  },
  'isds-untrusted': {
    class: 'temporary',
    cs: 'Brána se s ISDS nespojila: certifikát, který dostala, není důvěryhodný nebo mu skončila platnost. Nic se neposlalo. Správce brány najde příčinu v protokolu.',
    en: 'The gateway did not connect to ISDS: the certificate that it was shown is not trusted or has expired. Nothing was sent. The administrator of the gateway finds the cause in the log.',
  },
  'isds-failure': {
    class: 'temporary',
    cs: 'ISDS odpověděl chybou. Zkuste to později.{said}',
    en: 'ISDS answered with an error. Try again later.{said}',
  },
  'isds-busy': {
    class: 'temporary',
    cs: 'ISDS je přetížený, nebo dostává od této schránky příliš mnoho požadavků. Zkuste to za chvíli.{said}',
    en: 'ISDS is overloaded, or gets too many requests from this box. Try again in a moment.{said}',
  },
  'account-under-way': {
    class: 'temporary',
    cs: 'Brána pro tento účet právě vyřizuje jiný požadavek a ISDS dovoluje jen jeden najednou. Zkuste to za chvíli.',
    en: 'The gateway is busy with another request of this account, and ISDS allows one at a time. Try again in a moment.',
  },
  'isds-protocol': {
    class: 'permanent',
    cs: 'ISDS nepřijal požadavek brány. Je to chyba brány, nahlaste ji prosím správci.{said}',
    en: "ISDS did not accept the gateway's request. This is a fault of the gateway, please tell its administrator.{said}",
  },
  'outcome-unknown': {
    class: 'temporary',
    cs: 'Není jisté, zda byla datová zpráva odeslána: ISDS neodpověděl včas, nebo odpověděl chybou. Pošlete ji za minutu znovu beze změny; brána nejdřív ověří odeslané zprávy a podruhé ji nepošle.',
    en: 'It is not certain whether the data message was sent: ISDS did not answer in time, or answered with an error. Send it again unchanged in a minute; the gateway looks at the sent messages first and will not send it twice.',
  },
  'sending-under-way': {
    class: 'temporary',
    cs: 'Zpráva se stále odesílá, ISDS zatím neodpověděl. Neposílejte ji znovu ani jinou cestou: brána v odesílání pokračuje a výsledek přijde jako e-mail do vaší schránky. Pošle-li ji program sám znovu beze změny, podruhé neodejde.',
    en: 'The message is still being sent, ISDS has not answered yet. Do not send it again or in another way: the gateway goes on sending, and the result comes as a mail into your mailbox. If your program repeats it unchanged by itself, it is not sent twice.',
  },
  'outcome-unsettled': {
    class: 'permanent',
    cs: 'Do schránky {box} byl týž e-mail odeslán už dříve a nepodařilo se zjistit, zda z něj datová zpráva vznikla; brána ho proto sama znovu nepošle. Podívejte se na portálu do odeslaných zpráv. Není-li tam, pošlete e-mail s jakkoli změněným předmětem nebo textem.',
    en: 'The same mail was sent to the box {box} before, and it could not be found out whether it became a data message; the gateway does not send it again by itself. Look at the sent messages on the portal. If it is not there, send the mail with any change in its subject or text.',
  },
  'not-sent': {
    class: 'temporary',
    cs: 'Datová zpráva se neodeslala, ISDS ji mezi odeslanými nemá. Můžete ji poslat znovu.',
    en: 'The data message was not sent, ISDS does not have it among the sent ones. You may send it again.',
  },
  'not-permitted': {
    class: 'permanent',
    cs: 'K této operaci nemáte v datové schránce oprávnění. Oprávnění nastavuje správce schránky na portálu.{said}',
    en: 'You do not have the right to do this in the data box. Rights are set by the administrator of the box on the portal.{said}',
  },
  'isds-refused': {
    class: 'permanent',
    cs: 'ISDS operaci odmítl. Nepomůže-li jeho vysvětlení, zkuste totéž na portálu datových schránek.{said}',
    en: 'ISDS refused. If its explanation does not help, try the same on the portal of the data boxes.{said}',
  },
  'list-incomplete': {
    class: 'temporary',
    cs: 'ISDS nevydal celý seznam zpráv a brána neúplný neukazuje. Zkuste to později.',
    en: 'ISDS did not give the whole list of messages, and the gateway shows no part of one. Try again later.',
  },
  'list-under-way': {
    class: 'temporary',
    cs: 'ISDS zatím neodpověděl a dřívější seznam zpráv není znám. Brána na odpověď čeká dál, načtěte poštu za chvíli znovu.',
    en: 'ISDS has not answered yet, and no earlier list of messages is known. The gateway goes on waiting, check for mail again in a moment.',
  },
  'not-delivered-yet': {
    class: 'temporary',
    cs: 'Přijatá zpráva, kterou čtete nebo na kterou odpovídáte, ještě není doručena. Načtěte poštu a zkuste to znovu.',
    en: 'The received message that you read or answer is not delivered yet. Check for mail and try again.',
  },
  'content-gone': {
    class: 'permanent',
    cs: 'Obsah zprávy už není v ISDS k dispozici nebo ho tento účet nesmí stáhnout. Zkuste zprávu otevřít na portálu.{said}',
    en: 'ISDS no longer has the content of the message, or this account may not download it. Try to open it on the portal.{said}',
  },
} as const satisfies Record<string, CatalogueEntry>;
