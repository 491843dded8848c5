/**
 * Every refusal the gateway can utter, with its SMTP reply (RFC 5321, RFC 3463), its POP3 response code
 * (RFC 2449, RFC 3206) and its words: what happened and what to do. `{name}` is replaced by a fact.
 */
import type { CatalogueEntry } from './catalogue-entry.ts';
import { embeddedRefusals } from './embedded-refusals.ts';
import { envelopeRefusals } from './envelope-refusals.ts';
import { fileRefusals } from './file-refusals.ts';
import { isdsRefusals } from './isds-refusals.ts';
import { loginRefusals } from './login-refusals.ts';
import { mailRefusals } from './mail-refusals.ts';
import { recipientRefusals } from './recipient-refusals.ts';
import { sendingRefusals } from './sending-refusals.ts';

const gatewayRefusals = {
  'pickup-closed': {
    smtp: '451 4.3.0',
    pop3: 'SYS/TEMP',
    cs: 'Podle nastavení brány se zprávy teď nevyzvedávají a seznam zatím není znám. Vyzvednutí povolíte zprávou na adresu {address}.',
    en: 'The gateway is set not to pick up messages now, and the list is not known yet. Allow a pick-up with a mail to {address}.',
  },
  'list-first': {
    smtp: '451 4.3.0',
    pop3: 'SYS/TEMP',
    cs: 'Seznam zpráv ještě není znám. Nejdřív si o něj řekněte příkazem LIST; tím se čekající zprávy doručí.',
    en: 'The list of messages is not known yet. Ask for it first with LIST; that delivers the messages that wait.',
  },
  'gateway-busy': {
    smtp: '451 4.3.2',
    pop3: 'SYS/TEMP',
    cs: 'Brána je vytížená. Zkuste to za chvíli.',
    en: 'The gateway is busy. Try again in a moment.',
  },
  'account-busy': {
    smtp: '451 4.3.2',
    pop3: 'SYS/TEMP',
    cs: 'Z tohoto účtu se právě odesílá příliš mnoho zpráv najednou. Tato se neodeslala, pošlete ji za chvíli znovu.',
    en: 'Too many mails of this account are being sent at once. This one was not sent, send it again in a while.',
  },
  'gateway-fault': {
    smtp: '451 4.3.0',
    pop3: 'SYS/TEMP',
    cs: 'Vnitřní chyba brány. Zkuste to později; trvá-li, nahlaste správci číslo relace.',
    en: 'Internal fault of the gateway. Try again later; if it lasts, tell the administrator the session number.',
  },
  'storage-full': {
    smtp: '452 4.3.1',
    pop3: 'SYS/TEMP',
    cs: 'Brána nemá kam uložit přílohy. Zkuste to později.',
    en: 'The gateway has no room for the attachments. Try again later.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export const catalogue = {
  ...loginRefusals,
  ...isdsRefusals,
  ...recipientRefusals,
  ...sendingRefusals,
  ...envelopeRefusals,
  ...mailRefusals,
  ...fileRefusals,
  ...embeddedRefusals,
  ...gatewayRefusals,
};
