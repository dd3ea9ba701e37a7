"""One cleaning of people's names: what is certain is mended, what is not is left and asked about; and no
field of a name is without it.
"""

import importlib
import re
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from rest_framework import serializers

from portal.core.person_names import FIRST, LAST, MIDDLE, WHOLE, PersonNameField, clean_name, trouble_of
from portal.staff.list_rows import read_row
from portal.ui.fields import NameField
from portal.ui.forms import PageForm

pytestmark = pytest.mark.covers("found E2")

MENDED = [
    (LAST, "ДАШКОВА", "Дашкова"),
    (FIRST, "екатерина", "Екатерина"),
    (FIRST, "  Анна   Мария ", "Анна Мария"),
    (LAST, "ЁЛКИНА", "Ёлкина"),
    (LAST, "Cоколова", "Соколова"),
    (LAST, "Coкoлoвa", "Соколова"),
    (FIRST, "Андре\u0438\u0306", "Андрей"),
    (FIRST, "Ал\u0435\u0308на", "Алёна"),
    (LAST, "Буни\u00adна", "Бунина"),
    (LAST, "Мамин\u2011Сибиряк", "Мамин-Сибиряк"),
    (LAST, "САЛТЫКОВ \u2013 ЩЕДРИН", "Салтыков-Щедрин"),
    (FIRST, "\u202eАнна\u200b", "Анна"),
    (LAST, "Соколо\u0301ва", "Соколова"),
    (LAST, "иВАНОВА", "Иванова"),
    (LAST, "О'НИЛ", "О'Нил"),
    (LAST, "ИВАНОВА-Петрова", "Иванова-Петрова"),
    (LAST, "КЕРИМ-ЗАДЕ", "Керим-заде"),
    (MIDDLE, "МАМЕД ОГЛЫ", "Мамед оглы"),
    (LAST, "фон штейн", "фон Штейн"),
    (MIDDLE, "Нет", ""),
    (MIDDLE, "—", ""),
    (MIDDLE, "б/о", ""),
    (WHOLE, "Ким Анна Нет", "Ким Анна"),
    (WHOLE, "КОМАРОВА инна львовна, директор", "Комарова Инна Львовна, директор"),
]
KEPT = [
    (LAST, "Салтыков-Щедрин"),
    (LAST, "Керим-заде"),
    (LAST, "фон Штейн"),
    (LAST, "Фон Штейн"),
    (LAST, "д’Артаньян"),
    (LAST, "МакДональд"),
    (LAST, "Тер-Петросян"),
    (MIDDLE, "Гусейн оглы"),
    (LAST, "Ли"),
    (LAST, "Ван"),
    (FIRST, "Пётр"),
    (LAST, "Королёв"),
    (LAST, "Хан-Магомедов"),
    (LAST, "Нет"),
    (FIRST, "А."),
]
ASKED = [
    (LAST, "Sokolova", "латинская буква «S»"),
    (FIRST, "AHHA", "латинская буква «A»"),
    (LAST, "3айцева", "лишний знак «3»"),
    (LAST, "Соkолоvа", "«v»"),
]


@pytest.mark.parametrize(("part", "typed", "written"), MENDED)
def test_what_is_certain_is_mended(part: str, typed: str, written: str) -> None:
    assert (clean_name(typed, part), clean_name(written, part), trouble_of(written, part)) == (
        written,
        written,
        "",
    )


@pytest.mark.parametrize(("part", "typed"), KEPT)
def test_what_was_meant_so_is_kept(part: str, typed: str) -> None:
    assert (clean_name(typed, part), trouble_of(typed, part)) == (typed, "")


@pytest.mark.parametrize(("part", "typed", "said"), ASKED)
def test_what_is_uncertain_is_asked_in_words_by_forms_and_files(part: str, typed: str, said: str) -> None:
    with pytest.raises(forms.ValidationError, match=re.escape(said)):
        NameField(part=part).clean(typed)
    assert any(field == part and said in sentence for field, sentence in read_row(2, {part: typed}).errors)


def test_a_file_a_form_and_a_table_write_one_name() -> None:
    person = apps.get_model("staff", "Person")
    for part, typed, written in MENDED:
        if part != WHOLE:
            found = (
                read_row(2, {part: typed}).parsed.get(part, ""),
                NameField(part=part, required=False).clean(typed),
                getattr(person(**{part: typed}), part),
            )
            assert found == (written,) * 3, typed
            assert person._meta.get_field(part).get_prep_value(typed) == written  # type: ignore[union-attr]


# ── Every field that holds the name of a person ─────────────────────────────────────────────────────
PARTS = re.compile(r"^(last|first|middle|principal|person|mentor|mentee|author)_name$")
SAID = re.compile(r"\b(фамилия|отчество|руководитель)\b|^имя$|^кого$|^(кого|кому|кем)\b.*\?", re.IGNORECASE)
OTHER = {"StoredFile.name"} | {
    f"EntryForm.{case}" for case in ("genitive", "dative", "accusative", "instrumental")
}
"""Names of files and the like, whose label speaks of a name; a position or a subject in its cases."""
OURS = ("portal.", "best_practices.", "tenants.")


def kinds_of(base: type) -> Iterator[type]:
    for kind in base.__subclasses__():  # type: ignore[var-annotated]
        yield kind
        yield from kinds_of(kind)


def ours(base: type) -> list[type]:
    for module in ("config.urls_school", "config.urls_city"):
        importlib.import_module(module)
    return sorted(
        {kind for kind in kinds_of(base) if kind.__module__.startswith(OURS)},
        key=lambda kind: kind.__qualname__,
    )


def test_every_column_that_holds_a_name_cleans_it() -> None:
    found = [
        (f"{model.__name__}.{field.name}", isinstance(field, PersonNameField))
        for model in apps.get_models()
        if model.__module__.startswith(OURS)
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "CharField"
        and (PARTS.match(field.name) or SAID.search(str(field.verbose_name)))
        and not field.choices
    ]
    bare = [name for name, clean in found if not clean and name not in OTHER]
    assert not bare, f"имя человека без общей чистки (portal.core.person_names.PersonNameField): {bare}"
    assert len([name for name, clean in found if clean]) >= 8


def test_every_field_of_a_form_that_asks_for_a_name_cleans_it() -> None:
    found = [
        (f"{form.__name__}.{name}", isinstance(field, NameField))
        for form in ours(PageForm)
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if type(field) in (forms.CharField, NameField)
        and (PARTS.match(name) or SAID.search(str(field.label)))
    ]
    bare = [name for name, clean in found if not clean and name not in OTHER]
    assert not bare, f"поле спрашивает имя и не чистит его (portal.ui.forms.NameField): {bare}"
    assert len([name for name, clean in found if clean]) >= 11


def test_the_api_takes_no_name_past_it() -> None:
    written = [
        f"{kind.__name__}.{name}"
        for kind in ours(serializers.Serializer)
        if kind.__name__.endswith("In")
        for name in kind._declared_fields  # type: ignore[attr-defined]
        if PARTS.match(name) or name == "full_name"
    ]
    assert not written, (
        f"API принимает имя: возьмите поле, которое его чистит, и допишите сюда, какое: {written}"
    )
