"""Offices by hand: given, told to the city, confirmed by its answer, ended; and what a leaver loses."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import set_urlconf

from portal.accounts.models import Invitation, Membership
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, Stale
from portal.staff import services
from portal.staff.models import Person, PersonOffice
from portal.staff.selectors import next_steps
from portal.staff.selectors.next_steps import LETTER_PATIENCE
from portal.staff.selectors.offices import conditions
from tenants import post
from tenants.context import in_city
from tenants.models import School
from tests.cast import BY_KEY

Inside = Callable[[School], Any]
Acting = Callable[..., Actor]
BASIS = "приказ № 12-к от 01.09.2026"
NEW: dict[str, Any] = {
    "last_name": "Зимина",
    "first_name": "Алла",
    "middle_name": "Юрьевна",
    "birth_date": dt.date(1980, 5, 1),
    "hired_on": dt.date(2010, 9, 1),
    "ped_stage_years": 15,
    "education_level": "higher",
    "rate": 1,
    "email": "",
}


@pytest.fixture
def here(school5: School, inside: Inside) -> Any:
    with inside(school5):
        yield school5


def deliver() -> None:
    with in_city():
        post.deliver_everything()


def boris() -> Person:
    return Person.objects.get(user=BY_KEY["boris"].uuid)


def word(held: PersonOffice) -> str:
    held = PersonOffice.objects.select_related("person").get(pk=held.pk)
    return conditions([held])[held.pk].word


def offices_in_the_city(key: str) -> set[str]:
    with in_city():
        today = Membership.objects.filter(Membership.valid_on(clock.today()), user=BY_KEY[key].uuid)
        return set(today.values_list("office", flat=True))


def test_an_office_is_sent_and_then_valid(here: School, actor: Acting) -> None:
    held = services.give_office_by_hand(
        boris(), "psychologist", basis=BASIS, valid_from=clock.today(), by=actor("zhanna")
    )
    assert word(held) == "отправляется"
    assert "psychologist" not in offices_in_the_city("boris")
    deliver()
    assert word(held) == "действует"
    assert "psychologist" in offices_in_the_city("boris")


def test_whoever_leaves_has_no_right_after_the_last_day(here: School, actor: Acting) -> None:
    """An office given after the dismissal was written down, and a letter sent after it."""
    zhanna, today = actor("zhanna"), clock.today()
    last = today + dt.timedelta(days=14)

    def given(until: dt.date | None) -> PersonOffice:
        return services.give_office_by_hand(
            boris(), "psychologist", by=zhanna, basis=BASIS, valid_from=today, valid_to=until
        )

    services.dismiss_person(boris(), on=last, reason="other", by=actor("anna"))
    for until in (None, last + dt.timedelta(days=1)):
        with pytest.raises(Invalid) as refusal:
            given(until)
        assert (refusal.value.code, refusal.value.field) == ("beyond_work", "valid_to")
        assert f"{last:%d.%m.%Y}" in refusal.value.sentence
    assert given(last).valid_to == last
    lev = Person.objects.get(user=BY_KEY["lev"].uuid)
    Person.objects.filter(pk=lev.pk).update(user=None)
    services.dismiss_person(lev, on=last, reason="other", by=actor("anna"))
    lev = Person.objects.get(pk=lev.pk)
    invited = services.invite_person(lev, by=actor("anna"), email="lev.other@school5.example")
    assert invited.valid_to == last


def test_it_ends_with_its_day_and_the_city_follows(here: School, actor: Acting) -> None:
    zhanna, today = actor("zhanna"), clock.today()
    held = services.give_office_by_hand(
        boris(), "psychologist", basis=BASIS, valid_from=today - dt.timedelta(days=30), by=zhanna
    )
    deliver()
    with pytest.raises(Invalid) as refusal:
        services.end_office(held, on=today, basis="", by=zhanna)
    assert refusal.value.field == "basis"
    with pytest.raises(Invalid) as refusal:
        services.end_office(held, on=today - dt.timedelta(days=40), basis=BASIS, by=zhanna)
    assert refusal.value.field == "on"
    with pytest.raises(Stale):
        services.end_office(held, on=today, basis=BASIS, version=99, by=zhanna)
    services.end_office(held, on=today - dt.timedelta(days=1), basis="приказ № 14-к от 20.11.2026", by=zhanna)
    assert "psychologist" not in offices_in_the_city("boris"), "at once, before any letter"
    deliver()
    assert "psychologist" not in offices_in_the_city("boris")
    assert word(held) == "закончилась"
    with pytest.raises(Invalid) as refusal:
        services.end_office(held, on=today, basis=BASIS, by=zhanna)
    assert refusal.value.field == "on"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"office": "curator"}, "office"),
        ({"office": "principal"}, "office"),
        ({"basis": "да"}, "basis"),
        ({"valid_to": dt.date(2020, 1, 1)}, "valid_to"),
    ],
)
def test_what_is_refused_is_said_at_its_field(
    here: School, actor: Acting, change: dict[str, Any], field: str
) -> None:
    given = {"office": "psychologist", "basis": BASIS, "valid_from": clock.today(), **change}
    with pytest.raises(Invalid) as refusal:
        services.give_office_by_hand(boris(), by=actor("zhanna"), **given)
    assert refusal.value.field == field
    assert not PersonOffice.objects.filter(person=boris()).exclude(office="teacher").exists()


def test_nobody_but_the_principal_gives_and_nobody_ends_the_principal(here: School, actor: Acting) -> None:
    for key in ("anna", "kira", "irina", "boris"):
        with pytest.raises(Forbidden):
            services.give_office_by_hand(
                boris(), "psychologist", basis=BASIS, valid_from=clock.today(), by=actor(key)
            )
    own = PersonOffice.objects.create(
        person=Person.objects.get(user=BY_KEY["zhanna"].uuid), office="principal", basis="город"
    )
    with pytest.raises(Forbidden):
        services.end_office(own, on=clock.today(), basis=BASIS, by=actor("zhanna"))


def test_the_same_office_twice_at_once_is_refused(here: School, actor: Acting) -> None:
    zhanna, today = actor("zhanna"), clock.today()
    services.give_office_by_hand(
        boris(),
        "psychologist",
        basis=BASIS,
        valid_from=today,
        valid_to=today + dt.timedelta(days=9),
        by=zhanna,
    )
    with pytest.raises(Conflict):
        services.give_office_by_hand(
            boris(), "psychologist", basis=BASIS, valid_from=today + dt.timedelta(days=9), by=zhanna
        )
    services.give_office_by_hand(
        boris(), "psychologist", basis=BASIS, valid_from=today + dt.timedelta(days=10), by=zhanna
    )


def test_who_has_not_joined_is_invited_and_waited_for(here: School, actor: Acting) -> None:
    zhanna = actor("zhanna")
    person = services.enter_person(by=actor("anna"), position="psychologist", **NEW)
    with pytest.raises(Invalid) as refusal:
        services.give_office_by_hand(person, "psychologist", basis=BASIS, valid_from=clock.today(), by=zhanna)
    assert refusal.value.field == "email"
    held = services.give_office_by_hand(
        person,
        "psychologist",
        basis=BASIS,
        valid_from=clock.today(),
        email="zimina@school5.example",
        by=zhanna,
    )
    assert word(held) == "ждём входа в портал"
    set_urlconf("config.urls_school")
    assert "office_waits" in {step.situation for step in next_steps(zhanna)}
    with clock.at(clock.now() + LETTER_PATIENCE):
        (late,) = [step for step in next_steps(zhanna) if step.situation == "office_absent"]
    assert late.mine
    assert late.url.endswith(f"/people/{person.uuid}/")
    set_urlconf(None)
    asked = person.invitations.get()
    services.send_invitation(by=zhanna, invitation_uuid=str(asked.uuid))
    deliver()
    services.end_office(held, on=clock.today(), basis=BASIS, by=zhanna)
    deliver()
    with in_city():
        assert Invitation.objects.get(person=person.uuid).valid_to == clock.today()


def test_an_office_that_ends_soon_is_the_principals_move(here: School, actor: Acting) -> None:
    zhanna, today = actor("zhanna"), clock.today()
    services.give_office_by_hand(
        boris(),
        "psychologist",
        basis=BASIS,
        valid_from=today,
        valid_to=today + dt.timedelta(days=9),
        by=zhanna,
    )
    set_urlconf("config.urls_school")
    assert "office_ending" in {step.situation for step in next_steps(zhanna)}
    assert "office_ending" not in {step.situation for step in next_steps(actor("anna"))}
    services.give_office_by_hand(
        boris(), "psychologist", basis=BASIS, valid_from=today + dt.timedelta(days=10), by=zhanna
    )
    assert "office_ending" not in {step.situation for step in next_steps(zhanna)}
    set_urlconf(None)


def test_a_leaver_keeps_no_office_and_no_unanswered_invitation(here: School, actor: Acting) -> None:
    zhanna, anna, today = actor("zhanna"), actor("anna"), clock.today()
    services.give_office_by_hand(
        boris(),
        "psychologist",
        basis=BASIS,
        valid_from=today,
        valid_to=today + dt.timedelta(days=90),
        by=zhanna,
    )
    asked = services.invite_person(
        services.enter_person(by=anna, position="teacher", **NEW), by=anna, email="zimina@school5.example"
    )
    services.send_invitation(by=anna, invitation_uuid=str(asked.uuid))
    deliver()
    services.dismiss_person(boris(), on=today, reason="other", by=anna)
    services.dismiss_person(asked.person, on=today, reason="other", by=anna)
    deliver()
    with in_city():
        assert Membership.objects.get(user=BY_KEY["boris"].uuid, office="psychologist").valid_to == today
        assert Invitation.objects.get(person=asked.person.uuid).valid_to == today
