/** One line of the catalogue of refusals. */
export interface CatalogueEntry {
  /** Reply code and enhanced status code. */
  readonly smtp: `${4 | 5}${string} ${4 | 5}.${string}`;
  readonly pop3: 'AUTH' | 'LOGIN-DELAY' | 'SYS/TEMP' | 'SYS/PERM';
  readonly text: string;
}
