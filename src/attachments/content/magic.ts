/** Kinds of files that begin with octets of their own. */
import type { Kind } from './kinds.ts';

interface Magic {
  readonly kind: Kind;
  /** Hexadecimal; a dot stands for any half octet. */
  readonly pattern: string;
}

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const any = (octets: number): string => '..'.repeat(octets);

/** None of these can be the beginning of a text that somebody writes. */
const strong: readonly Magic[] = [
  { kind: 'pdf', pattern: hex('%PDF-') },
  { kind: 'pdf', pattern: `efbbbf${hex('%PDF-')}` },
  { kind: 'rtf', pattern: hex('{\\rtf') },
  { kind: 'png', pattern: '89504e470d0a1a0a' },
  { kind: 'gif', pattern: hex('GIF87a') },
  { kind: 'gif', pattern: hex('GIF89a') },
  { kind: 'jpeg', pattern: 'ffd8ff' },
  { kind: 'tiff', pattern: '49492a00' },
  { kind: 'tiff', pattern: '4d4d002a' },
  { kind: 'tiff', pattern: '49492b00' },
  { kind: 'tiff', pattern: '4d4d002b' },
  { kind: 'wav', pattern: `${hex('RIFF')}${any(4)}${hex('WAVE')}` },
  { kind: 'wav', pattern: `${hex('RIFX')}${any(4)}${hex('WAVE')}` },
  { kind: 'wav', pattern: `${hex('RF64')}${any(4)}${hex('WAVE')}` },
  { kind: 'webp', pattern: `${hex('RIFF')}${any(4)}${hex('WEBP')}` },
  { kind: 'avi', pattern: `${hex('RIFF')}${any(4)}${hex('AVI ')}` },
  { kind: 'mpeg', pattern: '000001ba' },
  { kind: 'mpeg', pattern: '000001b3' },
  { kind: 'mpeg', pattern: `47${any(187)}47${any(187)}47` },
  // Both kinds of design file, with the highest or the lowest bit of the level set; cells begin likewise (MicroStation V7).
  { kind: 'dgn', pattern: '.809fe02' },
  { kind: 'spatial-index', pattern: '0000270afffffe70' },
  { kind: 'qix', pattern: `${hex('SQT')}0` },
  { kind: 'zip', pattern: '504b0304' },
  { kind: 'zip', pattern: '504b0506' },
  { kind: 'zip', pattern: '504b0708' },
  { kind: 'compound-file', pattern: 'd0cf11e0a1b11ae1' },
  { kind: 'rar', pattern: hex('Rar!\x1a\x07') },
  { kind: '7z', pattern: '377abcaf271c' },
  { kind: 'gzip', pattern: '1f8b08' },
  { kind: 'xz', pattern: 'fd377a585a00' },
  { kind: 'bzip2', pattern: `${hex('BZh')}3.314159265359` },
  { kind: 'cab', pattern: `${hex('MSCF')}00000000` },
  { kind: 'program', pattern: hex('\x7fELF') },
  { kind: 'program', pattern: 'cffaedfe' },
  { kind: 'program', pattern: 'cafebabe' },
  { kind: 'matroska', pattern: '1a45dfa3' },
  { kind: 'flac', pattern: `${hex('fLaC')}00` },
  { kind: 'ogg', pattern: `${hex('OggS')}00` },
  { kind: 'sqlite', pattern: `${hex('SQLite format 3')}00` },
  { kind: 'tnef', pattern: '789f3e22' },
];

/** Letters that a text may begin with, too: they count only where the rest is no text. */
const weak: readonly Magic[] = [
  { kind: 'program', pattern: hex('MZ') },
  { kind: 'bmp', pattern: `${hex('BM')}${any(4)}00000000` },
  { kind: 'photoshop', pattern: hex('8BPS') },
  { kind: 'tar', pattern: `${any(257)}${hex('ustar')}` },
  // ACAD versions AC1021 (2007), AC1024, AC1027, AC1032 and later ones; older ones ISDS does not take.
  { kind: 'dwg', pattern: `${hex('AC10')}3231` },
  { kind: 'dwg', pattern: `${hex('AC102')}3[4-9]` },
  { kind: 'dwg', pattern: `${hex('AC10')}3[3-9]3.` },
  { kind: 'dwg-old', pattern: `${hex('AC1')}3.3.` },
  { kind: 'dwg-old', pattern: hex('AC2.') },
  { kind: 'dwg-old', pattern: hex('MC0.0') },
];

const compile = (magics: readonly Magic[]): { kind: Kind; test: RegExp }[] =>
  magics.map(({ kind, pattern }) => ({ kind, test: new RegExp(`^${pattern}`) }));

const strongTests = compile(strong);
const weakTests = compile(weak);

/** As far as the longest pattern looks, in octets. */
const REACH_OCTETS = 400;

/** The kind that the first octets prove; undefined when they prove none. */
export function strongMagic(head: Buffer): Kind | undefined {
  return firstMatch(strongTests, head);
}

/** The kind that the first octets make likely, to be believed when nothing stronger speaks. */
export function weakMagic(head: Buffer): Kind | undefined {
  return firstMatch(weakTests, head);
}

function firstMatch(tests: readonly { kind: Kind; test: RegExp }[], head: Buffer): Kind | undefined {
  const digits = head.toString('hex', 0, Math.min(REACH_OCTETS, head.length));
  return tests.find(({ test }) => test.test(digits))?.kind;
}
