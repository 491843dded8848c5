/** ISDS breaks off in the middle of a message: no program may take the half for the whole. */
import { company, type House, office } from './house.ts';

const DAY_MS = 86_400_000;

/** So much of the answer comes that the mail has begun long before. */
const CUT_AFTER = 300_000;

/** Does not repeat, so that a missing piece would show. */
const DRAWINGS = Buffer.from(Array.from({ length: 40_000 }, (_, line) => `výkres ${line}\n`).join(''));

/** Puts a long message into the company's box as its oldest, which programs fetch first, and lets the first download break off. */
export function interruptFirst({ sandbox: { world, faults } }: House): string {
  const { dmID } = world.deliver({
    from: office.box,
    to: company.box,
    annotation: 'Výkresy ohrady',
    files: [{ name: 'výkresy.txt', mimeType: 'text/plain', metaType: 'main', content: DRAWINGS }],
    arrivedAt: world.now() - 60 * DAY_MS,
  });
  faults.add({ kind: 'cutAfter', octets: CUT_AFTER, operation: 'SignedMessageDownload' });
  return dmID;
}
