"""Schools: by number, by name, by the place they stand in."""

import re
from collections.abc import Iterator

from portal.documents.names.words import morphology, plain
from portal.documents.personal_data.kinds import Kind, Mark

_GAP = r"[\s\u00a0]+"
_ONE = (
    r"школ(?:а|ы|е|у|ой|ою)-интернат\w*|школ(?:а|ы|е|у|ой|ою|ам|ами|ах)?|(?:про)?гимнази(?:я|и|ю|ей|й|ям|ями|ях)|"
    r"(?:школ[аыеу]-)?лице(?:й|я|ю|ем|е|и|ев|ям|ями|ях)|интернат\w*|цент(?:р|ра|ре|ру|ром)\s+образования|детск\w+\s+сад\w*|колледж\w*|техникум\w*|\w{0,3}СОШ|ООШ|НОШ|ДЮСШ|ДШИ|ДМШ|СШ|ЦО|УВК|ДОУ"
)
_LEGAL = r"(?:МБОУ|МАОУ|МКОУ|МОУ|ГБОУ|ГОУ|МБДОУ|МАДОУ|МДОУ|ЧОУ|АНОО)"
_NUMBERS = r"(?:№+|N)\s*\d{1,4}(?:\s*(?:,|и)\s*№?\s*\d{1,4}(?!\d|\s*[-–(]))*"
_NAMED = r"(?:им\.|имени)\s*(?:[А-ЯЁ]\.\s?){0,2}[А-ЯЁ][\w-]+(?:\s[А-ЯЁ][а-яё]+)?"
_PREFIX = rf"(?:\b{_LEGAL}{_GAP})?"
_SHAPES = (
    re.compile(rf"\b{_LEGAL}{_GAP}(?:{_ONE})?\s*«[^»]{{2,80}}»", re.IGNORECASE),
    re.compile(rf"{_PREFIX}\b(?:{_ONE}|{_LEGAL})\s*{_NUMBERS}", re.IGNORECASE),
    re.compile(rf"{_PREFIX}\b(?i:{_ONE}){_GAP}(?:{_NAMED})"),
    re.compile(
        rf"\b(?:{_ONE}){_GAP}«(?![^»]*(?:молод|педагог|наставн|родител|учител|будущ))[^»]{{2,60}}»",
        re.IGNORECASE,
    ),
    re.compile(rf"№\s*\d{{1,4}}{_GAP}(?:{_ONE})\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:СОШ|ООШ|НОШ|школ\w*){_GAP}(?:с\.|пос\.|п\.|д\.|села|посёлка|поселка|деревни){_GAP}[А-ЯЁ][\w-]+"
    ),
    re.compile(rf"\b\d{{1,3}}-?(?:я|й|ю|м|ая|ой|ую|ей|го)\s+(?:средн\w+\s+)?(?:{_ONE})\b", re.IGNORECASE),
    re.compile(
        r"\b(?:(?:двадцат|тридцат|сорок|пятьдесят|шестьдесят|сто)\w*\s+)?(?:перв|втор|трет|четв[её]рт|пят|шест|"
        rf"седьм|восьм|девят|десят|\w+надцат|двадцат|тридцат|сороков)(?:ая|ой|ую|ый|ий|ого|ому|ом|ым|ье[йг]\w*)"
        rf"{_GAP}(?:{_ONE})\b",
        re.IGNORECASE,
    ),
)
_COUNTED = re.compile(rf"\b(?:{_ONE}){_GAP}(\d{{1,4}})(?![\d.,–%-]*\d)(?:\s+([А-Яа-яЁё]+))?", re.IGNORECASE)
_OF_PLACE = re.compile(
    r"\b([А-ЯЁ][а-яё]+(?:ск|цк)(?:ая|ой|ую|ий|ого|ому|ом|им))"
    rf"(?:{_GAP}(?:средн|основн|начальн|сельск|общеобразовательн)\w+){{0,2}}{_GAP}(?:{_ONE})\b"
)
_NO_PLACE = (
    "российск",
    "русск",
    "советск",
    "европейск",
    "сельск",
    "городск",
    "детск",
    "педагогическ",
    "зимн",
)
_WHY = "Школа названа: эксперты оценивают, не зная её."


def schools(sentence: str) -> Iterator[Mark]:
    """«школа № 5», «гимназия 12», «лицей им. …», «пятая гимназия», «Сосновская школа»."""
    for found in (found for shape in _SHAPES for found in shape.finditer(sentence)):
        yield _mark(found.start(), found.end(), found[0])
    for found in _COUNTED.finditer(sentence):
        if not found[2] or not _is_counted(found[2]):
            yield _mark(found.start(), found.end(1), sentence[found.start() : found.end(1)])
    for found in _OF_PLACE.finditer(sentence):
        if not plain(found[1]).startswith(_NO_PLACE) and "электронн" not in found[0]:
            yield _mark(found.start(), found.end(), found[0])


def _is_counted(word: str) -> bool:
    """«12 кабинетов», «21 века»: the number counts what follows, and names no school."""
    parses = morphology().parse(plain(word))
    return any(parse.tag.POS in ("NOUN", "ADJF") and {"gent"} in parse.tag for parse in parses[:2])


def _mark(start: int, end: int, said: str) -> Mark:
    kind = re.search(rf"\b(?:{_ONE})", said, re.IGNORECASE)
    neutral = kind[0].lower() if kind and not kind[0].isupper() else "школа"
    return Mark(Kind.SCHOOL, start, end, _WHY, neutral)
