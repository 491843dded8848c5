/** What the seal of a signed original is worth, in words and as a header. */
import type { Seal, SealProblem } from '../isds/index.ts';
import { momentText } from '../calendar/index.ts';

/** Undefined when nothing was checked: then there is nothing to tell. */
export function sealText({ verdict, problem, signer, sealedAt, timeStamped }: Seal): string | undefined {
  switch (verdict) {
    case 'unchecked':
      return undefined;
    case 'valid': {
      const by = signer === undefined ? '' : ` (${signer})`;
      const when = sealedAt === undefined ? '' : ` Časové razítko: ${momentText(sealedAt)}.`;
      const bare = timeStamped ? '' : ' Originál zatím nemá časové razítko.';
      return `Elektronická pečeť originálu je platná${by}.${when}${bare}\n`;
    }
    case 'invalid':
      return `POZOR: elektronickou pečeť originálu se nepodařilo ověřit: ${problemText(problem)}. Originál si ověřte na portálu.\n`;
  }
}

/** For filters: `valid`, `invalid; time-stamp-untrusted`, `unchecked`. */
export function sealHeader({ verdict, problem }: Seal): string {
  return problem === undefined ? verdict : `${verdict}; ${problem}`;
}

function problemText(problem: SealProblem | undefined): string {
  if (problem === undefined) return 'důvod není znám';
  if (problem === 'time-stamp-foreign') return 'časové razítko patří k jiné pečeti';
  const ofTimeStamp = problem.startsWith('time-stamp-');
  const text = texts[ofTimeStamp ? problem.slice('time-stamp-'.length) : problem] ?? 'důvod není znám';
  return ofTimeStamp ? `časové razítko – ${text}` : text;
}

const texts: Readonly<Record<string, string>> = {
  signature: 'podpis neodpovídá obsahu',
  algorithm: 'podpis je vytvořen neznámým nebo již nedůvěryhodným způsobem',
  'certificate-missing': 'chybí certifikát',
  untrusted: 'certifikát nevede k důvěryhodné autoritě',
  'not-in-force': 'certifikát v dané době neplatil',
  unreadable: 'nelze je přečíst',
};
