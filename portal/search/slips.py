"""How people slip when they type Russian: what one mistake costs, from likely (0.4) to a chance letter (1).

Doubled letters, unstressed vowels, voiced and voiceless consonants, soft signs and neighbouring keys are the
kinds of which lists of real misspellings are made (kartaslov's matrix of confusions); only the order of the
figures matters.
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from portal.search.text import is_dictionary_word

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


_CHEAP = 0.7
_SHORTEST = 4


def likely_meant(typed: str) -> list[str]:
    """Words of the dictionary that are one likely slip away: a letter doubled or left single, a soft sign, an
    unstressed vowel or a like consonant, a neighbouring key, two letters swapped.
    """
    if len(typed) < _SHORTEST:
        return []
    return [word for word in dict.fromkeys(_one_slip_away(typed)) if is_dictionary_word(word)]


def _one_slip_away(typed: str) -> Iterator[str]:
    others = _put_instead()
    for place, letter in enumerate(typed):
        before, after = typed[:place], typed[place + 1 :]
        yield before + letter + letter + after
        yield from (before + other + after for other in others.get(letter, ()))
        if letter in "ьъ" or after[:1] == letter:
            yield before + after
        elif after[:1] in tuple("еёюяи") or not after:
            yield before + letter + "ь" + after
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:]


@cache
def _put_instead() -> dict[str, str]:
    found: dict[str, str] = {}
    for pair, cost in _pairs().items():
        left, right = sorted(pair)
        if cost <= _CHEAP:
            found[left] = found.get(left, "") + right
            found[right] = found.get(right, "") + left
    return found


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
