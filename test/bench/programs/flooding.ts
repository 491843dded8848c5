/** An account that floods: on many connections it sends one mail after the other, until it is stopped. */
import { constants, setPriority } from 'node:os';
import { readFileSync } from 'node:fs';
import { deliver, type Place, smtpLogIn } from '../clients.ts';
import { floodContents, type FloodKind } from '../flood-contents.ts';
import { ready, settings } from './listening.ts';

export interface FloodSettings {
  readonly port: number;
  readonly certificateFile: string;
  readonly login: string;
  readonly kind: FloodKind;
}

const CONNECTIONS = 12;

/** One address may have only so many connections, and the honest ones have another. */
const ADDRESS = '127.0.0.2';

const { port, certificateFile, login, kind } = settings() as FloodSettings;
const place: Place = { port, ca: readFileSync(certificateFile, 'utf8'), localAddress: ADDRESS };

// A flood comes from a computer of its own: what it costs there must not be missing here.
setPriority(constants.priority.PRIORITY_LOW);

let mails = 0;
for (let begun = 0; begun < CONNECTIONS; begun++) void flood();
ready(undefined, { mails: () => mails });

async function flood(): Promise<void> {
  const client = await smtpLogIn(place, login);
  for (; ; mails++) await deliver(client, login, floodContents[kind]).catch(throwUnlessRefused);
}

function throwUnlessRefused(error: unknown): void {
  if (!(error instanceof Error) || !/: [45]\d\d/.test(error.message)) throw error;
}
