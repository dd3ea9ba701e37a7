"""People by hand, the invitation, joining, consents (SM-1)."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.letters import JOINED, JoinedLetter
from portal.accounts.models import Invitation, Membership
from portal.accounts.services import NewPerson, accept_invitation
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, Stale
from portal.exchange import Letter
from portal.files.storing import store
from portal.school_records.models import JournalLine, Outbox
from portal.staff import receivers, services
from portal.staff.models import Person, PersonOffice
from portal.staff.selectors import by_access, by_consent, has_consent
from portal.staff.services.hiring import make_person
from portal.staff.workflow import CONSENT
from portal.staff.workflow.consents import SignedPaper
from tenants import post
from tenants.models import School

Inside = Callable[[School], Any]
Acting = Callable[..., Actor]
PERSON: dict[str, Any] = {
    "last_name": "Зимина",
    "first_name": "Алла",
    "middle_name": "Юрьевна",
    "birth_date": dt.date(1980, 5, 1),
    "hired_on": dt.date(2010, 9, 1),
    "ped_stage_years": 15,
    "education_level": "higher",
    "rate": 1,
    "email": "zimina@school5.example",
}
PDF = b"%PDF-1.4 signed"


@pytest.fixture
def here(school5: School, inside: Inside) -> Any:
    with inside(school5):
        yield school5


def test_the_principal_enters_a_deputy_only_before_the_curator(here: School, actor: Acting) -> None:
    zhanna = actor("zhanna")
    with pytest.raises(Forbidden):
        services.enter_person(by=zhanna, position="teacher", **PERSON)
    PersonOffice.objects.filter(office="curator").delete()
    deputy = services.enter_deputy(by=zhanna, **PERSON)
    assert deputy.is_deputy
    PersonOffice.objects.create(person=deputy, office="curator", basis="приказ № 1")
    with pytest.raises(Conflict):
        services.enter_deputy(by=zhanna, **{**PERSON, "last_name": "Другова"})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"birth_date": dt.date(2020, 1, 1)}, "birth_date"),
        ({"rate": 3}, "rate"),
        ({"email": "x"}, "email"),
        ({"ped_stage_years": 61}, "ped_stage_years"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    here: School, actor: Acting, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        services.enter_person(by=actor("anna"), position="teacher", **{**PERSON, **change})
    assert refusal.value.field == field


def test_nobody_is_entered_twice_and_edits_know_their_version(here: School, actor: Acting) -> None:
    anna = actor("anna")
    made = services.enter_person(by=anna, position="teacher", subjects=["physics"], **PERSON)
    with pytest.raises(Conflict):
        services.enter_person(by=anna, position="teacher", **PERSON)
    edited = services.edit_person(made, by=anna, version=1, category="highest")
    assert (edited.category, edited.version) == ("highest", 2)
    with pytest.raises(Stale):
        services.edit_person(made, by=anna, version=1, category="first")
    lines = JournalLine.objects.filter(object_uuid=made.uuid).order_by("id")
    assert list(lines.values_list("verb", flat=True)) == ["entered", "edited"]
    assert "highest" not in str(lines.last().changes)  # type: ignore[union-attr]


def test_the_invitation_goes_by_mail_and_opens_once(here: School, inside: Inside, actor: Acting) -> None:
    anna = actor("anna")
    person = services.enter_person(by=anna, position="teacher", **PERSON)
    invitation = services.invite_person(person, by=anna)
    assert mail.outbox == []
    services.send_invitation(by=anna, invitation_uuid=str(invitation.uuid))
    services.send_invitation(by=anna, invitation_uuid=str(invitation.uuid))
    assert len(mail.outbox) == 1
    token = re.search(r"/invitation/([^/]+)/", str(mail.outbox[0].body))
    assert token is not None
    assert mail.outbox[0].to == ["zimina@school5.example"]
    assert token[1] not in str(list(Outbox.objects.values_list("payload", flat=True)))
    with pytest.raises(Conflict):
        services.invite_person(person, by=anna)
    uuid = person.uuid
    from tenants.context import in_city

    with in_city():
        post.deliver_everything()
        assert Invitation.objects.filter(person=uuid, used_at=None).count() == 1
        user = accept_invitation(
            token[1], NewPerson("zimina@school5.example", "Зимина", "Алла", "Юрьевна", "ясный день 2026")
        )
        assert Membership.objects.get(user=user).office == "teacher"
        post.deliver_everything()
    person.refresh_from_db()
    assert person.user == user.uuid
    assert person.invitations.get().condition == "accepted"
    assert JournalLine.objects.filter(object_uuid=person.uuid, verb="joined").count() == 1
    with pytest.raises(Conflict):
        services.invite_person(person, by=anna)


def test_a_principal_who_joins_becomes_an_person(here: School) -> None:
    Person.objects.holding("principal").delete()
    said = JoinedLetter(
        person=None,
        user=here.uuid,
        office="principal",
        last_name="Новая",
        first_name="Рита",
        middle_name="",
        email="n@example.org",
    )
    letter = Letter(here.uuid, JOINED, here.uuid, here.uuid, said, None, clock.now())
    receivers.person_joined(letter)
    receivers.person_joined(letter)
    assert Person.objects.get(user=here.uuid).position_title == "директор"


@pytest.mark.covers("SM-1.give (personal_consent)", "SM-1.withdraw (personal_consent)", "T-28")
def test_consent_is_given_by_a_scan_and_withdrawn_by_the_person(here: School, actor: Acting) -> None:
    vera, anna, boris = actor("vera"), actor("anna"), actor("boris")
    person = Person.objects.get(user=vera.user)
    with pytest.raises(Forbidden):
        services.prepare_consent(person, "processing", by=boris)
    consent = services.prepare_consent(person, "processing", by=vera)
    with pytest.raises(Invalid) as refusal:
        CONSENT.move(consent, "give", by=vera, asked=SignedPaper(given_on=clock.today(), scan=None))
    assert refusal.value.field == "scan"
    scan = store(SimpleUploadedFile("согласие.pdf", PDF), by=anna)
    with pytest.raises(Invalid):
        CONSENT.move(
            consent,
            "give",
            by=anna,
            asked=SignedPaper(given_on=clock.today() + dt.timedelta(days=1), scan=scan),
        )
    CONSENT.move(consent, "give", by=anna, asked=SignedPaper(given_on=clock.today(), scan=scan))
    assert has_consent(person, "processing")
    with pytest.raises(Conflict):
        services.prepare_consent(person, "processing", by=vera)
    with pytest.raises(Forbidden):
        CONSENT.move(consent, "withdraw", by=anna)
    CONSENT.move(consent, "withdraw", by=vera)
    assert not has_consent(person, "processing")


@pytest.mark.covers("SM-1.give (personal_consent)", "T-29")
def test_distribution_names_addresses_and_data(here: School, actor: Acting) -> None:
    vera = actor("vera")
    person = Person.objects.get(user=vera.user)
    with pytest.raises(Invalid) as refusal:
        services.prepare_consent(person, "distribution", by=vera)
    assert refusal.value.field == "resources"
    made = services.prepare_consent(
        person, "distribution", by=vera, resources="https://school5.example/", data_allowed=["name"]
    )
    assert made.state == "draft"


@pytest.mark.covers("SM-1.expire (personal_consent)")
def test_time_ends_a_consent(here: School, actor: Acting) -> None:
    vera = actor("vera")
    person = Person.objects.get(user=vera.user)
    consent = services.prepare_consent(
        person, "processing", by=vera, valid_until=clock.today() + dt.timedelta(days=5)
    )
    CONSENT.move(
        consent,
        "give",
        by=vera,
        asked=SignedPaper(given_on=clock.today(), scan=store(SimpleUploadedFile("с.pdf", PDF), by=vera)),
    )
    night = Actor.system(school=here.uuid)
    assert services.expire_consents(night) == 0
    with clock.at(clock.now() + dt.timedelta(days=6)):
        assert (services.expire_consents(night), services.expire_consents(night)) == (1, 0)


def test_leaving_ends_offices(here: School, actor: Acting) -> None:
    zhanna, anna = actor("zhanna"), actor("anna")
    person = services.enter_person(by=anna, position="teacher", **PERSON)
    services.give_office(person, "association_lead", basis="приказ № 7", valid_from=clock.today(), by=zhanna)
    services.dismiss_person(person, on=clock.today(), reason="retirement", by=anna)
    assert person.offices.get().valid_to == clock.today()
    assert Outbox.objects.filter(kind="accounts.office", topic=person.uuid).count() == 2


def test_a_list_narrowed_by_access_or_consent_loses_nobody_and_doubles_nobody(
    here: School, actor: Acting
) -> None:
    new = {"first_name": "Ева", "birth_date": dt.date(1990, 1, 1), "ped_stage_years": 2}
    for name, mail_of in (("Ёлкина", "elkina@school5.example"), ("Ягодина", "")):
        make_person({"last_name": name, "email": mail_of, **new})
    services.invite_person(Person.objects.get(last_name="Ёлкина"), by=actor("anna"))
    everybody = Person.objects.all()
    in_portal, invited, none, mail_known = (
        {row.pk for row in by_access(everybody, how)} for how in ("in", "invited", "none", "mail")
    )
    assert sum(map(len, (in_portal, invited, none))) == len(in_portal | invited | none) == everybody.count()
    assert mail_known <= none
    assert in_portal
    assert invited
    assert none - mail_known
    given, missing = ({row.pk for row in by_consent(everybody, how)} for how in ("given", "none"))
    assert given | missing == in_portal | invited | none
    assert not given & missing
