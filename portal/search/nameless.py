"""Words of a question without people: names, patronymics and surnames, addresses of mail, long numbers are
left out, by the dictionary of names of the house (docs/adr/0033). In doubt a word goes: a question can be
asked again, a name once kept cannot be taken back.
"""

import re
from functools import lru_cache

from portal.documents.names.words import OF_PEOPLE, morphology, plain, table
from portal.search.text import clean, has_cyrillic, is_dictionary_word, tokens

MOST_WORDS = 12
LONGEST = 200
_CHUNK = re.compile(r"[^\s,;:!?()«»\"]+")
_WORD = re.compile(r"[^\W_]+")
_LONG_NUMBER = re.compile(r"\d{5,}")
_NAMED_NUMBER = re.compile(r"n\d+")
_DOUBT = 0.05


def without_people(text: str) -> str:
    """The words of a question in their order, folded, without whatever may name a person; at most twelve."""
    chunks = [chunk for chunk in _CHUNK.findall(clean(text)) if "@" not in chunk]
    words = [word for chunk in chunks for word in _WORD.findall(chunk) if not _LONG_NUMBER.search(word)]
    gone = [_is_name(word) or (place > 0 and _is_strange(word)) for place, word in enumerate(words)]
    for _ in range(2):  # a surname, then two initials
        gone = [
            is_gone or (any(gone[max(0, place - 1) : place + 2]) and _goes_with_a_name(word))
            for place, (word, is_gone) in enumerate(zip(words, gone, strict=True))
        ]
    kept = [word for word, is_gone in zip(words, gone, strict=True) if not is_gone]
    found = [word for word in tokens(" ".join(kept)) if not _NAMED_NUMBER.fullmatch(word)][:MOST_WORDS]
    while len(" ".join(found)) > LONGEST:
        found.pop()
    return " ".join(found)


def is_of_people(word: str) -> bool:
    """Whether a word by itself may name a person: such a word is not kept as one that nobody has."""
    return _may_be_name(word) or _is_name(word)


def _goes_with_a_name(word: str) -> bool:
    return _may_be_name(word) or word[:1].isupper()


def _is_name(word: str) -> bool:
    """A name above all; a name that is a common word too («Вера», «Роман») when it has its capital."""
    low = plain(word)
    if not has_cyrillic(low):
        return False
    return _first_of_people(low) or (word[:1].isupper() and _may_be_name(word) and not word.isupper())


def _is_strange(word: str) -> bool:
    """A word with a capital that no dictionary has: a surname, most often."""
    return (
        word[:1].isupper()
        and not word.isupper()
        and has_cyrillic(word)
        and not is_dictionary_word(plain(word))
    )


@lru_cache(maxsize=20_000)
def _first_of_people(low: str) -> bool:
    return bool(OF_PEOPLE & set(morphology().parse(low)[0].tag.grammemes))


@lru_cache(maxsize=20_000)
def _of_people(low: str) -> bool:
    return low in table("first_names.tsv") or any(
        OF_PEOPLE & set(one.tag.grammemes) and one.score >= _DOUBT for one in morphology().parse(low)
    )


def _may_be_name(word: str) -> bool:
    return has_cyrillic(word) and _of_people(plain(word))
