/** What every text of the gateway has: both languages, with the same `{facts}` to be filled in. */
export interface Words {
  readonly cs: string;
  readonly en: string;
}

/**
 * What helps: other credentials, waiting until a limit is over, waiting until something has passed, or nothing but doing it in
 * another way. Each protocol has codes of its own for them.
 */
export type RefusalClass = 'credentials' | 'throttled' | 'temporary' | 'permanent';

/** One line of the catalogue of refusals; the words say what happened and what to do. */
export interface CatalogueEntry extends Words {
  readonly class: RefusalClass;
}
