"""An invitation that is accepted under a name which the card does not have lets nobody in until the school
has said that it is the same person.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import Invitation, Membership, NameProposal, User
from portal.accounts.name_marks import fits, marks_of_card
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict
from portal.school_records.models import DisclosureLine, JournalLine, Notice
from portal.staff import services as staff
from portal.staff.models import FormerName, Newcomer, Person
from portal.staff.services.hiring import make_person
from tenants import post
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.post_office import Caught, post_office, text_of
from tests.queued import do_queued

__all__ = ["post_office"]
AsPerson = Callable[[str], Client]
Acting = Callable[..., Actor]
MAIL = "petrova@school5.example"
CARD = {"last_name": "Петрова", "first_name": "Ольга", "middle_name": "Юрьевна"}
OTHER = {"last_name": "Иванова", "first_name": "Ольга", "middle_name": "Юрьевна"}


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


def seen(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


@pytest.fixture
def olga(school5: School, actor: Acting) -> Person:
    """She is in the list, and the letter to her has left."""
    with in_school(school5):
        made = make_person({**CARD, "email": MAIL}, position="teacher", subjects=["physics"])
        FormerName.objects.create(
            person=made,
            last_name="Сёмина-Горская",
            first_name="Ольга",
            middle_name="Юрьевна",
            ended_on=clock.today() - dt.timedelta(days=900),
        )
        staff.invite_person(made, by=actor("anna"))
    return made


def accept(letters: Caught, **name: str) -> Client:
    """The link of the letter, and the form, as somebody new."""
    post.deliver_everything()
    do_queued("staff.send_invitation")
    post.deliver_everything()
    body = next(text_of(raw) for to, raw in reversed(letters.letters) if to == [MAIL])
    link = re.search(r"http://testserver(/invitation/[\w-]+/)", body)
    assert link is not None
    client = Client()
    client.get(link[1])
    words = {"email": MAIL, "password": "ясный день 2026", "password_again": "ясный день 2026"}
    answer = client.post("/invitation/", {**words, **name, "repeat_key": uuid4().hex})
    assert answer.status_code == 302, seen(answer)
    post.deliver_everything()
    return client


def page_of(school: School) -> str:
    with in_school(school):
        return f"/s/5/newcomers/{Newcomer.objects.get().uuid}/"


def answer(as_: AsPerson, key: str, word: str) -> Any:
    page = page_of(School.objects.get(number=5))
    said = as_(key).post(page, {"answer": word, "repeat_key": uuid4().hex})
    post.deliver_everything()
    return said


@pytest.mark.parametrize(
    ("said", "same"),
    [
        (("Петрова", "Ольга", "Юрьевна"), True),
        (("ПЕТРОВА", "ольга", ""), True),
        (("Семина Горская", "Ольга", "Юрьевна"), True),
        (("Сёмина—Горская", "Ольга", ""), True),
        (("Иванова", "Ольга", "Юрьевна"), False),
        (("Петрова", "Оля", "Юрьевна"), False),
        (("Петрова", "Ольга", "Игоревна"), False),
        (("Семина", "Ольга", "Юрьевна"), False),
    ],
)
def test_what_makes_no_difference(said: tuple[str, str, str], same: bool) -> None:
    card = [("Петрова", "Ольга", "Юрьевна"), ("Сёмина-Горская", "Ольга", "Юрьевна")]
    assert fits(marks_of_card(card), said) is same


def test_a_card_without_a_patronymic_is_content_with_any() -> None:
    marks = marks_of_card([("Петрова", "Ольга", "")])
    assert fits(marks, ("Петрова", "Ольга", "Юрьевна"))
    assert fits(marks, ("Петрова", "Ольга", ""))
    assert not fits(marks, ("Иванова", "Ольга", ""))


def test_the_name_of_the_card_or_a_former_one_comes_in_at_once(
    olga: Person, school5: School, post_office: Caught
) -> None:
    client = accept(post_office, last_name="Семина-Горская", first_name="Ольга")
    assert client.get("/s/5/").status_code == 200
    with in_school(school5):
        assert Person.objects.get(pk=olga.pk).user is not None
        assert not Newcomer.objects.exists()


def test_the_city_keeps_no_name_of_whoever_has_not_come(olga: Person, post_office: Caught) -> None:
    post.deliver_everything()
    do_queued("staff.send_invitation")
    post.deliver_everything()
    kept = str(list(Invitation.objects.filter(person=olga.uuid).values()))
    assert "name_marks" in kept
    assert "етров" not in kept


def test_another_name_waits_and_both_sides_know_for_what(
    olga: Person, school5: School, as_: AsPerson, post_office: Caught
) -> None:
    client = accept(post_office, **OTHER)
    user = User.objects.get(email=MAIL)
    assert not Membership.objects.filter(user=user).exists()
    assert client.get("/s/5/").status_code == 404
    home = seen(client.get("/"))
    assert "Школа № 5 смотрит, вас ли приглашали" in home
    assert "Петрова" not in home, "the card may be another's"
    with in_school(school5):
        assert Person.objects.get(pk=olga.pk).user is None
        told = Notice.objects.filter(code="staff.name_doubted").values_list("recipient", "text")
        assert {one for one, _ in told} >= {BY_KEY["anna"].uuid, BY_KEY["zhanna"].uuid}
    asked = "Приглашение приняла Иванова Ольга Юрьевна, а в карточке Петрова Ольга Юрьевна"
    for key in ("anna", "zhanna"):
        assert asked in seen(as_(key).get("/s/5/"))
    assert asked in seen(as_("anna").get(f"/s/5/people/{olga.uuid}/"))
    assert asked not in seen(as_("boris").get("/s/5/"))


def test_it_is_she(olga: Person, school5: School, as_: AsPerson, post_office: Caught) -> None:
    client = accept(post_office, **OTHER)
    assert "Это она" in seen(as_("zhanna").get(page_of(school5)))
    assert answer(as_, "zhanna", "same").status_code == 302
    user = User.objects.get(email=MAIL)
    assert Membership.objects.get(user=user).person == olga.uuid
    do_queued("accounts.recognised_letter")
    assert "вас узнала" in [text_of(raw) for to, raw in post_office.letters if to == [MAIL]][-1]
    with in_school(school5):
        assert Person.objects.get(pk=olga.pk).user == user.pk
        assert JournalLine.objects.filter(verb="recognised_same", object_uuid=olga.uuid).exists()
        assert DisclosureLine.objects.filter(kind="accounts.recognised").exists()
    home = seen(client.get("/s/5/"))
    assert "это ваше имя?" in home, "two names: the person says which one the portal uses"
    assert NameProposal.objects.get().full_name == "Петрова Ольга Юрьевна"


def test_it_is_another(
    olga: Person, school5: School, actor: Acting, as_: AsPerson, post_office: Caught
) -> None:
    client = accept(post_office, **OTHER)
    with in_school(school5), pytest.raises(Conflict):
        staff.invite_person(olga, by=actor("anna"), email="olga@home.example")
    assert answer(as_, "anna", "other").status_code == 302
    user = User.objects.get(email=MAIL)
    assert not Membership.objects.filter(user=user).exists()
    assert client.get("/s/5/").status_code == 404
    assert "приглашала другого человека" in seen(client.get("/"))
    do_queued("accounts.recognised_letter")
    assert "приглашала другого" in [text_of(raw) for to, raw in post_office.letters if to == [MAIL]][-1]
    assert "Приглашение приняла" not in seen(as_("anna").get("/s/5/"))
    answer(as_, "zhanna", "same")
    with in_school(school5):
        assert Person.objects.get(pk=olga.pk).user is None
        assert Newcomer.objects.get().is_same is False, "answered once"
        staff.invite_person(Person.objects.get(pk=olga.pk), by=actor("anna"), email="olga@home.example")
    assert not Membership.objects.filter(user=user).exists()


def test_whoever_does_not_invite_does_not_recognise(
    olga: Person, school5: School, as_: AsPerson, post_office: Caught
) -> None:
    accept(post_office, **OTHER)
    assert answer(as_, "boris", "same").status_code == 404
    with in_school(school5):
        assert Newcomer.objects.get().answered_at is None


def test_an_office_that_ended_meanwhile_is_not_begun_by_an_old_letter(
    olga: Person, school5: School, actor: Acting, as_: AsPerson, post_office: Caught
) -> None:
    client = accept(post_office, **OTHER)
    with in_school(school5):
        staff.dismiss_person(
            Person.objects.get(pk=olga.pk),
            on=clock.today() - dt.timedelta(days=1),
            reason="other",
            by=actor("anna"),
        )
    answer(as_, "anna", "same")
    assert client.get("/s/5/").status_code == 404


def second(school: School) -> Person:
    """Another card of the same name, in the list without a mailbox."""
    with in_school(school):
        return make_person({**CARD, "middle_name": "Юрьевича"}, position="tutor")


def test_a_card_that_somebody_waits_at_is_not_laid_under_another(
    olga: Person, school5: School, actor: Acting, post_office: Caught
) -> None:
    accept(post_office, **OTHER)
    other = second(school5)
    with in_school(school5), clock.at(clock.now() + dt.timedelta(days=60)):
        with pytest.raises(Conflict, match="Сначала ответьте"):
            staff.merge_people(other, Person.objects.get(pk=olga.pk), by=actor("kira"))
        staff.merge_people(Person.objects.get(pk=olga.pk), other, by=actor("kira"))


def test_a_letter_that_comes_after_the_merge_finds_the_card_that_stayed(
    olga: Person, school5: School, actor: Acting, as_: AsPerson, post_office: Caught
) -> None:
    """The name was typed before, and the question arrives at a card that lies under another."""
    other = second(school5)
    client = accept_late(post_office, lambda: lay_under(olga, other, actor("kira"), school5))
    assert answer(as_, "zhanna", "same").status_code == 302
    user = User.objects.get(email=MAIL)
    assert Membership.objects.get(user=user).person == other.uuid
    with in_school(school5):
        assert Person.objects.get(pk=other.pk).user == user.pk
    assert client.get("/s/5/").status_code == 200


def lay_under(gone: Person, kept: Person, by: Actor, school: School) -> None:
    with in_school(school):
        gone.invitations.update(expires_at=clock.now())
        staff.merge_people(kept, Person.objects.get(pk=gone.pk), by=by)


def accept_late(letters: Caught, meanwhile: Callable[[], None]) -> Client:
    """As `accept`; before the school hears of it, something happens there."""
    real, post.deliver_everything = post.deliver_everything, lambda: 0
    try:
        real()
        do_queued("staff.send_invitation")
        real()
        client = accept(letters, **OTHER)
        meanwhile()
    finally:
        post.deliver_everything = real
    post.deliver_everything()
    return client


def test_a_card_that_has_a_way_in_by_now_is_given_no_second_one(
    olga: Person, school5: School, as_: AsPerson, post_office: Caught
) -> None:
    accept(post_office, **OTHER)
    with in_school(school5):
        Person.objects.filter(pk=olga.pk).update(user=uuid4())
    refused = answer(as_, "zhanna", "same")
    assert refused.status_code == 409
    assert "уже есть вход" in seen(refused)
    assert answer(as_, "zhanna", "other").status_code == 302


def test_where_the_card_is_gone_the_person_hears_it(
    olga: Person, school5: School, post_office: Caught
) -> None:
    def gone() -> None:
        with in_school(school5):
            Person.objects.filter(pk=olga.pk).delete()

    client = accept_late(post_office, gone)
    post.deliver_everything()
    assert Invitation.objects.get(person=olga.uuid).recognition == "other"
    assert "приглашала другого человека" in seen(client.get("/"))
