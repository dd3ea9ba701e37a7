"""Letters between schools and the department. The whole table is shown to schools as «что и когда уходит из
школы».
"""

import datetime as dt
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from portal.exchange import Direction, LetterKind, Payload


class SchoolStep(Payload):
    """A school has made a step of joining: `curator_appointed`, `act_in_force` or `staff_imported`
    (SM-17).
    """

    step: str


class FormValue(BaseModel):
    """One indicator of a form: what the portal counted, what the principal declared, why they differ."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    indicator: str
    counted: dict[str, int | None]
    declared: dict[str, int | None]
    explanation: str = ""


class SubmittedForm(Payload):
    """A signed form, frozen: numbers only."""

    campaign: UUID
    form: UUID
    revision: int
    values: list[FormValue]
    late_reason: str = ""


class AnsweredForm(Payload):
    """The department's answer to one revision."""

    form: UUID
    revision: int
    accepted: bool
    comment: str = ""
    answered_at: dt.datetime | None = None


class CountersLetter(Payload):
    """Agreed numbers of one day."""

    counted_on: dt.date
    counters: dict[str, int]


class OpenedCampaign(Payload):
    """The department asks for numbers."""

    campaign: UUID
    title: str
    year: int
    indicators: list[str]
    due: dt.date


CampaignWord = Literal["open", "closed", "cancelled"]
"""A draft is no news: schools hear of a campaign when it was opened."""


class ChangedCampaign(Payload):
    """The campaign as it is after it was opened: its term, and whether it goes on. `turn` grows; an older one
    changes nothing.
    """

    campaign: UUID
    turn: int
    state: CampaignWord
    due: dt.date
    closed_at: dt.datetime | None = None
    comment: str = ""


class SchoolReminded(Payload):
    """The department reminds of a form that is with the school."""

    campaign: UUID
    matter: str


SCHOOL_STEP = LetterKind(
    "municipality.school_step",
    Direction.TO_CITY,
    "Шаг подключения школы",
    SchoolStep,
    basis="Соглашение о подключении",
    sender="портал, когда шаг сделан",
    carries="какой шаг сделан: куратор назначен, Положение действует, сотрудники внесены",
)
FORM_SUBMITTED = LetterKind(
    "municipality.form_submitted",
    Direction.TO_CITY,
    "Форма мониторинга",
    SubmittedForm,
    act=True,
    basis="Кампания мониторинга, Положение 4.2(8)",
    sender="директор",
    carries="числа по показателям кампании и пояснения к ним, без имён",
)
FORM_ANSWERED = LetterKind(
    "municipality.form_answered",
    Direction.TO_SCHOOL,
    "Ответ на форму мониторинга",
    AnsweredForm,
    basis="Кампания мониторинга",
    sender="специалист Управления; возвращает и методист",
    carries="принята или возвращена, замечания",
    recipient="школа",
)
COUNTERS = LetterKind(
    "municipality.counters",
    Direction.TO_CITY,
    "Числа школы за день",
    CountersLetter,
    basis="Перечень согласован при подключении школы",
    sender="портал, раз в день",
    carries="только согласованные числа, без имён",
)
CAMPAIGN_OPENED = LetterKind(
    "municipality.campaign_opened",
    Direction.TO_SCHOOL,
    "Кампания мониторинга открыта",
    OpenedCampaign,
    basis="Положение 4.2(8), 6.2",
    sender="специалист Управления",
    carries="показатели и срок",
    recipient="школа",
)
CAMPAIGN_CHANGED = LetterKind(
    "municipality.campaign_changed",
    Direction.TO_SCHOOL,
    "Сбор закончен, продлён или отменён",
    ChangedCampaign,
    basis="Положение 4.2(8), 6.2",
    sender="специалист Управления",
    carries="идёт ли сбор, новый срок, пояснение",
    recipient="школа",
)
SCHOOL_REMINDED = LetterKind(
    "municipality.reminded",
    Direction.TO_SCHOOL,
    "Напоминание о форме",
    SchoolReminded,
    basis="Кампания мониторинга",
    sender="специалист Управления или методист",
    carries="о какой форме напоминают",
    recipient="школа",
)
