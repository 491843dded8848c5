/** The part of the catalogue about files that enclose a mail: they are opened, for ISDS does not take them as they are. */
import type { CatalogueEntry } from './catalogue-entry.ts';

export const embeddedRefusals = {
  'enclosed-mail-encrypted': {
    class: 'permanent',
    cs: 'Přiložený e-mail „{file}“ je šifrovaný, nelze ho předat. Otevřete ho a přiložte jeho soubory a text nešifrované, nebo ho vynechte.',
    en: 'The attached mail “{file}” is encrypted and cannot be passed on. Open it and attach its files and text unencrypted, or leave it out.',
  },
  'enclosed-mail-unreadable': {
    class: 'permanent',
    cs: 'Přílohu „{file}“ nelze otevřít: {problem}. Uložte soubory, které jsou v ní, a přiložte je samostatně.',
    en: 'The attachment “{file}” cannot be opened: {problem}. Save the files that are in it and attach them by themselves.',
  },
  'winmail-unreadable': {
    class: 'permanent',
    cs: 'Přílohu „{file}“, do které Outlook zabalil vaše soubory, nelze otevřít: {problem}. Nastavte v Outlooku formát zprávy HTML (záložka Formát textu) a pošlete zprávu znovu.',
    en: 'The attachment “{file}”, into which Outlook wrapped your files, cannot be opened: {problem}. Set the format of the message to HTML in Outlook (tab Format Text) and send it again.',
  },
} as const satisfies Record<string, CatalogueEntry>;
