/** What a sandbox starts with: plain data, so that a test can write its own. */
import type { Box, Login } from './box.ts';
import type { Annotations, Author, MessageFile } from './message.ts';

type Optional<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

/** Boxes are accessible, published and take commercial messages unless they say otherwise. */
export type BoxRecord = Optional<Box, 'state' | 'acceptsPdz' | 'pdzContract' | 'pdzCredit' | 'published'>;

/** Logins have every right unless they say otherwise. */
export type LoginRecord = Omit<
  Optional<Login, 'permissions' | 'passwordExpiresAt' | 'restricted' | 'userType'>,
  'password' | 'byCertificate' | 'usedPasswords'
> & {
  readonly password: string;
};

/** A message to be put into a box, past every rule that CreateMessage knows. */
export interface Letter extends Annotations {
  /** Box ID of the sender; `aaaaaaa` is the administrator of ISDS. */
  readonly from: string;
  readonly to: string;
  readonly files: readonly MessageFile[];
  /** dmType; undefined is a public message. */
  readonly type?: string | undefined;
  /** Default: dodaná (4). */
  readonly state?: number;
  /** Default: now. */
  readonly arrivedAt?: number;
  /** Default: the arrival, for a message in a delivered state. */
  readonly deliveredAt?: number;
  readonly lineBreaks?: boolean;
  readonly vodz?: boolean;
  readonly vvr?: boolean;
  readonly suspicious?: boolean;
  readonly author?: Author;
}

/** Who and what is there when the sandbox starts. */
export interface Population {
  readonly boxes: readonly BoxRecord[];
  readonly logins: readonly LoginRecord[];
  readonly letters: readonly Letter[];
}
