/** The short code that a person reads off a watermarked copy to find the stored photo again. Pure. */

/** Crockford's base 32: without I, L, O and U, which are misread. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SIGNS = 10

/** The first ten signs of base 32 of a SHA-256's first fifty bits; the hash as 64 hexadecimal digits. */
export function verificationCode(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not a SHA-256')
  let code = ''
  for (let sign = 0; sign < SIGNS; sign += 1) {
    let value = 0
    for (let bit = sign * 5; bit < sign * 5 + 5; bit += 1) {
      const digit = parseInt(sha256.charAt(bit >> 2), 16)
      value = value * 2 + ((digit >> (3 - (bit & 3))) & 1)
    }
    code += ALPHABET.charAt(value)
  }
  return code
}

/** In two groups, as it is easier to read aloud: 7PH4R-NGZ2K. */
export const writeCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`
