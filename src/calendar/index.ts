/** Czech days and hours: civil time of Prague, holidays, weekly windows. */
export {
  addDays,
  type CivilDay,
  daysBetween,
  formatDay,
  isHoliday,
  isWorkingDay,
  pragueMoment,
} from './czech-calendar.ts';
export { clockTime, momentText, sortableTime } from './czech-moment.ts';
export { pragueClock } from './prague-clock.ts';
export { parseWeekWindow, type WeekWindow } from './week-window.ts';
