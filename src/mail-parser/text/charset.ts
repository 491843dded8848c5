/** Octets of a text part as a string, in the charset that was declared or, if that cannot be, in the one Czech programs use. */

/** Labels that promise ASCII or nothing at all; eight-bit octets under them are UTF-8 or windows-1250 (mail-clients §10.5). */
const NO_PROMISE = /^(|us-?ascii|ascii|ansi_x3\.4-1968|utf-?8|unicode-1-1-utf-8)$/i;

const CZECH_WINDOWS = 'windows-1250';

/** The code page of Czech DOS, which the Encoding standard does not know. */
const DOS_LABEL = /^(ibm|cp)-?852$/i;
const DOS_UPPER_HALF =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤' +
  'đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0';

export function decodeText(octets: Buffer, charset: string | undefined): string {
  const label = (charset ?? '').trim();
  if (DOS_LABEL.test(label)) return decodeDos(octets);
  if (!NO_PROMISE.test(label)) {
    const decoder = decoderFor(label);
    if (decoder !== undefined) return decoder.decode(octets);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return new TextDecoder(CZECH_WINDOWS).decode(octets);
  }
}

function decodeDos(octets: Buffer): string {
  return octets
    .toString('latin1')
    .replace(/[\u0080-\u00ff]/g, (sign) => DOS_UPPER_HALF.charAt(sign.charCodeAt(0) - 0x80));
}

function decoderFor(label: string) {
  try {
    return new TextDecoder(label);
  } catch {
    // An unknown label is no reason to refuse a letter that is most probably readable.
    return undefined;
  }
}
