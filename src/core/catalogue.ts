/**
 * Every refusal the gateway can utter, with its SMTP reply (RFC 5321, RFC 3463), its POP3 response code
 * (RFC 2449, RFC 3206) and its Czech text: what happened and what to do. `{name}` is replaced by a fact.
 */
import type { CatalogueEntry } from './catalogue-entry.ts';
import { enclosureRefusals } from './enclosure-refusals.ts';
import { fileRefusals } from './file-refusals.ts';

export const catalogue = {
  // Logging in
  'login-name-invalid': {
    smtp: '535 5.7.8',
    pop3: 'AUTH',
    text: 'Přihlašovací jméno nemá správný tvar. Zadejte přihlašovací jméno do datové schránky, případně jméno@{domain}.',
  },
  'wrong-password': {
    smtp: '535 5.7.8',
    pop3: 'AUTH',
    text: 'Nesprávné přihlašovací jméno nebo heslo do datové schránky. Heslo ověřte na portálu; mohlo také vypršet.',
  },
  'login-paused': {
    smtp: '454 4.7.0',
    pop3: 'LOGIN-DELAY',
    text: 'Po několika chybných heslech je přihlašování k tomuto účtu pozastaveno do {until}, aby ho ISDS nezablokoval. Opravte heslo v poštovním programu.',
  },
  'logins-paused': {
    smtp: '454 4.7.0',
    pop3: 'SYS/TEMP',
    text: 'Brána má pozastavené nové přihlašování do {until}, aby ji ISDS nezablokoval. Zkuste to později.',
  },
  'account-blocked': {
    smtp: '454 4.7.0',
    pop3: 'LOGIN-DELAY',
    text: 'ISDS zablokoval přihlášení k tomuto účtu do {until}. Do té doby se nepřihlašujte.',
  },
  'address-blocked': {
    smtp: '454 4.7.0',
    pop3: 'SYS/TEMP',
    text: 'ISDS dočasně nepřijímá přihlášení z adresy této brány. Zkuste to za hodinu.',
  },
  'login-required': {
    smtp: '530 5.7.0',
    pop3: 'SYS/PERM',
    text: 'Nejprve se přihlaste přihlašovacím jménem a heslem do datové schránky.',
  },
  'encryption-required': {
    smtp: '530 5.7.0',
    pop3: 'SYS/PERM',
    text: 'Přihlášení je možné jen šifrovaným spojením. Zapněte v poštovním programu SSL/TLS nebo STARTTLS.',
  },

  // ISDS does not answer, or answers that it cannot now
  'isds-maintenance': {
    smtp: '451 4.3.2',
    pop3: 'SYS/TEMP',
    text: 'ISDS má odstávku. Zkuste to později.',
  },
  'isds-unreachable': {
    smtp: '451 4.4.1',
    pop3: 'SYS/TEMP',
    text: 'ISDS neodpovídá. Zkuste to později.',
  },
  'isds-failure': {
    smtp: '451 4.3.0',
    pop3: 'SYS/TEMP',
    text: 'ISDS odpověděl chybou. Zkuste to později.{said}',
  },
  'isds-busy': {
    smtp: '451 4.3.2',
    pop3: 'SYS/TEMP',
    text: 'ISDS je přetížený nebo vyřizuje jiný požadavek téhož účtu. Zkuste to za chvíli.{said}',
  },
  'isds-protocol': {
    smtp: '554 5.3.0',
    pop3: 'SYS/PERM',
    text: 'ISDS nepřijal požadavek brány. Je to chyba brány, nahlaste ji prosím správci.{said}',
  },
  'outcome-unknown': {
    smtp: '451 4.3.0',
    pop3: 'SYS/TEMP',
    text: 'Není jisté, zda byla datová zpráva odeslána: ISDS neodpověděl včas. Pošlete ji za minutu znovu beze změny; brána nejdřív ověří odeslané zprávy a podruhé ji nepošle.',
  },

  // ISDS refuses
  'not-permitted': {
    smtp: '550 5.7.1',
    pop3: 'SYS/PERM',
    text: 'K této operaci nemáte v datové schránce oprávnění. Oprávnění nastavuje správce schránky na portálu.{said}',
  },
  'isds-refused': {
    smtp: '550 5.7.1',
    pop3: 'SYS/PERM',
    text: 'ISDS operaci odmítl.{said}',
  },
  'not-delivered-yet': {
    smtp: '451 4.3.0',
    pop3: 'SYS/TEMP',
    text: 'Zpráva ještě není doručena. Načtěte poštu znovu.',
  },
  'content-gone': {
    smtp: '550 5.7.1',
    pop3: 'SYS/PERM',
    text: 'Obsah zprávy už není v ISDS k dispozici nebo ho tento účet nesmí stáhnout.{said}',
  },

  // Picking up
  'pickup-closed': {
    smtp: '451 4.3.0',
    pop3: 'SYS/TEMP',
    text: 'Podle nastavení brány se zprávy teď nevyzvedávají a seznam zatím není znám. Vyzvednutí povolíte zprávou na adresu {address}.',
  },

  // Sender and recipients
  'sender-foreign': {
    smtp: '550 5.7.1',
    pop3: 'SYS/PERM',
    text: 'Odesílatel {address} nepatří k přihlášené datové schránce. Nastavte v poštovním programu adresu {own}.',
  },
  'recipient-foreign': {
    smtp: '550 5.7.1',
    pop3: 'SYS/PERM',
    text: 'Adresa {address} není datová schránka v doméně {domain}. Tento účet posílá jen datové zprávy; běžný e-mail pošlete z jiného účtu.',
  },
  'recipient-malformed': {
    smtp: '550 5.1.3',
    pop3: 'SYS/PERM',
    text: '{address} není identifikátor datové schránky (sedm znaků s kontrolním znakem). Zkontrolujte překlep.',
  },
  'recipient-unknown': {
    smtp: '550 5.1.1',
    pop3: 'SYS/PERM',
    text: 'Datová schránka {box} neexistuje.',
  },
  'recipient-inaccessible': {
    smtp: '550 5.2.1',
    pop3: 'SYS/PERM',
    text: 'Datová schránka {box} je znepřístupněna a nepřijímá zprávy.',
  },
  'recipient-own-box': {
    smtp: '550 5.7.1',
    pop3: 'SYS/PERM',
    text: 'Do vlastní datové schránky {box} nelze posílat.',
  },
  'recipient-system-box': {
    smtp: '550 5.1.1',
    pop3: 'SYS/PERM',
    text: 'Schránka {box} je systémová a zprávy nepřijímá.',
  },
  'recipient-closed': {
    smtp: '550 5.7.1',
    pop3: 'SYS/PERM',
    text: 'Do datové schránky {box} nelze z vaší schránky poslat ani placenou zprávu.',
  },
  'recipients-too-many': {
    smtp: '550 5.5.3',
    pop3: 'SYS/PERM',
    text: 'Datová zpráva má zatím právě jednoho adresáta. Pošlete ji každému zvlášť.',
  },
  'own-box-inaccessible': {
    smtp: '550 5.7.1',
    pop3: 'SYS/PERM',
    text: 'Vaše datová schránka je znepřístupněna, nelze z ní odesílat.',
  },

  // The mail itself
  'mail-unreadable': {
    smtp: '554 5.6.0',
    pop3: 'SYS/PERM',
    text: 'Zprávě nelze porozumět: {problem}.',
  },
  'mail-encrypted': {
    smtp: '554 5.6.0',
    pop3: 'SYS/PERM',
    text: 'Šifrovaný e-mail nelze předat jako datovou zprávu. Pošlete ho nešifrovaný; datová zpráva je chráněna sama.',
  },
  'mail-too-large': {
    smtp: '552 5.3.4',
    pop3: 'SYS/PERM',
    text: 'Zpráva je příliš velká, soubory smějí mít dohromady nejvýše {limit} MB. Rozdělte je do více zpráv.',
  },
  'mail-automatic': {
    smtp: '554 5.7.1',
    pop3: 'SYS/PERM',
    text: 'Automatická odpověď ani automatické přeposlání se jako datová zpráva neposílá. Vypněte je pro tento účet.',
  },
  'mail-calendar-reply': {
    smtp: '554 5.7.1',
    pop3: 'SYS/PERM',
    text: 'Odpověď na pozvánku z kalendáře se jako datová zpráva neposílá. Odpovězte běžnou zprávou.',
  },
  'mail-delivery-report': {
    smtp: '554 5.7.1',
    pop3: 'SYS/PERM',
    text: 'Zpráva o nedoručení se jako datová zpráva neposílá.',
  },
  'mail-empty': {
    smtp: '554 5.6.0',
    pop3: 'SYS/PERM',
    text: 'Zpráva nemá text ani přílohu. Datová zpráva musí obsahovat alespoň jeden soubor.',
  },
  'annotation-missing': {
    smtp: '554 5.6.0',
    pop3: 'SYS/PERM',
    text: 'Zpráva nemá předmět. Doplňte ho, stane se věcí datové zprávy.',
  },
  'annotation-too-long': {
    smtp: '554 5.6.0',
    pop3: 'SYS/PERM',
    text: 'Předmět má {length} znaků, věc datové zprávy smí mít nejvýše {limit}. Zkraťte ho.',
  },

  // Its files
  ...fileRefusals,
  ...enclosureRefusals,

  // The gateway itself
  'gateway-busy': {
    smtp: '451 4.3.2',
    pop3: 'SYS/TEMP',
    text: 'Brána je vytížená. Zkuste to za chvíli.',
  },
  'gateway-fault': {
    smtp: '451 4.3.0',
    pop3: 'SYS/TEMP',
    text: 'Vnitřní chyba brány. Zkuste to později; trvá-li, nahlaste správci číslo relace.',
  },
  'storage-full': {
    smtp: '452 4.3.1',
    pop3: 'SYS/TEMP',
    text: 'Brána nemá kam uložit přílohy. Zkuste to později.',
  },
} as const satisfies Record<string, CatalogueEntry>;
