"""What the portal refuses, it refuses in its own words: no form, no password, no step of sign-in speaks the
libraries' sentences.
"""

import copy
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError

from portal.accounts import forms as gate
from portal.accounts.adapter import AccountAdapter, SecondFactorAdapter
from portal.accounts.models import User
from portal.ui.forms import PageForm
from portal.ui.kind import KIND_WORDS, speak_kindly
from portal.ui.lists import FilterForm
from tests.stock_words import stock_in

pytestmark = pytest.mark.covers("found E7")
URLS = [import_module(name) for name in ("config.urls_city", "config.urls_school")]
"""With them every form of the house is read."""


def every(kind: type[forms.Form]) -> Iterator[type[forms.Form]]:
    for one in kind.__subclasses__():
        yield one
        yield from every(one)


def words_of(field: forms.Field) -> Iterator[str]:
    """Whatever a field may say: its own sentences, and those of its checks which it does not say
    otherwise.
    """
    kind = copy.deepcopy(field)
    speak_kindly(kind)
    yield from map(str, kind.error_messages.values())
    for check in kind.validators:
        if getattr(check, "code", None) not in kind.error_messages and hasattr(check, "message"):
            yield str(check.message)


def test_every_field_of_every_form() -> None:
    found = {
        f"{form.__module__}.{form.__name__}.{name}": stock_in("\n".join(words_of(field)))
        for kind in (PageForm, FilterForm)
        for form in every(kind)
        for name, field in form.base_fields.items()
    }
    assert len(found) > 100
    assert {where: said for where, said in found.items() if said} == {}


def test_an_empty_field_says_what_it_asks_for() -> None:
    """Not the browser's «Заполните это поле», and not one sentence for a date, a scan and a surname."""
    found = set()
    for form in every(PageForm):
        for name, field in form.base_fields.items():
            kind = copy.deepcopy(field)
            speak_kindly(kind)
            found |= (
                {f"{form.__name__}.{name}"}
                if kind.error_messages["required"] in ("Заполните это поле.", KIND_WORDS["required"])
                else set()
            )
    assert found == set()


@pytest.mark.parametrize("field", [forms.ModelChoiceField, forms.ModelMultipleChoiceField])
def test_a_choice_of_rows_that_is_no_key(field: type[forms.ModelChoiceField], db: None) -> None:  # type: ignore[type-arg]
    """The key is read by a field of the model: its sentence («не является верным UUID-ом») is the
    library's.
    """
    form = type("Choice", (PageForm,), {"person": field(User.objects.all())})({"person": ["нет такого"]})
    if field is forms.ModelChoiceField:
        form = type(form)({"person": "нет такого"})
    assert form.errors["person"] == ["Выберите один из предложенных вариантов."]


def test_every_kind_of_field_that_a_form_may_get() -> None:
    kinds = {
        kind
        for kind in every_field(forms.Field)
        if kind.__module__.startswith(("django.forms.fields", "portal."))
    }
    found = {
        kind.__name__: stock_in("\n".join(words_of(made)))
        for kind in kinds
        if (made := _made(kind)) is not None
    }
    assert {where: said for where, said in found.items() if said} == {}


def every_field(kind: type[forms.Field]) -> Iterator[type[forms.Field]]:
    for one in kind.__subclasses__():
        yield one
        yield from every_field(one)


def _made(kind: type[forms.Field]) -> forms.Field | None:
    for given in ({}, {"regex": "x"}, {"fields": ()}, {"path": "/"}, {"coerce": int}):
        try:
            return kind(**given)
        except TypeError:
            continue
    return None


@pytest.mark.parametrize(
    "password", ["коротко", "password12345", "48151623424815", "melnikova@school5", "Мельникова1"]
)
def test_a_weak_password_is_told_how_to_be_a_good_one(password: str) -> None:
    person = User(
        email="melnikova@school5.example", last_name="Мельникова", first_name="Анна", middle_name="Викторовна"
    )
    said = []
    for check in get_default_password_validators():
        try:
            check.validate(password, person)
        except ValidationError as refusal:
            said += refusal.messages
    assert said, password
    assert not stock_in("\n".join(said))
    assert all("слов" in sentence for sentence in said), said


def test_the_steps_of_sign_in() -> None:
    said = [
        str(text)
        for adapter in (AccountAdapter, SecondFactorAdapter)
        for text in adapter.error_messages.values()
    ]
    assert not stock_in("\n".join(said))


@pytest.mark.parametrize("form", [gate.NewPasswordForm, gate.ChangePasswordForm])
def test_two_different_new_passwords(form: type[PageForm], db: None) -> None:
    typed = {"oldpassword": "старый", "password1": "синий трамвай едет", "password2": "синий трамвай стоит"}
    made = form(data=typed, user=User(email="a@school5.example"))
    made.is_valid()
    assert made.errors["password2"] == ["Пароли разные. Наберите второй раз так же, как первый."]
