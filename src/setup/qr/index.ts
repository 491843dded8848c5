/** A QR code as a picture that browsers scale. */
import { qrSymbol } from './symbol.ts';

/** Light modules around the symbol that a reader needs (ISO/IEC 18004 §5.3.8). */
const QUIET_ZONE = 4;

/** Undefined for a text that is too long for a code which a phone reads from a screen. */
export function qrSvg(text: string): string | undefined {
  const modules = qrSymbol(text);
  if (modules === undefined) return undefined;
  const side = modules.length + 2 * QUIET_ZONE;
  const path = modules
    .flatMap((row, down) =>
      row.map((dark, right) => (dark ? `M${right + QUIET_ZONE} ${down + QUIET_ZONE}h1v1h-1z` : '')),
    )
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`;
}
