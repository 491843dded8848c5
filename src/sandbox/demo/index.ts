/** The demonstration population: a district office, a bakery, a person, and boxes that refuse in every possible way. */
import type { Population } from '../population.ts';
import { boxRecords, demoLogins } from './boxes.ts';
import { letters } from './letters.ts';

export { demoBoxes, type DemoLogin, demoLogins } from './boxes.ts';

export function demoPopulation(now: number): Population {
  return { boxes: boxRecords, logins: demoLogins, letters: letters(now) };
}
