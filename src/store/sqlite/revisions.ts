/** A number for each account that grows with every change of what makes up its maildrops. */

/** In memory, because the file belongs to this process alone and nobody else can change it. */
export class Revisions {
  readonly #numbers = new Map<string, number>();

  of(account: string): number {
    return this.#numbers.get(account) ?? 0;
  }

  changed(account: string): void {
    this.#numbers.set(account, this.of(account) + 1);
  }
}
