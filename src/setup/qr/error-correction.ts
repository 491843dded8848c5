/** Reed-Solomon codewords over GF(256), as QR codes use them (ISO/IEC 18004 §7.5). */

/** x^8 + x^4 + x^3 + x^2 + 1, by which the field of QR codes is made. */
const FIELD_POLYNOMIAL = 0x11d;
const FIELD_BIT = 0x100;

function product(left: number, right: number): number {
  let result = 0;
  for (let bit = 0x80; bit > 0; bit >>= 1) {
    result <<= 1;
    if (result & FIELD_BIT) result ^= FIELD_POLYNOMIAL;
    if (right & bit) result ^= left;
  }
  return result;
}

/** Coefficients of (x − 1)(x − 2)(x − 4)…, the leading 1 left out. */
function generator(degree: number): number[] {
  let coefficients = [1];
  let root = 1;
  for (let factor = 0; factor < degree; factor++) {
    const shifted = [...coefficients, 0];
    coefficients = shifted.map((value, index) => value ^ product(coefficients[index - 1] ?? 0, root));
    root = product(root, 2);
  }
  return coefficients.slice(1);
}

/** The remainder of the data divided by the generator. */
export function correctionCodewords(data: readonly number[], count: number): number[] {
  const divisor = generator(count);
  let remainder = divisor.map(() => 0);
  for (const codeword of data) {
    const factor = codeword ^ (remainder[0] ?? 0);
    remainder = divisor.map((coefficient, index) => (remainder[index + 1] ?? 0) ^ product(coefficient, factor));
  }
  return remainder;
}
