/**
 * Octets of a decoded picture. An A4 page scanned in colour with 400 dpi has 46 million, a photograph of a phone 36 million; a
 * decompression bomb has billions. Whoever opens the document needs them in memory, and so do we for some PNGs.
 */
export const MAX_DECODED_OCTETS = 64_000_000;
