"""Papers of a pair whose mentor is a guest: named with the home and the basis, as nobody of the staff."""

import datetime as dt
from typing import Any

import pytest

from portal.core import clock
from portal.documents.forms.base import Form
from portal.local_acts.models import Order
from portal.mentoring.exports import pairs as exports
from portal.mentoring.models import Pair
from portal.papers.kinds import KINDS
from portal.staff import services
from portal.staff.exports import named_person
from portal.staff.models import Person
from tests.documents.reading import is_whole, tables_of, text_of
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import NOW, who
from tests.workflows.test_guests import guest

pytestmark = pytest.mark.usefixtures("in_school5")
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
BASIS = "договор № 3 от 01.09.2026"


@pytest.fixture
def pair() -> Pair:
    """An active pair that a guest mentors."""
    made = scene.active(who)
    Pair.objects.filter(pk=made.pk).update(mentor=guest(email="", since=-90).person)
    return Pair.objects.get(pk=made.pk)


def text_and_rows(form: Form) -> tuple[str, list[list[list[str]]]]:
    content = form.docx()
    text = text_of(content)
    assert is_whole(text)
    return text, tables_of(content)


@pytest.mark.covers("T-08")
def test_the_order_names_the_home_and_the_basis(pair: Pair) -> None:
    assert pair.order
    text, (rows, *_) = text_and_rows(exports.order_form(pair.order, who("kira")))
    assert "наставником Орлова Глеба Сергеевича, учителя физики, Школа № 12" in text
    assert rows[1][1] == f"Орлов Глеб Сергеевич, учитель физики, Школа № 12, основание: {BASIS}"
    assert "на основании соглашения о наставничестве." in text
    assert "трудовому договору" not in text


@pytest.mark.covers("T-09")
def test_the_agreement_is_no_part_of_a_labour_contract(pair: Pair) -> None:
    text, _ = text_and_rows(exports.agreement_form(pair))
    for part in (
        "\nСОГЛАШЕНИЕ № 12\nо наставничестве",
        "на основании Устава, далее – Школа, и Орлов Глеб Сергеевич, учитель физики, Школа № 12, далее – "
        f"Наставник, приглашённый школой (основание: {BASIS}), заключили настоящее соглашение.",
        "1. Школа поручает, а Наставник с письменного согласия выполняет",
        "Условия выплаты: ежемесячно.",
        "5. Наставник вправе досрочно отказаться от наставничества, а Школа",
        "место основной работы или учёбы – Школа № 12.",
    ):
        assert part in f"\n{text}"
    for part in ("Работник", "Работодатель", "ДОПОЛНИТЕЛЬНОЕ", "351.8", "заработной платой"):
        assert part not in text
    assert KINDS["T-09"].name(pair) == "Соглашение о наставничестве, Орлов Г. С."


@pytest.mark.covers("T-10")
def test_the_order_of_pay_rests_upon_the_agreement_with_the_guest(pair: Pair) -> None:
    order = Order.objects.get(code="T-10", subject=pair.uuid)
    text, (rows, *_) = text_and_rows(exports.pay_form(order, who("kira")))
    named, *_, basis = rows[1]
    assert named == "Орлов Глеб Сергеевич, учитель физики, Школа № 12"
    assert basis == f"соглашение о наставничестве от {TODAY:%d.%m.%Y} № 12; {BASIS}"
    assert f"соглашения о наставничестве от {TODAY:%d.%m.%Y} № 12" in text
    assert "дополнительного" not in text


def post_on(person: Person, day: dt.date) -> str:
    return named_person(Person.objects.get(pk=person.pk), on=day).post


def test_a_paper_names_the_guest_or_the_employee_of_its_day() -> None:
    """Who is hired after the stay is a guest in papers of the stay; whoever has left is no guest again."""
    stay = guest(email="", since=-40, till=-10)
    person = stay.person
    assert post_on(person, TODAY) == "учитель физики, Школа № 12"
    work: dict[str, Any] = {"position": "teacher", "subjects": ["physics"], "ped_stage_years": 5, "rate": 1}
    services.take_on(person, by=who("anna"), hired_on=TODAY - 5 * DAY, **work)
    days = {-50: "учитель физики, Школа № 12", -20: "учитель физики, Школа № 12", 0: "учитель физики"}
    assert {ahead: post_on(person, TODAY + ahead * DAY) for ahead in days} == days
    services.dismiss_person(person, on=TODAY - DAY, reason="other", by=who("anna"))
    assert post_on(person, TODAY) == "учитель физики"
    stay = guest(email="", since=90, till=99, post="", kind="student")
    with clock.at(NOW + 95 * DAY):
        assert post_on(stay.person, TODAY + 95 * DAY) == "студент на практике, Школа № 12"
