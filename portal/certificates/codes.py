"""The code by which anybody checks a certificate: unguessable, and short enough to be typed from a wall.

Only signs that nobody confuses: no 0 and O, no 1 and I, no B beside 8, no S beside 5. Each letter has a
Russian twin of the same shape, so it is read whichever keyboard it was typed on. The last sign checks the
others (Luhn, modulo 18): one wrong sign, or two neighbours that have changed places, is a slip and no other
certificate.
"""

import secrets

ALPHABET = "23456789ACEHKMPTXY"
LENGTH, GROUP = 12, 4
"""Eleven signs of chance (45 bits), and the one that checks them."""
_TWINS = str.maketrans("АСЕНКМРТХУЗЧ", "ACEHKMPTXY34")
_BETWEEN = str.maketrans("", "", " -–—\u00a0\u2011.")


def new_code() -> str:
    """Twelve signs, as they are stored."""
    chance = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return chance + _check_sign(chance)


def spaced(code: str) -> str:
    """«7K3M-PX4A-T9CE»: as it is printed and stands in addresses."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """The code as it is stored, however it was typed; empty for what can be no code: a slip, or something
    else.
    """
    code = typed.translate(_BETWEEN).upper().translate(_TWINS)
    whole = len(code) == LENGTH and set(code) <= set(ALPHABET)
    return code if whole and _check_sign(code[:-1]) == code[-1] else ""


def _check_sign(signs: str) -> str:
    base, total = len(ALPHABET), 0
    for place, sign in enumerate(reversed(signs)):
        number = ALPHABET.index(sign) * (1 if place % 2 else 2)
        total += number // base + number % base
    return ALPHABET[-total % base]
