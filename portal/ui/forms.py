"""The recipe of forms: kind Russian sentences, dates, sums and names as people write them, refusals of the
domain at their field.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest

from portal.core.errors import Conflict, DomainError, Invalid, Stale
from portal.files import kept
from portal.files.storing import name_of
from portal.ui import versions, words
from portal.ui.hidden_fields import REPEAT_KEY, VERSION, read_version
from portal.ui.kind import speak_kindly
from portal.ui.parts import Difference


class PageForm(forms.Form):
    """The base of all forms that change something.

    Keeps `repeat_key` over redisplays, so that one intention stays one; carries `version` when an object is
    edited.
    """

    hide_optional = False
    """True when nothing here is compulsory, so that «(по желанию)» at each field would only be noise."""
    begins_with_stored = False
    """True when every field is begun with what is stored, though the object holds it in another shape: as
    rows, as lines, by rules.
    """

    def __init__(
        self, data: Any = None, files: Any = None, *, version: int | None = None, **kwargs: Any
    ) -> None:
        # by name: forms of the library put their own first
        super().__init__(data=data, files=files, **kwargs)
        self.refused = False
        self.kept_files: dict[str, tuple[uuid.UUID, str]] = {}
        self._given_version = version
        for name, field in self.fields.items():
            self._say_kindly(field)
            _ask_openly(field, self.initial.get(name, field.initial))

    def __getitem__(self, name: str) -> forms.BoundField:
        """Fields that a form adds after its beginning speak as kindly as the declared ones."""
        field = self.fields.get(name)
        if field is not None and not hasattr(field, "hide_optional"):
            self._say_kindly(field)
        return super().__getitem__(name)

    def _say_kindly(self, field: forms.Field) -> None:
        speak_kindly(field)
        _read_as_written(field)
        _keep_one_line(field)
        field.hide_optional = self.hide_optional  # type: ignore[attr-defined]

    @property
    def repeat_key(self) -> str:
        """The key that came with the data, else a new one, the same for this form object."""
        if not hasattr(self, "_repeat_key"):
            sent = self.data.get(REPEAT_KEY, "") if self.is_bound else ""
            self._repeat_key = sent or str(uuid.uuid4())
        return self._repeat_key

    @property
    def version(self) -> int | None:
        """The version the person saw when the form was opened."""
        sent = read_version(self.data.get(VERSION)) if self.is_bound else None
        return self._given_version if sent is None else sent

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Puts refusals of the domain at their field and sets `refused`; a Stale one goes on with the form
        attached.
        """
        try:
            yield
        except Stale as stale:
            stale.form = self
            raise
        except (Invalid, Conflict) as refusal:
            if isinstance(refusal, Conflict) and not refusal.field:
                raise
            self.refuse(refusal)

    def add_error(self, field: str | None, error: Any) -> None:
        """A choice of a row is read by a field of the model, which would answer in the library's words.

        What a field says of its own value is enough: a day that cannot be read is not also asked as if it
        were empty.
        """
        if field and field in self.errors:
            return
        asked = self.fields.get(field or "")
        if isinstance(asked, forms.ModelChoiceField) and getattr(error, "code", None) == "invalid":
            error = ValidationError(asked.error_messages["invalid_choice"], code="invalid_choice")
        super().add_error(field, error)

    def refuse(self, refusal: DomainError) -> None:
        """Shows each sentence at its field, or above the form when the field is not here."""
        self.refused = True
        for name, sentences in (refusal.fields or {"": [refusal.sentence]}).items():
            self.add_error(
                self.field_of(name),
                [ValidationError(sentence, code=refusal.code) for sentence in sentences],
            )

    def field_of(self, name: str) -> str | None:
        """At which field a refusal is shown; None above the form."""
        return name if name in self.fields else None

    def stored(self, current: object) -> Mapping[str, Any]:
        """What is stored now, by field: what a stale form is compared with."""
        return versions.begun_with(self) if self.begins_with_stored else versions.kept_in(self, current)

    def tables_changed(self) -> Sequence[Difference]:
        """Rows that stand beside the form on its page, where they are stored otherwise."""
        return ()

    def keep_files(self, request: HttpRequest) -> None:
        """The form is shown once more: its files stay with the attempt, and the page says so instead of
        asking for them again.
        """
        for name, field in self.fields.items():
            upload = self.files.get(self.add_prefix(name)) if isinstance(field, forms.FileField) else None
            number = (
                kept.ask(request, self.add_prefix(name), upload)
                if upload is not None and name not in self.errors
                else None
            )
            if upload is not None and number is not None:
                self.kept_files[self.add_prefix(name)] = (number, name_of(upload))

    @property
    def typed_again(self) -> list[str]:
        """What is not on the page any more: passwords, and files that could not be kept."""
        gone = [
            name
            for name, field in self.fields.items()
            if isinstance(field, forms.FileField) and self.add_prefix(name) in self.files
        ]
        lost = {name for name in gone if self.add_prefix(name) not in self.kept_files}
        secret = {
            name for name, field in self.fields.items() if isinstance(field.widget, forms.PasswordInput)
        }
        return [_inside(str(field.label)) for name, field in self.fields.items() if name in lost | secret]

    @property
    def sum_of_errors(self) -> str:
        """«Не сохранено: поправьте два поля»."""
        return sum_of_errors(
            len([name for name in self.errors if name != NON_FIELD_ERRORS]), self.typed_again
        )

    @property
    def error_lines(self) -> Iterable[tuple[str, str]]:
        """(id of the field or empty, words) for the sum of errors."""
        for name, errors in self.errors.items():
            if name == NON_FIELD_ERRORS:
                yield from (("", str(error)) for error in errors)
            else:
                field = self[name]
                yield from (
                    (field.id_for_label or field.auto_id, _named(str(field.label), str(error)))
                    for error in errors
                )


def _named(label: str, error: str) -> str:
    """The field, then what is wrong with it; a sentence that names the field by itself does not hear the name
    twice.
    """
    return error if error.casefold().startswith(label.casefold()) else f"{label}: {error}"


UNCHOSEN = ("", "Выберите")


def _ask_openly(field: forms.Field, begun: Any) -> None:
    """A list that nobody has answered stands at «Выберите»: its first line must not answer for the person."""
    if (
        not isinstance(field, forms.ChoiceField)
        or type(field.widget) is not forms.Select
        or not field.required
        or begun not in (None, "")
    ):
        return
    choices: list[Any] = list(cast(Iterable[Any], field.choices))
    if choices and choices[0][0] not in ("", None):
        field.choices = [UNCHOSEN, *choices]


def _inside(label: str) -> str:
    """A label in the middle of a sentence: «таблица Excel»."""
    return label[:1].lower() + label[1:]


def sum_of_errors(fields: int, typed_again: Sequence[str] = ()) -> str:
    """Above a form that was not accepted: how many fields to mend, and that nothing is lost, or what has to
    be given once more.
    """
    mend = f": поправьте {fields} {words.plural(fields, 'поле,поля,полей')}" if fields else ""
    if not typed_again:
        return f"Не сохранено{mend}. Всё, что вы написали, на месте"
    return f"Не сохранено{mend}. Написанное на месте, ещё раз понадобится: {', '.join(typed_again)}"


def _keep_one_line(field: forms.Field) -> None:
    """A title stays in its line, however it was pasted: it becomes the subject of a letter, which may have no
    second line.
    """
    if isinstance(field, forms.CharField) and not isinstance(
        field.widget, forms.Textarea | forms.PasswordInput
    ):
        read = field.to_python
        field.to_python = lambda value: read(_in_one_line(value))  # type: ignore[method-assign]


def _in_one_line(value: Any) -> Any:
    return " ".join(value.splitlines()) if isinstance(value, str) else value


def _read_as_written(field: forms.Field) -> None:
    """Numbers are typed into a text field, with a decimal comma as people write them."""
    if isinstance(field, forms.IntegerField | forms.FloatField | forms.DecimalField) and isinstance(
        field.widget, forms.NumberInput
    ):
        field.localize = True
        field.widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        field.widget.is_localized = True
        field.widget.is_required = field.required
