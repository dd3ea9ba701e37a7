"""Posts in cases: only the head noun and the adjectives that agree with it change."""

from functools import cache
from typing import Any

from portal.documents.names.grammar import Case

GRAMMEMES = {
    Case.GENITIVE: "gent",
    Case.DATIVE: "datv",
    Case.ACCUSATIVE: "accs",
    Case.INSTRUMENTAL: "ablt",
    Case.PREPOSITIONAL: "loct",
}
ADJECTIVES = {"ADJF", "PRTF"}
SUBSTANTIVES = {"вожатый", "вожатая", "заведующий", "заведующая", "управляющий", "учёный", "ученый"}


def decline_post(post: str, case: Case | str, override: str = "") -> str:
    """«заместитель директора по УВР» → «заместителя директора по УВР», «старший вожатый» → «старшему
    вожатому».

    What follows the head noun stays. A post with no nominative head («и. о. директора») is returned as it is.
    """
    case = Case(case)
    if override:
        return override
    if case is Case.NOMINATIVE:
        return post
    words = post.split()
    for place, word in enumerate(words):
        parsed = [_head(part) for part in word.split("-")]
        if not all(parsed):
            break
        parts = zip(word.split("-"), parsed, strict=True)
        words[place] = "-".join(_inflected(part, found, case) for part, found in parts)
        if any(found.tag.POS == "NOUN" for found in parsed) or word.lower() in SUBSTANTIVES:
            break
    return " ".join(words)


@cache
def _morph() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def _head(word: str) -> Any:
    """The parse of a word that may lead a post: a noun of a person or an adjective, nominative singular; else
    None.
    """
    if not word.isalpha() or (word.isupper() and len(word) > 1):
        return None
    fitting = [
        parse
        for parse in _morph().parse(word.lower())
        if {"nomn", "sing"} in parse.tag and (parse.tag.POS in ADJECTIVES or parse.tag.POS == "NOUN")
    ]
    fitting = [
        parse for parse in fitting if not {"Name"} & set(parse.tag.grammemes) and "Surn" not in parse.tag
    ]
    agreeing = [parse for parse in fitting if parse.tag.POS in ADJECTIVES]
    if agreeing and word.lower() not in SUBSTANTIVES:
        return agreeing[0]  # «старший» is a noun too, but before «вожатый» it agrees
    people = [parse for parse in fitting if parse.tag.POS == "NOUN" and parse.tag.animacy == "anim"]
    return (people or fitting or [None])[0]


def _inflected(word: str, parse: Any, case: Case) -> str:
    wanted = {"sing", GRAMMEMES[case]}
    if case is Case.ACCUSATIVE and parse.tag.POS in ADJECTIVES and parse.tag.gender == "masc":
        wanted = {"sing", "gent"}  # a person: the accusative is the genitive
    form = parse.inflect(wanted)
    if form is None:
        return word
    text: str = form.word
    return text[:1].upper() + text[1:] if word[:1].isupper() else text
