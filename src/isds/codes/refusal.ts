/** ISDS's failures in the words of the gateway's catalogue. */
import { canBeWorded, Refused, type RefusalFacts, type RefusalReason } from '../../refusals/index.ts';
import type { IsdsError, IsdsFailure, IsdsFailureKind } from '../error.ts';
import { pragueHourMinute } from '../prague-time.ts';
import type { StatusClass } from './status-codes.ts';

/** Codes that deserve a better word than their class (isds §9). */
const REASON_OF_CODE: Readonly<Record<string, RefusalReason>> = {
  '1007': 'recipient-malformed',
  '1026': 'own-box-not-activated',
  '1153': 'recipient-malformed',
  '1178': 'content-gone',
  '1200': 'isds-size-exceeded',
  '1201': 'own-box-inaccessible',
  '1202': 'recipient-unknown',
  '1203': 'recipient-system-box',
  '1204': 'recipient-inaccessible',
  '1205': 'payment-missing',
  '1206': 'sending-not-permitted',
  '1211': 'content-gone',
  '1213': 'file-refused',
  '1214': 'file-refused',
  '1215': 'recipient-of-another-kind',
  '1216': 'recipient-own-box',
  '1217': 'isds-recipients-too-many',
  '1225': 'text-characters-refused',
  '1226': 'file-refused',
  '1227': 'file-refused',
  '1228': 'recipient-of-another-kind',
  '1232': 'recipient-closed',
  '1233': 'recipient-closed',
  '1234': 'prepaid-reply-impossible',
  '1235': 'initiatory-impossible',
  '1236': 'prepaid-reply-impossible',
  '1242': 'initiatory-impossible',
  '1246': 'recipient-of-another-kind',
  '1251': 'prepaid-reply-impossible',
  '1252': 'file-infected',
  '1253': 'isds-files-too-many',
  '1280': 'file-refused',
  '1282': 'isds-size-exceeded',
  '1286': 'upload-quota-full',
  '1287': 'isds-size-exceeded',
  '1295': 'isds-size-exceeded',
  '1296': 'isds-size-exceeded',
  '1298': 'isds-busy',
  '1300': 'recipient-of-another-kind',
  '2011': 'recipient-malformed',
  '2032': 'mail-empty',
  '2037': 'annotation-missing',
  '2046': 'virus-check-late',
  // An inner failure among the limits.
  '3007': 'isds-failure',
  '3013': 'large-messages-suspended',
  '5001': 'recipient-unknown',
};

const REASON_OF_CLASS: Readonly<Record<StatusClass, RefusalReason>> = {
  // Answers that make no sense to a question that can be refused: the next one may.
  success: 'isds-failure',
  'success-empty': 'isds-failure',
  partial: 'isds-failure',
  temporary: 'isds-failure',
  'repeat-at-once': 'isds-busy',
  'account-busy': 'isds-busy',
  'list-first': 'not-delivered-yet',
  'not-obtainable': 'content-gone',
  'missing-right': 'not-permitted',
  'user-error': 'isds-refused',
  'client-bug': 'isds-protocol',
  // Of a change of passwords, which is not made here.
  auth: 'isds-failure',
  'other-service': 'isds-protocol',
  'upload-again': 'isds-failure',
  'end-of-enumeration': 'isds-failure',
  skip: 'isds-failure',
  administrative: 'isds-failure',
};

/** No HTTP status decides anything for good: proxies and outages give every one of them. */
const REASON_OF_KIND: Readonly<Record<Exclude<IsdsFailureKind, 'status'>, RefusalReason>> = {
  http: 'isds-failure',
  'wrong-credentials': 'wrong-password',
  'account-blocked': 'account-blocked',
  'address-blocked': 'address-blocked',
  maintenance: 'isds-maintenance',
  fault: 'isds-failure',
  'not-xml': 'isds-failure',
  'not-intact': 'isds-failure',
  truncated: 'isds-failure',
  oversized: 'isds-failure',
  timeout: 'isds-unreachable',
  busy: 'account-under-way',
  unreachable: 'isds-unreachable',
  untrusted: 'isds-untrusted',
  aborted: 'isds-unreachable',
  unsendable: 'gateway-fault',
};

/** 3xxx is a limit of the moment, 9xxx an inner failure; both are temporary (isds §9). */
const LIMIT_OF_THE_MOMENT = /^3/;

/**
 * The refusal that a person is told. `facts` are what the caller knows and ISDS does not say: the box, the file, the limit.
 * A reason whose text needs a fact that nobody gave becomes the general one with ISDS's own words.
 */
export function refusalFor(error: IsdsError, facts: RefusalFacts = {}): Refused {
  const options = { cause: error, ...(error.code === undefined ? {} : { isdsCode: error.code }) };
  const known: RefusalFacts = { ...saidBy(error.failure), ...facts };
  if (error.outcome === 'unknown') return new Refused('outcome-unknown', known, options);
  const reason = reasonOf(error.failure);
  return new Refused(canBeWorded(reason, known) ? reason : 'isds-refused', known, options);
}

function reasonOf(failure: IsdsFailure): RefusalReason {
  if (failure.kind === 'status') return reasonOfStatus(failure.code, failure.class);
  return REASON_OF_KIND[failure.kind];
}

function reasonOfStatus(code: string, statusClass: StatusClass): RefusalReason {
  const special = REASON_OF_CODE[code];
  if (special !== undefined) return special;
  return statusClass === 'temporary' && LIMIT_OF_THE_MOMENT.test(code) ? 'isds-busy' : REASON_OF_CLASS[statusClass];
}

function saidBy(failure: IsdsFailure): RefusalFacts {
  if (failure.kind === 'status' || failure.kind === 'fault') return { said: failure.message };
  if (failure.kind !== 'account-blocked') return {};
  return {
    until:
      failure.until === undefined ? { cs: 'neznámé doby', en: 'an unknown time' } : pragueHourMinute(failure.until),
  };
}
