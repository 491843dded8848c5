/** Gateway, sandbox and one Thunderbird in front of them, with what tests ask all three. */
import { createHash } from 'node:crypto';
import { vi } from 'vitest';
import type { Clock } from '../../../src/core/index.ts';
import { demoBoxes, demoLogins, type Message } from '../../../src/sandbox/index.ts';
import { startWhole, type Visited } from '../../whole/whole.ts';
import { type AccountSettings, addAccount, trustCertificate } from './account.ts';
import { getMessages, messagesIn } from './folders.ts';
import { makeProfile, type Profile, type Thunderbird, thunderbirdIsInstalled } from './profile.ts';
import { recordPrompts } from './prompts.ts';

/** For whatever the program does, on a busy computer; nothing waits this long on purpose. */
export const LONG_MS = 120_000;

/** Between two checks: more than the gateway's least time between two pick-ups, less than Thunderbird's ten minutes. */
const BETWEEN_CHECKS_MS = 6 * 60_000;

/** The clock runs ahead; the gateway is not to ask for the password again because of that. */
const gatewaySettings = { POSTOLKA_LOGIN_REMEMBER_SUCCESS_MINUTES: '1440' };

/** The variable is for those who have a Thunderbird and no time. */
export const skipped = process.env.TEST_THUNDERBIRD === 'skip' || !thunderbirdIsInstalled();

export class Stage {
  readonly whole: Visited;
  readonly profile: Profile;
  /** How often a Thunderbird looked for mail. */
  polls = 0;
  #thunderbird: Thunderbird;
  readonly #clock: RunningClock;

  private constructor(whole: Visited, clock: RunningClock, profile: Profile, thunderbird: Thunderbird) {
    this.whole = whole;
    this.profile = profile;
    this.#thunderbird = thunderbird;
    this.#clock = clock;
  }

  /** `elsewhere` is a house whose clock cannot be put forward. */
  static async open(elsewhere?: Visited): Promise<Stage> {
    const clock = new RunningClock();
    const whole = elsewhere ?? (await startWhole({ clock, settings: gatewaySettings }));
    const profile = await makeProfile();
    return new Stage(whole, clock, profile, await start(profile, whole));
  }

  async close(): Promise<void> {
    await this.leave();
    await this.whole.stop();
  }

  /** The house stays as it is. */
  async leave(): Promise<void> {
    await this.#thunderbird.quit();
    await this.profile.remove();
  }

  get chrome(): Thunderbird['chrome'] {
    return this.#thunderbird.chrome;
  }

  /** The bakery's manager. */
  get account(): AccountSettings {
    const { pop3Tls: pop3Port, smtpTls: smtpPort } = this.whole.gateway.ports;
    const { name, password, givenNames, lastName } = demoLogins.find(({ boxId }) => boxId === demoBoxes.company)!;
    const address = this.addressOf(name);
    return { realName: `${givenNames} ${lastName}`, address, password, security: 'SSL', pop3Port, smtpPort };
  }

  /** Quits and starts again; the program then looks for mail by itself. */
  async restart(): Promise<void> {
    await this.#thunderbird.quit();
    this.#nextCheck();
    await this.#oneSession(async () => {
      this.#thunderbird = await start(this.profile, this.whole);
    });
  }

  /** A second Thunderbird for a while, with a profile of its own. */
  async elsewhere(act: (chrome: Thunderbird['chrome']) => Promise<void>): Promise<void> {
    const profile = await makeProfile();
    const thunderbird = await start(profile, this.whole);
    try {
      await act(thunderbird.chrome);
    } finally {
      await thunderbird.quit();
      await profile.remove();
    }
  }

  /** Adds an account by hand, which logs in once; answers what the dialog says when that fails. */
  async addAccount(settings = this.account, chrome = this.chrome): Promise<string | undefined> {
    return this.#oneSession(() => addAccount(chrome, settings));
  }

  /** "Get Messages" some minutes later; false when Thunderbird reports a failure. */
  async poll(chrome = this.chrome): Promise<boolean> {
    this.#nextCheck();
    return this.#oneSession(() => getMessages(chrome));
  }

  /** "Get Messages" when the log-in is going to fail: it does not get as far as looking for mail. */
  async pollInVain(): Promise<boolean> {
    return this.#oneSession(() => getMessages(this.chrome));
  }

  #nextCheck(): void {
    this.polls++;
    this.#clock.advance(BETWEEN_CHECKS_MS);
  }

  /** Until the gateway, too, has done with it: the last message is marked as read after QUIT. */
  async #oneSession<Result>(act: () => Promise<Result>): Promise<Result> {
    const before = this.logged('POP3 session ended').length;
    const result = await act();
    await vi.waitUntil(() => this.logged('POP3 session ended').length > before, LONG_MS);
    return result;
  }

  async inbox(chrome = this.chrome): Promise<string[]> {
    return (await messagesIn(chrome, 'Inbox')).map(({ messageId }) => messageId);
  }

  addressOf(local: string): string {
    return `${local}@${this.whole.domain}`;
  }

  messageIdOf({ dmID }: Message): string {
    return this.addressOf(dmID);
  }

  /** What lies in the bakery's box, oldest first. */
  received(): Message[] {
    return this.whole.sandbox.world.messagesOf(demoBoxes.company, 'recipient').toReversed();
  }

  /** How many calls of an operation reached ISDS. */
  count(operation: string): number {
    return this.whole.sandbox.calls.count(operation);
  }

  /** How many messages were fetched from ISDS, with or without the signed original. */
  get downloads(): number {
    return this.count('MessageDownload') + this.count('SignedMessageDownload');
  }

  /** Lines of the gateway's log with this message. */
  logged(message: string): Record<string, unknown>[] {
    return this.whole.log.filter(({ msg }) => msg === message);
  }
}

/** The time of day of gateway and sandbox. */
class RunningClock implements Clock {
  #ahead = 0;

  now(): number {
    return Date.now() + this.#ahead;
  }

  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}

async function start(profile: Profile, { gateway }: Visited): Promise<Thunderbird> {
  const thunderbird = await profile.start();
  const { pop3Tls, pop3, smtpTls, smtp } = gateway.ports;
  await trustCertificate(thunderbird.chrome, gateway.certificate, [pop3Tls, pop3, smtpTls, smtp]);
  await recordPrompts(thunderbird.chrome);
  return thunderbird;
}

export function digestOf(octets: Buffer): string {
  return createHash('sha256').update(octets).digest('hex');
}

/** The signed original, which comes last, is no file of the message. */
export function withoutOriginal<File extends { readonly name: string }>(files: readonly File[]): readonly File[] {
  return files.filter(({ name }) => !/^DZ_\d+\.zfo$/.test(name));
}
