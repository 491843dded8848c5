/** How commercial messages may be paid for and what they cost (isds §8.4). */
import { child, childDate, childIdentifier, childInteger, children, childText, childToken } from '../soap/answer.ts';
import { element, type Operation } from '../soap/operation.ts';
import { pragueDay } from '../prague-time.ts';
import type { PdzOffer, Prices } from '../types.ts';
import type { XmlElement } from '../xml/xml.ts';

/** Takes the own box. */
export const pdzOffers: Operation<string, readonly PdzOffer[]> = {
  name: 'PDZInfo',
  service: 'df',
  write: (boxId) => element('PDZSender', boxId),
  read(answer) {
    const records = child(answer, 'dbPDZRecords');
    return records === undefined ? [] : children(records, 'dbPDZRecord').map(readOffer);
  },
};

function readOffer(record: XmlElement): PdzOffer {
  return {
    type: childToken(record, 'PDZType') ?? '',
    recipientBox: childIdentifier(record, 'PDZRecip'),
    payerBox: childIdentifier(record, 'PDZPayer'),
    expiresAt: childDate(record, 'PDZExpire'),
    count: childInteger(record, 'PDZCnt'),
    replyIdent: childText(record, 'ODZIdent'),
  };
}

/** Takes the moment whose day is meant, since nil could as well mean all days. */
export function prices(now: Date): Operation<void, Prices> {
  const day = pragueDay(now);
  return {
    name: 'GetConstants',
    service: 'df',
    write: () => element('constDate', day),
    read(answer) {
      const list = child(answer, 'constRecords');
      const valid = (list === undefined ? [] : children(list, 'constRecord')).filter((record) => isValid(record, day));
      const price = (name: string) => {
        const record = valid.find((candidate) => childToken(candidate, 'cName') === name);
        return record && childInteger(record, 'cValue');
      };
      return {
        fromCredit: price('PDZ_CREDIT_PRICE'),
        byContract: price('PDZ_CONTRACT_PRICE'),
        largeFromCredit: price('VOPDZ_CREDIT_PRICE'),
        largeByContract: price('VOPDZ_CONTRACT_PRICE'),
      };
    },
  };
}

/** Days as ISDS writes them compare as text; an offset behind them says nothing. */
function isValid(record: XmlElement, day: string): boolean {
  const from = childToken(record, 'cFrom')?.slice(0, day.length);
  const to = childToken(record, 'cTo')?.slice(0, day.length);
  return (from === undefined || from <= day) && (to === undefined || day <= to);
}
