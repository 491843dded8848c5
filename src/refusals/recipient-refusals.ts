/** The part of the catalogue about who writes to whom (isds §8). */
import type { CatalogueEntry } from './catalogue-entry.ts';

export const recipientRefusals = {
  'sender-foreign': {
    class: 'permanent',
    cs: 'Odesílatel {address} nepatří k přihlášené datové schránce. Nastavte v poštovním programu adresu {own}.',
    en: 'The sender {address} does not belong to the data box that is logged in. Set the address {own} in the mail program.',
  },
  'recipient-foreign': {
    class: 'permanent',
    cs: 'Adresa {address} není datová schránka v doméně {domain}. Tento účet posílá jen datové zprávy; běžný e-mail pošlete z jiného účtu.',
    en: 'The address {address} is not a data box in the domain {domain}. This account sends data messages only; use another one for ordinary mail.',
  },
  'recipient-malformed': {
    class: 'permanent',
    cs: '{address} není ID datové schránky (sedm znaků s kontrolním znakem). Zkontrolujte překlep.',
    en: '{address} is not the ID of a data box (seven characters with a check character). Look for a typing error.',
  },
  'recipient-unknown': {
    class: 'permanent',
    cs: 'Datová schránka {box} neexistuje. Ověřte ID ve vyhledávání na portálu.',
    en: 'There is no data box {box}. Check the ID with the search on the portal.',
  },
  'recipient-inaccessible': {
    class: 'permanent',
    cs: 'Datová schránka {box} nepřijímá zprávy: je znepřístupněna, nebo se do ní její majitel ještě nepřihlásil. Obraťte se na něj jinou cestou.',
    en: 'The data box {box} takes no messages: it is closed, or its owner has not logged in to it yet. Reach the recipient in another way.',
  },
  'parameters-unknown': {
    class: 'permanent',
    cs: 'Parametry {parameters} brána nezná. Vypněte v poštovním programu žádosti o potvrzení doručení (DSN); pošle-li je dál, nahlaste to správci brány.',
    en: 'The gateway does not know the parameters {parameters}. Switch off requests for delivery notifications (DSN) in the mail program; if it goes on sending them, tell the administrator of the gateway.',
  },
  'recipients-paused': {
    class: 'throttled',
    cs: 'Z tohoto účtu bylo za hodinu zadáno příliš mnoho neplatných adresátů. Opravte seznam adresátů a zkuste to později.',
    en: 'Too many invalid recipients were given from this account within an hour. Correct the list of recipients and try again later.',
  },
  'recipient-own-box': {
    class: 'permanent',
    cs: 'Do vlastní datové schránky {box} nelze posílat. Zadejte schránku adresáta.',
    en: 'Nothing can be sent to your own data box {box}. Enter the box of the recipient.',
  },
  'recipient-system-box': {
    class: 'permanent',
    cs: 'Schránka {box} je systémová a zprávy nepřijímá. Zadejte schránku úřadu nebo osoby, které chcete psát.',
    en: 'The box {box} belongs to the system and takes no messages. Enter the box of the office or person you want to write to.',
  },
  'recipient-closed': {
    class: 'permanent',
    cs: 'Do datové schránky {box} nelze z vaší schránky poslat ani placenou zprávu. Obraťte se na adresáta jinou cestou.{said}',
    en: 'Not even a paid message can be sent from your box to the data box {box}. Reach the recipient in another way.{said}',
  },
  'recipients-too-many': {
    class: 'temporary',
    cs: 'Jeden e-mail smí mít nejvýše {limit} adresátů. Ostatním ho pošlete dalším e-mailem.',
    en: 'One mail may have {limit} recipients at most. Send it to the others in another mail.',
  },
  'recipients-mixed': {
    class: 'permanent',
    cs: 'E-mail, kterým povolujete vyzvednutí zpráv, nesmí mít jiného adresáta. Pošlete ho zvlášť.',
    en: 'A mail that allows a pick-up of messages must not have another recipient. Send it by itself.',
  },
  'own-box-inaccessible': {
    class: 'permanent',
    cs: 'Vaše datová schránka je znepřístupněna, nelze z ní odesílat. Zpřístupnění vyřídíte na portálu.',
    en: 'Your data box is closed, nothing can be sent from it. Have it opened on the portal.',
  },
} as const satisfies Record<string, CatalogueEntry>;
