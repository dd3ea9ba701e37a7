"""From which day what is typed of somebody's work is so, and whether a mistake is mended."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from portal.core import clock
from portal.staff.forms import PositionForm
from portal.staff.models import Dating
from portal.ui.fields import CardField, DateField

MISTAKE, CHANGE = "mistake", "change"
ASKED = ("work_change", "work_since")
WORK_CHANGE = CardField(
    label="Если в работе что-то стало другим",
    choices=[(MISTAKE, "Исправляю ошибку"), (CHANGE, "Сменилось")],
    notes={
        MISTAKE: "Так было и раньше, в карточке ошиблись",
        CHANGE: "В списке прежних дней останется то, что было до смены",
    },
    required=False,
    help_text="Должность, предметы, ставка, часы, категория",
)
WORK_SINCE = DateField(
    label="С какого дня так", required=False, help_text="Если сменилось. Например, 12.10.2026"
)


def dating_of(cleaned: Mapping[str, Any]) -> Dating:
    """What the service is told."""
    if cleaned.get("work_change") == MISTAKE:
        return Dating(is_mistake=True)
    return Dating(since=cleaned.get("work_since"))


def troubles_of_dating(form: Any, watched: tuple[str, ...]) -> list[tuple[str, str]]:
    """What is not said of fields that have become other ones; a field that was not known is only filled."""
    cleaned, initial = form.cleaned_data, form.initial
    is_other = any(_differ(cleaned[name], initial.get(name)) for name in watched if name in cleaned)
    how, since = cleaned.get("work_change"), cleaned.get("work_since")
    if is_other and not how and not since:
        said = "Данные о работе изменены. Это ошибка в карточке или с какого-то дня всё сменилось?"
        return [("work_change", said)]
    if how == CHANGE and not since:
        return [("work_since", "Назовите день, с которого так.")]
    return []


def _differ(typed: Any, known: Any) -> bool:
    if isinstance(typed, list) or isinstance(known, list):
        return sorted(typed or []) != sorted(known or [])
    return known not in (None, "") and typed != known


class PositionNewForm(PositionForm):
    """One more position, and since when."""

    work_since = DateField(label="С какого дня", initial=lambda: clock.today())


class PositionEditForm(PositionForm):
    """A position that is mended, or is another one from a day on."""

    work_change = deepcopy(WORK_CHANGE)
    work_change.help_text = "Должность, вид работы, предметы, ставка, часы"
    work_since = deepcopy(WORK_SINCE)

    @classmethod
    def known(cls, position: Any) -> dict[str, Any]:
        return {name: getattr(position, name) for name in cls.base_fields if name not in ASKED}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.version == self._given_version:  # else somebody has saved meanwhile: that is said first
            for name, said in troubles_of_dating(self, tuple(PositionForm.base_fields)):
                self.add_error(name, said)
        return cleaned
