"""What experts may know of a practice until the final decision: its text and its title, in which whoever of
the authors, and the school, is named is put out.

Names are looked for before the hand-over, too; here is the second wall. The city's own copy stays as it came.
`for_experts` is the door through which an expert gets assignments: what it gives is blind already, so no
list, step, letter or operation of the API can forget it. What the portal writes to an expert by itself asks
for `blind_title`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet

from best_practices.content import PracticeContent
from best_practices.models import Practice, Review
from portal.core.reading import personal_columns, weighing
from portal.documents.names import name_forms
from portal.documents.names.words import morphology, plain
from tenants.models import School

AUTHOR, SCHOOL = "[автор]", "[школа авторов]"
NAMES = tuple(f"practice__{column}" for column in personal_columns(Practice))
"""An expert does not know whose practice it is: who the authors are is not even read, and so the authors do
not learn who has read it.
"""
_WORD = re.compile(r"[А-ЯЁ][А-ЯЁа-яё-]*")
_INITIAL = r"[А-ЯЁ]\."
_AROUND = re.compile(
    rf"(?:{_INITIAL}\s?){{0,2}}{re.escape(AUTHOR)}(?:(?:\s*,\s*|\s+)?{re.escape(AUTHOR)}|\s?{_INITIAL})*"
)
_KINDS = r"(?:(?:про)?гимнази|школ|лице)[а-яё]*|[А-ЯЁ]{0,4}СО?Ш|М[БКА]?ОУ"
_NO_MORE = r"(?!\d|[.,–-]\d)(?=(?:\s+(?P<after>[а-яё]+))?)"
_UNITS = (
    *("перв", "втор", "трет", "четв[её]рт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат"),
    *("двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат"),
    "девятнадцат",
)
_TENS = ("двадцат", "тридцат", "сороков", "пятидесят", "шестидесят", "семидесят", "восьмидесят", "девяност")
_BEFORE_UNITS = (
    *("двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят"),
    "девяносто",
)
_ALONE = "".join(rf"(?<!{ten}\s)" for ten in (*_BEFORE_UNITS, "сто"))
_ENDING = re.compile(r"(?:[аяиыо][йя]|[оеыи]е|[аеёийоуыьэюя])$")
Hide = Callable[[str], str]


def for_experts(rows: QuerySet[Review]) -> list[Review]:
    """The door to assignments for whoever must not know the authors: the practice of each is a blind copy,
    which is read and never saved. Where the text was not asked for, there is none. One query.
    """
    found: list[Any] = list(
        rows.select_related("practice__school").defer(*NAMES).annotate(named=F("practice__authors"))
    )
    for review in found:
        _make_blind(review.practice, _hiding(review.__dict__.pop("named"), review.practice.school))
    return found


def _make_blind(practice: Practice, hide: Hide) -> None:
    practice.is_blind, practice.title = True, hide(practice.title)
    practice.content = _put_out(practice.content, hide) if "content" in practice.__dict__ else {}


def blinded(practice: Practice) -> PracticeContent:
    """What an expert is given to read. The authors are compared with, not shown: nobody has read of them."""
    if practice.is_blind:
        return practice.text
    return blinded_text(practice.content, hiding_of(practice))


def blinded_text(content: Any, hide: Hide) -> PracticeContent:
    """A text of the practice, of whatever revision."""
    return PracticeContent.model_validate(_put_out(content, hide))


def blind_title(practice: Practice) -> str:
    """How the practice is called to its experts: in notices, letters and on their sheets, whoever reads
    those.
    """
    return practice.title if practice.is_blind else hiding_of(practice)(practice.title)


def hiding_of(practice: Practice) -> Hide:
    """What puts out of a text the authors of this practice and their school."""
    with weighing():
        authors = Practice.objects.values_list("authors", flat=True).get(pk=practice.pk)
        return _hiding(authors, School.objects.get(pk=practice.school_id))


def _hiding(authors: Iterable[dict[str, Any]], school: School) -> Hide:
    names = frozenset(word for author in authors for word in _forms(str(author["full_name"])))
    places = _names_of(school.full_name, school.short_name, school.number)

    def hide(text: str) -> str:
        without = _WORD.sub(lambda found: AUTHOR if plain(found[0]) in names else found[0], text)
        return places.sub(_put_out_place, _AROUND.sub(AUTHOR, without))

    return hide


def _put_out_place(found: re.Match[str]) -> str:
    """«в школе 5 молодых педагогов»: the number counts what follows, and names no school."""
    after = found.groupdict().get("after")
    parses = morphology().parse(plain(after))[:2] if after else ()
    is_counted = any(one.tag.POS in ("NOUN", "ADJF") and {"gent"} in one.tag for one in parses)
    return found[0] if is_counted else SCHOOL


def _forms(full_name: str) -> Iterable[str]:
    """Every word in which the author may stand in a text."""
    last, first, middle = [*full_name.split(), "", "", ""][:3]
    return name_forms(last, first, middle)


@lru_cache(maxsize=256)
def _names_of(full_name: str, short_name: str, number: int | None) -> re.Pattern[str]:
    """How a school may be called in a text: by its names in any case, by its number in digits or in words."""
    own = [_in_any_case(name) for name in (full_name, short_name) if name]
    return re.compile("|".join([*own, *_numbered(number)]) or r"(?!)", re.IGNORECASE)


def _in_any_case(name: str) -> str:
    words = re.findall(r"[\w-]+|№", name)
    return r"[\s«»\"“”.,]*".join(_word(word) for word in words) + r"(?!\w)"


def _word(word: str) -> str:
    is_common = len(word) > 4 and not word.isupper() and word.isalpha()
    return rf"{re.escape(_ENDING.sub('', word))}[а-яё]{{0,4}}" if is_common else re.escape(word)


def _numbered(number: int | None) -> Sequence[str]:
    if not number:
        return ()
    digits = rf"(?<!\d){number}-?(?:ая|ой|ую|ого|ому|ом|[яйюмеё])"
    told = "|".join([digits, *_ordinal(number)])
    return (
        rf"М[БКА]?ОУ\s+«[^»]*№\s*{number}(?!\d)[^»]*»",
        rf"(?:{_KINDS})\s*(?:№|N)\s*{number}(?!\d)",
        rf"(?:{_KINDS})\s+{number}{_NO_MORE}",
        rf"№\s*{number}\s+(?:{_KINDS})",
        rf"\b(?:{told})\s+(?:средн[а-яё]+\s+)?(?:{_KINDS})",
    )


def _ordinal(number: int) -> Sequence[str]:
    """«пятая», «двадцать пятой»; of a hundred and more nobody writes it."""
    ten, unit = divmod(number, 10)
    if number < 20:
        stem = _ALONE + _UNITS[number - 1]
    elif number < 100:
        stem = rf"{_BEFORE_UNITS[ten - 2]}\s+{_UNITS[unit - 1]}" if unit else _TENS[ten - 2]
    else:
        return ()
    return (rf"{stem}(?:[аоуыи][яйюмге][оу]?|ь[еёяю][йюмг]?[оу]?)",)


def _put_out(value: Any, hide: Hide) -> Any:
    """Every text of the content, however deep."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [_put_out(one, hide) for one in value]
    return {key: _put_out(one, hide) for key, one in value.items()} if isinstance(value, dict) else value
