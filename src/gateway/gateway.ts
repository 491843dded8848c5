/** Builds the rooms of a gateway and puts them together. */
import { type Accounts, createAccounts, type LoginControl } from '../accounts/index.ts';
import { openCertificates } from '../certificates/index.ts';
import type { ControlAnswer, ControlHandler } from '../control/index.ts';
import {
  type Clock,
  type Log,
  NETWORK_KNOWN_FOR_MS,
  TIME_BUDGETS,
  type TimeBudgets,
  within,
  version,
} from '../core/index.ts';
import { type Config } from '../config/index.ts';
import { Refused, Wording } from '../refusals/index.ts';
import { createIsds } from '../isds/index.ts';
import { createMailbox } from '../mailbox/index.ts';
import { clearSpoolLeftovers, requireSpoolDirectory } from '../spool/index.ts';
import { Deadline, LoginNetworks } from '../net/index.ts';
import { createHtmlThreads } from '../mail-parser/index.ts';
import { createPdfThreads } from '../pdf/index.ts';
import { createOutbox, type Outbox } from '../outbox/index.ts';
import { AccountSessions } from '../pop3/index.ts';
import {
  certificateAccount,
  isdsConfig,
  loginSettings,
  readingSettings,
  sendingSettings,
  spoolDirectoryOf,
  transferLimits,
} from './room-settings.ts';
import { type Ports, type Servers, startServers } from './servers.ts';
import { RefusedRecipients } from '../smtp/index.ts';
import type { Store } from '../store/index.ts';

/** Sendings whose connections to ISDS were closed end within moments; one that does not must not keep the process alive. */
const CUT_OFF_MS = 5_000;

/** A store that was taken away is told of soon, and often enough to be seen. */
const STORE_WATCH_MS = 60_000;

/** A gateway that is running. */
export interface Gateway {
  readonly ports: Ports;
  /** Answers the operator's commands. */
  readonly control: ControlHandler;
  /** The certificate that mail programs see who ask for no name, in PEM. */
  readonly certificate: string;
  /** Looks right now whether files of certificates have changed. */
  renewCertificates(): Promise<void>;
  /** Takes no more connections, lets transfers end within the configured time, then closes what is left. */
  close(): Promise<void>;
}

export interface Dependencies {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
  /** Tests are in a hurry. */
  readonly timeBudgets?: TimeBudgets;
}

export async function startGateway(
  config: Config,
  { store, log, clock, timeBudgets = TIME_BUDGETS }: Dependencies,
): Promise<Gateway> {
  const { domain } = config;
  const spoolDirectory = spoolDirectoryOf(config);
  await requireSpoolDirectory(spoolDirectory);
  const leftovers = await clearSpoolLeftovers(spoolDirectory, clock.now());
  if (leftovers > 0) log.warn({ leftovers }, 'spools of a killed gateway cleared away');
  const certificates = await openCertificates(config, clock, log);
  const tls = certificates.identity;
  const isds = createIsds(await isdsConfig(config), { log, clock });
  const everywhere = { domain, clock, log };
  const accounts = createAccounts({
    ...everywhere,
    ...loginSettings(config),
    isds,
    logins: store.logins,
    timeBudgets,
    loginFailures: store.loginFailures,
    certificates: await Promise.all(config.certificates.map(certificateAccount)),
  });
  const mailbox = createMailbox({ ...everywhere, ...readingSettings(config), store, spoolDirectory, timeBudgets });
  const { submissions, sentContents, reports, promises, index } = store;
  const permitPickup = (account: string) => index.permit(account, clock.now());
  const [htmlThreads, pdfThreads] = [createHtmlThreads(), createPdfThreads()];
  const outbox = createOutbox({
    ...everywhere,
    ...sendingSettings(config),
    submissions,
    sentContents,
    reports,
    promises,
    pdfThreads,
    spoolDirectory,
  });
  await outbox.tellInterrupted();
  const wording = new Wording(config.language);
  const networks = new LoginNetworks(clock, await store.logins.networks(clock.now() - NETWORK_KNOWN_FOR_MS));
  const loopbackLogin = config.login.withoutTls === 'loopback';
  const tended = withDoubtsTended(accounts, outbox);
  const conversation = { accounts: tended, domain, log, tls, wording, networks, loopbackLogin };
  const pop3 = { ...conversation, clock, mailbox, timeBudgets, sessions: new AccountSessions() };
  const refusedRecipients = new RefusedRecipients(clock);
  const limits = transferLimits(config);
  const receiving = { spoolDirectory, htmlThreads, timeBudgets, limits };
  const smtp = { ...conversation, ...receiving, outbox, permitPickup, refusedRecipients };
  const servers = await startServers({ config, pop3, smtp, certificates, clock, log }).catch(async (error: unknown) => {
    await certificates.stop();
    await isds.close();
    throw error;
  });
  const { ports } = servers;
  certificates.begin();
  const watch = setInterval(() => {
    const fault = store.fault();
    if (fault !== undefined) log.error({ fault }, 'what is stored is not kept');
  }, STORE_WATCH_MS);
  watch.unref();
  log.info({ version, domain, ports, isds: config.isds.domain }, 'gateway started');
  return {
    ports,
    certificate: tls.cert,
    renewCertificates: () => certificates.recheck(),
    control: answerControl(store, { servers, logins: accounts, permitPickup }),
    close: async () => {
      clearInterval(watch);
      await certificates.stop();
      const drain = new Deadline(config.drainSeconds * 1_000);
      await servers.close(drain.remaining());
      await within(outbox.settled(), drain.remaining());
      await isds.close();
      // What was cut off is put on record before the store is closed.
      await within(outbox.settled(), CUT_OFF_MS);
      await Promise.all([htmlThreads.close(), pdfThreads.close()]);
      log.info('gateway stopped');
    },
  };
}

/** Whoever logs in, to read or to send: what is in doubt of the box is looked after behind the session's back. */
function withDoubtsTended(accounts: Accounts, outbox: Pick<Outbox, 'tend'>): Accounts {
  return {
    async logIn(attempt) {
      const identity = await accounts.logIn(attempt);
      void outbox.tend(identity, attempt.sessionId, attempt.protocol === 'pop3' ? 'reading' : 'sending');
      return identity;
    },
  };
}

interface Controlled {
  readonly servers: Servers;
  readonly logins: LoginControl;
  readonly permitPickup: (account: string) => Promise<void>;
}

function answerControl(store: Store, { servers, logins, permitPickup }: Controlled): ControlHandler {
  return async (request) => {
    switch (request.command) {
      case 'health':
        return { listening: servers.listening, fault: store.fault() };
      case 'pickup':
        await permitPickup(request.account);
        return { permitted: request.account };
      case 'deliveries':
        return { deliveries: [...(await store.deliveries.newest(request.account, request.limit))] };
      case 'logins':
        return { restraints: [...(await logins.restraints())] };
      case 'forgive':
        return forgive(logins, request.account);
    }
  };
}

async function forgive(logins: LoginControl, name: string | undefined): Promise<ControlAnswer> {
  try {
    await logins.forgive(name);
    return { forgiven: name ?? 'all' };
  } catch (error) {
    if (error instanceof Refused) return { error: `${name} is no login` };
    throw error;
  }
}
