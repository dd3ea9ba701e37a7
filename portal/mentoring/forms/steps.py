"""The steps of a pair that ask something: a form each, and the words of its page."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from portal.core import clock
from portal.core.actor import Actor
from portal.core.school_year import Turn
from portal.mentor_bank.selectors.mentors import ready_mentors
from portal.mentoring.models import Pair
from portal.mentoring.states import Conclusion
from portal.mentoring.workflow.asked import (
    Extend,
    GiveNotice,
    PairConclusion,
    Replace,
    earliest_end,
)
from portal.staff.fields import PersonField
from portal.ui.choices import offer_rows
from portal.ui.fields import CardField, DateField
from portal.ui.step_form import StepForm


class ConclusionForm(StepForm[PairConclusion]):
    conclusion = CardField(
        label="Вывод",
        choices=[(value, label) for value, label in Conclusion.choices if value != Conclusion.NOT_ASSESSED],
    )
    method = forms.CharField(label="Методика", required=False, max_length=200)
    advice = forms.CharField(
        label="Совет куратору о паре",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="Без диагностических данных. Совет увидят куратор и директор на странице пары",
    )


class NoticeForm(StepForm[GiveNotice]):
    ends_on = DateField(label="С какого дня закончить")


class ExtendForm(StepForm[Extend]):
    planned_to = DateField(label="По какой день")
    extended_by = forms.CharField(
        label="По каким документам",
        max_length=250,
        help_text="Соглашение с наставником о новом сроке и приказ: номера и даты",
    )


class ReplaceForm(StepForm[Replace]):
    successor = PersonField(label="Новый наставник")
    planned_from = DateField(label="С какого дня")

    def __init__(self, *args: Any, mentors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "successor", mentors)


def _nothing_more(pair: Pair, by: Actor) -> dict[str, Any]:
    return {}


def _itself(pair: Pair) -> Pair:
    return pair


@dataclass(frozen=True, kw_only=True)
class StepPage:
    """`title` (else what the step is called), `submit`, `lead`: the words of its form; `refused`, `closed`:
    whose step it is, and what is said when its time is over; `given`: what the form needs besides; `shown`:
    the pair to go on with; `verb`: which of several steps of the page it is.
    """

    form: type[StepForm[Any]]
    submit: str
    lead: Callable[[Pair, Actor], str]
    refused: str
    closed: str
    given: Callable[[Pair, Actor], dict[str, Any]] = _nothing_more
    shown: Callable[[Pair], Pair] = _itself
    kind: str = "primary"
    title: str = ""
    verb: Callable[[Any], str] | None = None


def _first_day(pair: Pair, by: Actor) -> dt.date:
    return earliest_end(pair.role_of(by) or "school", clock.today())


def _next_last_day(pair: Pair) -> dt.date:
    """Till the end of the school year that begins, as far as the longest term allows."""
    return min(max(Turn.now().year.ends_on, pair.planned_to), pair.last_possible_day)


def _other_mentors(pair: Pair, by: Actor) -> dict[str, Any]:
    return {
        "mentors": ready_mentors().exclude(pk=pair.mentor_id),
        "initial": {"planned_from": clock.today() + dt.timedelta(days=3)},
    }


PAGES = {
    "conclude": StepPage(
        form=ConclusionForm,
        verb=lambda asked: str(asked.verb),
        title="Подходят ли они друг другу?",
        submit="Дать заключение",
        lead=lambda pair, by: (
            "Вывод увидят все, кто видит пару. Совет увидят куратор и директор, сама пара его не видит. "
            "Изменить заключение потом нельзя."
        ),
        refused="Заключение даёт педагог-психолог.",
        closed="Заключение по этой паре сейчас не нужно",
    ),
    "notice": StepPage(
        form=NoticeForm,
        submit="Подать уведомление",
        lead=lambda pair, by: (
            f"Можно с {_first_day(pair, by):%d.%m.%Y}{clock.remark_on(_first_day(pair, by))}. Причину писать "
            "не нужно."
        ),
        refused="Закончить пару могут её участники и директор.",
        closed="Уведомление сейчас подать нельзя",
        given=lambda pair, by: {"initial": {"ends_on": _first_day(pair, by)}},
        kind="second",
    ),
    "extend": StepPage(
        form=ExtendForm,
        submit="Продлить пару",
        lead=lambda pair, by: (
            f"Сейчас пара работает по {pair.planned_to:%d.%m.%Y}. Сначала подпишите с наставником соглашение "
            "о новом сроке и приказ о внесении изменений, потом впишите их здесь."
        ),
        refused="Пару продлевает куратор.",
        closed="Продлить пару сейчас нельзя",
        given=lambda pair, by: {"initial": {"planned_to": _next_last_day(pair)}},
    ),
    "replace": StepPage(
        form=ReplaceForm,
        title="Кто продолжит?",
        submit="Предложить нового наставника",
        lead=lambda pair, by: "Согласие спросим у нового наставника и у наставляемого.",
        refused="Наставника заменяет куратор.",
        closed="Заменить наставника сейчас нельзя",
        given=_other_mentors,
        shown=lambda pair: Pair.objects.get(predecessor=pair),
    ),
}
"""By the name that the row gives its page, which is the end of its address too."""
