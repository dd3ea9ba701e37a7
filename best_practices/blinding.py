"""The text of a practice as its experts read it: whoever of the authors, and the school, is named in it is
put out.

Names are looked for before the hand-over, too; here is the second wall. The city's own copy stays as it came.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from best_practices.content import PracticeContent
from best_practices.models import Practice
from portal.core.reading import weighing
from portal.documents.names import name_forms
from portal.documents.names.words import plain
from tenants.models import School

AUTHOR, SCHOOL = "[автор]", "[школа авторов]"
_WORD = re.compile(r"[А-ЯЁ][А-ЯЁа-яё-]*")
_INITIAL = r"[А-ЯЁ]\."
_AROUND = re.compile(
    rf"(?:{_INITIAL}\s?){{0,2}}{re.escape(AUTHOR)}(?:(?:\s*,\s*|\s+)?{re.escape(AUTHOR)}|\s?{_INITIAL})*"
)
_KINDS = r"(?:школ|гимнази|лице)[а-яё]*|[А-ЯЁ]{0,4}СО?Ш|М[БКА]?ОУ(?:\s+«[^»]*)?"


def blinded(practice: Practice) -> PracticeContent:
    """What an expert is given to read. The authors are compared with, not shown: nobody has read of them."""
    with weighing():
        authors = Practice.objects.values_list("authors", flat=True).get(pk=practice.pk)
        school = School.objects.get(pk=practice.school_id)
    names = frozenset(word for author in authors for word in _forms(str(author["full_name"])))
    return PracticeContent.model_validate(_put_out(practice.content, _hiding(names, school)))


def _forms(full_name: str) -> Iterable[str]:
    """Every word in which the author may stand in a text."""
    last, first, middle = [*full_name.split(), "", "", ""][:3]
    return name_forms(last, first, middle)


def _hiding(names: frozenset[str], school: School) -> Callable[[str], str]:
    own = [re.escape(name) for name in (school.full_name, school.short_name) if name]
    numbered = rf"(?:{_KINDS})\s*№\s*{school.number}(?!\d)" if school.number else ""
    places = re.compile("|".join([*own, numbered] if numbered else own) or r"(?!)", re.IGNORECASE)

    def hide(text: str) -> str:
        without = _WORD.sub(lambda found: AUTHOR if plain(found[0]) in names else found[0], text)
        return places.sub(SCHOOL, _AROUND.sub(AUTHOR, without))

    return hide


def _put_out(value: Any, hide: Callable[[str], str]) -> Any:
    """Every text of the content, however deep."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [_put_out(one, hide) for one in value]
    return {key: _put_out(one, hide) for key, one in value.items()} if isinstance(value, dict) else value
