"""Papers of the bank: the practice as PDF, T-35 card, T-36 sheet, T-37 protocol."""

from collections.abc import Sequence

from django.conf import settings

from best_practices.content import PracticeContent
from best_practices.models import BankPractice, Practice, Review
from best_practices.states import CRITERIA, Form, Kind, Nomination
from best_practices.verdict import submitted, verdict
from portal.accounts.models import User
from portal.core import clock
from portal.documents.forms.base import Person
from portal.documents.forms.practices import CriterionRow, ExpertSheet, PracticeCard, ProtocolRow, ResultRow, ReviewProtocol, StepRow
from portal.documents.pdf import render_pdf
from portal.documents.word import render_docx


def card_of(text: PracticeContent, *, school: str, authors: Sequence[str], code: str = "", version: int = 1) -> PracticeCard:
    """The fields of T-35 from the text of a practice."""
    return PracticeCard(
        title=text.title, school_name=school, authors=", ".join(authors), nomination=Nomination(text.nomination).label, form=Form(text.form).label,
        kinds=", ".join(Kind(kind).label for kind in text.kinds), target_group=text.target_group, annotation=text.annotation, problem=text.problem,
        goal=text.goal, tasks="\n".join(text.tasks), novelty=text.novelty, resources=text.resources, timing=text.timing, quality=text.qualitative,
        steps=tuple(StepRow(s.step, s.content, s.tool, s.duration) for s in text.steps), risks=text.risks_and_limits,
        results=tuple(ResultRow(f"{r.indicator}, {r.unit}" if r.unit else r.indicator, r.before, r.after, r.period) for r in text.results),
        replication=text.replication_conditions, keywords=", ".join(text.keywords), code=code, version=version,
    )  # fmt: skip


def pdf_of(card: BankPractice) -> bytes:
    """A published practice for downloading."""
    names = [author["full_name"] for author in card.authors]
    return render_pdf("practice", card_of(card.text, school=card.school_name, authors=names, code=card.code))


def word_card(practice: Practice) -> bytes:
    """T-35 of a practice in the city's hands."""
    names = [author["full_name"] for author in practice.authors]
    return render_docx("T-35", card_of(practice.text, school=practice.school.short_name, authors=names, code=practice.code, version=practice.revision))


def person_of(user: User) -> Person:
    return Person(last=user.last_name, first=user.first_name, middle=user.middle_name, post="эксперт")


def sheet_of(review: Review, *, blind: bool) -> bytes:
    """T-36. For the expert the school stays hidden."""
    text, expert = review.practice.text, User.objects.get(pk=review.expert)
    rows = tuple(CriterionRow(title.split(":")[0], review.scores.get(code, 0)) for code, title in CRITERIA.items())
    form = ExpertSheet(
        practice_title=text.title, practice_school="не указана: оценка вслепую" if blind else review.practice.school.short_name,
        nomination=Nomination(text.nomination).label, expert=person_of(expert), expert_place=review.expert_school.short_name, rows=rows,
        total=review.total or 0, comment=review.comment, recommendation=review.get_recommendation_display(),
        filled_on=clock.local(review.submitted_at).date() if review.submitted_at else None,
    )  # fmt: skip
    return render_docx("T-36", form)


def protocol_of(practice: Practice, *, secretary: User) -> bytes:
    """T-37: the summary of the sheets, by whoever keeps the protocol; the chair signs on a line."""
    result = verdict(practice)
    sheets = submitted(practice)
    scores = tuple(str(sheet.total) for sheet in sheets)
    row = ProtocolRow(practice.title, practice.school.short_name, scores, str(result.mean or "—").replace(".", ","), practice.get_state_display())
    form = ReviewProtocol(
        commission="Экспертная комиссия банка лучших практик",
        place=f"г. {settings.CITY_NAME}",
        rows=(row,),
        chair=None,
        secretary=person_of(secretary),
        members=tuple(person_of(user) for user in User.objects.filter(pk__in=[sheet.expert for sheet in sheets]).order_by("last_name", "pk")),
        held_on=practice.decided_on,
    )
    return render_docx("T-37", form)
