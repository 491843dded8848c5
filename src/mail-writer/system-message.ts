/** Messages that ISDS itself sends (isds §7.4). */
import { isSystemBox } from '../core/index.ts';
import type { Envelope } from '../isds/index.ts';

/** The number of the system among the types of senders (isds §8.5). */
const SYSTEM_TYPE = 0;

export function isSystemMessage({ senderType, senderBox }: Pick<Envelope, 'senderType' | 'senderBox'>): boolean {
  return senderType === SYSTEM_TYPE || (senderBox !== undefined && isSystemBox(senderBox));
}
