"""Remarks to fields of a practice: beside an expert's sheet, and by themselves on the methodist's page."""

from collections.abc import Mapping
from typing import Any

from django import forms

from best_practices.fields import REMARKABLE, TITLES
from best_practices.sheet import LONGEST_REMARK
from best_practices.sheet_form import SheetForm
from portal.ui.forms import PageForm

_AT = "remark_"


class WithRemarks(PageForm):
    """A field for a remark to each field of the text; `remarks` begin with what is stored."""

    def __init__(self, *args: Any, remarks: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in REMARKABLE:
            field = forms.CharField(
                label=TITLES[name],
                required=False,
                max_length=LONGEST_REMARK,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=(remarks or {}).get(name, ""),
            )
            field.label_alone = f"Замечание: {TITLES[name]}"  # type: ignore[attr-defined]
            self._say_kindly(field)
            field.hide_optional = True  # type: ignore[attr-defined]
            self.fields[f"{_AT}{name}"] = field

    @property
    def remark_fields(self) -> list[forms.BoundField]:
        return [self[f"{_AT}{name}"] for name in REMARKABLE]

    @property
    def has_remarks(self) -> bool:
        """Something is written, or wrong, in one of them: then they stand open."""
        return any(field.value() or field.errors for field in self.remark_fields)

    @property
    def written(self) -> dict[str, str]:
        """Of a form that was read: the words by fields, empty ones too."""
        return {name: self.cleaned_data.get(f"{_AT}{name}", "") for name in REMARKABLE}

    def field_of(self, name: str) -> str | None:
        """A refusal of remarks is shown at the first that is written."""
        if name != "remarks":
            return super().field_of(name)
        return next((f"{_AT}{field}" for field, words in self.written.items() if words), None)


class RemarksForm(WithRemarks):
    """The methodist's own remarks."""

    begins_with_stored = True
    hide_optional = True


class CitySheetForm(WithRemarks, SheetForm):
    """The sheet of an expert, with remarks; it begins with what was written of it (`SheetDraft.typed`)."""

    def __init__(self, *args: Any, typed: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        begun = typed or {}
        self.begins_with_stored = bool(begun)
        own = {name: begun[name] for name in SheetForm.base_fields if name in begun}
        remarks = {name.removeprefix(_AT): words for name, words in begun.items() if name.startswith(_AT)}
        super().__init__(*args, remarks=remarks, initial=own, **kwargs)

    @property
    def typed(self) -> dict[str, str]:
        """What stands on the page, right or not."""
        return {name: str(self.data.get(name, "")) for name in self.fields}

    @property
    def remarks(self) -> tuple[tuple[str, str], ...]:
        return tuple((field, words) for field, words in self.written.items() if words)

    @property
    def sheet_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in SheetForm.base_fields]
