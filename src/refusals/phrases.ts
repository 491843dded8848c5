/** What the gateway says besides refusals: answers that agree, and the words around a refusal. `{name}` is replaced by a fact. */
import type { Words } from './catalogue-entry.ts';

export const phrases = {
  // Around a refusal
  session: { cs: '(relace {session})', en: '(session {session})' },
  'session-of-many': {
    cs: '(relace {session}, celkem problémů: {count})',
    en: '(session {session}, problems in all: {count})',
  },
  'isds-says': { cs: 'ISDS uvádí: {said}', en: 'ISDS says: {said}' },
  'more-problems': { cs: 'Další problémy, celkem {count}.', en: 'More problems, {count} of them.' },

  // SMTP: recipients
  'recipient-free': { cs: '{name}, zdarma', en: '{name}, free of charge' },
  'recipient-paid': { cs: '{name}, placená', en: '{name}, paid' },
  'recipient-priced': { cs: '{name}, placená, {price} Kč', en: '{name}, paid, CZK {price}' },
  'recipient-priced-by-size': {
    cs: '{name}, placená, {price} Kč, nad 20 MB {large} Kč',
    en: '{name}, paid, CZK {price}, above 20 MB CZK {large}',
  },
  'recipient-paid-by-another': { cs: '{name}, platí ji někdo jiný', en: '{name}, paid by somebody else' },
  'recipient-prepaid-only': { cs: '{name}, jen předplacená odpověď', en: '{name}, prepaid reply only' },
  'recipient-self': { cs: 'Vlastní schránka', en: 'Your own box' },
  'recipient-pickup': { cs: 'Vyzvednutí zpráv', en: 'Picking up messages' },

  // SMTP: a mail that was taken
  'message-sent': {
    cs: 'Datová zpráva {dmID} odeslána ({box})',
    en: 'Data message {dmID} sent ({box})',
  },
  'message-sent-prepaid': {
    cs: 'Datová zpráva {dmID} odeslána jako předplacená odpověď, zdarma ({box})',
    en: 'Data message {dmID} sent as a prepaid reply, free of charge ({box})',
  },
  'message-sent-before': {
    cs: 'Datová zpráva {dmID} už byla odeslána ({box})',
    en: 'Data message {dmID} was sent already ({box})',
  },
  'messages-sent': { cs: 'Počet odeslaných datových zpráv: {count}', en: 'Data messages sent: {count}' },
  'messages-sent-in-part': {
    cs: 'Odeslané datové zprávy: {sent} z {count}. Neodeslané: {boxes}; důvody přijdou jako zpráva do vaší schránky',
    en: 'Data messages sent: {sent} of {count}. Not sent: {boxes}; the reasons come as a mail into your mailbox',
  },
  'files-left-out': { cs: '; nepředáno: {names}', en: '; not passed on: {names}' },
  'files-left-out-and-more': { cs: '; nepředáno: {names} a další', en: '; not passed on: {names} and more' },
  'unsent-text': { cs: 'text zprávy', en: 'the text of the mail' },
  'unsent-quoted-text': { cs: 'citace původní zprávy', en: 'the quoted original' },
  'unsent-signature': { cs: 'patička', en: 'the signature' },
  'pickup-allowed': {
    cs: 'Při příštím načtení pošty se čekající zprávy vyzvednou, a tím doručí.',
    en: 'At the next check for mail the waiting messages are picked up, and thereby delivered.',
  },
  'receipt-discarded': {
    cs: 'Potvrzení o přečtení se datovou schránkou neposílá, bylo zahozeno.',
    en: 'Read receipts are not sent through a data box, this one was thrown away.',
  },
  'test-discarded': {
    cs: 'Zkušební zpráva dorazila, nikam se neposílá.',
    en: 'The test message arrived, it is sent nowhere.',
  },

  // SMTP: the end of a connection
  'connection-closing': {
    cs: 'Brána ukončuje spojení, zkuste to znovu.',
    en: 'The gateway is closing the connection, try again.',
  },
  'transfer-too-slow': {
    cs: 'Přenos zprávy trval příliš dlouho.',
    en: 'The transfer of the mail took too long.',
  },

  // POP3: answers
  'capabilities-follow': { cs: 'Tento server umí', en: 'Capabilities of this server' },
  'mechanisms-follow': { cs: 'Způsoby přihlášení', en: 'Ways to log in' },
  'begin-tls': { cs: 'Začněte TLS', en: 'Begin TLS' },
  'send-password': { cs: 'Pošlete heslo', en: 'Send the password' },
  'box-open': { cs: 'Datová schránka {box}, {name}', en: 'Data box {box}, {name}' },
  'box-open-password-expires': {
    cs: 'Datová schránka {box}, {name}; heslo platí do {day}, změňte ho na portálu',
    en: 'Data box {box}, {name}; the password expires on {day}, change it on the portal',
  },
  'will-be-deleted': { cs: 'Zpráva {number} bude smazána', en: 'Message {number} will be deleted' },
  goodbye: { cs: 'Na shledanou', en: 'Goodbye' },

  // POP3: what is no proper POP3
  'command-unknown': { cs: 'Tento příkaz neznám', en: 'Unknown command' },
  'command-too-long': { cs: 'Příkaz je příliš dlouhý', en: 'The command is too long' },
  'log-in-first': { cs: 'Nejdříve se přihlaste', en: 'Log in first' },
  'logged-in-already': { cs: 'Už jste přihlášeni', en: 'You are logged in already' },
  'encrypted-already': { cs: 'Spojení už je šifrované', en: 'The connection is encrypted already' },
  'user-first': { cs: 'Nejdříve pošlete USER', en: 'Send USER first' },
  'argument-missing': { cs: 'Příkazu chybí parametr', en: 'The command needs an argument' },
  'arguments-none': { cs: 'Příkaz nemá parametry', en: 'The command takes no arguments' },
  'arguments-one': {
    cs: 'Příkaz má jeden parametr, číslo zprávy',
    en: 'The command takes one argument, the number of a message',
  },
  'arguments-two': {
    cs: 'Příkaz má dva parametry, číslo zprávy a počet řádků',
    en: 'The command takes two arguments, the number of a message and of lines',
  },
  'arguments-at-most-two': { cs: 'Příkaz má nejvýše dva parametry', en: 'The command takes two arguments at most' },
  'argument-not-a-number': { cs: 'Parametr není číslo', en: 'The argument is not a number' },
  'argument-control-characters': {
    cs: 'Příkaz obsahuje řídicí znaky',
    en: 'The command contains control characters',
  },
  'no-such-message': { cs: 'Zpráva číslo {number} neexistuje', en: 'There is no message {number}' },
  'message-deleted': { cs: 'Zpráva číslo {number} je smazaná', en: 'Message {number} is deleted' },
  'mechanism-unknown': { cs: 'Tento způsob přihlášení neumím', en: 'Unknown way to log in' },
  'sasl-malformed': { cs: 'Odpověď PLAIN nemá správný tvar', en: 'The PLAIN answer is malformed' },
  'sasl-unfinished': { cs: 'Přihlášení nebylo dokončeno', en: 'The log-in was not finished' },
  'sasl-too-long': { cs: 'Odpověď je příliš dlouhá', en: 'The answer is too long' },
  'sasl-cancelled': { cs: 'Přihlášení zrušeno', en: 'Log-in cancelled' },
  'sasl-not-base64': { cs: 'Odpověď není v base64', en: 'The answer is not base64' },
  'sasl-empty': { cs: 'Chybí jméno nebo heslo', en: 'Name or password is missing' },
} as const satisfies Record<string, Words>;

export type Phrase = keyof typeof phrases;
