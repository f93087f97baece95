"""The short code that a person reads off a print to find the stored photo again; the phone makes the same. Pure.

Ten signs of Crockford's base 32 over the first fifty bits of the photo's SHA-256. The phone's twin is
field_app/src/device/photo/verification.ts; both are held to the same examples.
"""

from __future__ import annotations

import re

# Without I, L, O and U, which are misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS, SPARE_BITS = 10, 2
_HEX_DIGITS = 13
_CODE = re.compile(f"[{ALPHABET}]{{{SIGNS}}}")
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u2013": None, "\u2014": None})


def short_code(sha256: str) -> str:
    """Give the code of a SHA-256 of 64 lower-case hexadecimal digits."""
    bits = int(sha256[:_HEX_DIGITS], 16) >> SPARE_BITS
    return "".join(ALPHABET[bits >> 5 * (SIGNS - 1 - sign) & 31] for sign in range(SIGNS))


def written(code: str) -> str:
    """Give a code in two groups, as it is printed and read aloud: 7PH4R-NGZ2K."""
    return f"{code[:5]}-{code[5:]}"


def normal(typed: str) -> str | None:
    """Give the code that somebody meant: capitals, no dashes or blanks, O, I and L as 0, 1 and 1; None for no code."""
    meant = typed.strip().upper().translate(_MISREAD)
    return meant if _CODE.fullmatch(meant) else None


def range_of(code: str) -> tuple[str, str]:
    """Give the first and the last SHA-256 that a code can stand for, both within, for a range over an index."""
    bits = 0
    for sign in code:
        bits = bits << 5 | ALPHABET.index(sign)
    first, last = bits << SPARE_BITS, (bits << SPARE_BITS) + (1 << SPARE_BITS) - 1
    rest = 64 - _HEX_DIGITS
    return f"{first:0{_HEX_DIGITS}x}{'0' * rest}", f"{last:0{_HEX_DIGITS}x}{'f' * rest}"
