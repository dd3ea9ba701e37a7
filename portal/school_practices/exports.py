"""Papers of a practice in the school: the card T-35."""

from collections.abc import Iterable

from django.http import HttpResponse

from best_practices.exports import card_of
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict
from portal.documents.forms.practices import PracticeCard
from portal.documents.sheets import Column, Lines, write_sheet
from portal.files.answers import attachment
from portal.papers.kinds import PaperKind
from portal.school_practices.access import practice_for
from portal.school_practices.completeness import is_complete
from portal.school_practices.models import SchoolPractice
from portal.school_practices.sending import content_of
from portal.staff.exports import XLSX
from tenants.context import school_here


def card_form(practice: SchoolPractice, by: Actor | None = None) -> PracticeCard:
    """T-35. Raises Conflict while the description is not complete."""
    if not is_complete(practice):
        raise Conflict("incomplete", "Карточка печатается, когда описание заполнено до конца.")
    authors = [authorship.person.full_name for authorship in practice.authorships.all()]
    return card_of(
        content_of(practice),
        school=school_here().short_name,
        authors=authors,
        code=practice.mirror_code,
        version=max(practice.revision, 1),
    )


def card_name(practice: SchoolPractice) -> str:
    """«ЛП-2026-0010 Пять вопросов…»: how the file of a practice is called."""
    return f"{practice.mirror_code} {practice.title}".strip()


CARD = PaperKind(
    "T-35",
    "Карточка практики",
    "school_practice",
    ("hand_over", "resubmit"),
    door=practice_for,
    rows=SchoolPractice.objects.visible_to,
    form=card_form,
    name=card_name,
    draft="Проект: текст ещё не передан",
    taken_back_by=("city_returned_municipal",),
)


_PRACTICES = (
    Column("title", "Практика", width=60),
    Column("authors", "Авторы", width=40),
    Column("state", "Состояние", width=26),
    Column("code", "Номер в городе", width=16),
    Column("changed", "Изменена", "date", width=14),
)


def practices_table(rows: Iterable[SchoolPractice]) -> HttpResponse:
    """Practices of the list; the reading of the authors' names is noted."""
    found = list(rows)
    lines: Lines = (
        {
            "title": row.title,
            "authors": ", ".join(a.person.short_name for a in row.authorships.all()),
            "state": row.get_state_display(),
            "code": row.mirror_code,
            "changed": clock.local(row.updated_at).date(),
        }
        for row in found
    )
    return attachment(
        write_sheet("Практики школы", _PRACTICES, lines),
        f"Практики школы {clock.today():%d.%m.%Y}.xlsx",
        XLSX,
    )
