/** What other rooms want to know of a failure beyond the refusal that it leads to (isds §9). */
import type { IsdsError } from '../error.ts';

/** No seal, no time stamp, or too soon asked again: the message itself can still be had by downloadMessage (isds §5.3). */
const WITHOUT_ORIGINAL: ReadonlySet<string | undefined> = new Set(['3005', '9500', '9502', '9800']);

const WITHOUT_TIME_STAMP = '3005';
const NOT_REGISTERED = '1273';

/** Why ISDS withholds the content of a message from a login. */
export type Withholding =
  'addressee-only' | 'lists-only' | 'not-personal-delivery' | 'erased' | 'undeliverable' | 'infected' | 'dangerous';

const WITHHOLDINGS: Readonly<Record<string, Withholding>> = {
  '1178': 'addressee-only',
  '1207': 'lists-only',
  '1208': 'not-personal-delivery',
  '1210': 'erased',
  '1219': 'erased',
  '1230': 'undeliverable',
  '1244': 'infected',
  '3022': 'dangerous',
};

/** What a right, given later, does not change. */
const LASTING: ReadonlySet<Withholding | undefined> = new Set([
  'addressee-only',
  'erased',
  'undeliverable',
  'infected',
  'dangerous',
]);

/** Statuses about the request or the login; 3006 and its like come from the middle of the work. */
const ABOUT_THE_REQUEST = /^[12]/;

/** Too many requests: 3008, 3009, 3013 and their like (isds §1.8). */
const AT_A_LIMIT = /^3/;

/** Why the content is withheld that was asked for with this result; undefined when the code says something else. */
export function withholdingOf(code: string | undefined): Withholding | undefined {
  return code !== undefined && Object.hasOwn(WITHHOLDINGS, code) ? WITHHOLDINGS[code] : undefined;
}

/** ISDS says for good that the content cannot be had. */
export function isNeverObtainable({ code }: IsdsError): boolean {
  return LASTING.has(withholdingOf(code));
}

/** ISDS cannot give the signed original now. */
export function isWithoutOriginal({ code }: IsdsError): boolean {
  return WITHOUT_ORIGINAL.has(code);
}

/** The message has no time stamp yet. */
export function isWithoutTimeStamp({ code }: IsdsError): boolean {
  return code === WITHOUT_TIME_STAMP;
}

/** The box is not registered for notifications, or not any more (isds §4.4). */
export function isNotRegistered({ code }: IsdsError): boolean {
  return code === NOT_REGISTERED;
}

/** Another service is meant for this kind of message: an ordinary one for a large message, or the other way round (isds §5.1). */
export function isOfOtherService({ failure }: IsdsError): boolean {
  return failure.kind === 'status' && failure.class === 'other-service';
}

/** Too many requests; a status that is for another question to wait for. */
export function isAtALimit({ code }: IsdsError): boolean {
  return code !== undefined && AT_A_LIMIT.test(code);
}

/** ISDS looked at the request and did not carry it out. */
export function isRefusedRequest({ code }: IsdsError): boolean {
  return code !== undefined && ABOUT_THE_REQUEST.test(code);
}
