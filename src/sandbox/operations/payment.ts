/** Whether a commercial message may be sent, what may pay for those of a box, and the price list (isds §8.4). */
import { BoxState } from '../box.ts';
import { canPay, isPublic, PDZ_PRICE, VODZ_PRICE } from '../commercial.ts';
import { formatTime } from '../czech-time.ts';
import { boxIdField, dateField, textField } from '../fields.ts';
import { offerEnds, openOffers } from '../reply-offers.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { Call, Operation } from './operation.ts';

/** The price list has not changed within this sandbox's memory. */
const VALID = { cFrom: '2024-01-01', cTo: '2099-12-31' };

/** Would a commercial message to that box be possible? False too where none is needed. */
export const pdzSendInfo: Operation = {
  service: 'df',
  input: sequence('dbId PDZType'),
  prefix: 'p',
  run: ({ world, box, login, request, writer }) => {
    const recipient = world.boxes.get(boxIdField(request, 'dbId'));
    const type = textField(request, 'PDZType') ?? 'Normal';
    if (!['Normal', 'Init', 'VoDZ'].includes(type)) throw new StatusRefusal('2042');
    const possible =
      recipient !== undefined &&
      recipient.id !== box.id &&
      !isPublic(box, recipient) &&
      recipient.state === BoxState.accessible &&
      recipient.acceptsPdz &&
      (login.permissions & 4) !== 0 &&
      (type === 'Init' ? box.pdzContract : canPay(box, type === 'VoDZ'));
    return [writer.leaf('PDZsiResult', possible)];
  },
};

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
  return openOffers(world.messagesOf(box.id, 'recipient')).map((offer) => {
    const [PDZRecip, PDZPayer] = [offer.sender.boxId, offer.sender.boxId];
    const PDZExpire = formatTime(offerEnds(offer));
    return { PDZType: 'O', PDZRecip, PDZPayer, PDZExpire, PDZCnt: 1, ODZIdent: offer.senderRefNumber };
  });
}

export const getConstants: Operation = {
  service: 'df',
  input: sequence('constDate'),
  prefix: 'q',
  run: ({ request, writer }) => {
    // Read for its form only.
    dateField(request, 'constDate');
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

/** What is left of the credit; the sandbox keeps no account of the past. */
export const creditInfo: Operation = {
  service: 'df',
  input: sequence('dbID ciFromDate ciTodate'),
  prefix: 'p',
  run: ({ box, request, writer }) => {
    if (boxIdField(request, 'dbID') !== box.id) throw new StatusRefusal('1004');
    const [from, to] = [dateField(request, 'ciFromDate'), dateField(request, 'ciTodate')];
    if (from !== undefined && to !== undefined && from > to) throw new StatusRefusal('1058');
    const credit = writer.leaf('currentCredit', box.pdzCredit) + writer.leaf('notifEmail', undefined);
    return [credit, writer.open('ciRecords'), writer.close('ciRecords')];
  },
};

/** The vault of long-term keeping, which no box of the sandbox has (isds §8.4). */
export const vaultInfo: Operation = {
  service: 'df',
  input: sequence('dbId'),
  prefix: 'p',
  run: ({ box, request, writer }) => {
    if (boxIdField(request, 'dbId') !== box.id) throw new StatusRefusal('1004');
    const [ActDTCapacity, ActDTFrom, ActDTTo, ActDTCapUsed] = [undefined, undefined, undefined, undefined];
    const [FutDTCapacity, FutDTFrom, FutDTTo] = [undefined, undefined, undefined];
    return [
      writer.leaves({ ActDTType: 0, ActDTCapacity, ActDTFrom, ActDTTo, ActDTCapUsed }),
      writer.leaves({ FutDTType: 0, FutDTCapacity, FutDTFrom, FutDTTo, FutDTPaid: 0 }),
    ];
  },
};
