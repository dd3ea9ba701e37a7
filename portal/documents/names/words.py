"""What the dictionary of pymorphy3 and the data files beside know of a word."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from portal.documents.names.grammar import Case

DATA = Path(__file__).parent / "data"
GRAMMEMES = {
    Case.NOMINATIVE: "nomn",
    Case.GENITIVE: "gent",
    Case.DATIVE: "datv",
    Case.ACCUSATIVE: "accs",
    Case.INSTRUMENTAL: "ablt",
    Case.PREPOSITIONAL: "loct",
}
OF_PEOPLE = {"Name", "Surn", "Patr"}
OF_PLACES = {"Geox", "Orgn", "Trad"}


@cache
def table(name: str) -> dict[str, str]:
    """A file of exceptions: word → what is said of it («» in a file of words alone); ё is е."""
    rows = (
        line.split("\t")
        for line in (DATA / name).read_text("utf-8").splitlines()
        if line[:1] not in ("", "#")
    )
    return {plain(row[0]): row[1] if len(row) > 1 else "" for row in rows}


def plain(word: str) -> str:
    """As words are compared: small letters, no ё."""
    return word.lower().replace("ё", "е")


@cache
def morphology() -> Any:
    """The dictionary; loaded when a word is asked for the first time."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=4096)
def nominatives(word: str) -> tuple[Any, ...]:
    """What the word may be in the nominative singular, by the dictionary itself, never by likeness. A paper
    asks of the same few words again and again.
    """
    parses = morphology().parse(word.lower())
    return tuple(parse for parse in parses if parse.is_known and {"nomn", "sing"} in parse.tag)


def common_nouns(word: str, gender: str) -> list[Any]:
    """The same as common nouns of a gender («masc»), living ones first: Соловей, Горшок."""
    found = [
        parse
        for parse in nominatives(word)
        if parse.tag.POS == "NOUN"
        and (gender in parse.tag or "ms-f" in parse.tag)
        and not (OF_PEOPLE | OF_PLACES) & set(parse.tag.grammemes)
    ]
    return sorted(found, key=lambda parse: parse.tag.animacy != "anim")


def surname_parses(word: str) -> list[Any]:
    """What the dictionary knows of the word as a man's surname."""
    return [parse for parse in nominatives(word) if "Surn" in parse.tag and "masc" in parse.tag]


def inflected(parse: Any, case: Case) -> str:
    """The form in small letters; endings as elsewhere, with е («Соловьем»). Empty when there is none."""
    form = parse.inflect({"sing", GRAMMEMES[case]})
    if form is None:
        return ""
    text = str(form.word)
    for ending in ("ём", "ёй"):
        if text.endswith(ending):
            return text[:-2] + "е" + ending[-1]
    return text


def recased(form: str, like: str) -> str:
    """The form with the capitals of the word («Учителя», «УЧИТЕЛЯ»), and with ё only where it has one."""
    if "ё" not in like.lower():
        form = form.replace("ё", "е")
    if like.isupper() and len(like) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if like[:1].isupper() else form
