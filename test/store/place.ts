/** Where a contract opens the store that it tests. */
import type { Store } from '../../src/store/index.ts';

/** One store, empty at first. */
export interface StorePlace {
  /** Opens it; what was opened before is closed by then. */
  open(): Promise<Store>;
  /** The same store as another gateway has it, while this one is open; where only one process can, it is this one. */
  beside(store: Store): Promise<Store>;
}

export type NewPlace = () => Promise<StorePlace>;
