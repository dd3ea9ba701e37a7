"""A school asks for the sign-in of somebody who has another place as well: that office agrees first, and
nothing is done without its word.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import AddressChange, PlaceConsent, User
from portal.accounts.services import begin_membership
from portal.city_records.models import Notice as CityNotice
from portal.core import clock
from portal.core.actor import Actor
from portal.school_records.models import JournalLine, Notice
from portal.staff.models import AccessQuestion, Person
from tenants import post
from tenants.context import in_school
from tenants.models import School
from tenants.tasks import run_daily
from tests.cast import BY_KEY
from tests.post_office import Caught, post_office, text_of
from tests.queued import do_queued

__all__ = ["post_office"]
AsPerson = Callable[[str], Client]
OLD, NEW = "kravtsov@school5.example", "kravtsov@home.example"
REASON = "Ящик школы удалён при переезде почты, человек пришёл сам."
WHY = "Он был у нас вчера и ничего такого не просил."


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def boris(school5: School) -> User:
    user = User.objects.get(pk=BY_KEY["boris"].uuid)
    user.email = OLD
    user.save()
    return user


@pytest.fixture
def in_twelve(boris: User, school12: School) -> School:
    """He teaches in school 12 as well; its principal is Zoya."""
    with in_school(school12):
        names = {"last_name": boris.last_name, "first_name": boris.first_name}
        there = Person.objects.create(**names, user=boris.pk, uuid=BY_KEY["boris"].person)
    begin_membership(boris, school12, "teacher", basis="№ 3", by=Actor.system(), person=there.uuid)
    zoya = User.objects.get(pk=BY_KEY["zoya"].uuid)
    begin_membership(zoya, school12, "principal", basis="№ 4", by=Actor.system())
    post.deliver_everything()
    return school12


def seen(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


def ask(as_: AsPerson, **fields: str) -> None:
    typed = {"what": "address", "email": NEW, "reason": REASON, "repeat_key": uuid4().hex, **fields}
    page = f"/s/5/people/{BY_KEY['boris'].person}/access/"
    assert as_("zhanna").post(page, typed).status_code == 302
    post.deliver_everything()


def told_principal(school: School) -> str:
    post.deliver_everything()
    with in_school(school):
        found = Notice.objects.filter(recipient=BY_KEY["zhanna"].uuid, code="staff.access_answered")
        return str(found.order_by("-pk")[0].text).replace("\xa0", " ")


def question(school: School) -> str:
    with in_school(school):
        return f"/s/12/access-questions/{AccessQuestion.objects.get().uuid}/"


def answer(client: Client, page: str, word: str, comment: str = "") -> Any:
    sent = {"answer": word, "comment": comment, "version": "1", "repeat_key": uuid4().hex}
    said = client.post(page, sent)
    post.deliver_everything()
    return said


def letters(post_office: Caught) -> set[str]:
    do_queued("accounts.address_letter")
    return {to[0] for to, _ in post_office.letters}


def email_after(boris: User, hours: int) -> str:
    with clock.at(clock.now() + dt.timedelta(hours=hours)):
        assert run_daily() == 0
    return str(User.objects.get(pk=boris.pk).email)


def test_another_school_is_asked_and_its_principal_agrees(
    boris: User, school5: School, in_twelve: School, as_: AsPerson, post_office: Caught
) -> None:
    ask(as_)
    assert "ждём согласия" in told_principal(school5)
    assert letters(post_office) == set(), "nobody is written to before all have agreed"
    assert "Ждём согласия: Школа № 12" in seen(as_("boris").get("/me/address/"))
    assert "Школа № 5 просит вернуть вход" in seen(as_("zoya").get("/s/12/"))
    page = seen(as_("zoya").get(question(in_twelve)))
    for words in (REASON, NEW, "Школа № 5"):
        assert words in page
    assert answer(as_("zoya"), question(in_twelve), "yes").status_code == 302
    assert "через 72 часа" in told_principal(school5)
    assert letters(post_office) == {OLD, NEW}
    with in_school(in_twelve):
        assert JournalLine.objects.filter(verb="agreed").exists()
        assert Notice.objects.filter(recipient=boris.pk, code="staff.agreement_answered").exists()
    assert email_after(boris, 60) == OLD
    assert email_after(boris, 80) == NEW


def test_it_refuses_with_a_reason_and_everybody_hears(
    boris: User, school5: School, in_twelve: School, as_: AsPerson, post_office: Caught
) -> None:
    ask(as_)
    assert answer(as_("zoya"), question(in_twelve), "no").status_code == 422
    assert answer(as_("zoya"), question(in_twelve), "no", WHY).status_code == 302
    assert AddressChange.objects.get().outcome == "refused"
    told = told_principal(school5)
    assert "не согласилось" in told
    assert WHY in told
    do_queued("accounts.address_ended_letter")
    [letter] = [text_of(raw) for to, raw in post_office.letters]
    assert "не согласилось" in letter
    assert email_after(boris, 100) == OLD


def test_only_the_principal_of_the_other_school_answers(
    boris: User, in_twelve: School, as_: AsPerson
) -> None:
    ask(as_)
    for key in ("gleb", "boris"):
        assert answer(as_(key), question(in_twelve), "yes").status_code == 404
    assert PlaceConsent.objects.get().is_open


def test_the_city_answers_for_whoever_serves_in_it(
    boris: User, school5: School, as_: AsPerson, post_office: Caught
) -> None:
    begin_membership(boris, None, "methodist", basis="приказ № 3", by=Actor.system())
    ask(as_)
    assert "Школа № 5 просит вернуть вход" in seen(as_("semyon").get("/"))
    page = f"/agreements/{PlaceConsent.objects.get().uuid}/"
    assert REASON in seen(as_("semyon").get(page))
    for key in ("darya", "boris", "zhanna"):
        assert as_(key).get(page).status_code == 404
    assert answer(as_("semyon"), page, "yes").status_code == 302
    assert letters(post_office) == {OLD, NEW}
    assert email_after(boris, 80) == NEW


def test_for_a_principal_of_another_school_the_city_answers(
    boris: User, school12: School, as_: AsPerson
) -> None:
    begin_membership(boris, school12, "principal", basis="приказ № 3", by=Actor.system())
    ask(as_)
    assert PlaceConsent.objects.get().school is None


def test_two_places_and_the_last_word_begins_it(
    boris: User, in_twelve: School, as_: AsPerson, post_office: Caught
) -> None:
    begin_membership(boris, None, "methodist", basis="приказ № 3", by=Actor.system())
    ask(as_, what="address")
    answer(as_("zoya"), question(in_twelve), "yes")
    assert letters(post_office) == set()
    answer(as_("semyon"), f"/agreements/{PlaceConsent.objects.get(school=None).uuid}/", "yes")
    assert letters(post_office) == {OLD, NEW}


def test_a_place_that_came_meanwhile_has_not_agreed(
    boris: User, in_twelve: School, as_: AsPerson, post_office: Caught
) -> None:
    ask(as_)
    answer(as_("zoya"), question(in_twelve), "yes")
    letters(post_office)
    begin_membership(boris, None, "methodist", basis="приказ № 3", by=Actor.system())
    assert email_after(boris, 80) == OLD
    assert AddressChange.objects.get().outcome == "moved"


def test_whoever_was_asked_is_asked_no_longer_when_it_is_cancelled(
    boris: User, in_twelve: School, as_: AsPerson
) -> None:
    ask(as_)
    as_("boris").post("/me/address/cancel/", {"repeat_key": uuid4().hex})
    post.deliver_everything()
    assert "просит вернуть вход" not in seen(as_("zoya").get("/s/12/"))
    answer(as_("zoya"), question(in_twelve), "yes")
    assert AddressChange.objects.get().outcome == "cancelled"


DAY = dt.timedelta(days=1)
UNTIL = 14
"""Days that another place has."""


def nights(*days: int) -> None:
    """The nights that were not missed, so many days after the question."""
    for day in days:
        with clock.at(clock.now() + day * DAY):
            assert run_daily() == 0
            post.deliver_everything()


def day_of(days: int) -> str:
    return f"{clock.today() + days * DAY:%d.%m.%Y}"


def notices(school: School, key: str) -> list[str]:
    with in_school(school):
        found = Notice.objects.filter(recipient=BY_KEY[key].uuid, code="staff.agreement_asked")
        return [one.text.replace("\xa0", " ") for one in found.order_by("pk")]


def reminders(post_office: Caught) -> list[tuple[str, str]]:
    do_queued("accounts.agreement_letter")
    return [(to[0], text_of(raw)) for to, raw in post_office.letters if "Ответьте до" in text_of(raw)]


def test_the_day_is_said_from_the_start(
    boris: User, school5: School, in_twelve: School, as_: AsPerson
) -> None:
    ask(as_)
    assert f"до {day_of(UNTIL)} ждём согласия" in city_notice(boris)
    assert f"Ждём согласия: Школа № 12, до {day_of(UNTIL)}" in seen(as_("boris").get("/me/address/"))
    assert f"Если до {day_of(UNTIL)} не ответят" in told_principal(school5)
    for page in ("/s/12/", question(in_twelve)):
        assert f"Ответьте до {day_of(UNTIL)}" in seen(as_("zoya").get(page))


def city_notice(user: User) -> str:
    return str(CityNotice.objects.filter(recipient=user.pk).latest("pk").text).replace("\xa0", " ")


def test_a_silent_place_is_reminded_once_by_a_notice_and_a_letter(
    boris: User, in_twelve: School, as_: AsPerson, post_office: Caught
) -> None:
    ask(as_)
    nights(1, 6)
    assert len(notices(in_twelve, "zoya")) == 1
    nights(7, 8, 9)
    assert [text.startswith("Напоминаем: ") for text in notices(in_twelve, "zoya")] == [False, True]
    found = reminders(post_office)
    who = User.objects.filter(pk__in=[BY_KEY[key].uuid for key in ("zoya", "olga")])
    assert sorted(to for to, _ in found) == sorted(one.email for one in who), "both principals, once"
    assert all(day_of(UNTIL) in text and "Кравцов" not in text for _, text in found)
    assert PlaceConsent.objects.get().is_open


@pytest.mark.parametrize("kept", [(7, 14, 15), (10, 15, 16), (40,), (14, 40)], ids=str)
def test_on_the_day_after_the_last_one_it_ends_and_everybody_hears(
    kept: tuple[int, ...], boris: User, school5: School, in_twelve: School, as_: AsPerson, post_office: Caught
) -> None:
    """Whichever nights were missed."""
    ask(as_)
    nights(*kept)
    change = AddressChange.objects.get()
    assert change.outcome == "unanswered"
    told = told_principal(school5)
    assert "не ответило вовремя" in told
    assert "Ответа не было: Школа № 12" in told
    assert "не ответило" in city_notice(boris)
    do_queued("accounts.address_ended_letter")
    [letter] = [text_of(raw) for to, raw in post_office.letters if to == [OLD]]
    assert "не ответило вовремя" in letter
    assert NEW not in {to[0] for to, _ in post_office.letters}, "that mailbox has heard nothing yet"
    assert "просит вернуть вход" not in seen(as_("zoya").get("/s/12/"))
    answer(as_("zoya"), question(in_twelve), "yes")
    assert AddressChange.objects.get().outcome == "unanswered"
    assert email_after(boris, 24 * 60) == OLD
    ask(as_)
    assert AddressChange.objects.filter(ended_at=None).count() == 1, "it may be asked for again"


def test_the_last_day_is_a_whole_day(boris: User, in_twelve: School, as_: AsPerson) -> None:
    ask(as_)
    nights(14)
    assert PlaceConsent.objects.get().is_open
    with clock.at(clock.now() + 14 * DAY):
        answer(as_("zoya"), question(in_twelve), "yes")
    assert AddressChange.objects.get().is_open
    nights(15)
    assert AddressChange.objects.get().outcome != "unanswered"


def test_who_has_answered_is_not_reminded_and_the_silent_one_ends_it(
    boris: User, school5: School, in_twelve: School, as_: AsPerson, post_office: Caught
) -> None:
    begin_membership(boris, None, "methodist", basis="приказ № 3", by=Actor.system())
    ask(as_)
    answer(as_("zoya"), question(in_twelve), "yes")
    nights(8)
    assert [to for to, _ in reminders(post_office)] == [User.objects.get(pk=BY_KEY["semyon"].uuid).email]
    said = CityNotice.objects.filter(recipient=BY_KEY["semyon"].uuid, code="account.agreement_asked")
    assert [one.text.startswith("Напоминаем: ") for one in said.order_by("pk")] == [False, True]
    nights(15)
    assert "Ответа не было: город." in told_principal(school5)
