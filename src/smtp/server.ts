/** The SMTP server: smtp-server's parser and session, with what is allowed and answered decided here. */
import { SMTPServer } from 'smtp-server';
import { Refused } from '../refusals/index.ts';
import { listen, tlsOptions } from '../net/index.ts';
import { IDLE_MS } from './limits.ts';
import type { SmtpOptions } from './options.ts';
import { converse } from './bent-library.ts';
import { Conversations } from './conversations.ts';

/** Where an SMTP server listens. */
export interface SmtpListen {
  readonly host: string;
  readonly port: number;
  /** Implicit TLS (port 465, RFC 8314 §3.3) or STARTTLS (port 587). */
  readonly mode: 'implicit-tls' | 'starttls';
  readonly maxConnections?: number;
  readonly maxConnectionsPerNetwork?: number;
}

/** A port that is open. */
export interface SmtpServer {
  readonly port: number;
  /** Whether connections are still taken. */
  readonly listening: boolean;
  /** Takes no more connections, lets messages under way end within the time, closes the rest. */
  close(drainMs: number): Promise<void>;
}

export async function createSmtpServer(options: SmtpOptions, { mode, ...endpoint }: SmtpListen): Promise<SmtpServer> {
  const sessions = new Conversations(options);
  const parser = smtpParser(options, mode, sessions);
  const listener = await listen({
    ...endpoint,
    ...(mode === 'implicit-tls' && { tls: options.tls }),
    log: options.log,
    busyAnswer: `421 ${options.wording.text(new Refused('gateway-busy'))}\r\n`,
    networks: options.networks,
    ...(options.loginTimeoutMs !== undefined && { loginTimeoutMs: options.loginTimeoutMs }),
    converse: (socket, place) => converse(parser, socket, (connection) => sessions.expect(connection, place)),
  });
  const close = (drainMs: number): Promise<void> => {
    sessions.leave();
    return listener.close(drainMs);
  };
  return {
    port: listener.address.port,
    get listening() {
      return listener.listening;
    },
    close,
  };
}

/** smtp-server without its listening socket: it gets connections whose handshake and limits are behind them. */
function smtpParser(options: SmtpOptions, mode: SmtpListen['mode'], sessions: Conversations): SMTPServer {
  const server: SMTPServer = new SMTPServer({
    ...tlsOptions(options.tls),
    secure: mode === 'implicit-tls',
    name: options.domain,
    heloResponse: '%s',
    logger: false,
    size: options.limits.maxMessageOctets,
    rejectOversized: true,
    socketTimeout: IDLE_MS,
    authMethods: ['PLAIN', 'LOGIN'],
    // Which connection may log in without TLS is decided for each of them, by the commands it is offered.
    allowInsecureAuth: true,
    authRequiredMessage: `5.7.0 ${options.wording.text(new Refused('login-required'))}`,
    // Asking the DNS about clients tells a third party who sends data messages, and delays the greeting.
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    hideSMTPUTF8: true,
    ...sessions.handlers(),
  });
  options.tls.onRenewed?.(() => server.updateSecureContext(tlsOptions(options.tls)));
  // Resets and broken STARTTLS handshakes; without a listener they would end the process.
  server.on('error', (error: Error) => options.log.debug({ err: error }, 'smtp connection error'));
  return server;
}
