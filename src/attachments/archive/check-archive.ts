/** What ISDS allows in a ZIP or ASiC container (isds §6.3), judged from its directory and the beginnings of its files. */
import type { Refusal, RefusalFacts, RefusalReason } from '../../refusals/index.ts';
import type { CheckedFile } from '../types.ts';
import type { ZipDirectory } from '../zip/directory.ts';
import type { ZipEntry } from '../zip/entry.ts';
import { faultWords, type ZipFault } from '../zip/faults.ts';
import { checkLayout, type Span } from '../zip/layout.ts';
import { type LocalFile, readLocalFile } from '../zip/local-file.ts';
import { checkMember } from './check-member.ts';
import { checkPath } from './check-path.ts';

/** Files and directories together (isds §6.3). */
const MAX_ENTRIES = 1000;

/** 3 GB; whether ISDS counts them in decimal or binary units is not known, so the smaller ones. */
const GIGABYTE = 1_000_000_000;
const MAX_UNPACKED_GB = 3;

/** Problems with single files that are told one by one; a project folder sent by mistake has hundreds. */
const MAX_NAMED_MEMBERS = 5;

/** Faults after which nothing else that the directory says is worth a word. */
const HOPELESS: ReadonlySet<ZipFault> = new Set(['truncated', 'directory-contradictory', 'split']);

export async function checkArchive(file: CheckedFile, directory: ZipDirectory, isSigned: boolean): Promise<Refusal[]> {
  const { entries, entryCount, faults } = directory;
  if (entryCount > MAX_ENTRIES)
    return [problem('archive-too-many-entries', file, { count: entryCount, limit: MAX_ENTRIES })];
  const hopeless = faults.find((fault) => HOPELESS.has(fault));
  if (hopeless !== undefined) return [faultRefusal(file, hopeless)];
  if (entries.length === 0) return [problem('file-empty', file)];
  if (entries.some(({ isEncrypted }) => isEncrypted)) return [problem('archive-encrypted', file)];

  const members = new Map<ZipEntry, LocalFile | undefined>();
  for (const entry of entries) members.set(entry, await readLocalFile(file, entry));
  const [damage] = [...faults, ...checkStructure(members, directory.start)];
  // What a contradictory archive contains depends on who looks; it has to be made again anyway.
  if (damage !== undefined) return [faultRefusal(file, damage)];
  return [
    ...checkUnpackedSize(file, entries),
    ...checkPath(file.name, entries),
    ...summarised(
      file,
      [...members].flatMap(([entry, local]) => checkMember(file.name, entry, local, isSigned)),
    ),
  ];
}

function checkStructure(members: ReadonlyMap<ZipEntry, LocalFile | undefined>, directoryStart: number): ZipFault[] {
  const faults: ZipFault[] = [];
  const spans: Span[] = [];
  const names = new Set<string>();
  for (const [entry, local] of members) {
    if (entry.hasTwoNames || names.has(entry.name)) faults.push('names-ambiguous');
    // A folder with content is a file for a program that does not look at the slash.
    if (entry.isDirectory && entry.size > 0) faults.push('headers-contradictory');
    names.add(entry.name);
    if (local === undefined) faults.push('headers-contradictory');
    else {
      faults.push(...local.faults);
      spans.push({ start: entry.offset, end: local.end, hasDescriptor: entry.hasDescriptor });
    }
  }
  // Files that cannot be found leave gaps of their own.
  return spans.length < members.size ? faults : [...checkLayout(spans, directoryStart), ...faults];
}

/** The directory's word is enough: files that unpack to more than it says are forged, and ISDS counts for itself. */
function checkUnpackedSize(file: CheckedFile, entries: readonly ZipEntry[]): Refusal[] {
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total <= MAX_UNPACKED_GB * GIGABYTE) return [];
  return [problem('archive-too-large-unpacked', file, { limit: MAX_UNPACKED_GB })];
}

/** What the program that made the archive did throughout, and one remedy mends at once. */
const ONCE: ReadonlySet<RefusalReason> = new Set([
  'archive-compression',
  'archive-size-missing',
  'archive-system-file',
]);

function summarised(file: CheckedFile, all: readonly Refusal[]): readonly Refusal[] {
  const problems = all.filter(
    ({ reason }, index) => !ONCE.has(reason) || all.findIndex((other) => other.reason === reason) === index,
  );
  if (problems.length <= MAX_NAMED_MEMBERS) return problems;
  const count = problems.length - MAX_NAMED_MEMBERS;
  return [...problems.slice(0, MAX_NAMED_MEMBERS), problem('archive-more-problems', file, { count })];
}

function faultRefusal(file: CheckedFile, fault: ZipFault): Refusal {
  if (fault === 'split') return problem('archive-split', file);
  return problem('archive-damaged', file, { problem: faultWords[fault] });
}

function problem(reason: RefusalReason, file: CheckedFile, facts: RefusalFacts = {}): Refusal {
  return { reason, facts: { file: file.name, ...facts } };
}
