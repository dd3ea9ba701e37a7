"""Papers of the bank: T-35 card, T-36 sheet, T-37 protocol."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse

from best_practices.access import practice_for, sheet_for
from best_practices.blinding import blind_title
from best_practices.content import PracticeContent
from best_practices.models import Practice, Review
from best_practices.reading import licence_words
from best_practices.states import CRITERIA, Form, Kind, Nomination
from best_practices.verdict import submitted, verdict
from portal.accounts.models import User
from portal.core import clock
from portal.core.actor import Actor
from portal.core.sorting import sort_key
from portal.documents.forms.base import NamedPerson
from portal.documents.forms.practices import (
    CriterionRow,
    ExpertSheet,
    PracticeCard,
    ProtocolRow,
    ResultRow,
    ReviewProtocol,
    StepRow,
)
from portal.documents.sheets import Column, Lines, write_sheet
from portal.files.answers import attachment
from portal.files.storing import KINDS
from portal.papers.kinds import PaperKind

THIRD = "arbitration"
"""The stage of whoever was asked because two differ."""


def card_of(
    text: PracticeContent, *, school: str, authors: Sequence[str], code: str = "", version: int = 1
) -> PracticeCard:
    """The fields of T-35 from the text of a practice."""
    return PracticeCard(
        title=text.title,
        school_name=school,
        authors=", ".join(authors),
        nomination=Nomination(text.nomination).label,
        form=Form(text.form).label,
        kinds=", ".join(Kind(kind).label for kind in text.kinds),
        target_group=text.target_group,
        annotation=text.annotation,
        problem=text.problem,
        goal=text.goal,
        tasks="\n".join(text.tasks),
        novelty=text.novelty,
        resources=text.resources,
        timing=text.timing,
        quality=text.qualitative,
        steps=tuple(StepRow(s.step, s.content, s.tool, s.duration) for s in text.steps),
        risks=text.risks_and_limits,
        results=tuple(
            ResultRow(
                f"{r.indicator}, {r.unit}" if r.unit else r.indicator, r.before, r.after, r.period, r.people
            )
            for r in text.results
        ),
        replication=text.replication_conditions,
        keywords=", ".join(text.keywords),
        licence=licence_words(text.licence),
        code=code,
        version=version,
    )


def named_person(user: User) -> NamedPerson:
    return NamedPerson(last=user.last_name, first=user.first_name, middle=user.middle_name, post="эксперт")


def sheet_form(review: Review, by: Actor | None = None) -> ExpertSheet:
    """T-36, as the expert gave it: authors and school are hidden, for every reader of the sheet."""
    practice, expert = review.practice, User.objects.get(pk=review.expert)
    rows = tuple(
        CriterionRow(title.split(":")[0], review.scores.get(code, 0)) for code, title in CRITERIA.items()
    )
    return ExpertSheet(
        practice_title=blind_title(practice),
        practice_school="школа не указана: оценка вслепую",
        nomination=Nomination(practice.content["nomination"]).label,
        expert=named_person(expert),
        expert_place=review.places,
        rows=rows,
        total=review.total or 0,
        comment=review.comment,
        recommendation=review.get_recommendation_display(),
        filled_on=clock.local(review.submitted_at).date() if review.submitted_at else None,
    )


def protocol_form(practice: Practice, by: Actor) -> ReviewProtocol:
    """T-37: each expert's total under the own name, whoever was asked last in the last column; made by
    whoever decides, the chair signs on a line.
    """
    sheets = submitted(practice)
    people = {
        user.pk: named_person(user)
        for user in User.objects.filter(pk__in=[*(sheet.expert for sheet in sheets), by.user])
    }
    by_name = sorted(sheets, key=lambda sheet: (sheet.stage == THIRD, sort_key(people[sheet.expert].full)))
    scores = [(people[sheet.expert], sheet.total or 0) for sheet in by_name]
    mean = str(verdict(practice).mean or "—").replace(".", ",")
    row = ProtocolRow(
        practice.title, practice.school.short_name, tuple(scores), mean, practice.get_state_display()
    )
    return ReviewProtocol(
        commission="Экспертная комиссия банка лучших практик",
        place=f"г. {settings.CITY_NAME}",
        rows=(row,),
        chair=None,
        secretary=people[by.user] if by.user in people else NamedPerson("", ""),
        held_on=practice.decided_on,
    )


DECISIONS = ("recommend", "return", "reject", "reject_copied", "return_incomplete")
SHEET = PaperKind(
    "T-36",
    "Экспертный лист",
    "review",
    ("submit",),
    door=sheet_for,
    form=sheet_form,
    draft="Проект: лист ещё не сдан",
    name=lambda review: (
        f"Экспертный лист {review.practice.code} {blind_title(review.practice)}, "
        f"{short_name_of(review.expert)}"
    ),
)
PROTOCOL = PaperKind(
    "T-37",
    "Протокол экспертизы",
    "practice",
    DECISIONS,
    door=practice_for,
    form=protocol_form,
    draft="Проект: действует после решения",
    name=lambda practice: f"Протокол экспертизы {practice.code} {practice.title}",
)


def short_name_of(user: UUID) -> str:
    """«Ефимов П. А.»"""
    return User.objects.get(pk=user).short_name


_PRACTICES = (
    Column("code", "Номер", width=16),
    Column("title", "Практика", width=60),
    Column("school", "Школа", width=28),
    Column("state", "Состояние", width=26),
    Column("came", "Поступила", "date", width=14),
)


def practices_table(rows: QuerySet[Practice]) -> HttpResponse:
    """What schools have handed over, as it is filtered: where each stands. Names of authors and experts are
    left out.
    """
    lines: Lines = (
        {
            "code": row.code,
            "title": row.title,
            "school": row.school.short_name,
            "state": row.get_state_display(),
            "came": clock.local(row.created_at).date(),
        }
        for row in rows
    )
    return attachment(
        write_sheet("Практики школ", _PRACTICES, lines),
        f"Практики школ {clock.today():%d.%m.%Y}.xlsx",
        KINDS["xlsx"][1],
    )
