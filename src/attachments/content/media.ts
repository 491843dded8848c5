/** Sound and pictures in motion, whose beginnings have to be computed rather than compared. */
import type { Kind } from './kinds.ts';

/** Brands of the ISO base media file format (ISO 14496-12 §4.3); what has none of these is a film. */
const BRANDS: Readonly<Record<string, Kind>> = {
  heic: 'heif',
  heix: 'heif',
  heim: 'heif',
  heis: 'heif',
  hevc: 'heif',
  hevx: 'heif',
  mif1: 'heif',
  msf1: 'heif',
  avif: 'avif',
  avis: 'avif',
  'qt  ': 'quicktime',
  'M4A ': 'm4a',
  'M4B ': 'm4a',
  'M4P ': 'm4a',
};

export function mediaKind(head: Buffer): Kind | undefined {
  return isoMedia(head) ?? mpegAudio(head);
}

function isoMedia(head: Buffer): Kind | undefined {
  if (head.toString('latin1', 4, 8) !== 'ftyp') return undefined;
  const brand = head.toString('latin1', 8, 12);
  const isGeneral = brand === 'mif1' || brand === 'msf1';
  if (!isGeneral && Object.hasOwn(BRANDS, brand)) return BRANDS[brand];
  // The general brands of still pictures, and first ones that nobody lists: the compatible ones tell.
  const listed = head.toString('latin1', 16, Math.min(head.length, head.readUInt32BE(0)));
  const compatible: readonly string[] = listed.match(/.{4}/gs) ?? [];
  if (compatible.includes('avif') || compatible.includes('avis')) return 'avif';
  return isGeneral || compatible.some((one) => BRANDS[one] === 'heif') ? 'heif' : 'mp4';
}

/** A tag before the sound, or the header of its first frame; encoders put zeros before it now and then. */
function mpegAudio(head: Buffer): Kind | undefined {
  if (head.toString('latin1', 0, 3) === 'ID3' && (head[3] ?? 0xff) < 0x10) return 'mpeg-audio';
  const start = head.findIndex((octet) => octet !== 0);
  return start !== -1 && isFrameHeader(head.subarray(start, start + 4)) ? 'mpeg-audio' : undefined;
}

/** Eleven bits of ones, layer II or III, and values that are not reserved (ISO 11172-3 §2.4.2.3, and MPEG 2.5). */
function isFrameHeader([sync = 0, version = 0, rates = 0]: Uint8Array): boolean {
  const layer = (version >> 1) & 0b11;
  const isReservedVersion = ((version >> 3) & 0b11) === 0b01;
  const bitRate = rates >> 4;
  const isReservedSampling = ((rates >> 2) & 0b11) === 0b11;
  return (
    sync === 0xff &&
    version >> 5 === 0b111 &&
    (layer === 0b01 || layer === 0b10) &&
    !isReservedVersion &&
    bitRate !== 0b1111 &&
    !isReservedSampling
  );
}
