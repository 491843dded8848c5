/** What may pay for commercial messages of a box, and the price list (isds §8.4). */
import { PDZ_PRICE, VODZ_PRICE } from '../commercial.ts';
import { formatTime } from '../czech-time.ts';
import { boxIdField, textField } from '../fields.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { Call, Operation } from './operation.ts';

/** A prepaid reply may be used that long after its message arrived (isds §6.5). */
const REPLY_MS = 90 * 24 * 60 * 60_000;

/** The price list has not changed within this sandbox's memory. */
const VALID = { cFrom: '2024-01-01', cTo: '2099-12-31' };

export const pdzInfo: Operation = {
  service: 'df',
  input: sequence('PDZSender'),
  prefix: 'q',
  run: (call) => {
    const { box, request, writer } = call;
    if (boxIdField(request, 'PDZSender') !== box.id) throw new StatusRefusal('1004');
    const own = { PDZRecip: undefined, PDZPayer: box.id, PDZExpire: undefined };
    const left = Math.floor(box.pdzCredit / PDZ_PRICE);
    const records = [
      ...replyOffers(call),
      ...(box.pdzContract ? [{ PDZType: 'K', ...own, PDZCnt: undefined, ODZIdent: undefined }] : []),
      ...(left > 0 ? [{ PDZType: 'E', ...own, PDZCnt: left, ODZIdent: undefined }] : []),
    ];
    return [
      writer.open('dbPDZRecords'),
      ...records.map((record) => writer.open('dbPDZRecord') + writer.leaves(record) + writer.close('dbPDZRecord')),
      writer.close('dbPDZRecords'),
    ];
  },
};

/** One for each initiatory message that was not answered yet. */
function replyOffers({ world, box }: Call) {
  return world.messagesOf(box.id, 'recipient').flatMap(({ type, sender, senderRefNumber, arrivedAt }) => {
    const expiresAt = (arrivedAt ?? world.now()) + REPLY_MS;
    if (type !== 'I' || expiresAt <= world.now()) return [];
    const expiry = formatTime(expiresAt);
    const [PDZRecip, PDZPayer] = [sender.boxId, sender.boxId];
    return { PDZType: 'O', PDZRecip, PDZPayer, PDZExpire: expiry, PDZCnt: 1, ODZIdent: senderRefNumber };
  });
}

export const getConstants: Operation = {
  service: 'df',
  input: sequence('constDate'),
  prefix: 'q',
  run: ({ request, writer }) => {
    const day = textField(request, 'constDate');
    if (day !== undefined && !/^\d{4}-\d{2}-\d{2}(?:Z|[+-]\d{2}:\d{2})?$/.test(day)) throw new StatusRefusal('2017');
    const prices = {
      PDZ_CREDIT_PRICE: PDZ_PRICE,
      PDZ_CONTRACT_PRICE: PDZ_PRICE,
      VOPDZ_CREDIT_PRICE: VODZ_PRICE,
      VOPDZ_CONTRACT_PRICE: VODZ_PRICE,
    };
    return [
      writer.open('constRecords'),
      ...Object.entries(prices).map(
        ([cName, cValue]) =>
          writer.open('constRecord') + writer.leaves({ cName, cValue, ...VALID }) + writer.close('constRecord'),
      ),
      writer.close('constRecords'),
    ];
  },
};
