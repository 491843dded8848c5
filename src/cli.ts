/** The command line: one command, its options, and an exit status. */
import { parseArgs } from 'node:util';
import { ConfigError } from './config/index.ts';
import { version } from './core/index.ts';

const USAGE = `Usage: postolka <command> [options]

  serve    --config FILE        run the gateway (also POSTOLKA_CONFIG; settings also from POSTOLKA_<SECTION>_<KEY>)
  demo                          run the gateway on this computer against a built-in sandbox ISDS
  sandbox  --port N             run the sandbox ISDS alone
           --certificates DIR   over HTTPS; writes into DIR what a log-in by certificate needs
  health   --config FILE        ask the running gateway whether its ports take connections; exit status 0 or 1
  check    --config FILE        look at DNS, ports, certificates and ISDS from outside; exit status 0 when all is well
  dns [ADDRESS…] --config FILE  print the DNS records for the configured domain, with the gateway's addresses
  pickup ACCOUNT --config FILE  let the next poll of an account pick up once, whatever the policy says
  deliveries [ACCOUNT] --config FILE
                                who picked up when, why, and which messages that delivered
  logins --config FILE          refused log-ins and pauses
  logins forgive NAME|all --config FILE
                                lift them, of one login or of all, while the gateway runs
  password                      read a password from standard input, print its hash for [[certificates]]
  version                       print the version
`;

/** Exit statuses: 1 for a failure while running, 2 for a call that was not understood. */
const FAILED = 1;
const MISUSED = 2;

const ASKS_FOR_HELP: ReadonlySet<string> = new Set(['help', '--help', '-h']);

const MAX_PORT = 65_535;

/** Runs until the command is done; a server goes on behind it until it is told to stop. */
export async function run(argv: readonly string[]): Promise<number> {
  if (argv.some((word) => ASKS_FOR_HELP.has(word))) {
    process.stdout.write(USAGE);
    return 0;
  }
  const call = parse(argv);
  if (call === undefined) {
    const unknown = argv.length === 0 ? '' : `Not understood: postolka ${argv.join(' ')}\n\n`;
    process.stderr.write(`${unknown}${USAGE}`);
    return MISUSED;
  }
  try {
    return await call();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return FAILED;
  }
}

type Call = () => Promise<number>;

interface Options {
  readonly config?: string;
  readonly port?: string;
  readonly certificates?: string;
}

function parse(argv: readonly string[]): Call | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { config: { type: 'string' }, port: { type: 'string' }, certificates: { type: 'string' } },
    });
    const [command, ...operands] = positionals;
    return command === undefined ? undefined : commandFor(command, operands, values);
  } catch {
    return undefined;
  }
}

/** A command is loaded when it is called: a running gateway needs no sandbox in its memory, and a look at its health is quick. */
function commandFor(command: string, operands: string[], values: Options): Call | undefined {
  const config = values.config ?? process.env['POSTOLKA_CONFIG'];
  if (command === 'dns') return async () => (await import('./commands/dns.ts')).dns(config, operands);
  if (command === 'logins') return loginsCall(config, operands);
  const [account, ...surplus] = operands;
  if (surplus.length > 0) return undefined;
  if (command === 'deliveries')
    return async () => (await import('./commands/deliveries.ts')).deliveries(config, account);
  if (command === 'pickup')
    return account === undefined
      ? undefined
      : async () => (await import('./commands/pickup.ts')).pickup(config, account);
  if (account !== undefined) return undefined;
  switch (command) {
    case 'serve':
      return async () => (await import('./commands/serve.ts')).serve(config);
    case 'demo':
      return async () => (await import('./commands/demo.ts')).demo();
    case 'sandbox': {
      const port = values.port === undefined ? 0 : portOf(values.port);
      if (port === undefined) return undefined;
      return async () => (await import('./commands/sandbox.ts')).sandbox(port, values.certificates);
    }
    case 'check':
      return async () => (await import('./commands/check.ts')).check(config);
    case 'health':
      return async () => (await import('./commands/health.ts')).health(config);
    case 'password':
      return async () => (await import('./commands/password.ts')).password();
    case 'version':
      return async () => {
        process.stdout.write(`${version}\n`);
        return 0;
      };
    default:
      return undefined;
  }
}

function loginsCall(config: string | undefined, [verb, name, ...surplus]: string[]): Call | undefined {
  if (verb === undefined) return async () => (await import('./commands/logins.ts')).logins(config);
  if (verb !== 'forgive' || name === undefined || surplus.length > 0) return undefined;
  return async () => (await import('./commands/logins.ts')).forgive(config, name);
}

function portOf(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= MAX_PORT ? Number(text) : undefined;
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return `The configuration is not usable:\n${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
