/** `postolka demo`: a gateway on this computer in front of the sandbox ISDS, nothing kept, nothing to configure. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashPassword } from '../accounts/index.ts';
import { selfSigned } from '../certificates/index.ts';
import { type Config, loadConfig } from '../config/index.ts';
import { serveControl } from '../control/index.ts';
import { createLog, Secret, systemClock } from '../core/index.ts';
import { startGateway } from '../gateway/index.ts';
import { demoBoxes, type Sandbox, startSandbox } from '../sandbox/index.ts';
import { memoryStore } from '../store/index.ts';
import { controlSocketOf } from './control-path.ts';
import { banner, CERTIFICATE_LOGIN } from './demo-banner.ts';
import { writeCertificates } from './sandbox-certificates.ts';
import { stopSignal } from './stop-signal.ts';

/** Above 1024, so that no privilege is needed, and still recognisable. */
const DEMO_SETTINGS = {
  POSTOLKA_DOMAIN: 'datovka.localhost',
  POSTOLKA_POP3_HOST: '127.0.0.1',
  POSTOLKA_POP3_TLS_PORT: '2995',
  POSTOLKA_POP3_START_TLS_PORT: '2110',
  POSTOLKA_SMTP_HOST: '127.0.0.1',
  POSTOLKA_SMTP_TLS_PORT: '2465',
  POSTOLKA_SMTP_START_TLS_PORT: '2587',
  POSTOLKA_SETUP_HOST: '127.0.0.1',
  POSTOLKA_SETUP_HTTP_PORT: '2080',
  POSTOLKA_SETUP_PUBLIC_URL: 'http://localhost:2080',
  POSTOLKA_SETUP_POP3_HOST: 'localhost',
  POSTOLKA_SETUP_SMTP_HOST: 'localhost',
  // Everything stays on this computer, passwords of invented people included.
  POSTOLKA_LOGIN_WITHOUT_TLS: 'loopback',
  POSTOLKA_DRAIN_SECONDS: '2',
  // Who tries the gateway out sends a message and looks for it at once.
  POSTOLKA_PICKUP_INTERVAL_MINUTES: '0',
};

/** The banner goes to standard output, the log to standard error. Resolves with the exit status after SIGTERM. */
export async function demo(): Promise<number> {
  const stop = stopSignal();
  const settings = loadConfig(undefined, { ...DEMO_SETTINGS, ...process.env });
  // Its own even when another is set: a demo must not take over the control socket of a gateway at work.
  const folder = await mkdtemp(join(tmpdir(), 'postolka-demo-'));
  // A login by certificate needs TLS (isds §2.1).
  const tls = await selfSigned(systemClock);
  const sandbox = await startSandbox({ tls, clock: systemClock });
  const log = createLog(settings.log.level, process.stderr);
  const store = memoryStore();
  try {
    const config = await inFrontOf(sandbox, tls.cert, { ...settings, dataDirectory: folder });
    const gateway = await startGateway(config, { store, log, clock: systemClock });
    const control = await serveControl(controlSocketOf(config), gateway.control, log);
    process.stdout.write(banner(config, gateway.ports, await writeSettings(config)));
    await stop;
    await control.close();
    await gateway.close();
    return 0;
  } finally {
    await sandbox.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function inFrontOf(sandbox: Sandbox, server: string, config: Config): Promise<Config> {
  const { url } = sandbox;
  const { ca, certificate, key } = await writeCertificates(sandbox, {
    boxId: demoBoxes.company,
    folder: config.dataDirectory,
    server,
  });
  const { login, password } = CERTIFICATE_LOGIN;
  const passwordHash = await hashPassword(new Secret(password));
  return {
    ...config,
    isds: {
      ...config.isds,
      domain: 'sandbox',
      baseUrls: { ws1: url, ws2: url, ws1c: url, ws2c: url },
      caFile: ca,
    },
    certificates: [{ login, passwordHash, certificateFile: certificate, keyFile: key }],
  };
}

/** For the commands that ask a running gateway: they find its control socket by its settings. */
async function writeSettings({ domain, dataDirectory }: Config): Promise<string> {
  const file = join(dataDirectory, 'postolka.toml');
  await writeFile(file, `domain = ${JSON.stringify(domain)}\ndataDirectory = ${JSON.stringify(dataDirectory)}\n`);
  return file;
}
