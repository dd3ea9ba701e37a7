"""Pages about guests: inviting by hand, mending, choosing one for a pair."""

from typing import Any

from portal.core import clock
from portal.staff.models import GuestStay, Person
from tenants.models import School
from tests.cast import BY_KEY
from tests.pages.test_staff_pages import As, sent
from tests.tenancy.rows import in_days

NAME = {"last_name": "Гостев", "first_name": "Илья", "middle_name": "Петрович"}


def fields(**more: Any) -> dict[str, Any]:
    days = {"started_on": f"{clock.today():%d.%m.%Y}", "ended_on": f"{in_days(40):%d.%m.%Y}"}
    basis = "договор о практике № 14 от 01.09.2026"
    student = {"kind": "student", "home": "Педагогический колледж", "post": "студент", "basis": basis}
    return {**student, **days, "email": "gostev@college.example", **more}


def words(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ")


def test_a_guest_is_invited_mended_and_chosen(school5: School, as_: As, inside: Any) -> None:
    anna = as_("anna")
    assert "Гостей сейчас нет" in words(anna.get("/s/5/people/guests/"))
    assert sent(anna, "/s/5/people/guests/new/", **fields(ended_on=""), **NAME).status_code == 422
    assert sent(anna, "/s/5/people/guests/new/", **fields(), **NAME).status_code == 302
    with inside(school5):
        stay = GuestStay.objects.select_related("person").get()
        found = stay.person
    listed = words(anna.get("/s/5/people/guests/"))
    assert "Гостев Илья Петрович" in listed
    assert "Педагогический колледж" in listed
    assert "Гостев" not in words(anna.get("/s/5/people/"))
    url = f"/s/5/people/{found.uuid}/"
    shown = words(anna.get(url))
    assert "студент (гость, Педагогический колледж)" in shown
    assert "не работает в школе" not in shown
    assert "Дата приёма" not in words(anna.get(f"{url}edit/"))
    mended = {**NAME, "last_name": "Гостевой", "name_change": "mistake", "version": found.version}
    assert sent(anna, f"{url}edit/", **mended).status_code == 302
    with inside(school5):
        assert Person.objects.get(pk=found.pk).last_name == "Гостевой"
    offered = words(anna.get("/s/5/needs/new/"))
    assert "Гостевой Илья Петрович, студент (гость, Педагогический колледж)" in offered


def test_the_days_are_prolonged_and_taken_back(school5: School, as_: As, inside: Any) -> None:
    anna = as_("anna")
    sent(anna, "/s/5/people/guests/new/", **fields(), **NAME)
    with inside(school5):
        stay = GuestStay.objects.get()
    url = f"/s/5/stays/{stay.uuid}/"
    later = fields(ended_on=f"{in_days(90):%d.%m.%Y}", version=stay.version)
    assert sent(anna, url, **later).status_code == 302
    with inside(school5):
        stay.refresh_from_db()
        assert stay.ended_on == in_days(90)
        person = f"/s/5/people/{stay.person.uuid}/"
    assert sent(anna, f"{url}remove/", version=stay.version).status_code == 302
    assert "дни гостя закончились" in words(anna.get(person))
    assert sent(anna, f"{person}stay/", **fields()).status_code == 302


def test_who_sees_guests(school5: School, as_: As) -> None:
    for key, status in (("zhanna", 200), ("irina", 200), ("boris", 403), ("vera", 403)):
        assert as_(key).get("/s/5/people/guests/").status_code == status
    assert as_("zhanna").get("/s/5/people/guests/new/").status_code == 403


def test_a_guest_is_hired_on_the_own_card(school5: School, as_: As, inside: Any) -> None:
    """Whoever is entered as somebody new is led to it."""
    anna, born = as_("anna"), "12.03.1990"
    over = {"started_on": f"{in_days(-40):%d.%m.%Y}", "ended_on": f"{in_days(-10):%d.%m.%Y}"}
    sent(anna, "/s/5/people/guests/new/", **fields(**over, birth_date=born), **NAME)
    with inside(school5):
        card = f"/s/5/people/{Person.objects.get(last_name='Гостев').uuid}/"
    work = {"hired_on": f"{in_days(0):%d.%m.%Y}", "ped_stage_years": "3", "position": "teacher", "rate": "1"}
    more = {"birth_date": born, "education_level": "higher", "category": "none", **work, **NAME}
    refused = sent(anna, "/s/5/people/new/", **more)
    assert refused.status_code == 422
    assert f'href="{card}"' in words(refused)
    again = sent(anna, "/s/5/people/guests/new/", **fields(birth_date=born), **NAME)
    assert f'href="{card}"' in words(again)
    shown = words(anna.get(card))
    assert "Принять на работу" in shown
    assert "Увольнения не было" not in shown
    assert "Принять на работу: Гостев И. П." in words(anna.get(f"{card}return/"))
    assert sent(anna, f"{card}return/", **work).status_code == 302
    shown = words(anna.get(card))
    assert "учитель" in shown
    assert "Принять на работу" not in shown
    with inside(school5):
        assert Person.objects.filter(last_name="Гостев").count() == 1


def test_who_was_here_before_is_invited_on_the_own_card(school5: School, as_: As, inside: Any) -> None:
    """A guest of before stands on the page of guests; whoever has worked here has the way on the card."""
    anna = as_("anna")
    over = {"started_on": f"{in_days(-40):%d.%m.%Y}", "ended_on": f"{in_days(-10):%d.%m.%Y}"}
    sent(anna, "/s/5/people/guests/new/", **fields(**over), **NAME)
    with inside(school5):
        guest = Person.objects.get(last_name="Гостев")
        works = Person.objects.get(user=BY_KEY["vera"].uuid)
    listed = words(anna.get("/s/5/people/guests/"))
    assert "Гостей сейчас нет" in listed
    assert f'href="/s/5/people/{guest.uuid}/"' in listed
    card = f"/s/5/people/{works.uuid}/"
    assert "Записать гостем школы" not in words(anna.get(card))
    with inside(school5):
        works.employments.update(ended_on=in_days(-1))
    assert f'href="{card}stay/"' in words(anna.get(card))
    assert sent(anna, f"{card}stay/", **fields()).status_code == 302
    assert "Записать гостем школы" not in words(anna.get(card))
