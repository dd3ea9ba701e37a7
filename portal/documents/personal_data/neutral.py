"""The word that may stand instead of a name, in the case of the name."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from portal.documents.names.words import morphology, plain
from portal.documents.personal_data.kinds import Kind

_OF_PEOPLE = {"Name", "Surn", "Patr"}
_CASES = {
    "gent": ("без", "для", "до", "из", "от", "у", "с", "со", "кроме", "вместо", "около", "после", "возле"),
    "datv": ("к", "ко", "по", "благодаря", "спасибо"),
    "ablt": ("с", "со", "над", "перед", "между", "рядом", "за"),
    "loct": ("о", "об", "обо", "в", "во", "на", "при"),
}
_ORDER = ("nomn", "gent", "datv", "ablt", "accs", "loct")


def neutral_of(kind: Kind, role: str, before: str, words: list[str]) -> str:
    """«коллега» or «ученик» as the name stands; nothing after the word for who it is («ученик Петя»)."""
    case, gender = _case(before, words)
    of_relative = case == "gent" and before.startswith(_RELATIVES)  # «мама Вани», never «мама Оля»
    if role.startswith(("adult", "child")) and before not in ("имени", "зовут") and not of_relative:
        return ""
    if kind is Kind.PUPIL:
        return _form("ученица" if gender == "femn" else "ученик", case)
    return _form("коллега", case)


_RELATIVES = ("мам", "пап", "мат", "отц", "оте", "бра", "сес", "баб", "дед", "род", "дру", "под", "одн")


@cache
def _form(word: str, case: str) -> str:
    parse = next(one for one in morphology().parse(word) if {"nomn", "sing"} in one.tag)
    return str(parse.inflect({"sing", case}).word)


def _case(before: str, words: list[str]) -> tuple[str, str]:
    """What all words of the name allow, and the preposition too; of these the most probable."""
    allowed: list[tuple[str, str]] = []
    for word in words:
        forms = list(_forms(word))
        allowed = [one for one in allowed if one in forms] or allowed or forms
    asked = [case for case in _ORDER if before in _CASES.get(case, ())]
    asked = asked or [case for case in _ORDER if case != "loct"]
    if not before:  # the sentence begins with the name: it is who does something
        asked = ["nomn", *asked]
    fitting = sorted(
        (one for one in allowed if one[0] in asked), key=lambda one: bool(before) or one[0] != "nomn"
    )
    return next(iter(fitting or allowed), ("nomn", "masc"))


def _forms(word: str) -> Iterable[tuple[str, str]]:
    parses: list[Any] = [
        one for one in morphology().parse(plain(word)) if one.tag.number != "plur" and one.tag.case in _ORDER
    ]
    sure = [one for one in parses if _OF_PEOPLE & set(one.tag.grammemes)]
    return [(str(one.tag.case), str(one.tag.gender or "masc")) for one in sure or parses]
