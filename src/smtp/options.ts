/** What the SMTP server needs of the rest of the house. */
import type { Accounts } from '../accounts/index.ts';
import type { Log, Patience, Wording } from '../core/index.ts';
import type { TlsMaterial } from '../net/index.ts';
import type { Outbox } from '../outbox/index.ts';

export interface SmtpOptions {
  readonly accounts: Accounts;
  readonly outbox: Outbox;
  readonly log: Log;
  /** Domain of the box addresses, and the name in the greeting. */
  readonly domain: string;
  readonly wording: Wording;
  readonly tls: TlsMaterial;
  readonly spoolDirectory: string;
  readonly patience?: Pick<Patience, 'recipient' | 'data'>;
  readonly limits: {
    /** Octets of a mail as it is transferred; announced as SIZE. */
    readonly maxMessageOctets: number;
    /** What the files of a data message may have together; named in the refusal of a mail over the size. */
    readonly maxTotalOctets: number;
  };
}
