"""Spell a code so that it can be read aloud and typed, and tell a misread letter from a wrong code.

Nineteen letters of Crockford's base 32 carry 95 bits; the twentieth is their check. It is a
weighted sum over the field of 32 elements, in which every place has another weight that is not
zero, so that one wrong letter, or any two that changed places, never pass.
"""

from collections.abc import Sequence

from cases.errors import CaseError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CARRYING = 19
LENGTH = CARRYING + 1
GROUP = 4
BITS = CARRYING * 5

_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""Letters that no code has, by those they are taken for (Crockford)."""
_BETWEEN = " -\u2010\u2011\u2013\u00ad\t\r\n."
_MODULUS = 0b100101
"""x^5 + x^2 + 1, which is primitive: the powers of 2 are all 31 elements that are not zero."""


class MisreadError(CaseError, ValueError):
    """What was typed is no code: too short, too long, or with a letter that was misread."""


def spell(bits: int) -> str:
    """Return the code that carries a number of `BITS` bits."""
    values = [bits >> 5 * place & 31 for place in reversed(range(CARRYING))]
    return "".join(ALPHABET[value] for value in [*values, _check(values)])


def grouped(code: str) -> str:
    """Return a code as it is printed: ``7KQ4-M2XR-9TBD-H5WN-C3VZ``."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(typed: str) -> str:
    """Return the code that somebody typed, in whatever case, with or without its hyphens.

    Raises
    ------
    MisreadError
        It is none, and says what to look at.
    """
    code = "".join(each for each in typed.upper() if each not in _BETWEEN).translate(_LIKE)
    if len(code) != LENGTH:
        msg = (
            f"A code has {LENGTH} letters and digits in {LENGTH // GROUP} groups; this has "
            f"{len(code)}. Look at the letter again."
        )
        raise MisreadError(msg)
    strange = [each for each in code if each not in ALPHABET]
    if strange:
        msg = f'No code has the letter "{strange[0]}". Look at the letter again.'
        raise MisreadError(msg)
    *values, check = [ALPHABET.index(each) for each in code]
    if _check(values) != check:
        msg = (
            "One letter or digit of this code is not as it is printed, or two changed places. "
            "Look at the letter again, group by group."
        )
        raise MisreadError(msg)
    return code


def _check(values: Sequence[int]) -> int:
    weight, total = 1, 0
    for value in values:
        weight = _times(weight, 2)
        total ^= _times(weight, value)
    return total


def _times(one: int, other: int) -> int:
    """Multiply in the field of 32 elements."""
    product = 0
    for _ in range(5):
        product ^= one if other & 1 else 0
        other >>= 1
        one <<= 1
        one ^= _MODULUS if one & 32 else 0
    return product
