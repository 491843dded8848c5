/** Names in the code page of Czech DOS, which Windows still writes into archives when a name is not marked as UTF-8. */

/** The letters of the octets from 128 on, in their order. */
const UPPER_HALF =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐' +
  '└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´­˝˛ˇ˘§÷¸°¨˙űŘř■ ';

const FIRST = 128;

export function decodeCodePage852(octets: Buffer): string {
  return Array.from(octets, (octet) =>
    octet < FIRST ? String.fromCharCode(octet) : UPPER_HALF.charAt(octet - FIRST),
  ).join('');
}
