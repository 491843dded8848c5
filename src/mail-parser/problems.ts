/** Why a mail, or a file that encloses a mail, cannot be read: the end of the sentence "Zprávě nelze porozumět: …". */
import { Refused, type Words } from '../refusals/index.ts';

export const problems = {
  empty: { cs: 'je prázdná', en: 'it is empty' },
  notAMail: { cs: 'není platným e-mailem', en: 'it is not a valid mail' },
  tooManyParts: {
    cs: 'má příliš mnoho částí nebo příliš dlouhou hlavičku',
    en: 'it has too many parts or too long a header',
  },
  nestedTooDeep: { cs: 'její části jsou vnořeny příliš hluboko', en: 'its parts are nested too deep' },
  enclosedTooDeep: {
    cs: 'zprávy jsou v ní vloženy jedna do druhé příliš hluboko',
    en: 'the mails inside it are nested too deep',
  },
  indivisible: { cs: 'některou její část nelze rozdělit', en: 'one of its parts cannot be divided' },
  textTooLong: {
    cs: 'její text je příliš dlouhý, pošlete ho jako přílohu',
    en: 'its text is too long, send it as an attachment',
  },
  tooIntricate: {
    cs: 'formátování jejího textu je příliš složité, pošlete ho jako prostý text nebo jako přílohu',
    en: 'the formatting of its text is too intricate, send it as plain text or as an attachment',
  },
  encoding: {
    cs: 'některá její část je zakódována neznámým způsobem',
    en: 'one of its parts is in an unknown encoding',
  },
  damaged: { cs: 'je poškozena', en: 'it is damaged' },
  truncated: { cs: 'není úplná', en: 'it is not complete' },
  insideSignature: {
    cs: 'její text je uvnitř podpisu, který nelze otevřít; zvolte v poštovním programu oddělený podpis, nebo žádný',
    en: 'its text is inside a signature that cannot be opened; choose a detached signature in the mail program, or none',
  },
  onlyInvitation: { cs: 'je jen pozvánka z kalendáře', en: 'it is only an invitation of a calendar' },
  compressed: { cs: 'je komprimována, pošlete ji bez komprese', en: 'it is compressed, send it uncompressed' },
  notTnef: { cs: 'není v podobě, ve které ji Outlook tvoří', en: 'it is not in the form that Outlook gives it' },
  oleObject: { cs: 'je v ní objekt vložený přímo do textu', en: 'there is an object put right into its text' },
  linkOnly: {
    cs: 'místo některého souboru je v ní jen odkaz na něj',
    en: 'in place of a file it has only a link to it',
  },
} as const satisfies Record<string, Words>;

export type Problem = (typeof problems)[keyof typeof problems];

export function unreadable(problem: Problem, cause?: unknown): Refused {
  return new Refused('mail-unreadable', { problem }, cause === undefined ? {} : { cause });
}
