/** Builds the rooms, starts them and stops them; the only file that knows them all. */
import { tmpdir } from 'node:os';
import { createAccounts } from './accounts/index.ts';
import { openCertificates } from './certificates.ts';
import type { ControlHandler } from './control/index.ts';
import { type Clock, type Config, type Log, Wording } from './core/index.ts';
import { createIsds } from './isds/index.ts';
import { createMailbox } from './mailbox/index.ts';
import { clearSpoolLeftovers } from './mime/index.ts';
import { createOutbox } from './outbox/index.ts';
import { AccountSessions, createPop3Server } from './pop3/index.ts';
import { certificateAccount, isdsConfig } from './setting-files.ts';
import { announce, createSetupServer } from './setup/index.ts';
import { createSmtpServer } from './smtp/index.ts';
import type { Store } from './store/index.ts';
import { version } from './version.ts';

export interface Gateway {
  readonly ports: {
    readonly pop3Tls: number;
    readonly pop3: number;
    readonly smtpTls: number;
    readonly smtp: number;
    /** Of the set-up service, where it is on. */
    readonly http?: number;
    readonly https?: number;
  };
  /** Answers the operator's commands. */
  readonly control: ControlHandler;
  /** The certificate that mail programs see who ask for no name, in PEM. */
  readonly certificate: string;
  /** Looks right now whether files of certificates have changed. */
  renewCertificates(): Promise<void>;
  /** Takes no more connections, lets transfers end within the configured time, then closes what is left. */
  close(): Promise<void>;
}

export interface Surroundings {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
}

interface Stoppable {
  close(drainMs: number): Promise<unknown>;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MEGABYTE = 1_000_000;

/** Base64 with line ends takes 1.37 octets for one. */
const TRANSFER_ENCODING = 1.37;

/** Text, headers and boundaries of a mail beside its files. */
const MAIL_ALLOWANCE_OCTETS = MEGABYTE;

/** Sending conversations at once: each may hold a spool of the full message size. */
const SMTP_CLIENTS = 200;

export async function startGateway(config: Config, { store, log, clock }: Surroundings): Promise<Gateway> {
  const { domain } = config;
  const spoolDirectory = config.spoolDirectory ?? tmpdir();
  const leftovers = await clearSpoolLeftovers(spoolDirectory, clock.now());
  if (leftovers > 0) log.warn({ leftovers }, 'spools of a killed gateway cleared away');
  const certificates = await openCertificates(config, clock, log);
  const tls = certificates.identity;
  const isds = createIsds(await isdsConfig(config), { log, clock });
  const accounts = createAccounts({
    isds,
    domain,
    logins: store.logins,
    certificates: await Promise.all(config.certificates.map(certificateAccount)),
    clock,
    log,
    rememberSuccessMs: config.login.rememberSuccessMinutes * MINUTE_MS,
    rememberFailureMs: config.login.rememberFailureMinutes * MINUTE_MS,
    failuresPerLogin: config.login.failuresPerLogin,
    failuresOfAll: config.login.failuresOfAll,
  });
  const mailbox = createMailbox({
    store,
    policy: {
      mode: config.pickup.policy,
      intervalMs: config.pickup.intervalMinutes * MINUTE_MS,
      windows: config.pickup.windows,
    },
    domain,
    withOriginal: ({ vodz }) => config.receiving[vodz ? 'originalOfLarge' : 'original'] === 'attach',
    spoolDirectory,
    keepErasedMs: config.receiving.keepErasedDays * DAY_MS,
    clock,
    log,
  });
  const maxTotalOctets = config.sending.maxTotalMegabytes * MEGABYTE;
  const { maxFiles, paidMessages, body, quotedText, signature } = config.sending;
  const outbox = createOutbox({
    submissions: store.submissions,
    reports: store.reports,
    index: store.index,
    domain,
    text: { body, quotedText, signature },
    spoolDirectory,
    clock,
    log,
    maxFiles,
    maxTotalOctets,
    paidMessages,
  });

  const wording = new Wording(config.language);
  const pop3 = { accounts, sessions: new AccountSessions(), mailbox, log, clock, tls, domain, wording };
  const smtp = {
    accounts,
    outbox,
    log,
    domain,
    wording,
    tls,
    spoolDirectory,
    limits: {
      maxMessageOctets: Math.ceil(maxTotalOctets * TRANSFER_ENCODING) + MAIL_ALLOWANCE_OCTETS,
      maxTotalOctets,
      maxClients: SMTP_CLIENTS,
    },
  };

  const started: Stoppable[] = [];
  const start = async <Server extends Stoppable>(server: Promise<Server>): Promise<Server> => {
    started.push(await server);
    return server;
  };
  const stop = async (drainMs: number): Promise<void> => {
    await certificates.stop();
    await Promise.all(started.map((server) => server.close(drainMs)));
    await isds.close();
  };
  try {
    const { host: pop3Host, tlsPort: pop3TlsPort, startTlsPort: pop3Port } = config.pop3;
    const { host: smtpHost, tlsPort: smtpTlsPort, startTlsPort: smtpPort } = config.smtp;
    const pop3Tls = await start(createPop3Server(pop3, { host: pop3Host, port: pop3TlsPort, mode: 'implicit-tls' }));
    const pop3Plain = await start(createPop3Server(pop3, { host: pop3Host, port: pop3Port, mode: 'starttls' }));
    const smtpTls = await start(createSmtpServer(smtp, { host: smtpHost, port: smtpTlsPort, mode: 'implicit-tls' }));
    const smtpPlain = await start(createSmtpServer(smtp, { host: smtpHost, port: smtpPort, mode: 'starttls' }));
    const mailPorts = {
      pop3Tls: pop3Tls.address.port,
      pop3: pop3Plain.address.port,
      smtpTls: smtpTls.port,
      smtp: smtpPlain.port,
    };
    const { host: setupHost, httpPort, httpsPort, trustedProxies } = config.setup;
    const setup = {
      announcement: announce(config, mailPorts),
      trustedProxies,
      signer: certificates.signer,
      challengeAnswer: (token: string) => certificates.challenges.answerTo(token),
      log,
      clock,
    };
    const http =
      httpPort === undefined ? undefined : await start(createSetupServer(setup, { host: setupHost, port: httpPort }));
    const https =
      httpsPort === undefined
        ? undefined
        : await start(createSetupServer(setup, { host: setupHost, port: httpsPort, tls }));
    const ports = {
      ...mailPorts,
      ...(http && { http: http.address.port }),
      ...(https && { https: https.address.port }),
    };
    certificates.begin();
    log.info({ version, domain, ports, isds: config.isds.domain }, 'gateway started');
    return {
      ports,
      certificate: tls.cert,
      renewCertificates: () => certificates.look(),
      control: answerControl(store, clock),
      close: async () => {
        await stop(config.drainSeconds * 1_000);
        log.info('gateway stopped');
      },
    };
  } catch (error) {
    await stop(0);
    throw error;
  }
}

function answerControl({ index, deliveries }: Store, clock: Clock): ControlHandler {
  return async (request) => {
    switch (request.command) {
      case 'pickup':
        await index.permit(request.account, clock.now());
        return { permitted: request.account };
      case 'deliveries':
        return { deliveries: [...(await deliveries.newest(request.account, request.limit))] };
    }
  };
}
