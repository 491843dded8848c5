/** How the client understands an answer. */
import { expect } from 'vitest';
import { IsdsError } from '../../src/isds/index.ts';
import { type Answer, CREDENTIALS, isdsAt, startFakeIsds } from './fake-isds.ts';

export const NOON_IN_PRAGUE = Date.parse('2026-11-20T12:00:00+01:00');

/** The failure of one harmless call that gets this answer. */
export async function failureOf(answer: Answer) {
  const fake = await startFakeIsds(answer);
  const account = isdsAt(fake.url, { now: NOON_IN_PRAGUE }).account(CREDENTIALS);
  const error = await account.checkBox('urad453').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(IsdsError);
  expect(fake.received).toHaveLength(1);
  return (error as IsdsError).failure;
}
