/** DATA of a mail with files, beside the stock chain and beside a copy of its octets to ISDS. */
import type { BenchPlace, Upstream } from '../bench-place.ts';
import { startProgram } from '../child.ts';
import { Client, smtpLogIn } from '../clients.ts';
import { DOMAIN, numberedLogins, RECIPIENT } from '../logins.ts';
import { mailOf } from '../mails.ts';
import { compare, type Running, type Thoroughness } from '../measure.ts';
import { memoryBar, type Row, stopBar, timeBar } from '../row.ts';

export interface SendingCase {
  readonly name: string;
  readonly files: readonly number[];
  /** How the stock chain hands the files over. */
  readonly form: 'base64' | 'raw';
}

/** The stock chain leaves the text of the mail out, which the gateway would make a PDF of. */
const WITHOUT_TEXT = { POSTOLKA_SENDING_BODY: 'omit' };

/** Against the stock chain. */
const MOST_TIME = 1.1;
const MOST_MIB = 250;

export async function measureSending(
  place: BenchPlace,
  upstream: Upstream,
  { name, files, form }: SendingCase,
  thoroughness: Thoroughness,
): Promise<Row> {
  const login = numberedLogins[0]!.name;
  const sender = `${login}@${DOMAIN}`;
  const mail = mailOf(files, sender, RECIPIENT);
  const settings = { ...place.tls, upstream: upstream.port, directory: place.spoolDirectory, form };

  const sending = async (child: Running['child'], port: number): Promise<Running> => {
    const client = await smtpLogIn({ port, ca: place.ca }, login);
    const once = async (): Promise<void> => {
      await client.command(`MAIL FROM:<${sender}>`);
      await client.command(`RCPT TO:<${RECIPIENT}>`);
      await client.command('DATA');
      for (const octets of mail.octets()) await client.write(octets);
      await client.answer('mail');
    };
    return { child, once, leave: () => client.destroy() };
  };
  const beside = (program: string) => async (): Promise<Running> => {
    const { child, port } = await startProgram(program, settings);
    return sending(child, port);
  };

  const found = await compare(
    {
      product: async () => {
        const { child, ports } = await place.gateway(upstream, WITHOUT_TEXT);
        return sending(child, ports.smtpTls);
      },
      limit: beside('copy-sending.ts'),
      stock: beside('stock-sending.ts'),
    },
    thoroughness,
  );
  return {
    name,
    octets: mail.files,
    ...found,
    bars: [timeBar(found.product, found.stock, MOST_TIME), memoryBar(found.product, MOST_MIB), stopBar(found.product)],
  };
}

/** Octets that the gateway takes in one mail. */
export async function largestMail(place: BenchPlace, upstream: Upstream): Promise<number> {
  const { child, ports } = await place.gateway(upstream, {});
  try {
    const client = await Client.connect({ port: ports.smtpTls, ca: place.ca });
    await client.write(Buffer.from('EHLO localhost\r\n'));
    const size = /^\d{3}[ -]SIZE (\d+)/m.exec((await client.answer('EHLO')).join('\n'))?.[1];
    client.destroy();
    return Number(size);
  } finally {
    await child.stop();
  }
}
