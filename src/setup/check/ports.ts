/** Do the ports answer under their public names, with a certificate that programs accept? */
import type { Clock } from '../../core/index.ts';
import type { Announcement, MailServer } from '../announcement.ts';
import { certificateNames } from '../host-names.ts';
import type { Directory } from './directory.ts';
import { advice, type Complaint, fault, type Finding, ok } from './finding.ts';
import { contact, type Contact } from './probe.ts';

const DAY_MS = 86_400_000;
/** Automatic renewal comes a month before the end; at two weeks it has failed and there is still time. */
const RENEWAL_DAYS = 14;

export interface Surroundings {
  readonly directory: Directory;
  readonly clock: Clock;
  /** Certificates trusted in place of the system's. */
  readonly ca?: readonly string[] | undefined;
  /** Where the set-up service is reached over TLS. */
  readonly httpsPort: number;
}

interface ExpectedPort {
  readonly port: number;
  readonly tls: boolean;
  /** How the greeting begins; undefined where the other side waits to be asked. */
  readonly greeting?: string;
}

interface ExpectedHost {
  readonly host: string;
  readonly ports: readonly ExpectedPort[];
  /** Without the mail ports there is no mail; without the others people type the settings in. */
  readonly complain: Complaint;
}

export async function checkPorts(announcement: Announcement, surroundings: Surroundings): Promise<Finding[]> {
  const { pop3, smtp } = announcement;
  const web = certificateNames(announcement).filter((host) => host !== pop3.host && host !== smtp.host);
  const expected: ExpectedHost[] = [
    { host: pop3.host, ports: mailPorts(pop3, '+OK'), complain: fault },
    { host: smtp.host, ports: mailPorts(smtp, '220'), complain: fault },
    ...web.map((host) => ({ host, ports: [{ port: surroundings.httpsPort, tls: true }], complain: advice })),
  ];
  return (await Promise.all(expected.map((one) => checkHost(one, surroundings)))).flat();
}

function mailPorts({ tlsPort, startTlsPort }: MailServer, greeting: string): ExpectedPort[] {
  return [
    { port: tlsPort, tls: true, greeting },
    { port: startTlsPort, tls: false, greeting },
  ];
}

/** At every address of the name: an IPv6 address that leads nowhere costs some people a minute at each poll. */
async function checkHost(expected: ExpectedHost, surroundings: Surroundings): Promise<Finding[]> {
  const { host, ports, complain } = expected;
  const addresses = await surroundings.directory.addresses(host).catch(() => []);
  if (addresses.length === 0) {
    return [complain(host, 'has no address; publish an A or AAAA record, see "postolka dns"')];
  }
  return Promise.all(
    addresses.flatMap((address) => ports.map((port) => checkPort(expected, port, address, surroundings))),
  );
}

async function checkPort(
  { host, complain }: ExpectedHost,
  { port, tls, greeting = '' }: ExpectedPort,
  address: string,
  { clock, ca }: Surroundings,
): Promise<Finding> {
  const what = `${host} port ${port} at ${address}`;
  try {
    const target = { address, port, ca, greets: greeting !== '', ...(tls && { tlsName: host }) };
    const reached = await contact(target);
    if (!reached.greeting.startsWith(greeting)) {
      return complain(what, `another service answers; it should begin with ${greeting}`);
    }
    const { validTo } = reached;
    const flaw = flawOf(host, reached, clock);
    if (flaw !== undefined) return complain(what, flaw);
    return ok(validTo === undefined ? what : `${what}, certificate valid until ${dayOf(validTo)}`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return complain(what, `${message}; is the gateway running, and does the firewall let this port through?`);
  }
}

/** What is wrong with the certificate, and how to mend it. */
function flawOf(host: string, { distrust, validTo }: Contact, clock: Clock): string | undefined {
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
