"""The numbers of the form: what is typed, what must be true of it, and what leaves the school."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portal.core.actor import Actor
from portal.core.workflow import Check, Guard, Move
from portal.monitoring.differences import needs_words
from portal.monitoring.models import SchoolForm
from portal.municipality.indicators import INDICATORS
from portal.municipality.letters import FormValue as SentValue
from portal.municipality.letters import SubmittedForm

ENOUGH_WORDS = 10
_WORDS = (
    "Число отличается от посчитанного больше чем на 5 % или портал его не считает. Напишите, откуда оно: это "
    "прочитает специалист Управления."
)
_PARTS = "Часть не бывает больше целого: проверьте оба числа."


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the school declares of each indicator, and its words to it."""

    declared: Mapping[str, Mapping[str, int | None]]
    explanations: Mapping[str, str]

    def words(self, code: str) -> str:
        return str(self.explanations.get(code, "")).strip()


Met = Callable[[SchoolForm, Move[Numbers]], bool]


def _explained(code: str) -> Met:
    def explained(form: SchoolForm, move: Move[Numbers]) -> bool:
        typed = move.asked.declared.get(code)
        value = form.values.filter(indicator=code).first() if typed is not None else None
        if value is None or typed is None:
            return True
        return len(move.asked.words(code)) >= ENOUGH_WORDS or not needs_words(value.counted, typed)

    return explained


def _possible(code: str) -> Met:
    part, whole = INDICATORS[code].keys

    def possible(form: SchoolForm, move: Move[Numbers]) -> bool:
        typed = move.asked.declared.get(code, {})
        less, more = typed.get(part), typed.get(whole)
        return less is None or more is None or less <= more

    return possible


CHECKS: tuple[Check[SchoolForm, Numbers], ...] = (
    *(
        Check(f"possible_{code}", _PARTS, _possible(code), field=f"{code}_{row.keys[0]}")
        for code, row in INDICATORS.items()
        if row.is_share
    ),
    *(
        Check(f"explained_{code}", _WORDS, _explained(code), field=f"{code}_explanation")
        for code in INDICATORS
    ),
)


def is_complete(form: SchoolForm, by: Actor) -> bool:
    values = list(form.values.all())
    return {value.indicator for value in values} >= set(form.indicators) and all(
        value.declared.get(key) is not None for value in values for key in value.row.keys
    )


def is_explained(form: SchoolForm, by: Actor) -> bool:
    return all(
        len(value.explanation) >= ENOUGH_WORDS or not needs_words(value.counted, value.declared)
        for value in form.values.all()
    )


COMPLETE = Guard(
    "complete", "Заполните все числа формы: часть из них портал посчитать не может.", is_complete
)
EXPLAINED = Guard(
    "explained",
    "Объясните числа, которые отличаются от посчитанных больше чем на 5 % или которых портал не считает.",
    is_explained,
)


def write_values(form: SchoolForm, move: Move[Numbers]) -> None:
    for code, figures in move.asked.declared.items():
        value = form.values.get(indicator=code)
        value.declared = dict(figures)
        value.explanation = move.asked.words(code)
        value.save_change("declared", "explanation")


def frozen(form: SchoolForm) -> SubmittedForm:
    """What leaves the school: numbers and explanations of this revision."""
    values = [
        SentValue(indicator=v.indicator, counted=v.counted, declared=v.declared, explanation=v.explanation)
        for v in form.values.all()
    ]
    return SubmittedForm(
        campaign=form.campaign,
        form=form.uuid,
        revision=form.revision,
        values=values,
        late_reason=form.late_reason,
    )
