"""What people type while they load a list: the file, what its columns are, a row that was not understood."""

from typing import Any

from django import forms

from portal.core import clock
from portal.documents.books import KINDS, MAX_BYTES
from portal.municipality.reference import positions, subjects
from portal.staff.cells.absences import HELP
from portal.staff.cells.column_words import AWAY
from portal.staff.list_rows import CAN_BE_EMPTY, LEAVE_EMPTY, TITLES
from portal.staff.models import ImportRow
from portal.staff.states import Category, EducationLevel
from portal.staff.table_layout import BEGINS, CONTENT, EXACT, IGNORED, REMEMBERED, UNKNOWN, Layout, SeenColumn
from portal.staff.table_layout import CHOSEN as CHOSEN_BY_HAND
from portal.staff.workflow.imports import ListAccepted
from portal.ui.fields import DateField, UploadField
from portal.ui.forms import PageForm
from portal.ui.step_form import StepForm

ANY = ("", "Все")


class UploadListForm(PageForm):
    """The file with the list."""

    file = UploadField(
        label="Таблица",
        kinds=KINDS,
        most=MAX_BYTES,
        help_text="Как у вас есть: Excel, LibreOffice или CSV",
    )


class AcceptForm(StepForm[ListAccepted]):
    """Since which day what the list says otherwise of somebody's work is so."""

    hide_optional = True
    changed_on = DateField(
        label="С какого дня действуют изменения",
        required=False,
        initial=lambda: clock.today(),
        help_text="Должности, предметы, ставки, часы и категории: до этого дня останутся прежними",
    )


class ColumnsForm(PageForm):
    """What each column of the file is; the fields are made by `columns_form`."""

    @property
    def chosen(self) -> dict[int, str]:
        """Place of a column → its key."""
        return {int(name.removeprefix("c")): key for name, key in self.cleaned_data.items()}


def columns_form(layout: Layout) -> type[ColumnsForm]:
    """A choice for each column, with what stands in it."""
    return type("Columns", (ColumnsForm,), {f"c{one.place}": _column_field(one) for one in layout.columns})


HOW = {
    EXACT: "поняли по заголовку",
    BEGINS: "поняли по началу заголовка",
    CONTENT: "поняли по содержанию",
    REMEMBERED: "так вы выбрали в прошлый раз",
    CHOSEN_BY_HAND: "так вы выбрали",
    UNKNOWN: "не поняли: выберите",
}


def _column_field(column: SeenColumn) -> forms.Field:
    samples = "; ".join(column.samples) or "в столбце пусто"
    return forms.ChoiceField(
        label=column.title or f"Столбец {column.place + 1}, без заголовка",
        choices=[("", "Выберите"), (IGNORED, "Не загружать"), *TITLES.items()],
        initial=column.key,
        help_text=f"{HOW[column.how].capitalize()}. В файле: {samples}",
    )


CHOSEN = {
    "position": lambda: [title for _, title in positions().choices()],
    "education_level": lambda: EducationLevel.labels,
    "category": lambda: Category.labels,
    "is_ped_education": lambda: ["да", "нет"],
}
"""Cells whose words come from a list: chosen, not typed."""
NOTHING_LEFT = "В этой строке исправлять уже нечего: вернитесь к списку."


class RowForm(PageForm):
    """The wrong cells of a row, made by `row_form`; `mends` names those that this sending puts right."""

    mends = forms.CharField(
        label="Строка", widget=forms.HiddenInput, error_messages={"required": NOTHING_LEFT}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get("mends", "").split(",") if self.is_bound else list(self.fields)
        for name, field in self.fields.items():
            field.required = name == "mends" or (name in CHOSEN and name in asked)

    @property
    def values(self) -> dict[str, str]:
        """Cell → its new words."""
        asked = self.cleaned_data["mends"].split(",")
        given = {name: self.cleaned_data[name] for name in self.fields if name in asked and name != "mends"}
        words = {
            name: ", ".join(value) if isinstance(value, list) else value for name, value in given.items()
        }
        return {
            name: LEAVE_EMPTY if value == "" and name in CAN_BE_EMPTY else value
            for name, value in words.items()
        }


def row_form(row: ImportRow) -> type[RowForm]:
    """Fields for the cells that are wrong, with what stands in the file."""
    wrong = list(dict.fromkeys(error["field"] for error in row.errors))
    fields: dict[str, Any] = {name: _cell_field(name, str(row.raw.get(name) or ""), row) for name in wrong}
    mends = forms.CharField(
        label="Строка",
        widget=forms.HiddenInput,
        initial=",".join(wrong),
        error_messages={"required": NOTHING_LEFT},
    )
    return type("MendedRow", (RowForm,), {**fields, "mends": mends})


def _cell_field(name: str, now: str, row: ImportRow) -> forms.Field:
    proposed = [word for error in row.errors if error["field"] == name for word in error.get("proposals", ())]
    hint = f"В файле: «{now}»" if now else "В файле пусто"
    if name == AWAY:
        hint = f"{hint}. {HELP}"
    if name == "subjects":
        titles = [(title, title) for _, title in subjects().choices()]
        return forms.MultipleChoiceField(
            label=TITLES[name],
            choices=titles,
            help_text=hint,
            widget=forms.CheckboxSelectMultiple,
        )
    if name in CHOSEN:
        return forms.ChoiceField(
            label=TITLES[name],
            choices=[
                ("", "Выберите"),
                *((word, word) for word in dict.fromkeys([*proposed, *CHOSEN[name]()])),
            ],
            help_text=hint,
        )
    return forms.CharField(label=TITLES[name], initial=now, max_length=300, help_text=hint)
