"""A text of a pair without the people and the school: what is said of «Борис Ильич» in the programme is said
of «наставник» in a practice. Sense and sentences stay; its author reads it and mends what sounds odd.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portal.core.reading import weighing
from portal.documents.names import Case, name_forms, organisation_genitive
from portal.documents.names.words import OF_PEOPLE, morphology, plain
from portal.mentoring.models import Pair
from portal.staff.models import FormerName, Person
from tenants.models import School

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
BETWEEN = re.compile(r"^[ \u00a0.]{0,3}$")
"""What stands between the words of one name: «Кравцов Б. И.»"""
ENDS_SENTENCE = re.compile(r"^\s*(?:$|\n|\s[«\"]?[А-ЯЁ])")
Words = Mapping[Case, str]


def _words(six: str) -> Words:
    return dict(zip(Case, six.split(), strict=True))


MENTOR = _words("наставник наставника наставнику наставника наставником наставнике")
MENTEE = _words("наставляемый наставляемого наставляемому наставляемого наставляемым наставляемом")
MENTEE_SHE = _words("наставляемая наставляемой наставляемой наставляемую наставляемой наставляемой")
COLLEAGUE = _words("коллега коллеги коллеге коллегу коллегой коллеге")
SCHOOL_WORD = "школа"
FEWEST_LETTERS = 3
CASES = frozenset(case.value for case in Case)


@dataclass(frozen=True)
class Somebody:
    """Whose name it is: its forms with their cases, its first letters, and what is said instead."""

    forms: Mapping[str, frozenset[Case]]
    letters: frozenset[str]
    instead: Words

    @classmethod
    def of(cls, person: Person, instead: Words, former: Iterable[FormerName] = ()) -> "Somebody":
        """By all names that the person has borne, in the cases that were typed over, too."""
        forms: dict[str, frozenset[Case]] = {}
        letters: set[str] = set()
        names: list[Person | FormerName] = [person, *former]
        for named in names:
            own = name_forms(named.last_name, named.first_name, named.middle_name, str(person.gender or ""))
            for word, cases in (*own.items(), *_typed_over(named)):
                forms[word] = forms.get(word, frozenset()) | cases
            letters |= {part[0].upper() for part in (named.first_name, named.middle_name) if part}
        return cls(
            {word: cases for word, cases in forms.items() if len(word) > 1}, frozenset(letters), instead
        )


def _typed_over(named: Person | FormerName) -> Iterator[tuple[str, frozenset[Case]]]:
    for case, whole in (named.name_override or {}).items():
        if case in CASES:
            yield from ((plain(word), frozenset({Case(case)})) for word in str(whole).split())


def people_of(pair: Pair) -> list[Somebody]:
    """The two, or the group, as their texts name them."""
    people = [pair.mentor, *pair.people]
    former: dict[int, list[FormerName]] = {}
    with weighing():
        for name in FormerName.objects.filter(person__in=people).order_by("ended_on"):
            former.setdefault(name.person_id, []).append(name)
    words = [MENTOR, *(_mentee(person) for person in pair.people)]
    return [Somebody.of(one, word, former.get(one.pk, ())) for one, word in zip(people, words, strict=True)]


def _mentee(person: Person) -> Words:
    return MENTEE_SHE if person.by_gender("m", "f") == "f" else MENTEE


@dataclass
class Nameless:
    """Takes out of texts who and where it was. `colleagues`: surnames of everybody else of the school."""

    people: list[Somebody]
    school: School
    colleagues: frozenset[tuple[str, str]] = frozenset()
    _school: list[tuple[re.Pattern[str], str]] = field(init=False)

    def __post_init__(self) -> None:
        self._school = list(_ways_to_name(self.school))

    @classmethod
    def for_pair(cls, pair: Pair, school: School) -> "Nameless":
        own = {pair.mentor_id, *(person.pk for person in pair.people)}
        rows = Person.objects.exclude(pk__in=own).order_by("pk").values_list("last_name", "gender")
        return cls(people_of(pair), school, frozenset(rows))

    def __call__(self, text: str) -> str:
        """The text with neutral words in the places of names, in the case of the name where one can tell."""
        for pattern, instead in CONTACTS:
            text = pattern.sub(instead, text)
        for pattern, instead in self._school:
            text = pattern.sub(instead, text)
        text = _Names(text, self.people).replaced()
        text = _Names(text, self._others_in(text)).replaced()
        for pattern, instead in STRANGERS:
            text = pattern.sub(instead, text)
        return _tidy(text)

    def _others_in(self, text: str) -> list[Somebody]:
        """Of the rest of the school only those whose surname may stand here: nobody declines two hundred
        people for a line.
        """
        starts = {plain(found[0])[:FEWEST_LETTERS] for found in WORD.finditer(text) if found[0][0].isupper()}
        near = sorted(
            (last, gender) for last, gender in self.colleagues if plain(last)[:FEWEST_LETTERS] in starts
        )
        return [
            Somebody(name_forms(last, "", "", gender), frozenset(map(chr, range(0x410, 0x430))), COLLEAGUE)
            for last, gender in near
        ]


class _Names:
    """The names of some people in one text."""

    def __init__(self, text: str, people: list[Somebody]) -> None:
        self.text, self.people = text, people
        self.found = list(WORD.finditer(text)) if people else []
        self.whose: list[Somebody | None] = [self._surely(one[0]) for one in self.found]
        for order in (range(len(self.found)), reversed(range(len(self.found)))):
            for place in order:
                self._look_beside(place)

    def _surely(self, word: str) -> Somebody | None:
        """A word with a capital; one without, when it can be nothing but a name."""
        low = plain(word)
        somebody = next((one for one in self.people if low in one.forms), None)
        return somebody if somebody and (word[0].isupper() or not _is_common(low)) else None

    def _look_beside(self, place: int) -> None:
        """Initials, and common words («вера»), are a name beside a name of the same person."""
        if self.whose[place] is not None:
            return
        word = self.found[place][0]
        for beside in (place - 1, place + 1):
            one = self.whose[beside] if 0 <= beside < len(self.found) else None
            if one is not None and self._touch(place, beside) and self._may_be(word, one, place):
                self.whose[place] = one

    def _may_be(self, word: str, one: Somebody, place: int) -> bool:
        dotted = self.text[self.found[place].end() :].startswith(".")
        return plain(word) in one.forms or (len(word) == 1 and dotted and word in one.letters)

    def _touch(self, one: int, other: int) -> bool:
        first, second = sorted((one, other))
        return bool(BETWEEN.match(self.text[self.found[first].end() : self.found[second].start()]))

    def replaced(self) -> str:
        said, end, place = [], 0, 0
        while place < len(self.found):
            somebody, last = self.whose[place], self._last_of_name(place)
            if somebody is not None:
                said += [self.text[end : self.found[place].start()], self._word(somebody, place, last)]
                end = self._past_dot(last, self.found[last].end())
            place = last + 1
        return "".join([*said, self.text[end:]])

    def _last_of_name(self, last: int) -> int:
        whose = self.whose[last]
        while (
            last + 1 < len(self.found)
            and self.whose[last + 1] is whose
            and whose
            and self._touch(last, last + 1)
        ):
            last += 1
        return last

    def _past_dot(self, last: int, stop: int) -> int:
        """The dot of an initial goes with it, unless it ends the sentence, too."""
        initial = len(self.found[last][0]) == 1 and self.text[stop : stop + 1] == "."
        return stop + 1 if initial and not ENDS_SENTENCE.match(self.text[stop + 1 :]) else stop

    def _word(self, somebody: Somebody, first: int, last: int) -> str:
        cases = [somebody.forms.get(plain(one[0])) for one in self.found[first : last + 1]]
        told = [one for one in cases if one]
        common = frozenset.intersection(*told) if told else frozenset()
        case = next((one for one in Case if one in (common or (told[0] if told else ()))), Case.NOMINATIVE)
        word = somebody.instead[case]
        return word.capitalize() if _begins_sentence(self.text[: self.found[first].start()]) else word


def _begins_sentence(before: str) -> bool:
    before = before.rstrip(' \u00a0«"—–-')
    return not before or before[-1] in ".!?…\n"


def _is_common(low: str) -> bool:
    """Whether the word is one of the language, too: «вера», «лев», «соколова» of the falcon."""
    return any(
        parse.is_known and not OF_PEOPLE & set(parse.tag.grammemes) for parse in morphology().parse(low)
    )


CONTACTS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "почта"),
    (
        re.compile(r"(?:\+7|\b8)[\s\u00a0(-]*\d{3}[\s\u00a0)-]*\d{3}[\s\u00a0-]*\d{2}[\s\u00a0-]*\d{2}\b"),
        "телефон",
    ),
)
_CAPITAL = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_HE = r"[А-ЯЁ][а-яё]*(?:[оеь]в|[ьмктн])ич"
_SHE = r"[А-ЯЁ][а-яё]*(?:[оеь]вн|[иы]чн|инишн)"
_SURNAME = r"[А-ЯЁ][а-яё]+(?:[оеё]в|[иы]н|[сц]к(?=[иаоу])|ко|[ую]к)[а-яё]{0,3}\b"
_ENDINGS = (
    (rf"{_HE}|{_SHE}а", "коллега"),
    (rf"{_HE}а|{_SHE}ы", "коллеги"),
    (rf"{_HE}[уе]|{_SHE}е", "коллеге"),
    (rf"{_SHE}у", "коллегу"),
    (rf"{_HE}[ео]м|{_SHE}ой", "коллегой"),
)
STRANGERS = (
    *(
        (re.compile(rf"\b(?:{_SURNAME}\s+)?{_CAPITAL}\s+(?:{ending})\b(?:\s+{_SURNAME})?"), instead)
        for ending, instead in _ENDINGS
    ),
    (re.compile(rf"\b(?:[А-ЯЁ]\.[ \u00a0]?){{2}}{_CAPITAL}"), "коллега"),
    (re.compile(rf"\b{_CAPITAL}[ \u00a0](?:[А-ЯЁ]\.[ \u00a0]?){{2}}"), "коллега "),
)
"""Name and patronymic, surname and initials of somebody whom the school's list does not have."""
ABBREVIATIONS = r"(?:М[А-ЯЁ]{2,5}\s+)?[«\"]?\b(?:СОШ|ООШ|НОШ|СШ|МБОУ|МАОУ|МОУ|ГБОУ|МКОУ)"
COMMON = r"\b((?:[Шш]кол|[Лл]ице|[Гг]имнази|[Ии]нтернат|[Цц]ентр)[а-яё]*)"
UNITS = ("перв", "втор", "трет", "четв[её]рт", "пят", "шест", "седьм", "восьм", "девят")
TEENS = ("один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят")
TENS = (
    ("десят", "десять"),
    ("двадцат", "двадцать"),
    ("тридцат", "тридцать"),
    ("сороков", "сорок"),
    ("пятидесят", "пятьдесят"),
    ("шестидесят", "шестьдесят"),
    ("семидесят", "семьдесят"),
    ("восьмидесят", "восемьдесят"),
    ("девяност", "девяносто"),
)
"""«двадцатая», and «двадцать» before «первая»."""


def _ways_to_name(school: School) -> Iterator[tuple[re.Pattern[str], str]]:
    """Patterns of the school's names, with what is said instead."""
    for name in (school.full_name, school.short_name):
        for said, instead in ((organisation_genitive(name), "школы"), (name, SCHOOL_WORD)):
            yield _loosely(said), instead
    for genitive in (school.full_genitive, school.short_genitive):
        if genitive:
            yield _loosely(genitive), "школы"
    yield from _proper(f"{school.full_name} {school.short_name}")
    if school.number:
        yield from _by_number(int(school.number))
    if school.site_url:
        host = re.sub(r"^https?://(www\.)?|/.*$", "", school.site_url)
        yield re.compile(rf"(?:https?://)?(?:www\.)?{re.escape(host)}\S*"), "сайт школы"


def _proper(names: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """«Созвездие» of a gymnasium, in any case."""
    for proper in re.findall(r"[«\"]([А-ЯЁ][^«»\"]{3,})[»\"]", names):
        if not re.search(r"\d|\b[А-ЯЁ]{2,}\b", proper):
            yield re.compile(rf"[«\"]?{re.escape(proper[:-1])}\w{{0,3}}[»\"]?"), SCHOOL_WORD


def _loosely(name: str) -> re.Pattern[str]:
    """The name with any quotes and spaces."""
    parts = [re.escape(part) for part in re.split(r"[\s\u00a0«»\"]+", name) if part]
    return re.compile(r"[«\"]?" + r"[\s\u00a0«»\"]+".join(parts) + r"[»\"]*(?!\w)", re.IGNORECASE)


def _by_number(number: int) -> Iterator[tuple[re.Pattern[str], str]]:
    sign = rf"[\s\u00a0]*(?:№|N|номер[а-яё]*)?[\s\u00a0]*{number}(?!\d)[»\"]*"
    yield re.compile(COMMON + sign), r"\1"
    yield re.compile(ABBREVIATIONS + sign), SCHOOL_WORD
    yield re.compile(rf"\b{number}-?(?:я|й|ю|ая|ой|ую)\s+{COMMON}"), r"\1"
    yield re.compile(rf"\b{_ordinal(number)}[а-яё]{{2,3}}\s+{COMMON}", re.IGNORECASE), r"\1"


def _ordinal(number: int) -> str:
    """«пят», «двадцать перв»: the stem of the number's ordinal, below a hundred."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    if tens == 1 and ones:
        return f"{TEENS[ones - 1]}надцат"
    if not ones:
        return TENS[tens - 1][0]
    return rf"{TENS[tens - 1][1]}\s+{UNITS[ones - 1]}" if tens else UNITS[ones - 1]


TWICE = re.compile(
    r"\b(?:наставни[а-яё]+|наставляем[а-яё]+|коллег[а-яё]*)"
    r"(?:[ \u00a0]+(?:наставник|наставляем|коллег)[а-яё]*)+",
    re.IGNORECASE,
)


def _tidy(text: str) -> str:
    """«наставник наставник», where the post stood before the name, is said once."""

    def once(found: re.Match[str]) -> str:
        first, *more = found[0].split()
        stem = plain(first)[:8]
        return " ".join([first, *(word for word in more if plain(word)[:8] != stem)])

    return re.sub(r"[ \u00a0]{2,}", " ", TWICE.sub(once, text)).strip()
