/** One way in which logins are known: by a password of ISDS, by a certificate of the operator's, and whatever comes after them. */
import type { LoginName } from './login-name.ts';
import type { Identity, LoginAttempt, Restraint } from './types.ts';

export interface LoginMethod {
  /**
   * Who speaks. Undefined when the login is none of this method, so that the next one is asked; rejects with Refused. Asks ISDS
   * at most once for the same secret, and nothing that delivers.
   */
  logIn(name: LoginName, attempt: LoginAttempt): Promise<Omit<Identity, 'view'> | undefined>;
  /** What keeps logins of this method from ISDS, or from here, for now. */
  restraints(): readonly Restraint[];
  /** Lifts what is held against an account, or with undefined against all. */
  forgive(account: string | undefined): void;
}
