/** Every refusal the gateway can utter, with what helps against it and its words: what happened and what to do. `{name}` is replaced by a fact. */
import type { CatalogueEntry } from './catalogue-entry.ts';
import { embeddedRefusals } from './embedded-refusals.ts';
import { envelopeRefusals } from './envelope-refusals.ts';
import { fileRefusals } from './file-refusals.ts';
import { isdsRefusals } from './isds-refusals.ts';
import { loginRefusals } from './login-refusals.ts';
import { mailRefusals } from './mail-refusals.ts';
import { recipientRefusals } from './recipient-refusals.ts';
import type { Refusal } from './refusal.ts';
import { sendingRefusals } from './sending-refusals.ts';

const gatewayRefusals = {
  'pickup-closed': {
    class: 'temporary',
    cs: 'Podle nastavení brány se zprávy teď nevyzvedávají a seznam zatím není znám. Vyzvednutí povolíte zprávou na adresu {address}.',
    en: 'The gateway is set not to pick up messages now, and the list is not known yet. Allow a pick-up with a mail to {address}.',
  },
  'list-first': {
    class: 'temporary',
    cs: 'Seznam zpráv ještě není znám. Nejdřív si o něj řekněte příkazem LIST; tím se čekající zprávy doručí.',
    en: 'The list of messages is not known yet. Ask for it first with LIST; that delivers the messages that wait.',
  },
  'gateway-busy': {
    class: 'temporary',
    cs: 'Brána je vytížená. Zkuste to za chvíli.',
    en: 'The gateway is busy. Try again in a moment.',
  },
  'account-busy': {
    class: 'temporary',
    cs: 'Z tohoto účtu se právě odesílá příliš mnoho zpráv najednou. Tato se neodeslala, pošlete ji za chvíli znovu.',
    en: 'Too many mails of this account are being sent at once. This one was not sent, send it again in a while.',
  },
  'gateway-fault': {
    class: 'temporary',
    cs: 'Vnitřní chyba brány. Zkuste to později; trvá-li, nahlaste správci číslo relace.',
    en: 'Internal fault of the gateway. Try again later; if it lasts, tell the administrator the session number.',
  },
  'storage-full': {
    class: 'temporary',
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

/** Whether trying again is of no use; what other credentials would mend is not for good. */
export function isPermanent({ reason }: Refusal): boolean {
  return catalogue[reason].class === 'permanent';
}
