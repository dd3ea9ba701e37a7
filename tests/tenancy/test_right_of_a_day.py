"""The account of somebody who is dismissed, hired again or not hired yet is open on the days of work only."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.services import NewPerson, accept_invitation
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Invalid
from portal.local_acts.services import appoint_curator
from portal.staff import services
from portal.staff.models import Person
from portal.staff.selectors.people import portal_word
from tenants import post
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.workflows.test_staff_offices import BASIS, NEW

Acting = Callable[..., Actor]
DAY = dt.timedelta(days=1)
BACK: dict[str, Any] = {"position": "teacher", "subjects": ["physics"], "ped_stage_years": 5}


def boris() -> Person:
    return Person.objects.get(uuid=BY_KEY["boris"].person)


def dismiss(school: School, by: Actor, on: dt.date) -> None:
    with in_school(school):
        services.dismiss_person(boris(), on=on, reason="other", by=by)
    post.deliver_everything()


def opened(client: Client, day: dt.date) -> bool:
    with clock.at(dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)):
        return client.get("/s/5/").status_code == 200


def days_open(client: Client, days: list[dt.date]) -> list[bool]:
    return [opened(client, day) for day in days]


@pytest.mark.parametrize("ahead", [0, 9])
def test_whoever_comes_back_comes_in_from_the_first_day_of_the_new_work(
    ahead: int, school5: School, actor: Acting, as_: Callable[[str], Client]
) -> None:
    today = clock.today()
    dismiss(school5, actor("anna"), today - DAY)
    assert not opened(as_("boris"), today)
    first = today + ahead * DAY
    with in_school(school5):
        services.take_on(boris(), by=actor("anna"), hired_on=first, **BACK)
    post.deliver_everything()
    assert opened(as_("boris"), first)
    if ahead:
        assert not opened(as_("boris"), first - DAY)
    dismiss(school5, actor("anna"), first + 20 * DAY)
    assert days_open(as_("boris"), [first + 20 * DAY, first + 21 * DAY]) == [True, False]
    with in_school(school5):
        services.take_dismissal_back(boris(), by=actor("anna"))
    post.deliver_everything()
    assert opened(as_("boris"), first + 21 * DAY)


@pytest.mark.parametrize("ahead", [-1, 0, 9])
def test_a_dismissal_that_is_taken_back_gives_the_way_in_back(
    ahead: int, school5: School, actor: Acting, as_: Callable[[str], Client]
) -> None:
    last = clock.today() + ahead * DAY
    dismiss(school5, actor("anna"), last)
    assert days_open(as_("boris"), [last, last + DAY]) == [True, False]
    with in_school(school5):
        services.take_dismissal_back(boris(), by=actor("anna"))
    post.deliver_everything()
    days = [clock.today(), max(last, clock.today()) + DAY, clock.today() + 300 * DAY]
    assert days_open(as_("boris"), days) == [True, True, True]


def test_an_invitation_opens_the_school_from_the_first_day_of_work(school5: School, actor: Acting) -> None:
    anna, first = actor("anna"), clock.today() + 9 * DAY
    with in_school(school5):
        new = services.enter_person(by=anna, position="teacher", **{**NEW, "hired_on": first})
        asked = services.invite_person(new, by=anna, email="zimina@school5.example")
        services.send_invitation(by=anna, invitation_uuid=str(asked.uuid))
    post.deliver_everything()
    token = mail.outbox[-1].body.split("/invitation/")[1].split("/")[0]
    client = Client()
    told = client.get(f"/invitation/{token}/", follow=True).content.decode()
    assert f"откроется {first:%d.%m.%Y}" in told
    client.force_login(accept_invitation(token, NewPerson("zimina@school5.example", "Зимина", "Алла")))
    post.deliver_everything()
    assert f"Место откроется {first:%d.%m.%Y}" in client.get("/").content.decode()
    assert days_open(client, [clock.today(), first - DAY, first]) == [False, False, True]


@pytest.mark.parametrize("ahead", [8, 9])
def test_an_office_is_given_for_days_of_work(ahead: int, school5: School, actor: Acting) -> None:
    today = clock.today()
    with in_school(school5):
        new = services.enter_person(
            by=actor("anna"), position="teacher", **{**NEW, "hired_on": today + 9 * DAY}
        )
        given: dict[str, Any] = {"basis": BASIS, "email": "zimina@school5.example", "by": actor("zhanna")}
        begins = today + ahead * DAY
        if ahead == 9:
            services.give_office_by_hand(new, "personnel_officer", valid_from=begins, **given)
            return
        with pytest.raises(Invalid) as caught:
            services.give_office_by_hand(new, "personnel_officer", valid_from=begins, **given)
        assert caught.value.field == "valid_from"


def test_the_order_about_a_curator_begins_with_work(school5: School, actor: Acting) -> None:
    first = clock.today() + 9 * DAY
    with in_school(school5):
        new = services.enter_person(
            by=actor("anna"),
            position="deputy",
            **{**NEW, "hired_on": first, "email": "zimina@school5.example"},
        )
        with pytest.raises(Invalid) as caught:
            appoint_curator(new, valid_from=first - DAY, by=actor("zhanna"))
        assert caught.value.field == "valid_from"
        appoint_curator(new, valid_from=first, by=actor("zhanna"))


@pytest.mark.parametrize("ago", [1, 7])
def test_an_invitation_that_a_dismissal_has_ended_is_not_waited_for(
    ago: int, school5: School, actor: Acting
) -> None:
    anna = actor("anna")
    with in_school(school5):
        new = services.enter_person(by=anna, position="teacher", **NEW)
        asked = services.invite_person(new, by=anna, email="zimina@school5.example")
        services.send_invitation(by=anna, invitation_uuid=str(asked.uuid))
        token = mail.outbox[-1].body.split("/invitation/")[1].split("/")[0]
        services.dismiss_person(new, on=clock.today() - ago * DAY, reason="other", by=anna)
        asked.refresh_from_db()
        assert asked.condition == "expired"
        services.take_dismissal_back(new, by=anna)
        asked.refresh_from_db()
        assert asked.condition == "sent", "it goes on as if nothing had been"
        assert portal_word(new)[1] == "ждём ответа"
    post.deliver_everything()
    client = Client()
    client.force_login(accept_invitation(token, NewPerson("zimina@school5.example", "Зимина", "Алла")))
    post.deliver_everything()
    assert opened(client, clock.today())
