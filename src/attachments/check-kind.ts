/** The content of a file against its extension: ISDS compares both and refuses what differs (isds §6.3, status 1214). */
import type { Refusal } from '../refusals/index.ts';
import { expectedKinds } from './content/expected-kinds.ts';
import { type Kind, kindName, outsideOf } from './content/kinds.ts';

/** `file` is what the sender knows the file by. */
export function checkKind(file: string, extension: string, kind: Kind): Refusal[] {
  return expectedKinds(extension).includes(kind) ? [] : [refusalOf(file, extension, kind)];
}

/** The same for a file of which only the beginning is known. */
export function checkBeginning(file: string, extension: string, kind: Kind): Refusal[] {
  const fits = expectedKinds(extension).flatMap(outsideOf).includes(kind);
  return fits ? [] : [refusalOf(file, extension, kind)];
}

/** The most helpful word for what was found instead. */
function refusalOf(file: string, extension: string, kind: Kind): Refusal {
  if (extension === 'dwg' && kind === 'dwg-old') return { reason: 'file-drawing-too-old', facts: { file } };
  const isAsic = expectedKinds(extension).includes('asice');
  if (isAsic && (kind === 'zip' || kind === 'zip-broken'))
    return { reason: 'archive-signature-missing', facts: { file } };
  const found = kindName(kind);
  if (found === undefined || kind === 'text') return { reason: 'file-unrecognised', facts: { file, extension } };
  const facts = { file, extension, found: found.name };
  if (found.saveAs !== undefined) return { reason: 'file-to-save-anew', facts: { ...facts, right: found.saveAs } };
  if (found.extensions === undefined) return { reason: 'file-disguised', facts };
  return { reason: 'file-misnamed', facts: { ...facts, right: found.extensions } };
}
