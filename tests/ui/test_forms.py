"""The recipe of forms: sentences, refusals at their field, keys kept over redisplays."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.test import RequestFactory

from portal.core.errors import Conflict, Invalid, Stale
from portal.mentoring.models import Pair
from portal.ui.dates import read_date
from portal.ui.fields import CardsField, DateField
from portal.ui.forms import PageForm
from portal.ui.shortcuts import done, page, refusal
from portal.ui.step_form import StepForm, with_columns_of


class MeetingForm(PageForm):
    topic = forms.CharField(label="Тема", max_length=10)
    day = DateField(label="День", required=False)
    hours = forms.DecimalField(label="Часы", required=False)


@pytest.mark.parametrize(
    "text",
    [
        "20.11.2026",
        "20/11/2026",
        "2026-11-20",
        " 20.11.2026 ",
        "20 ноября 2026",
        "20  Ноября 2026 г.",
        "20 ноября 2026 года",
    ],
)
def test_dates_as_people_write_them(text: str) -> None:
    assert read_date(text) == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("30.02.2024", "Такого дня нет: в феврале 2024 года 29 дней."),
        ("31.11.2026", "Такого дня нет: в ноябре 2026 года 30 дней."),
        ("31 ноября", "Такого дня нет: в ноябре 30 дней."),
        ("31 ноября 2026 г.", "Такого дня нет: в ноябре 2026 года 30 дней."),
        ("30.02", "Такого дня нет: в феврале 29 дней."),
        ("29 февраля", "Допишите год."),
        ("30 ноября", "Допишите год."),
        ("5.13", "Напишите дату так: 20.11.2026."),
        ("3 ноябрятся 2026", "Напишите дату так: 20.11.2026."),
        ("20.13.2026", "Месяца с номером 13 нет"),
        ("завтра", "Напишите дату так: 20.11.2026."),
        ("20.11.0026", "Проверьте год: 26"),
    ],
)
def test_wrong_dates_say_how_to_mend(text: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_date(text)
    assert said in refused.value.message


def test_own_words_of_fields() -> None:
    form = MeetingForm({"topic": "Очень длинная тема", "hours": "много"})
    assert "сократите до 10 знаков, сейчас 18" in form.errors["topic"][0]
    assert form.errors["hours"] == ["Здесь нужно число, цифрами, например 1,5."]
    assert form.sum_of_errors.startswith("Не сохранено: поправьте 2 поля")


def test_a_field_added_later_speaks_as_kindly() -> None:
    form = MeetingForm({"topic": "Урок"})
    form.fields["mark"] = forms.ChoiceField(label="Балл", choices=[("1", "1")])
    form.fields["marks"] = forms.MultipleChoiceField(label="Баллы", choices=[("1", "1")])
    assert form.errors["mark"] == ["Выберите один из вариантов."]
    assert form.errors["marks"] == ["Отметьте хотя бы один вариант."]


def test_decimal_comma_is_read() -> None:
    form = MeetingForm({"topic": "Тема", "hours": "1,5"})
    assert form.is_valid()
    assert form.cleaned_data["hours"] == Decimal("1.5")


@pytest.mark.parametrize(
    "error", [Invalid("taken", "Номер уже занят.", "topic"), Conflict("taken", "Номер уже занят.", "topic")]
)
def test_refusal_of_the_domain_comes_to_its_field(error: Exception) -> None:
    form = MeetingForm({"topic": "Тема"})
    assert form.is_valid()
    with form.catching():
        raise error
    assert form.refused
    assert form.errors["topic"] == ["Номер уже занят."]


def test_refusal_without_a_field_here_stands_above_the_form() -> None:
    form = MeetingForm({"topic": "Тема"})
    assert form.is_valid()
    with form.catching():
        raise Invalid("x", "Так нельзя.", "elsewhere")
    assert form.non_field_errors() == ["Так нельзя."]


def test_conflict_of_states_goes_on() -> None:
    form = MeetingForm({"topic": "Тема"})
    with pytest.raises(Conflict), form.catching():
        raise Conflict("wrong_state", "Уже поздно.")


def test_repeat_key_and_version_are_kept() -> None:
    fresh, again = MeetingForm(version=4), MeetingForm({"repeat_key": "k", "version": "3"}, version=4)
    assert fresh.repeat_key == fresh.repeat_key
    assert fresh.version == 4
    assert (again.repeat_key, again.version) == ("k", 3)


def test_page_of_a_bad_form_is_422(request_of_anna: HttpRequest) -> None:
    good, bad = MeetingForm({"topic": "Тема"}), MeetingForm({"topic": ""})
    assert page(request_of_anna, "ui/prefs.html", form=good).status_code == 200
    answer = page(request_of_anna, "ui/prefs.html", form=bad)
    assert answer.status_code == 422
    assert "Здесь нужно что-то написать." in answer.content.decode()


def test_done_goes_on_with_and_without_htmx(rf: RequestFactory) -> None:
    assert done(rf.post("/"), "/next/").headers["Location"] == "/next/"
    answer = done(rf.post("/", headers={"HX-Request": "true"}), "/next/")
    assert answer.headers["HX-Redirect"] == "/next/"
    assert answer.status_code == 204


class Stored:
    version, topic, secret = 7, "Чужой текст", "не для показа"


def test_stale_form_shows_both_texts_and_nothing_else(rf: RequestFactory) -> None:
    request = rf.post("/edit/", {"topic": "Мой текст", "secret": "x", "version": "6", "repeat_key": "k"})
    request.user = AnonymousUser()
    form = MeetingForm(request.POST, initial={"topic": Stored.topic})
    with pytest.raises(Stale) as caught, form.catching():
        raise Stale(Stored())
    html = (answer := refusal(request, caught.value)).content.decode().replace("\xa0", " ")
    assert answer.status_code == 409
    assert "Мой текст" in html
    assert "Чужой текст" in html
    assert 'name="version" value="7"' in html
    assert "не для показа" not in html


class ChosenForm(PageForm):
    counted = CardsField(
        label="Что считать", choices=[("staff", "Сотрудников"), ("pairs", "Пары"), ("young", "Молодых")]
    )
    day = DateField(label="День")


class StoredChoice:
    version, counted, day = 3, ["staff"], dt.date(2026, 11, 20)


def test_stale_choices_are_shown_in_words_and_chosen_again_in_the_field_itself(rf: RequestFactory) -> None:
    request = rf.post("/edit/", {"counted": ["staff", "pairs"], "day": "20.11.2026", "version": "2"})
    request.user = AnonymousUser()
    form = ChosenForm(request.POST, initial={"counted": StoredChoice.counted, "day": StoredChoice.day})
    assert form.is_valid()
    with pytest.raises(Stale) as caught, form.catching():
        raise Stale(StoredChoice())
    html = refusal(request, caught.value).content.decode()
    assert "<ul><li>Сотрудников</li><li>Пары</li></ul>" in html
    assert '<p class="pre">Сотрудников</p>' in html
    assert html.count('type="checkbox" name="counted"') == 3
    assert html.count("checked") == 2
    assert '<input type="hidden" name="day" value="20.11.2026">' in html  # the same day is no difference


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Columns that may be empty in the table, of which one may be left out of the step."""

    ends_on: dt.date
    goal: str
    subject_as_expert: bool
    waiver: str = ""


@with_columns_of(Pair)
class StepOfColumns(StepForm[Asked]):
    """Declares none of its fields."""


def test_a_form_made_of_columns_wants_what_the_step_wants() -> None:
    assert StepOfColumns({}).errors.keys() == {"ends_on", "goal"}
    form = StepOfColumns({"ends_on": "20 ноября 2026", "goal": "Темп урока"})
    assert form.is_valid()
    assert form.asked() == Asked(
        ends_on=dt.date(2026, 11, 20), goal="Темп урока", subject_as_expert=False, waiver=""
    )
