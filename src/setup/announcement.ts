/** What the gateway tells mail programs, name servers and people about itself. */
import type { Config } from '../config/index.ts';

/** One of the two mail protocols under its public name. */
export interface MailServer {
  readonly host: string;
  /** TLS from the first octet: what is recommended everywhere (RFC 8314 §3). */
  readonly tlsPort: number;
  /** TLS on command, for programs that cannot do otherwise. */
  readonly startTlsPort: number;
}

/** What mail programs are told of the gateway. */
export interface Announcement {
  readonly domain: string;
  readonly pop3: MailServer;
  readonly smtp: MailServer;
  /** Origin of the set-up service as people reach it, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether the service is described in the manner of PACC; a draft that may still change. */
  readonly pacc: boolean;
  readonly pickup: Pick<Config['pickup'], 'policy' | 'intervalMinutes'>;
}

interface ListeningPorts {
  readonly pop3Tls: number;
  readonly pop3: number;
  readonly smtpTls: number;
  readonly smtp: number;
}

/** The ports are those that the gateway listens on, unless something in front of it offers others. */
export function announce({ domain, setup, pickup }: Config, ports: ListeningPorts): Announcement {
  return {
    domain,
    pop3: {
      host: setup.pop3Host ?? `pop3.${domain}`,
      tlsPort: setup.pop3Port ?? ports.pop3Tls,
      startTlsPort: ports.pop3,
    },
    smtp: {
      host: setup.smtpHost ?? `smtp.${domain}`,
      tlsPort: setup.smtpPort ?? ports.smtpTls,
      startTlsPort: ports.smtp,
    },
    publicUrl: (setup.publicUrl ?? `https://${domain}`).replace(/\/+$/, ''),
    pacc: setup.pacc === 'serve',
    pickup,
  };
}

/** The same from the settings alone, for commands beside the running gateway. */
export function announceConfigured(config: Config): Announcement {
  const { pop3, smtp } = config;
  return announce(config, {
    pop3Tls: pop3.tlsPort,
    pop3: pop3.startTlsPort,
    smtpTls: smtp.tlsPort,
    smtp: smtp.startTlsPort,
  });
}
