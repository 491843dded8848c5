/** The listening ports of the gateway: opened one after the other, and closed together. */
import type { Clock, Log } from '../core/index.ts';
import type { Config } from '../config/index.ts';
import type { Certificates } from '../certificates/index.ts';
import { createPop3Server, type Pop3Options } from '../pop3/index.ts';
import { announce, createSetupServer } from '../setup/index.ts';
import { createSmtpServer, type SmtpOptions } from '../smtp/index.ts';

/** Where the servers listen. */
export interface Ports {
  readonly pop3Tls: number;
  readonly pop3: number;
  readonly smtpTls: number;
  readonly smtp: number;
  /** Of the set-up service, where it is on. */
  readonly http?: number;
  readonly https?: number;
}

/** All servers of a gateway as one. */
export interface Servers {
  readonly ports: Ports;
  /** Whether all of them take connections. */
  readonly listening: boolean;
  /** Take no more connections, let conversations under way end within the time, close the rest. */
  close(drainMs: number): Promise<void>;
}

export interface ServersOptions {
  readonly config: Config;
  readonly pop3: Pop3Options;
  readonly smtp: SmtpOptions;
  readonly certificates: Certificates;
  readonly clock: Clock;
  readonly log: Log;
}

interface Stoppable {
  readonly listening: boolean;
  close(drainMs: number): Promise<unknown>;
}

/** All or none: when one cannot listen, those before it are closed again. */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const started: Stoppable[] = [];
  const start = async <Server extends Stoppable>(server: Promise<Server>): Promise<Server> => {
    started.push(await server);
    return server;
  };
  const close = async (drainMs: number): Promise<void> => {
    await Promise.all(started.map((server) => server.close(drainMs)));
  };
  try {
    const mailPorts = await startMailServers(options, start);
    const ports = { ...mailPorts, ...(await startSetupServers(options, mailPorts, start)) };
    return {
      ports,
      get listening() {
        return started.every(({ listening }) => listening);
      },
      close,
    };
  } catch (error) {
    await close(0);
    throw error;
  }
}

type Start = <Server extends Stoppable>(server: Promise<Server>) => Promise<Server>;
type MailPorts = Omit<Ports, 'http' | 'https'>;

async function startMailServers({ config, pop3, smtp }: ServersOptions, start: Start): Promise<MailPorts> {
  const reading = { host: config.pop3.host };
  const sending = { host: config.smtp.host };
  const pop3Tls = await start(createPop3Server(pop3, { ...reading, port: config.pop3.tlsPort, mode: 'implicit-tls' }));
  const pop3Plain = await start(
    createPop3Server(pop3, { ...reading, port: config.pop3.startTlsPort, mode: 'starttls' }),
  );
  const smtpTls = await start(createSmtpServer(smtp, { ...sending, port: config.smtp.tlsPort, mode: 'implicit-tls' }));
  const smtpPlain = await start(
    createSmtpServer(smtp, { ...sending, port: config.smtp.startTlsPort, mode: 'starttls' }),
  );
  return {
    pop3Tls: pop3Tls.address.port,
    pop3: pop3Plain.address.port,
    smtpTls: smtpTls.port,
    smtp: smtpPlain.port,
  };
}

async function startSetupServers(
  { config, certificates, clock, log }: ServersOptions,
  mailPorts: MailPorts,
  start: Start,
): Promise<Pick<Ports, 'http' | 'https'>> {
  const { host, httpPort, httpsPort, trustedProxies } = config.setup;
  const setup = {
    announcement: announce(config, mailPorts),
    trustedProxies,
    signer: certificates.signer,
    challengeAnswer: (token: string) => certificates.challenges.answerTo(token),
    log,
    clock,
  };
  const tls = certificates.identity;
  const http = httpPort === undefined ? undefined : await start(createSetupServer(setup, { host, port: httpPort }));
  const https =
    httpsPort === undefined ? undefined : await start(createSetupServer(setup, { host, port: httpsPort, tls }));
  return { ...(http && { http: http.address.port }), ...(https && { https: https.address.port }) };
}
