"""What a pair's page says: the lane, the papers, the journal."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import ALL, Place
from portal.mentoring.access.pairs import can_read_agreement
from portal.mentoring.models import Pair
from portal.mentoring.selectors.orders import can_read_order, pay_order_of
from portal.mentoring.states import Conclusion, ConsentState, PairRole, PairState
from portal.mentoring.workflow import PAIR
from portal.pair_work.access.programmes import can_read_programme
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.states import ProgrammeState
from portal.papers.kinds import PaperKind, kinds_for
from portal.school_records.models import JournalLine
from portal.staff.models import Person
from portal.ui.parts import Line, Step, walk_of
from tenants.addresses import school_url
from tenants.context import school_here
from tenants.links import link

BESIDE_STEPS = {
    "proposed": "Пара предложена",
    "pay_settled": "Доплата записана",
    "chosen": "Выбор о профиле записан",
    "written": "Программу начали писать",
    "copied": "Программа перенесена от прежнего наставника",
    "edited": "Текст программы поправлен",
    "rated": "Результаты целей оценены",
    "practice_taken": "Практика банка взята в программу",
    "practice_dropped": "Практика банка убрана из программы",
    "practice_moved": "Взята новая редакция практики банка",
    "outcome_sent": "Ответ о практике передан городу",
    "school_named": "Школу можно назвать на карточке практики",
    "school_unnamed": "Школу на карточке практики больше не называют",
    "outcome_told": "Пара сказала, как сработала практика",
    "planned": "Встреча назначена",
}
"""How the journal says what no row of a workflow says, of either gender of the doer."""


def lane(pair: Pair) -> list[Step]:
    """Six steps from a proposal to the end, each with its day; a refusal or a pause stands in place of its
    step.
    """
    note = f"с {pair.started_on:%d.%m.%Y}, " if pair.started_on and pair.state != PairState.COMPLETED else ""
    place = PAIR.at(pair).lane
    if isinstance(place, Place):
        note += f"шаг {PAIR.steps.index(place.step) + 1} из {len(PAIR.steps)}"
    dates = {step: f"{day:%d.%m.%Y}" for step, day in zip(PAIR.steps, _days(pair), strict=True) if day}
    return walk_of(PAIR, pair, note=note, notes=dates)


def _days(pair: Pair) -> list[dt.date | None]:
    """On which day each step was finished; of the last one, when it is meant to be."""
    given = [consent.given_on for consent in pair.consents.all() if consent.given_on]
    conclusion = getattr(pair, "compatibility", None)
    return [
        clock.local(pair.created_at).date(),
        max(given, default=None),
        conclusion.concluded_on if conclusion else None,
        pair.order.signed_on if pair.order else None,
        pair.started_on,
        pair.ended_on or (pair.planned_to if pair.is_open else None),
    ]


def read_whole(pair: Pair) -> None:
    """Gives the pair its consents and programmes; who they are about is in the pair already."""
    work = Programme.objects.prefetch_related("goals", "activities")
    prefetch_related_objects([pair], "consents", Prefetch("programmes", work))
    people = {person.pk: person for person in (pair.mentor, *pair.people)}
    for consent in pair.consents.all():
        if consent.person_id in people:
            consent.person = people[consent.person_id]
    answered = [programme for programme in pair.programmes.all() if programme.state in ASKED]
    prefetch_related_objects(answered, "confirmations")


ASKED = (ProgrammeState.AGREED_BY_PAIR, ProgrammeState.CORRECTION)
"""Where it matters who of the pair has agreed with the text."""


def current_programme(pair: Pair) -> Programme | None:
    """The programme that the pair works on now, else the last one."""
    rows = [one for one in pair.programmes.all() if one.state != ProgrammeState.CANCELLED]
    return max(rows, key=lambda one: (one.year, one.pk), default=None)


def belonging_to(pair: Pair, meetings: list[Meeting] | None) -> list[UUID]:
    """What the journal of the pair tells of; of meetings, too, when the reader does not see them (None)."""
    known = (*pair.consents.all(), *pair.programmes.all(), *(meetings or ()))
    unseen = pair.meetings.order_by().values_list("uuid", flat=True) if meetings is None else ()
    return [pair.uuid, *(row.uuid for row in known), *unseen]


def all_belonging_to(pair: Pair) -> Iterator[UUID]:
    """The same in one query, for a page that shows nothing but the journal."""
    consents, programmes, meetings = (
        rows.order_by().values_list("uuid", flat=True)
        for rows in (pair.consents.all(), pair.programmes.all(), pair.meetings.all())
    )
    yield pair.uuid
    yield from consents.union(programmes, meetings, all=True)


def journal_of(pair: Pair, belonging: Iterable[UUID], limit: int) -> list[Line]:
    """The journal of writing about the pair and what belongs to it; names of this pair's people and offices
    in words.
    """
    rows = list(
        JournalLine.objects.filter(object_uuid__in=list(belonging)).order_by("-created_at", "-pk")[:limit]
    )
    names = {person.user: person.short_name for person in (pair.mentor, *pair.people) if person.user}
    others = {row.actor for row in rows if row.actor} - names.keys()
    if others:
        names |= {e.user: e.short_name for e in Person.objects.filter(user__in=others)}
    return [
        Line(
            row.created_at,
            _sentence(row),
            names.get(row.actor, "портал" if row.actor is None else "сотрудник"),
            _comment(row),
        )
        for row in rows
    ]


def _sentence(row: JournalLine) -> str:
    flow = next((flow for flow in ALL.values() if flow.model._meta.label == row.model), None)
    step = flow.row(row.verb, row.source) if flow is not None else None
    return step.journal if step is not None else BESIDE_STEPS.get(row.verb, "Запись изменена")


def _comment(row: JournalLine) -> str:
    """Comments of a pair's meetings and programmes are the pair's; those of moves of the pair are seen by who
    sees the pair.
    """
    return row.comment if row.model in ("mentoring.Pair", "pair_work.Programme") else ""


CONCLUDED = {Conclusion.COMPATIBLE: "ok", Conclusion.WITH_ADVICE: "ok"}


@dataclass(frozen=True)
class Paper:
    """A line of «Документы»."""

    name: str
    when: str
    word: str
    kind: str
    links: list[tuple[str, str]]


def papers(pair: Pair, programme: Programme | None, by: Actor) -> list[Paper]:
    """Every paper of the pair, its state and what may be opened by the reader."""
    rows = [_consent_paper(consent, by) for consent in pair.consents.all()]
    conclusion = getattr(pair, "compatibility", None)
    if conclusion is not None:
        kind = CONCLUDED.get(conclusion.conclusion, "idle")
        rows.append(
            Paper(
                "Заключение психолога",
                f"{conclusion.concluded_on:%d.%m.%Y}",
                str(conclusion.get_conclusion_display()),
                kind,
                [],
            )
        )
    if pair.order is not None:
        rows += _order_papers(pair, by)
    rows += [_paper_of_pair(kind, pair) for kind in kinds_for(by, "pair", pair)]
    if programme is not None:
        rows.append(_programme_paper(programme, can_read_programme(by, pair)))
    return rows


def _programme_paper(programme: Programme, opens: bool) -> Paper:
    return Paper(
        f"Программа, редакция {max(programme.revision, 1)}",
        f"{programme.approved_on:%d.%m.%Y}" if programme.approved_on else "",
        programme.get_state_display(),
        "ok" if programme.approved_on else "idle",
        [
            (
                "Word" if programme.approved_on else "Проект, Word",
                link("pair_work:programme_paper", programme.uuid),
            )
        ]
        if opens
        else [],
    )


def _consent_paper(consent: Any, by: Actor) -> Paper:
    kind = {ConsentState.GIVEN: "ok", ConsentState.REFUSED: "idle", ConsentState.WITHDRAWN: "warn"}.get(
        consent.state, "idle"
    )
    sees = by.can("pair:lead") or by.is_person(consent.person.user)
    links = [("Открыть", link("mentoring:consent", consent.uuid))] if sees else []
    if sees and consent.scan_id:
        links.append(("Скан", link("mentoring:consent_scan", consent.uuid)))
    who = (
        "наставника"
        if consent.role == PairRole.MENTOR
        else f"{consent.person.by_gender('наставляемого', 'наставляемой')}: {consent.person.short_name}"
    )
    word = "подписано, скан есть" if consent.state == ConsentState.GIVEN else consent.get_state_display()
    return Paper(
        f"Согласие {who}", f"{consent.given_on:%d.%m.%Y}" if consent.given_on else "", str(word), kind, links
    )


def _order_papers(pair: Pair, by: Actor) -> list[Paper]:
    """The order of the pair and the order of pay; each is opened by who may read it."""
    rows = [_order_paper("Приказ о закреплении", pair, pair.order, by)] if pair.order else []
    pay = pay_order_of(pair) if can_read_agreement(by, pair) else None
    if pay is not None:
        rows.append(_order_paper("Приказ о доплате", pair, pay, by))
    return rows


def _paper_of_pair(kind: PaperKind, pair: Pair) -> Paper:
    signed = kind.signed(pair)
    links = [("Word" if signed else "Проект, Word", link("mentoring:pair_paper", pair.uuid, kind.code))]
    links += [("Скан", link("mentoring:pair_scan", pair.uuid, kind.code))] if kind.has_scan(pair) else []
    word, look = ("подписано", "ok") if signed else ("можно распечатать", "idle")
    return Paper(kind.title, signed, word, look, links)


def _order_paper(name: str, pair: Pair, order: Any, by: Actor) -> Paper:
    signed = order.signed_on is not None
    links: list[tuple[str, str]] = []
    if can_read_order(by, order, pair):
        links.append(
            ("Word" if signed else "Проект, Word", link("mentoring:pair_paper", pair.uuid, order.code))
        )
        links += (
            [("Скан", school_url(school_here().code, "local_acts:order_scan", order.uuid))]
            if order.scan_id
            else []
        )
    when = f"№ {order.number} от {order.signed_on:%d.%m.%Y}" if signed else ""
    return Paper(name, when, order.get_state_display(), "ok" if signed else "turn", links)


def lead_of(pair: Pair) -> str:
    """«Опытный педагог — молодой специалист, до 31.05.2027»."""
    return (
        f"{pair.form_title[:1].upper()}{pair.form_title[1:]}, {pair.kind_titles}, до "
        f"{pair.planned_to:%d.%m.%Y}"
    )
