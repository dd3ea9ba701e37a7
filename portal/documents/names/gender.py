"""Whose name it is: a man's, a woman's, or not certain. Never a guess: what is not certain is asked."""

from portal.documents.names.grammar import Gender, syllables
from portal.documents.names.surnames import is_noun_in_a, is_possessive
from portal.documents.names.words import nominatives, plain, table

SONS = ("ич", "ыч", "оглы", "оглу", "улы", "ұлы", "уулу", "угли", "огли")
DAUGHTERS = ("вна", "чна", "шна", "кызы", "қызы", "гызы", "кизи")
MEN, WOMEN = frozenset([Gender.MALE]), frozenset([Gender.FEMALE])
EITHER = MEN | WOMEN
NAMES_OF_MEN = ("улла", "ддин", "тдин", "бек", "бай", "мурат", "мурад", "слав", "жон", "джон", "зян", "гали")
NAMES_OF_WOMEN = ("гуль", "гюль", "бану", "бике", "ниса", "нисо")
Evidence = frozenset[Gender]
"""Whose name it can be; empty when nothing is known."""


def detect_gender(last: str, first: str, middle: str = "") -> Gender:
    """By patronymic and surname before the first name; UNCERTAIN when nothing tells, or one says another than
    the other.
    """
    patronymic, surname, name = _of_patronymic(last, middle), _of_surname(last), _of_first_name(first)
    if patronymic:
        against = surname and surname != patronymic
        return _told(patronymic) if not against or (name and name <= patronymic) else Gender.UNCERTAIN
    if surname:
        return _told(surname & name if name else surname)
    return _told(name)


def _told(evidence: Evidence) -> Gender:
    return next(iter(evidence)) if len(evidence) == 1 else Gender.UNCERTAIN


def _of_patronymic(last: str, middle: str) -> Evidence:
    """Also of one that stands as the surname: «Турсунбек кызы»."""
    for low in (plain(middle), plain(last) if plain(last).endswith((" уулу", " кызы", " улы")) else ""):
        if len(low) > 3 and low.endswith(SONS):
            return MEN
        if len(low) > 3 and low.endswith(DAUGHTERS):
            return WOMEN
    return frozenset()


def _of_surname(last: str) -> Evidence:
    """Only endings that the other gender cannot have. Of a double surname each part may tell."""
    told = [_of_word(part) for word in last.split() for part in word.split("-")]
    found = {evidence for evidence in told if evidence}
    return found.pop() if len(found) == 1 else frozenset()


def _of_word(word: str) -> Evidence:
    low = plain(word)
    if len(low) < 4 or syllables(low) < 2 or table("surnames.tsv").get(low) == "noun":
        return frozenset()
    if low.endswith(("ова", "ева", "ина", "ына")):
        return frozenset() if is_noun_in_a(low) else WOMEN
    if low.endswith(
        ("ская", "цкая", "ная", "лая", "тая", "рая", "вая", "гая", "хая", "кая", "щая", "шая", "няя")
    ):
        return WOMEN
    if low.endswith(("ский", "цкий", "ской", "цкой")) or (len(low) > 4 and low.endswith("ый")):
        return MEN
    return MEN if is_possessive(low) else frozenset()


def _of_first_name(first: str) -> Evidence:
    """By a name that is known. «Саша» is either; of a name that nobody knows the ending decides nothing."""
    parts = [part for word in first.split() for part in word.split("-")]
    if not parts or len(parts[0].rstrip(".")) < 2:
        return frozenset()
    told = [evidence for part in parts if (evidence := _of_name(plain(part)))]
    if not told:
        return frozenset()
    common = EITHER.intersection(*told)
    return common or told[0]


def _of_name(low: str) -> Evidence:
    said = table("first_names.tsv").get(low)
    if said:
        return {"m": MEN, "f": WOMEN}.get(said, EITHER)
    known = {_of_parse(parse) for parse in nominatives(low) if "Name" in parse.tag}
    if known:
        return frozenset().union(*known)
    men, women = low.endswith(NAMES_OF_MEN), low.endswith(NAMES_OF_WOMEN) or low.startswith("гуль")
    if men == women or len(low) < 6:
        return frozenset()
    return MEN if men else WOMEN


def _of_parse(parse: object) -> Evidence:
    tag = parse.tag  # type: ignore[attr-defined]
    if "ms-f" in tag:
        return EITHER
    return MEN if "masc" in tag else WOMEN
