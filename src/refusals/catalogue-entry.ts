/** What every text of the gateway has: both languages, with the same `{facts}` to be filled in. */
export interface Words {
  readonly cs: string;
  readonly en: string;
}

/** One line of the catalogue of refusals; the words say what happened and what to do. */
export interface CatalogueEntry extends Words {
  /** Reply code and enhanced status code. */
  readonly smtp: `${4 | 5}${string} ${4 | 5}.${string}`;
  readonly pop3: 'AUTH' | 'LOGIN-DELAY' | 'SYS/TEMP' | 'SYS/PERM';
}
