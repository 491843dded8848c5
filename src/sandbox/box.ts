/** Boxes and the logins that open them, with what they may do. */
import type { Secret } from '../core/index.ts';

/** Names of box types and the numbers that stand in dmSenderType (isds §8.5). */
export const BOX_TYPES = {
  OVM: 10,
  OVM_REQ: 13,
  OVM_FO: 14,
  OVM_PFO: 15,
  OVM_PO: 16,
  PO: 20,
  PO_REQ: 22,
  PFO: 30,
  PFO_ADVOK: 31,
  FO: 40,
} as const;

export type BoxType = keyof typeof BOX_TYPES;

/** States of a box that can be asked for (isds §8.1). */
export const BoxState = {
  accessible: 1,
  suspended: 2,
  notActivated: 3,
  closed: 4,
  erased: 5,
  suspendedByLaw: 6,
} as const;

/** Where the owner of a box is. */
export interface Address {
  readonly street: string;
  readonly number: string;
  readonly city: string;
  readonly district?: string;
  readonly zip: string;
}

/** A data box and its owner. */
export interface Box {
  readonly id: string;
  readonly type: BoxType;
  /** Name of the organisation, or given names and surname of the person. */
  readonly name: string;
  readonly person?: { readonly givenNames: string; readonly lastName: string; readonly birthDate: string };
  readonly ico?: string;
  readonly address: Address;
  state: number;
  /** Commercial messages: whether they are taken, and what pays for own ones (isds §6.1). */
  acceptsPdz: boolean;
  pdzContract: boolean;
  /** In haléře. */
  pdzCredit: number;
  /** People who refused publication are invisible to companies (isds §8.2). */
  published: boolean;
}

/** Bits of userPrivils (isds §2.7). */
export const Permission = { readOrdinary: 1, readPersonal: 2, send: 4, viewInfo: 8, search: 16 } as const;
/** All rights that exist today; the sum of a primary user. */
export const EVERY_PERMISSION = 255;

/** A person who may open a box. */
export interface Login {
  readonly name: string;
  readonly boxId: string;
  readonly givenNames: string;
  readonly lastName: string;
  readonly userType: 'PRIMARY_USER' | 'ENTRUSTED_USER' | 'ADMINISTRATOR';
  /** The virtual user of a system certificate (isds §2.1). */
  readonly byCertificate?: true;
  password: Secret;
  /** Earlier ones, which may not come again. */
  usedPasswords?: ReadonlySet<string>;
  permissions: number;
  /** Undefined is never (isds §2.3). */
  passwordExpiresAt: number | undefined;
  /** Restricted mode, switched on by the operator of ISDS (isds §1.8). */
  restricted: boolean;
}

/** Whether the login has the permission. */
export function may(login: Login, permission: keyof typeof Permission): boolean {
  return (login.permissions & Permission[permission]) !== 0;
}

/** A public authority: messages to and from it are public and free (isds §6.1). */
export function isAuthority(box: Pick<Box, 'type'>): boolean {
  return box.type.startsWith('OVM');
}

/** The address as lists of messages show it. */
export function addressLine({ street, number, zip, city }: Address): string {
  return `${street} ${number}, ${zip} ${city}, CZ`;
}
