"""What the steps of pairs and consents ask, and what must be true of it. A form, the API and the functions of
the row take it as it stands here.
"""

import datetime as dt
from dataclasses import dataclass

from portal.core import clock
from portal.core.workflow import Check, Move
from portal.mentor_bank.models import MentorCard
from portal.mentoring.models import Pair
from portal.mentoring.states import Conclusion, PairRole
from portal.school_records.models import StoredFile
from portal.staff.models import Person

NOTICE_WORKDAYS = 3
"""ст. 351.8 ТК РФ: not less than three working days; below the law nobody may go."""


@dataclass(frozen=True, kw_only=True)
class PairConclusion:
    """The psychologist's conclusion (T-14): only the conclusion and the advice, never the notes."""

    conclusion: str
    method: str = ""
    advice: str = ""

    @property
    def verb(self) -> str:
        """Which of the two steps it is."""
        return "advise_against" if self.conclusion == Conclusion.NOT_RECOMMENDED else "conclude"


def _is_concluded(pair: Pair, move: Move[PairConclusion]) -> bool:
    return move.asked.conclusion in (Conclusion.COMPATIBLE, Conclusion.WITH_ADVICE)


def _is_concluded_against(pair: Pair, move: Move[PairConclusion]) -> bool:
    return move.asked.conclusion == Conclusion.NOT_RECOMMENDED


CONCLUSION = Check("conclusion", "Выберите вывод.", _is_concluded, field="conclusion")
CONCLUSION_AGAINST = Check(
    "conclusion",
    "Это действие для вывода «пара не рекомендована».",
    _is_concluded_against,
    field="conclusion",
)


@dataclass(frozen=True, kw_only=True)
class GiveNotice:
    """A party lays down mentoring, or the school calls it off (T-21)."""

    ends_on: dt.date


def earliest_end(side: str, noticed: dt.date) -> dt.date:
    """The first day on which a pair may end: three working days for mentor and school, the very day for a
    mentee.
    """
    return clock.working_days_after(noticed, NOTICE_WORKDAYS) if side != PairRole.MENTEE else noticed


def _notice_is_long_enough(pair: Pair, move: Move[GiveNotice]) -> bool:
    first = earliest_end(pair.role_of(move.by) or "school", clock.today())
    return move.asked.ends_on >= first


NOTICE = Check(
    "notice_too_short",
    "Так рано закончить нельзя: наставник и школа предупреждают не меньше чем за три рабочих дня, "
    "наставляемый может закончить сразу.",
    _notice_is_long_enough,
    field="ends_on",
)


@dataclass(frozen=True, kw_only=True)
class Replace:
    """Another mentor takes over."""

    successor: Person
    planned_from: dt.date


def _is_another_ready_mentor(pair: Pair, move: Move[Replace]) -> bool:
    mentor = move.asked.successor
    return mentor.pk != pair.mentor_id and MentorCard.objects.ready().filter(person=mentor).exists()


SUCCESSOR = Check(
    "successor",
    "Выберите другого подтверждённого наставника.",
    _is_another_ready_mentor,
    field="successor",
)


@dataclass(frozen=True, kw_only=True)
class Extend:
    """The pair goes on after its planned day, by an agreement and an order that are signed already."""

    planned_to: dt.date
    extended_by: str


def _is_later(pair: Pair, move: Move[Extend]) -> bool:
    return move.asked.planned_to > max(pair.planned_to, clock.today())


def _is_within_the_longest_term(pair: Pair, move: Move[Extend]) -> bool:
    return move.asked.planned_to <= pair.last_possible_day


def _names_its_papers(pair: Pair, move: Move[Extend]) -> bool:
    return len(move.asked.extended_by.strip()) >= NAMED_PAPER


NAMED_PAPER = 5
EXTENSION = (
    Check(
        "not_later",
        "Новый срок позже прежнего и ещё впереди. Проверьте день.",
        _is_later,
        field="planned_to",
    ),
    Check(
        "too_long",
        "Пара не работает дольше, чем разрешает порядок школы (самое большее три года). Дальше предложите "
        "новую: с новыми согласиями и приказом.",
        _is_within_the_longest_term,
        field="planned_to",
    ),
    Check(
        "papers",
        "Назовите документы: соглашение о новом сроке и приказ, номера и даты.",
        _names_its_papers,
        field="extended_by",
    ),
)


@dataclass(frozen=True, kw_only=True)
class GiveConsent:
    """The signed paper is here. Only a mentee chooses whether the mentor sees the profile."""

    scan: StoredFile | None = None
    given_on: dt.date | None = None
    shows_profile: bool | None = None
    wishes: str = ""


@dataclass(frozen=True, kw_only=True)
class SayNo:
    """«Нет» without explanations: the reason is seen by its author only."""

    private_reason: str = ""
