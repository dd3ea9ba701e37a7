"""What people write around words: the number of a school, the ending of an ordinal, initials, words stuck
together or torn apart. A question is brought into the shape in which texts are indexed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from portal.search.text import has_cyrillic, is_dictionary_word

_KIND = r"(?:школ[аеуы]|школой|лице[йяею]|лицеем|гимнази[яию]|гимназией|сош|оош|мбоу|шк)"
_SCHOOL_FIRST = re.compile(rf"\b{_KIND}\b\.?\s*(?:№|#|номер|ном\.?|no\.?|n)?\s*(\d{{1,4}})\b")
_NUMBER_FIRST = re.compile(
    r"\b(\d{1,4})(?:\s*-?\s*(?:я|ая|й|ой|ей))?\s+(?:школ[аеу]|школой|лице[йе]|гимнази[яию])\b"
)
_ORDINAL = re.compile(r"\b(\d{1,4})-?(?:й|ый|ой|я|ая|го|ом|м|х|е|ые)\b")
_INITIALS = re.compile(r"(?<!\w)[а-я]\.\s?[а-я]\.(?!\w)|(?<=\w)\s+[а-я]\.(?!\w)")
_CODE = re.compile(r"(?<![\w-])[а-я]{1,4}-\d{2,4}-\d{1,6}(?![\w-])")
_HALF, _STUCK = 3, 8


def reshaped(text: str) -> str:
    """A folded question: «12-я школа», «сош 12» as «школа № 12»; «1-й» as «1»; a name without initials; the
    number of a paper as a phrase. What would be left without words stays as it is.
    """
    made = _SCHOOL_FIRST.sub(r"школа № \1", text)
    made = _NUMBER_FIRST.sub(r"школа № \1", made)
    made = _ORDINAL.sub(r"\1", made)
    made = _INITIALS.sub(" ", made)
    if '"' not in made:
        made = _CODE.sub(r'"\g<0>"', made)
    return made if made.strip() else text


def halves(word: str) -> Iterator[tuple[str, str]]:
    """Two words of the dictionary that stand in one without a space between."""
    if len(word) < _STUCK or not has_cyrillic(word) or is_dictionary_word(word):
        return
    for place in range(_HALF, len(word) - _HALF + 1):
        left, right = word[:place], word[place:]
        if is_dictionary_word(left) and is_dictionary_word(right):
            yield left, right


def torn(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Neighbours that are one word of the dictionary, while one of them is none."""
    for left, right in pairwise(words):
        whole = left + right
        known = is_dictionary_word(left) and is_dictionary_word(right)
        if len(whole) >= _STUCK and has_cyrillic(whole) and not known and is_dictionary_word(whole):
            yield left, right
