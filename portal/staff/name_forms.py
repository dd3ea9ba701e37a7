"""What people type about names: their cases, a change, and what was borne before it."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django import forms

from portal.core import clock
from portal.core.person_names import FIRST, LAST, MIDDLE
from portal.core.sorting import folded
from portal.staff.forms import PersonForm
from portal.staff.list_rows import NAME_PARTS
from portal.staff.services.names import Renamed
from portal.staff.work_forms import ASKED, WORK_CHANGE, WORK_SINCE, dating_of, troubles_of_dating
from portal.ui.fields import CardField, DateField, NameField
from portal.ui.forms import PageForm

MISTAKE, CHANGE = "mistake", "change"
RENAMED_BY = forms.CharField(
    label="Основание смены имени",
    required=False,
    max_length=250,
    help_text="Например, приказ № 8-к от 12.10.2026, свидетельство о браке",
)


OF_GUEST = {*NAME_PARTS, "name_change", "renamed_on", "renamed_by", "gender", "birth_date", "email"}
"""What is mended of whoever does not work here: nothing of work is asked."""


class RenameForm(PageForm):
    """From which day somebody is called otherwise, and by what."""

    renamed_on = DateField(
        label="Новое имя с какого дня", help_text="Бумаги раньше этого дня останутся с прежним именем"
    )
    renamed_by = deepcopy(RENAMED_BY)


class PersonEditForm(PersonForm):
    """A card that is mended: another name is a mistake of spelling, or the person has changed it."""

    name_change = CardField(
        label="Если имя стало другим",
        choices=[(MISTAKE, "Исправляю написание"), (CHANGE, "Имя сменилось")],
        notes={
            MISTAKE: "Так было всегда, в карточке ошиблись",
            CHANGE: "Прежнее имя останется в истории и в бумагах прежних дней",
        },
        required=False,
    )
    renamed_on = DateField(
        label="Новое имя с какого дня", required=False, help_text="Если имя сменилось. Например, 12.10.2026"
    )
    renamed_by = deepcopy(RENAMED_BY)
    work_change = deepcopy(WORK_CHANGE)
    work_since = deepcopy(WORK_SINCE)
    field_order = (
        *(*NAME_PARTS, "name_change", "renamed_on", "renamed_by", *PersonForm.field_order[3:]),
        *("hired_on", "hired_by", "ped_stage_years", "stage_on", "education_level", "is_ped_education"),
        *("category", "category_on", "category_until", "rate", "hours_week", *ASKED, "email"),
    )

    def __init__(self, *args: Any, is_guest: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_guest:
            for name in set(self.fields) - OF_GUEST:
                del self.fields[name]
            self.fields["birth_date"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.version != self._given_version:
            return cleaned  # somebody has saved meanwhile: that is said first
        how, is_other = cleaned.get("name_change"), self._names_differ(cleaned)
        if is_other and not how and self._is_in_doubt(cleaned):
            self.add_error("name_change", "Имя стало другим. Это ошибка в написании или человек сменил имя?")
        elif how == CHANGE and is_other and not cleaned.get("renamed_on"):
            self.add_error("renamed_on", "Назовите день, с которого имя новое.")
        elif how == CHANGE and not is_other:
            self.add_error("last_name", "Имя осталось прежним. Впишите новое или уберите отметку о смене.")
        self._ask_of_work(cleaned)
        return cleaned

    def _ask_of_work(self, cleaned: Mapping[str, Any]) -> None:
        """A guest has no work here; who has not begun yet has no past."""
        if "work_change" in self.fields and not self._is_to_begin(cleaned):
            for name, said in troubles_of_dating(self, self._watched(cleaned)):
                self.add_error(name, said)
            if self._keeps_a_former_day(cleaned):
                self.add_error("category_on", "Эта дата прежней категории. Впишите дату новой.")

    def _keeps_a_former_day(self, cleaned: Mapping[str, Any]) -> bool:
        is_other = cleaned.get("category") != self.initial.get("category")
        day, is_mistake = cleaned.get("category_on"), cleaned.get("work_change") == MISTAKE
        has_begun = cleaned.get("work_change") or cleaned.get("work_since")
        return bool(
            is_other and has_begun and not is_mistake and day and day == self.initial.get("category_on")
        )

    def _is_to_begin(self, cleaned: Mapping[str, Any]) -> bool:
        begins = cleaned.get("hired_on")
        return begins is not None and begins > clock.today()

    def _watched(self, cleaned: Mapping[str, Any]) -> tuple[str, ...]:
        """A category with a day of its own is so since that day."""
        is_dated = cleaned.get("category_on") not in (None, self.initial.get("category_on"))
        return ("position", "subjects", "rate", "hours_week", *(() if is_dated else ("category",)))

    def _names_differ(self, cleaned: Mapping[str, Any]) -> bool:
        return any((cleaned.get(part) or "") != (self.initial.get(part) or "") for part in NAME_PARTS)

    def _is_in_doubt(self, cleaned: Mapping[str, Any]) -> bool:
        """A patronymic that was not known, and ё for е, are spelling in any case."""
        return any(
            was and folded(was) != folded(cleaned.get(part) or "")
            for part in NAME_PARTS
            if (was := self.initial.get(part) or "")
        )

    @property
    def said(self) -> dict[str, Any]:
        """What the service is told."""
        asked = ("name_change", "renamed_on", "renamed_by", *ASKED)
        values = {name: value for name, value in self.cleaned_data.items() if name not in asked}
        told = {"renamed": renamed_of(self.cleaned_data), "dating": dating_of(self.cleaned_data)}
        return {**values, **told}


def renamed_of(cleaned: Mapping[str, Any]) -> Renamed | None:
    """None where a spelling is mended."""
    if cleaned.get("name_change", CHANGE) != CHANGE or not cleaned.get("renamed_on"):
        return None
    return Renamed(since=cleaned["renamed_on"], basis=cleaned["renamed_by"])


class FormerNameForm(PageForm):
    """A name that was borne before, and its last day."""

    last_name = NameField(label="Фамилия", part=LAST)
    first_name = NameField(label="Имя", part=FIRST)
    middle_name = NameField(label="Отчество", part=MIDDLE, required=False)
    ended_on = DateField(label="Последний день этого имени", help_text="Со следующего дня имя уже другое")
    basis = deepcopy(RENAMED_BY)


class NameForm(PageForm):
    """How the person's name stands in documents: the portal's proposal, or what was typed over it. An emptied
    field takes the proposal back.
    """

    begins_with_stored = True
    genitive = NameField(label="Кого? (родительный)", required=False)
    dative = NameField(label="Кому? (дательный)", required=False)
    accusative = NameField(label="Кого назначить? (винительный)", required=False)
    instrumental = NameField(label="Кем? (творительный)", required=False)
