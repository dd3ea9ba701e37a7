"""Subjects: several in a cell, shortened, in any case."""

import re

from portal.municipality.reference import subjects
from portal.staff.cells.answer import Answer, asked
from portal.staff.cells.subject_words import FOREIGN, NO_SUBJECT, PAIR_PHRASES, subject_phrases
from portal.staff.cells.text import NOTHING, Token, low, parted, tokens_of, without_keep

_CLASSES = re.compile(r"\(?\b\d{1,2}(?:\s*-\s*\d{1,2})?\s*(?:-?[ея]?\s*кл[а-я]*\.?)?\s*\)?")
_GIRLS = re.compile(r"\(\s*(?:мальчики|девочки|юноши|девушки|базов[а-я]*|профил[а-я]*|углубл[а-я]*)[^)]*\)")
_COMMA = re.compile(r"\s*,\s*")
_PARTED = re.compile(r"\s*[,;/+\n]\s*")
WHICH = "Не сказано, какой язык. Выберите предмет из списка."


def understand_subjects(text: str) -> Answer:
    """Codes in the order of the cell; asked when any of the words is not in the dictionary."""
    text = without_keep(text)
    said = low(text)
    if said in NOTHING or said in NO_SUBJECT:
        return Answer([])
    if named := _named(said):
        return Answer(named)
    bare = _GIRLS.sub("", said)
    without = _CLASSES.sub(" ", bare).strip(" ,;/")
    left = [text.strip()] if without != said else []
    if without == "":
        return _unknown(text, [])
    whole = subjects_of(without)
    if whole:
        return Answer(list(whole), remarks=tuple(map(_class_of, left)))
    return _by_parts(text, without, left)


def _named(said: str) -> list[str]:
    """A cell of our own table: titles of the list, parted by commas, each written in full."""
    codes = [subject_phrases().written(words_of(part)) for part in _COMMA.split(said)]
    return list(dict.fromkeys(code for code in codes if code)) if all(codes) else []


def _class_of(text: str) -> str:
    return f"Из «{text[:60]}» берём предмет, остальное не записываем"


def _by_parts(text: str, said: str, left: list[str]) -> Answer:
    found: list[str] = []
    unclear: list[str] = []
    foreign = False
    for part in filter(None, _PARTED.split(said)):
        codes = subjects_of(part)
        found += codes
        if not codes:
            unclear.append(part)
            foreign = foreign or bool(FOREIGN.of(words_of(part)))
    if not unclear:
        return Answer(list(dict.fromkeys(found)), remarks=tuple(map(_class_of, left)))
    return asked(WHICH, *titles(found)) if foreign else _unknown(", ".join(unclear), found)


def _unknown(text: str, found: list[str]) -> Answer:
    return asked(
        f"Предмета «{text[:60]}» нет в списке. Выберите подходящий или оставьте пустым.", *titles(found)
    )


def titles(codes: list[str]) -> list[str]:
    """What of the cell is understood, as one proposal."""
    return [", ".join(subjects().title(code) for code in dict.fromkeys(codes))] if codes else []


def words_of(text: str) -> tuple[Token, ...]:
    """Words of a part: «иностранный (английский) язык» is three."""
    return parted(tokens_of(text))


def subjects_of(text: str) -> tuple[str, ...]:
    """Codes of one phrase, of two joined by «и» too; nothing when a word is not known."""
    tokens = words_of(text)
    if len(tokens) > 2 and tokens[-1].word in ("языки", "языков"):
        tokens = tokens[:-1]
    paired = PAIR_PHRASES.of(tokens)
    if len(paired) == 1:
        return tuple(next(iter(paired)).split(","))
    one = subject_phrases().of(tokens)
    if one:
        return tuple(one) if len(one) == 1 else ()
    places = [place for place, token in enumerate(tokens) if token.word == "и"]
    for place in places:
        before, after = _joined(tokens[:place]), _joined(tokens[place + 1 :])
        if before and after:
            return (*before, *after)
    return ()


def _joined(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    found = subject_phrases().of(tokens) or PAIR_PHRASES.of(tokens)
    return tuple(next(iter(found)).split(",")) if len(found) == 1 else ()
