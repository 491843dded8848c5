/** From which day ISDS erases the content of a message (isds §3.5), as far as its envelope tells. */
import { addDays, type CivilDay, formatDay, pragueMoment } from '../calendar/index.ts';
import type { Envelope } from '../isds/index.ts';
import { mannerOfDelivery } from './delivery.ts';
import { isSystemMessage } from './system-message.ts';

const DAYS_AFTER_LOGIN = 90;
const YEARS_AFTER_ARRIVAL = 3;
const DAYS_OF_SYSTEM_MESSAGE = 100;

/**
 * The same sentence before and after somebody reads a message that was delivered by fiction: the envelope does not tell the
 * day of that login, and the mail must not change. Undefined when ISDS told no state or no time.
 */
export function erasureText(envelope: Envelope): string | undefined {
  if (envelope.state === 0) return undefined;
  const arrival = dayOf(envelope.arrivedAt);
  if (isSystemMessage(envelope)) {
    return arrival && `nejpozději od ${formatDay(addDays(arrival, DAYS_OF_SYSTEM_MESSAGE))}`;
  }
  const delivery = dayOf(envelope.deliveredAt);
  if (delivery && mannerOfDelivery(envelope) === 'login') {
    return `od ${formatDay(addDays(delivery, DAYS_AFTER_LOGIN))}, nebude-li uložen v Datovém trezoru`;
  }
  return (
    arrival && `od ${formatDay(yearsLater(arrival))}, přihlásí-li se oprávněná osoba, už ${DAYS_AFTER_LOGIN} dní poté`
  );
}

function dayOf(moment: Date | undefined): CivilDay | undefined {
  return moment && pragueMoment(moment.getTime()).day;
}

/** The day of the same name; three years after 29 February there is none. */
function yearsLater({ year, month, day }: CivilDay): CivilDay {
  return { year: year + YEARS_AFTER_ARRIVAL, month, day: month === 2 ? Math.min(day, 28) : day };
}
