/** Every setting with its default, its bounds and its reason: the one description that the example file and docs/settings.md follow. */
import { z } from 'zod';
import { LOG_LEVELS } from '../core/index.ts';
import { certificates } from './certificates-schema.ts';
import { domain, filePath, port } from './setting-values.ts';
import { setup } from './setup-schema.ts';
import { tls } from './tls-schema.ts';
import { parseWeekWindow, type WeekWindow } from '../calendar/index.ts';

const baseUrl = z.url({ protocol: /^https?$/ }).exactOptional();

const listener = (implicitTls: number, startTls: number) =>
  z.strictObject({
    host: z.string().min(1).default('0.0.0.0').describe('Address to listen on.'),
    tlsPort: port.default(implicitTls).describe('Port with TLS from the first octet.'),
    startTlsPort: port.default(startTls).describe('Port that turns to TLS on command.'),
  });

const isds = z.strictObject({
  domain: domain
    .default('datovka.gov.cz')
    .describe('datovka.gov.cz is the real ISDS, datovka-test.gov.cz the public test environment.'),
  baseUrls: z
    .strictObject({ ws1: baseUrl, ws1c: baseUrl, ws2: baseUrl, ws2c: baseUrl, www: baseUrl })
    .prefault({})
    .describe('Origins of the service families where they are not https://<family>.<domain>.'),
  caFile: filePath.optional().describe('PEM file with certificates trusted besides those of the system.'),
  sealAnchorsFile: filePath
    .optional()
    .describe(
      'PEM file with the certificates that seals and time stamps of signed originals must lead to; unchecked without it.',
    ),
});

const login = z.strictObject({
  withoutTls: z
    .enum(['never', 'loopback'])
    .default('never')
    .describe(
      'Whether programs on this computer may log in without TLS: loopback, or never, as it must be where a proxy on it hands connections on.',
    ),
  rememberSuccessMinutes: z
    .int()
    .min(0)
    .max(1_440)
    .default(10)
    .describe('How long an accepted password is believed without asking ISDS again.'),
  rememberFailureMinutes: z
    .int()
    .min(1)
    .max(1_440)
    .default(60)
    .describe('How long a refused password is refused here without asking ISDS again.'),
  failuresPerLogin: z
    .int()
    .min(1)
    .max(3)
    .default(3)
    .describe(
      'Different wrong passwords of one login within an hour before it is paused; those of strangers do not count for networks that it was accepted from before.',
    ),
  failuresOfAll: z
    .int()
    .min(1)
    .max(5)
    .default(5)
    .describe(
      'Wrong passwords of all logins within an hour before all are paused, the last three of them for logins that were accepted from the same network before; ISDS blocks an address at about six.',
    ),
});

const sending = z.strictObject({
  body: z
    .enum(['pdf', 'txt', 'omit'])
    .default('pdf')
    .describe(
      'What the text of a mail becomes: pdf with the pictures it shows, txt, or omit for nothing; the sender is told then.',
    ),
  quotedText: z
    .enum(['keep', 'remove'])
    .default('keep')
    .describe('Whether the quoted original in a reply is sent: keep or remove.'),
  signature: z
    .enum(['keep', 'remove'])
    .default('keep')
    .describe('Whether the signature below the line "-- " is sent: keep or remove.'),
  maxFiles: z
    .int()
    .min(1)
    .max(100)
    .default(50)
    .describe('Files in one data message, the text included; ISDS allows 100.'),
  maxTotalMegabytes: z
    .int()
    .min(1)
    .max(100)
    .default(100)
    .describe('Sum of the files in units of 10^6 octets. More than 20 go as a large message (VoDZ).'),
  paidMessages: z
    .enum(['allow', 'refuse'])
    .default('allow')
    .describe(
      'Whether messages may be sent that cost money: allow or refuse. Replies that somebody prepaid always may.',
    ),
});

const weekWindow = z.string().transform((text, context): WeekWindow => {
  const window = parseWeekWindow(text);
  if (window !== undefined) return window;
  context.addIssue('must look like "Mon-Fri 07:00-18:00"');
  return z.NEVER;
});

const pickup = z
  .strictObject({
    policy: z
      .enum(['onPoll', 'windows', 'manual'])
      .default('onPoll')
      .describe(
        'When picking up, which delivers, is allowed: onPoll when a mail program asks for mail; windows only within pickup.windows; manual only after a command.',
      ),
    intervalMinutes: z
      .int()
      .min(0)
      .max(1_440)
      .default(5)
      .describe('Least time between two pick-ups of an account; all its mail programs share the answer.'),
    windows: z
      .array(weekWindow)
      .default([])
      .describe(
        'Weekdays and hours of the policy windows, Czech time, for example "Mon-Tue 08:00-16:00"; never on public holidays.',
      ),
  })
  .refine((value) => value.policy !== 'windows' || value.windows.length > 0, {
    path: ['windows'],
    message: 'must not be empty with the policy windows',
  });

const receiving = z.strictObject({
  original: z
    .enum(['attach', 'omit'])
    .default('attach')
    .describe('Whether the signed original (ZFO) comes as the last attachment: attach or omit.'),
  originalOfLarge: z
    .enum(['attach', 'omit'])
    .default('omit')
    .describe(
      'The same for messages above 20 MB: with the original, which holds all files once more, a mail may take 300 MB.',
    ),
  keepErasedDays: z
    .int()
    .min(0)
    .max(3_650)
    .default(365)
    .describe(
      'How long a mail stays listed for programs that have it, after ISDS erased the message: some delete what vanishes.',
    ),
});

const log = z.strictObject({
  level: z.enum(LOG_LEVELS).default('info').describe('debug, info, warn, error or silent.'),
});

const settings = z.strictObject({
  domain: domain.describe(
    'Mail domain of the gateway: a box is written to as <box id>@<domain>. The only setting that must be set.',
  ),
  language: z
    .enum(['cs', 'en'])
    .default('cs')
    .describe('Language of the replies that mail programs show: cs or en. What ISDS says stays Czech.'),
  dataDirectory: filePath.default('data').describe('Folder of the embedded store.'),
  spoolDirectory: filePath
    .optional()
    .describe(
      'Folder for attachments on their way to ISDS, as unlinked files; the system’s temporary folder if not set.',
    ),
  drainSeconds: z
    .int()
    .min(0)
    .max(600)
    .default(30)
    .describe('How long transfers and sendings may go on after SIGTERM.'),
  tls: tls.prefault({}),
  pop3: listener(995, 110).prefault({}),
  smtp: listener(465, 587).prefault({}),
  setup: setup.prefault({}),
  isds: isds.prefault({}),
  login: login.prefault({}),
  pickup: pickup.prefault({}),
  receiving: receiving.prefault({}),
  sending: sending.prefault({}),
  certificates,
  log: log.prefault({}),
});

/** Ports that one address would have to serve twice; 0 lets the system choose. */
const twice = (config: z.output<typeof settings>): readonly [string, string][] => {
  const { pop3, smtp, setup: web } = config;
  const ports: readonly [string, string, number | undefined][] = [
    ['pop3.tlsPort', pop3.host, pop3.tlsPort],
    ['pop3.startTlsPort', pop3.host, pop3.startTlsPort],
    ['smtp.tlsPort', smtp.host, smtp.tlsPort],
    ['smtp.startTlsPort', smtp.host, smtp.startTlsPort],
    ['setup.httpPort', web.host, web.httpPort],
    ['setup.httpsPort', web.host, web.httpsPort],
  ];
  return ports.flatMap(([name, host, number], index) => {
    const earlier = ports.slice(0, index).find(([, own, other]) => other === number && meet(own, host));
    return earlier === undefined || number === undefined || number === 0 ? [] : [[name, earlier[0]]];
  });
};

const EVERY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

function meet(one: string, other: string): boolean {
  return one === other || EVERY_ADDRESS.has(one) || EVERY_ADDRESS.has(other);
}

export const configSchema = settings
  .refine(({ tls: { acme }, setup: { httpPort } }) => acme.directoryUrl === undefined || httpPort !== undefined, {
    path: ['setup', 'httpPort'],
    message: 'must be set for tls.acme: there the authority looks whether the names lead here',
  })
  .superRefine((config, context) => {
    for (const [name, earlier] of twice(config)) {
      context.addIssue({
        code: 'custom',
        path: name.split('.'),
        message: `is the same port as ${earlier}; set another one`,
      });
    }
  });

export type Config = z.output<typeof configSchema>;
