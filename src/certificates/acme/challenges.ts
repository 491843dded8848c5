/** What the authority asks for over HTTP to see that a name leads here (RFC 8555 §8.3). */

export class Challenges {
  readonly #answers = new Map<string, string>();

  /** The key authorization for a token that is being asked for now. */
  answerTo(token: string): string | undefined {
    return this.#answers.get(token);
  }

  /** Answers the tokens while `work` goes on. */
  async during<Result>(answers: ReadonlyMap<string, string>, work: () => Promise<Result>): Promise<Result> {
    for (const [token, answer] of answers) this.#answers.set(token, answer);
    try {
      return await work();
    } finally {
      for (const token of answers.keys()) this.#answers.delete(token);
    }
  }
}
