/** What the SMTP server needs of the rest of the house. */
import type { Accounts } from '../accounts/index.ts';
import type { Log, ThreadPool, TimeBudgets } from '../core/index.ts';
import type { Wording } from '../refusals/index.ts';
import type { LoginNetworks, TlsMaterial } from '../net/index.ts';
import type { Outbox } from '../outbox/index.ts';
import type { RefusedRecipients } from './refused-recipients.ts';

export interface SmtpOptions {
  readonly accounts: Accounts;
  readonly outbox: Outbox;
  /** The next poll of the account may pick up once, whatever the policy says. */
  readonly permitPickup: (account: string) => Promise<void>;
  readonly log: Log;
  /** Domain of the box addresses, and the name in the greeting. */
  readonly domain: string;
  readonly wording: Wording;
  readonly tls: TlsMaterial;
  readonly spoolDirectory: string;
  /** Where HTML is converted. */
  readonly htmlThreads: ThreadPool;
  /** Whether programs on this computer may log in without TLS. */
  readonly loopbackLogin: boolean;
  /** Shared by all ports. */
  readonly refusedRecipients: RefusedRecipients;
  /** From where people log in, shared by all ports. */
  readonly networks: LoginNetworks;
  /** From the connection to the log-in, in milliseconds; without it what the listener allows. */
  readonly loginTimeoutMs?: number;
  readonly timeBudgets?: Pick<TimeBudgets, 'recipient' | 'data'>;
  readonly limits: {
    /** Octets of a mail as it is transferred; announced as SIZE. */
    readonly maxMessageOctets: number;
    /** What the files of a data message may have together; named in the refusal of a mail over the size. */
    readonly maxTotalOctets: number;
  };
}
