"""Offices of the city by hand: period and basis, the letter bound to its address, who may, and what ends."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.actors import actor_in, memberships_of
from portal.accounts.models import Invitation, Membership, User
from portal.accounts.services import NewPerson, accept_invitation, begin_membership
from portal.audit.journal import request_id
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible, Stale
from portal.core.next_steps import steps_for
from portal.municipality import officials
from portal.municipality.background import invite_official_by_mail
from portal.municipality.models import OfficeInvitation
from portal.municipality.officials import Appointment
from portal.notify.notices import notices_of
from tenants import jobs
from tests.cast import BY_KEY

Acting = Callable[..., Actor]
SignIn = Callable[[str], Client]
NEW = Appointment(
    "Комарова Ирина Львовна",
    "komarova@city.example",
    "methodist",
    "приказ ЦДО № 7 от 01.11.2026",
    dt.date(2026, 11, 1),
)


@pytest.fixture(autouse=True)
def _today() -> object:
    with clock.at(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)):
        yield


@pytest.fixture(autouse=True)
def _letters_go_out(monkeypatch: pytest.MonkeyPatch, actor: Acting) -> None:
    """The worker runs each job at once."""

    def at_once(job: Any, letter: Any, school: Any, user: Any) -> None:
        token = request_id.set("")  # as in the worker: outside of any request
        try:
            job(by=actor("semyon"), **letter.arguments)
        finally:
            request_id.reset(token)

    monkeypatch.setattr(jobs, "enqueue", at_once)


@pytest.fixture
def semyon(actor: Acting) -> Actor:
    return actor("semyon")


def secret_of(letter: mail.EmailMessage) -> str:
    return str(letter.body).split("/invitation/")[1].split("/")[0]


def of(key: str, office: str) -> Membership:
    return Membership.objects.get(user=BY_KEY[key].uuid, office=office)


def test_an_office_is_given_by_a_letter_bound_to_its_address(semyon: Actor) -> None:
    officials.appoint(replace(NEW, email="Komarova@City.example", valid_to=dt.date(2027, 8, 31)), by=semyon)
    assert mail.outbox[-1].to == ["komarova@city.example"]
    secret = secret_of(mail.outbox[-1])
    with pytest.raises(Invalid) as refused:
        accept_invitation(
            secret, NewPerson("other@city.example", "Комарова", "Ирина", password="слон-окно-чай")
        )
    assert refused.value.field == "email"
    user = accept_invitation(
        secret, NewPerson("komarova@city.example", "Комарова", "Ирина", password="слон-окно-чай")
    )
    held = Membership.objects.get(user=user)
    assert (held.office, held.school, held.valid_from, held.valid_to, held.basis) == (
        "methodist",
        None,
        NEW.valid_from,
        dt.date(2027, 8, 31),
        NEW.basis,
    )
    assert actor_in(user, memberships_of(user), None).can("practice:lead")
    assert not OfficeInvitation.objects.exists(), "name and address leave with the letter"
    with pytest.raises(NotVisible):
        accept_invitation(secret, NewPerson("komarova@city.example", "Комарова", "Ирина"))


def test_whoever_serves_in_a_school_gets_the_office_beside_it(semyon: Actor) -> None:
    vera = User.objects.get(pk=BY_KEY["vera"].uuid)
    officials.appoint(replace(NEW, email=vera.email, office="council_secretary"), by=semyon)
    accept_invitation(secret_of(mail.outbox[-1]), NewPerson(vera.email, "", ""), known=vera)
    assert {m.office for m in memberships_of(vera)} == {"teacher", "council_secretary"}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("office", "platform_admin"),
        ("office", "principal"),
        ("full_name", "Комарова"),
        ("basis", " № 7 "),
        ("valid_to", dt.date(2026, 10, 1)),
        ("valid_to", dt.date(2026, 11, 19)),
        ("email", BY_KEY["darya"].email),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(field: str, wrong: object, semyon: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        officials.appoint(replace(NEW, **{field: wrong}), by=semyon)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert officials.appoint(NEW, by=semyon).office == "methodist"
    with pytest.raises(Invalid) as twice:
        officials.appoint(NEW, by=semyon)
    assert twice.value.field == "email"


@pytest.mark.parametrize("who", ["darya", "elena", "zhanna", "nina", "zoya"])
def test_only_the_specialist_gives_and_ends(who: str, actor: Acting, semyon: Actor) -> None:
    by, invited = actor(who), officials.appoint(NEW, by=semyon)
    for refused in (
        lambda: officials.appoint(replace(NEW, email="x@city.example"), by=by),
        lambda: officials.invite_again(invited, by=by),
        lambda: officials.withdraw(invited, by=by),
        lambda: officials.set_last_day(of("darya", "methodist"), clock.today(), basis="приказ № 9", by=by),
    ):
        with pytest.raises(Forbidden):
            refused()


def test_a_newer_letter_ends_the_earlier_and_a_withdrawn_one_is_forgotten(semyon: Actor) -> None:
    invited = officials.appoint(NEW, by=semyon)
    officials.invite_again(invited, by=semyon)
    first, second = (secret_of(letter) for letter in mail.outbox[-2:])
    with pytest.raises(NotVisible):
        accept_invitation(first, NewPerson(NEW.email, "Комарова", "Ирина"))
    officials.withdraw(OfficeInvitation.objects.get(), by=semyon)
    with pytest.raises(NotVisible):
        accept_invitation(second, NewPerson(NEW.email, "Комарова", "Ирина"))
    assert not OfficeInvitation.objects.exists()
    invite_official_by_mail(by=semyon, invited_uuid=str(invited.uuid))
    assert len(mail.outbox) == 2, "a job that comes late writes to nobody"


def test_a_letter_expires_and_the_specialist_is_told(semyon: Actor) -> None:
    officials.appoint(NEW, by=semyon)
    assert "official_not_joined" not in {step.situation for step in steps_for(semyon)}
    late = Invitation.objects.latest("pk").expires_at + dt.timedelta(minutes=1)
    with clock.at(late):
        with pytest.raises(NotVisible):
            accept_invitation(secret_of(mail.outbox[-1]), NewPerson(NEW.email, "Комарова", "Ирина"))
        assert "official_not_joined" in {step.situation for step in steps_for(semyon)}


def test_an_office_ends_with_its_last_day_and_the_person_is_told(semyon: Actor) -> None:
    held = of("darya", "methodist")
    officials.set_last_day(held, clock.today(), basis="приказ ЦДО № 9", by=semyon)
    darya = User.objects.get(pk=BY_KEY["darya"].uuid)
    assert actor_in(darya, memberships_of(darya), None).can("practice:lead")
    assert "приказ ЦДО № 9" in notices_of(darya.pk).first().text
    with clock.at(clock.now() + dt.timedelta(days=1)):
        assert not memberships_of(darya)
    with pytest.raises(Stale):
        officials.set_last_day(held, None, basis="приказ ЦДО № 10", by=semyon, version=held.version)
    longer = officials.set_last_day(held, None, basis="приказ ЦДО № 10", by=semyon)
    assert longer.valid_to is None


def test_the_last_day_is_possible_and_never_ones_own(semyon: Actor) -> None:
    held = of("darya", "methodist")
    with pytest.raises(Invalid) as early:
        officials.set_last_day(held, held.valid_from - dt.timedelta(days=1), basis="приказ № 9", by=semyon)
    assert early.value.field == "valid_to"
    with pytest.raises(Conflict):
        officials.set_last_day(
            of("semyon", "department_specialist"), clock.today(), basis="приказ № 9", by=semyon
        )
    with pytest.raises(Forbidden):
        officials.set_last_day(of("zhanna", "principal"), clock.today(), basis="приказ № 9", by=semyon)


def test_an_office_that_ends_soon_is_a_step_of_the_specialist(semyon: Actor) -> None:
    officials.set_last_day(
        of("darya", "methodist"), clock.today() + dt.timedelta(days=10), basis="приказ № 9", by=semyon
    )
    assert "office_ends" in {step.situation for step in steps_for(semyon)}


def test_by_the_pages(as_: SignIn) -> None:
    client = as_("semyon")
    typed = {
        "full_name": NEW.full_name,
        "email": NEW.email,
        "office": NEW.office,
        "basis": NEW.basis,
        "valid_from": "01.11.2026",
        "valid_to": "31.02.2027",
    }
    answer = client.post("/people/new/", typed)
    assert answer.status_code == 422
    assert NEW.full_name in answer.content.decode()
    assert client.post("/people/new/", {**typed, "valid_to": ""}).status_code == 302
    page = client.get("/people/").content.decode()
    assert "Комарова Ирина Львовна" in page
    assert "Литвинова Дарья Олеговна" in page
    held = of("darya", "methodist")
    stale = client.post(
        f"/people/{held.uuid}/",
        {"valid_to": "20.11.2026", "reason": "приказ № 9", "version": held.version + 1},
    )
    assert stale.status_code == 409
    assert "приказ № 9" in stale.content.decode()
    assert (
        client.post(
            f"/people/{held.uuid}/",
            {"valid_to": "19.11.2026", "reason": "приказ № 9", "version": held.version},
        ).status_code
        == 302
    )
    assert as_("darya").get("/practices/").status_code == 403
    assert "Литвинова" not in client.get("/people/").content.decode()
    assert "Литвинова" in client.get("/people/", {"when": "past"}).content.decode()


def test_a_school_has_no_door_here(as_: SignIn, semyon: Actor) -> None:
    invited = officials.appoint(NEW, by=semyon)
    client = as_("semyon")
    assert client.get(f"/people/{of('zhanna', 'principal').uuid}/").status_code == 404
    assert as_("darya").get(f"/people/{of('elena', 'council_secretary').uuid}/").status_code == 404
    assert as_("darya").post(f"/people/invited/{invited.uuid}/withdraw/").status_code == 404
    assert client.get(f"/people/{of('semyon', 'department_specialist').uuid}/").status_code == 200


def test_the_head_reads_who_serves_and_changes_nothing(as_: SignIn) -> None:
    elena = User.objects.get(pk=BY_KEY["elena"].uuid)
    begin_membership(elena, None, "department_head", basis="распоряжение № 1", by=Actor.system())
    client = as_("elena")
    page = client.get("/people/").content.decode()
    assert "Литвинова Дарья Олеговна" in page
    assert "Дать должность" not in page
    assert client.get("/people/new/").status_code == 403
    assert client.get(f"/people/{of('darya', 'methodist').uuid}/").status_code == 403


def test_the_list_asks_the_same_for_three_people_and_for_thirty(as_: SignIn) -> None:
    client, counts = as_("semyon"), []
    for number in range(33):
        if number in (3, 32):
            with CaptureQueriesContext(connection) as asked:
                assert client.get("/people/", {"when": "all"}).status_code == 200
            counts.append(len(asked))
        user = User.objects.create_user(f"n{number}@city.example", last_name="Иванова", first_name="Вера")
        begin_membership(user, None, "methodist", basis="приказ № 1", by=Actor.system())
        OfficeInvitation.objects.create(
            full_name="Иванова Вера", email=f"w{number}@city.example", office="methodist", basis="приказ № 2"
        )
        client.get("/people/") if number == 0 else None
    assert counts[0] == counts[1]
