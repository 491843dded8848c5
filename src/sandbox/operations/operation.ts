/** What an operation is: where it is called, what it is given, what it answers. */
import { type Box, type Login, may, type Permission } from '../box.ts';
import type { Sequence } from '../sequence.ts';
import type { SealKey } from '../seal-key.ts';
import type { Sealing } from '../signed-message.ts';
import { StatusRefusal } from '../status.ts';
import type { World } from '../world.ts';
import type { Service } from '../places.ts';
import type { XmlElement } from '../xml-reader.ts';
import type { Pieces, XmlWriter } from '../xml-writer.ts';

/** What an operation is called with. */
export interface Call {
  readonly world: World;
  readonly login: Login;
  readonly box: Box;
  readonly request: XmlElement;
  readonly writer: XmlWriter;
  /** Content of the answer: a part of its own if the client wants that, base64 otherwise (isds §1.4). */
  readonly writeContent: (octets: Iterable<Buffer>, mimeType: string) => Pieces;
  /** The key of signed messages; made at the first use. */
  readonly sealKey: () => Promise<SealKey>;
}

/** What stands in front of the status, which is 0000 unless it is another success. */
export type Result = Pieces | { readonly body: Pieces; readonly code: string };

/** One operation of ISDS as the sandbox carries it out. */
export interface Operation {
  readonly service: Service;
  readonly input: Sequence;
  /** Prefix of the answer. */
  readonly prefix: string;
  /** Counted among parallel requests of a box (isds §1.8). */
  readonly watched?: boolean;
  /** Refused while the account is in restricted mode and busy (isds §1.8). */
  readonly restrictable?: boolean;
  /** Checks and carries out everything before it answers what stands in front of the status. */
  readonly run: (call: Call) => Result | Promise<Result>;
}

/** With what a document of this call is sealed. */
export async function sealingOf({ world, sealKey }: Call): Promise<Sealing> {
  return { key: await sealKey(), now: world.now(), sealed: world.sealed };
}

/** Refuses with the code that belongs to the missing right (isds §9). */
export function requirePermission(call: Call, permission: keyof typeof Permission): void {
  const code = { readOrdinary: '1207', readPersonal: '1208', send: '1206', viewInfo: '1209', search: '1004' }[
    permission
  ];
  if (!may(call.login, permission)) throw new StatusRefusal(code);
}
