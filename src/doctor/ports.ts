/** Do the ports answer under their public names, with a certificate that programs accept? */
import type { Clock } from '../core/index.ts';
import { type Announcement, type MailServer, certificateNames } from '../setup/index.ts';
import type { Directory } from './directory.ts';
import { advice, type Complaint, fault, type Finding, ok } from './finding.ts';
import { contact, type Contact } from './probe.ts';

const DAY_MS = 86_400_000;
/** Automatic renewal comes a month before the end; at two weeks it has failed and there is still time. */
const RENEWAL_DAYS = 14;

export interface ExaminationOptions {
  readonly directory: Directory;
  readonly clock: Clock;
  /** Certificates trusted in place of the system's. */
  readonly ca?: readonly string[] | undefined;
  /** Where the set-up service is reached over TLS. */
  readonly httpsPort: number;
  /** Where it is reached without, if at all. */
  readonly httpPort?: number | undefined;
  /** Names for which an authority is asked to issue a certificate. */
  readonly issuedNames: readonly string[];
  /** More names that the configured certificates list: somebody wants to use them. */
  readonly moreNames: readonly string[];
}

interface ExpectedPort {
  readonly port: number;
  /** Undefined: the handshake comes first; otherwise the commands that come before it. */
  readonly upgrade?: readonly string[];
  /** How the greeting begins; undefined where the other side waits to be asked. */
  readonly greeting?: string;
}

interface ExpectedHost {
  readonly host: string;
  readonly ports: readonly ExpectedPort[];
  /** Without the mail ports there is no mail; without the others people type the settings in. */
  readonly complain: Complaint;
}

export async function checkPorts(announcement: Announcement, options: ExaminationOptions): Promise<Finding[]> {
  const { pop3, smtp } = announcement;
  const web = certificateNames(announcement).filter((host) => host !== pop3.host && host !== smtp.host);
  const tlsPorts: ExpectedPort[] = [
    { port: pop3.tlsPort, greeting: '+OK' },
    { port: smtp.tlsPort, greeting: '220' },
  ];
  const expected: ExpectedHost[] = [
    { host: pop3.host, ports: mailPorts(pop3, '+OK', ['STLS']), complain: fault },
    { host: smtp.host, ports: mailPorts(smtp, '220', ['EHLO postolka.invalid', 'STARTTLS']), complain: fault },
    ...web.map((host) => ({ host, ports: [{ port: options.httpsPort }], complain: advice })),
    ...options.moreNames.map((host) => ({ host, ports: tlsPorts, complain: advice })),
  ];
  return (await Promise.all(expected.map((one) => checkHost(one, options)))).flat();
}

function mailPorts(
  { tlsPort, startTlsPort }: MailServer,
  greeting: string,
  upgrade: readonly string[],
): ExpectedPort[] {
  return [
    { port: tlsPort, greeting },
    { port: startTlsPort, greeting, upgrade },
  ];
}

/** At every address of the name: an IPv6 address that leads nowhere costs some people a minute at each poll. */
async function checkHost(expected: ExpectedHost, options: ExaminationOptions): Promise<Finding[]> {
  const { host, ports, complain } = expected;
  const addresses = await options.directory.addresses(host).catch(() => []);
  if (addresses.length === 0) {
    return [complain(host, 'has no address; publish an A or AAAA record, see "postolka dns"')];
  }
  return Promise.all(addresses.flatMap((address) => ports.map((port) => checkPort(expected, port, address, options))));
}

async function checkPort(
  { host, complain }: ExpectedHost,
  { port, upgrade, greeting = '' }: ExpectedPort,
  address: string,
  { clock, ca, issuedNames }: ExaminationOptions,
): Promise<Finding> {
  const what = `${host} port ${port} at ${address}`;
  try {
    const reached = await contact({ address, port, tlsName: host, upgrade, ca, greets: greeting !== '' });
    if (!reached.greeting.startsWith(greeting)) {
      return complain(what, `another service answers; it should begin with ${greeting}`);
    }
    const { validTo } = reached;
    const flaw = flawOf(host, reached, clock, issuedNames.includes(host));
    if (flaw !== undefined) return complain(what, flaw);
    return ok(validTo === undefined ? what : `${what}, certificate valid until ${dayOf(validTo)}`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return complain(what, `${message}; is the gateway running, and does the firewall let this port through?`);
  }
}

/** What is wrong with the certificate, and how to mend it. */
function flawOf(host: string, { distrust, validTo }: Contact, clock: Clock, issued: boolean): string | undefined {
  if (distrust === 'DEPTH_ZERO_SELF_SIGNED_CERT' && issued) {
    return 'the certificate is self-signed until the authority has issued one; the log of the gateway says what keeps it';
  }
  if (distrust === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `the certificate is not for ${host}; get one that lists this name`;
  }
  if (distrust !== undefined) {
    return `mail programs will not trust the certificate (${distrust}); get one, with its whole chain`;
  }
  const endsSoon = validTo !== undefined && validTo.getTime() - clock.now() < RENEWAL_DAYS * DAY_MS;
  return endsSoon ? `the certificate ends on ${dayOf(validTo)}; renew it` : undefined;
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 'YYYY-MM-DD'.length);
}
