"""One analysis of Russian text for documents and queries: whoever indexes and whoever asks must cut words
alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import pymorphy3

from portal.search.stopwords import STOP_WORDS

# Marks that people paste along with a word and never mean: stress (U+0301, U+0300), soft hyphen, zero-width
# characters, BOM.
_INVISIBLE = "\u0300\u0301\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DROP = {ord(mark): None for mark in _INVISIBLE}
_FOLD = str.maketrans("ё", "е")
_TOKEN = re.compile(r"[a-zа-я0-9]+")
_NUMBERED = re.compile(r"(?:№|\b(?:школ|лице|гимнази)[а-я]*)\s*(?=(\d+))")
_WRITTEN_WORD = re.compile(rf"[A-Za-zА-Яа-яЁё0-9{_INVISIBLE}]+")
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]")
_LOOK_ALIKE = str.maketrans("aceopxykmtbhu", "асеорхукмтвни")
_LONGEST_WORD = 64
_PREFIX_LETTERS = 5
PREFIX_MARK = "5:"


def clean(text: str) -> str:
    """The text as we keep it: NFC and without NUL, which PostgreSQL refuses."""
    return unicodedata.normalize("NFC", text.replace("\x00", " "))


def normalise(text: str) -> str:
    """Fold what does not change the meaning of a word: NFC, no stress marks, lower case, ё as е."""
    return unicodedata.normalize("NFC", text).translate(_DROP).lower().translate(_FOLD)


def tokens(text: str) -> list[str]:
    """All words of a text in order; hyphenated words come apart; very long strings are cut at 64 signs. A
    number that names something («школа № 9») is a word «n9» too: nine alone is in half of all texts.
    """
    named = _NUMBERED.sub(lambda found: f"{found[0]} n{found[1]} ", normalise(text))
    return [_of_one_script(token)[:_LONGEST_WORD] for token in _TOKEN.findall(named)]


def _of_one_script(token: str) -> str:
    """Latin letters among Russian ones are the Russian letters that they look like: nobody sees which they
    are.
    """
    if not (_CYRILLIC.search(token) and _LATIN.search(token)):
        return token
    russian = token.translate(_LOOK_ALIKE)
    return token if _LATIN.search(russian) else russian


def content_tokens(text: str) -> list[str]:
    """Words of a text that are worth searching: without the stop list."""
    return [token for token in tokens(text) if token not in STOP_WORDS]


def written_words(text: str) -> Iterator[re.Match[str]]:
    """Words of a kept text (see `clean`) as they are written, stress marks and soft hyphens inside
    included.
    """
    return _WRITTEN_WORD.finditer(text)


def token_of(written: str) -> str:
    """The token that a written word is searched by; empty when it is made of invisible marks only."""
    return _of_one_script(written.translate(_DROP).lower().translate(_FOLD))[:_LONGEST_WORD]


def has_cyrillic(text: str) -> bool:
    return _CYRILLIC.search(text) is not None


@cache
def _morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=200_000)
def lemma(token: str) -> str:
    """The most probable dictionary form of a token; abbreviations, Latin words and numbers stay as they
    are.
    """
    if not _CYRILLIC.search(token):
        return token
    parsed = _morphology().parse(token)
    return str(parsed[0].normal_form).translate(_FOLD) if parsed else token


@lru_cache(maxsize=50_000)
def is_dictionary_word(token: str) -> bool:
    """Whether the dictionary of the language knows the word: such a word is never corrected."""
    return bool(_morphology().word_is_known(token))


def prefix_key(lemma_: str) -> str:
    """The term of the second channel: joins наставник, наставничество and наставнический."""
    return PREFIX_MARK + lemma_[:_PREFIX_LETTERS]
