"""How people slip when they type Russian: what one mistake costs, from likely (0.4) to a chance letter (1).

Doubled letters, unstressed vowels, voiced and voiceless consonants, soft signs and neighbouring keys are the
kinds of which lists of real misspellings are made (kartaslov's matrix of confusions); only the order of the
figures matters.
"""

from functools import cache
from itertools import pairwise

DOUBLED, ALIKE, SIGN, NEAR_KEY, SWAPPED, OTHER = 0.4, 0.5, 0.5, 0.6, 0.7, 1.0

_ALIKE = (
    "оа еи ея иэ еэ ыи ую юу яа ёо ёе бп вф гк дт жш зс гх щш чщ цс йи тц",
    "шж щч сц",
)
_KEYS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")


@cache
def _pairs() -> dict[frozenset[str], float]:
    found: dict[frozenset[str], float] = {}
    for row in _KEYS:
        for left, right in pairwise(row):
            found[frozenset((left, right))] = NEAR_KEY
    for upper, lower in pairwise(_KEYS):
        for place, key in enumerate(lower):
            for other in upper[place : place + 2]:
                found[frozenset((key, other))] = NEAR_KEY
    for pair in " ".join(_ALIKE).split():
        found[frozenset(pair)] = ALIKE
    return found


def _put_for(left: str, right: str) -> float:
    """One letter in the place of another."""
    return 0.0 if left == right else _pairs().get(frozenset((left, right)), OTHER)


def _left_out(word: str, place: int) -> float:
    """The letter at the place, that the other word does not have."""
    letter = word[place]
    if letter in "ьъ":
        return SIGN
    beside = (word[place - 1 : place], word[place + 1 : place + 2])
    return DOUBLED if letter in beside else OTHER


def slip(typed: str, meant: str) -> float:
    """The cost of the likeliest slips that make one word of the other (optimal string alignment)."""
    before: list[float] = []
    row = [0.0]
    for place in range(len(meant)):
        row.append(row[-1] + _left_out(meant, place))
    for i, left in enumerate(typed):
        last, before = before, row
        row = [before[0] + _left_out(typed, i)]
        for j, right in enumerate(meant):
            cost = min(
                before[j] + _put_for(left, right),
                before[j + 1] + _left_out(typed, i),
                row[j] + _left_out(meant, j),
            )
            if i and j and left != right and left == meant[j - 1] and typed[i - 1] == right:
                cost = min(cost, last[j - 1] + SWAPPED)
            row.append(cost)
    return row[-1]
