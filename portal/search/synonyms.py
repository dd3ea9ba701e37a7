"""Abbreviations and synonyms of mentoring and school life; added to a query at a weight below one.

A row is one notion: any of its names in the query brings the others. The most usual name stands first.
Source: the glossary of the domain (Положение, 6.1, 7) and the usual words of schools.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from portal.search.text import content_tokens, lemma

SYNONYM_WEIGHT = 0.5

NOTIONS: tuple[tuple[str, ...], ...] = (
    ("ШМО", "школьное методическое объединение"),
    ("ГУМО", "городское методическое объединение", "городское учебно-методическое объединение"),
    ("МО", "методическое объединение"),
    ("РМО", "районное методическое объединение"),
    ("ВПР", "всероссийская проверочная работа"),
    ("ОГЭ", "основной государственный экзамен"),
    ("ЕГЭ", "единый государственный экзамен"),
    ("ГИА", "государственная итоговая аттестация"),
    ("ФГОС", "федеральный государственный образовательный стандарт"),
    ("ФОП", "федеральная образовательная программа"),
    ("ООП", "основная образовательная программа"),
    ("ОВЗ", "ограниченные возможности здоровья"),
    ("ИОМ", "индивидуальный образовательный маршрут"),
    ("ППк", "психолого-педагогический консилиум"),
    ("ПМПК", "психолого-медико-педагогическая комиссия"),
    ("ИКТ", "информационно-коммуникационные технологии"),
    ("КПК", "курсы повышения квалификации"),
    ("УМК", "учебно-методический комплект"),
    ("УУД", "универсальные учебные действия"),
    ("ЦДО", "центр дополнительного образования"),
    ("КТП", "календарно-тематическое планирование"),
    ("ОБЖ", "ОБЗР", "основы безопасности жизнедеятельности", "основы безопасности и защиты родины"),
    ("НОО", "начальное общее образование"),
    ("ООО", "основное общее образование"),
    ("СОО", "среднее общее образование"),
    ("физкультура", "физическая культура", "физвоспитание"),
    ("информатика", "ИТ", "компьютерная грамотность"),
    ("наставляемый", "подопечный"),
    ("молодой педагог", "молодой специалист", "начинающий учитель", "молодой учитель"),
    ("педагог", "учитель", "преподаватель"),
    ("ученик", "школьник", "обучающийся", "учащийся"),
    ("директор", "руководитель школы"),
    ("завуч", "заместитель директора"),
    ("классный руководитель", "классное руководство"),
    ("затруднение", "дефицит", "трудность"),
    ("выгорание", "эмоциональное истощение"),
    ("родители", "законные представители"),
    ("внеурочная деятельность", "внеурочка"),
)

Lemmas = tuple[str, ...]


def lemmas_of(phrase: str) -> Lemmas:
    return tuple(lemma(token) for token in content_tokens(phrase))


@cache
def _by_first_word() -> dict[str, list[tuple[Lemmas, int]]]:
    table: dict[str, list[tuple[Lemmas, int]]] = {}
    for number, names in enumerate(NOTIONS):
        for name in names:
            words = lemmas_of(name)
            table.setdefault(words[0], []).append((words, number))
    return table


@cache
def abbreviations() -> frozenset[str]:
    """Single words of the table as tokens: they count as known, so that «dgh» becomes «впр»."""
    return frozenset(words[0] for name in _names() if len(words := tuple(content_tokens(name))) == 1)


def _names() -> Iterator[str]:
    for names in NOTIONS:
        yield from names


class OtherName(NamedTuple):
    """Another name of a notion that the words `start`…`end` of a question (the end left out) call; it counts
    only where a text holds all its lemmas.
    """

    name: str
    lemmas: Lemmas
    start: int
    end: int


def other_names(asked: Sequence[str]) -> list[OtherName]:
    """Other names of the notions that these lemmas (in their order) contain."""
    found: list[OtherName] = []
    for start, word in enumerate(asked):
        for words, number in _by_first_word().get(word, ()):
            end = start + len(words)
            if tuple(asked[start:end]) == words:
                found += [
                    OtherName(name, other, start, end)
                    for name in NOTIONS[number]
                    if (other := lemmas_of(name)) != words
                ]
    return found
