/** Which of our two languages a browser prefers. */
import type { Language } from '../refusals/index.ts';

/** Enough for the preferences of any browser; more is not read. */
const PREFERENCES = 20;

/** Czech unless English is wanted more (RFC 9110 §12.5.4): people come here for a Czech state service. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const preferences = (acceptLanguage ?? '').split(',').slice(0, PREFERENCES).map(preference);
  const weight = (language: string): number =>
    Math.max(0, ...preferences.filter(({ range }) => range === language).map((one) => one.weight));
  // Slovaks read Czech.
  return weight('en') > Math.max(weight('cs'), weight('sk')) ? 'en' : 'cs';
}

function preference(text: string): { range: string; weight: number } {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
  const number = weight === undefined ? 1 : Number(weight);
  return { range: range.toLowerCase().split('-', 1)[0] ?? '', weight: Number.isFinite(number) ? number : 0 };
}
