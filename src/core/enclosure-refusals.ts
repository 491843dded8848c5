/** The part of the catalogue about files that enclose a mail: they are opened, for ISDS does not take them as they are. */
import type { CatalogueEntry } from './catalogue-entry.ts';

export const enclosureRefusals = {
  'enclosed-mail-encrypted': {
    smtp: '554 5.6.0',
    pop3: 'SYS/PERM',
    text: 'Přiložený e-mail „{file}“ je šifrovaný, nelze ho předat. Otevřete ho a přiložte jeho soubory a text nešifrované, nebo ho vynechte.',
  },
  'enclosed-mail-unreadable': {
    smtp: '554 5.6.0',
    pop3: 'SYS/PERM',
    text: 'Přílohu „{file}“ nelze otevřít: {problem}. Uložte soubory, které jsou v ní, a přiložte je samostatně.',
  },
} as const satisfies Record<string, CatalogueEntry>;
