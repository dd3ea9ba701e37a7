"""Fields as people write in them: dates, times, sums, names of people, files, cards to choose from."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.core.person_names import WHOLE, clean_name, trouble_of
from portal.files import storing
from portal.ui import words
from portal.ui.dates import read_date


class DateInput(forms.TextInput):
    """A plain text field: a date is faster typed than picked."""

    input_type = "text"
    shape = "input"
    width = "10"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else super().format_value(value)


class DateField(forms.Field):
    """A date, dd.mm.yyyy or ISO; `hint` stands under the label."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Например, 20.11.2026")
        kwargs["error_messages"] = {
            "required": "Напишите дату, например 20.11.2026.",
            **kwargs.get("error_messages", {}),
        }
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        return value if isinstance(value, dt.date) else read_date(str(value))


class TimeField(forms.TimeField):
    """A time of day: 14:20."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Например, 14:20")
        kwargs.setdefault(
            "widget",
            forms.TimeInput(
                format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off", "data-width": "5"}
            ),
        )
        kwargs.setdefault("error_messages", {"invalid": "Напишите время так: 14:20."})
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **kwargs)


class _Noted:
    """Adds the note of each choice, printed under its label."""

    notes: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        note = self.notes.get(str(value))
        if note:
            option["note"] = note
        return option  # type: ignore[no-any-return]


class CardsOfOne(_Noted, forms.RadioSelect):
    shape = "cards"


class CardsOfMany(_Noted, forms.CheckboxSelectMultiple):
    shape = "cards"


class ManyBoxes(forms.CheckboxSelectMultiple):
    """Boxes in columns, in a frame that scrolls when they are many: people of a school, subjects."""

    shape = "boxes"


class CardField(forms.ChoiceField):
    """One of several, as cards: when the choice is the page. `notes`: value → words under the label."""

    widget = CardsOfOne

    def __init__(self, *, notes: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.notes = notes or {}


class CardsField(forms.MultipleChoiceField):
    """Several of several, as cards."""

    widget = CardsOfMany

    def __init__(self, *, notes: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.notes = notes or {}


_AMOUNT = re.compile(
    r"^(?P<sign>-?)(?P<whole>\d{1,3}(?: "
    r"\d{3})+|\d+)(?:[.,](?P<part>\d+))?\s*(?:р|руб|рубля|рубль|рублей|₽|%|процент|процента|процентов)?\.?$"
)


def read_amount(text: str) -> Decimal:
    """A sum or a share as people write it: «3000», «3 000,50», «3 000 руб.», «15 %». Raises ValidationError
    with a sentence that says how to mend it.
    """
    found = _AMOUNT.match(" ".join(text.lower().split()))
    if found is None:
        raise ValidationError(
            f"«{text.strip()[:40]}» не похоже на сумму. Напишите её цифрами, например 3 000 или 3 000,50.",
            code="invalid",
        )
    return Decimal(f"{found['sign']}{found['whole'].replace(' ', '')}.{found['part'] or '0'}")


class AmountField(forms.DecimalField):
    """A sum of money, or a per cent: one way of reading it for every form (`read_amount`)."""

    def __init__(self, **kwargs: Any) -> None:
        usual: dict[str, Any] = {
            "min_value": 0,
            "max_digits": 9,
            "decimal_places": 2,
            "widget": forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        }
        super().__init__(**(usual | kwargs))

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # as DecimalField itself
        return None if value in self.empty_values else super().to_python(str(read_amount(str(value))))

    def prepare_value(self, value: Any) -> Any:
        return words.decimal(value) if isinstance(value, Decimal) else value


class NameField(forms.CharField):
    """The name of a person, or its `part`: cleaned as everywhere (`portal.core.person_names`); what is
    uncertain is asked here.
    """

    def __init__(self, *, part: str = WHOLE, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200 if part == WHOLE else 100)
        super().__init__(**kwargs)
        self.part = part

    def to_python(self, value: Any) -> str:
        return clean_name(str(super().to_python(value) or ""), self.part)

    def validate(self, value: str) -> None:
        super().validate(value)
        trouble = trouble_of(value, self.part)
        if trouble:
            raise ValidationError(trouble, code="name")


class UploadField(forms.FileField):
    """A file: its kinds and its limit are named once, and said from here by the hint, by the page before it
    is sent, and by the refusal.

    `most`: a limit smaller than the portal's; `together`: how many files the form may carry at once. What is
    inside is checked when it is stored.
    """

    widget = forms.FileInput

    def __init__(
        self,
        *,
        kinds: Sequence[str] = storing.SCANS,
        most: int = 0,
        together: int = 1,
        help_text: str = "",
        **kwargs: Any,
    ) -> None:
        self.most = storing.limit(most, together=together)
        said = f"{_kinds_in_words(kinds)} до {self.most // storing.MB} МБ"
        super().__init__(help_text=f"{said}. {help_text}" if help_text else said, **kwargs)
        endings = (f".{name}" for kind in kinds for name in ((kind, "jpeg") if kind == "jpg" else (kind,)))
        # the page refuses a larger one before it is sent
        refusal = {
            "data-most": str(self.most),
            "data-refusal": storing.too_large(self.most),
        }
        self.widget.attrs |= {"accept": ",".join(endings), **refusal}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload and upload.size > self.most:
            raise ValidationError(storing.too_large(self.most), code="file_size")
        return upload


_PROGRAMS = {"docx": "Word (.docx)", "xlsx": "Excel (.xlsx)", "pptx": "PowerPoint (.pptx)"}


def _kinds_in_words(kinds: Sequence[str]) -> str:
    """«PDF, JPG или PNG»."""
    *others, last = (_PROGRAMS.get(kind, kind.upper()) for kind in kinds)
    return f"{', '.join(others)} или {last}" if others else last
