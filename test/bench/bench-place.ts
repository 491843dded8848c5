/** Where a run of the benchmark takes place: a certificate, a folder, and gateways that know both. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from '../../src/certificates/index.ts';
import { type Child, type GatewayPorts, startGateway, startProgram } from './child.ts';
import { DOMAIN } from './logins.ts';
import type { TlsFiles } from './programs/listening.ts';
import type { UpstreamSettings } from './programs/upstream.ts';
import { freePorts } from '../support/gateway-settings.ts';
import { systemClock } from '../../src/core/index.ts';

export interface Upstream {
  readonly port: number;
  /** dmID of the newest message. */
  readonly newest: string;
  /** Calls so far by operation. */
  calls(): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
}

export class BenchPlace {
  readonly folder: string;
  readonly tls: TlsFiles;
  /** PEM; the same for ISDS, the gateway and whatever stands beside it. */
  readonly ca: string;
  #gateways = 0;

  private constructor(folder: string, tls: TlsFiles) {
    this.folder = folder;
    this.tls = tls;
    this.ca = readFileSync(tls.certificateFile, 'utf8');
  }

  static async make(): Promise<BenchPlace> {
    const folder = mkdtempSync(join(tmpdir(), 'postolka-bench-'));
    const { cert, key } = await selfSigned(systemClock, [DOMAIN]);
    const tls = { certificateFile: join(folder, 'certificate.pem'), keyFile: join(folder, 'key.pem') };
    writeFileSync(tls.certificateFile, cert);
    writeFileSync(tls.keyFile, key);
    mkdirSync(join(folder, 'spool'));
    return new BenchPlace(folder, tls);
  }

  get spoolDirectory(): string {
    return join(this.folder, 'spool');
  }

  async upstream(box: {
    readonly listed: number;
    readonly files: readonly number[];
    readonly vodz?: true;
  }): Promise<Upstream> {
    const { child, port } = await startProgram('upstream.ts', {
      vodz: false,
      ...this.tls,
      ...box,
    } satisfies UpstreamSettings);
    return { port, newest: await child.ask('newest'), calls: () => child.ask('calls'), stop: () => child.stop() };
  }

  /** With an empty store. */
  async gateway(
    upstream: Upstream,
    settings: Readonly<Record<string, string>>,
  ): Promise<{ readonly child: Child; readonly ports: GatewayPorts }> {
    return startGateway({
      POSTOLKA_DOMAIN: DOMAIN,
      POSTOLKA_DATA_DIRECTORY: join(this.folder, `data-${this.#gateways++}`),
      POSTOLKA_SPOOL_DIRECTORY: this.spoolDirectory,
      POSTOLKA_TLS_CERTIFICATE_FILE: this.tls.certificateFile,
      POSTOLKA_TLS_KEY_FILE: this.tls.keyFile,
      ...freePorts,
      POSTOLKA_DRAIN_SECONDS: '1',
      POSTOLKA_ISDS_BASE_URLS_WS1: `https://127.0.0.1:${upstream.port}`,
      POSTOLKA_ISDS_BASE_URLS_WS2: `https://127.0.0.1:${upstream.port}`,
      POSTOLKA_ISDS_CA_FILE: this.tls.certificateFile,
      ...settings,
    });
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }
}
