/** How HTML names the pictures of its mail: cid: addresses (RFC 2392). */

/** The Content-ID of a cid: address without its scheme; percent-encoded by the standard, though hardly any program does it. */
export function contentIdOf(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
