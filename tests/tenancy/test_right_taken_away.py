"""A right that a school has taken away is gone with the next request: without workers, whatever letters are
stopped, on every way in.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from best_practices.news import send_news_letter
from best_practices.saved import SavedSearch
from portal.accounts import feeds
from portal.accounts.models import Membership, OfficeEnd, User
from portal.accounts.services import NewPerson, accept_invitation, issue_token
from portal.city_records.models import Inbox
from portal.core import clock
from portal.core.actor import Actor
from portal.staff import services
from portal.staff.models import Person, PersonOffice, StaffImport
from tenants import jobs, post
from tenants.context import in_city, in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.tenancy.test_worker import many_people, person, wait_until, worker  # type: ignore[attr-defined]
from tests.things import card_in_bank
from tests.workflows.test_staff_offices import BASIS, NEW

pytestmark = pytest.mark.covers("found A2")
Acting = Callable[..., Actor]
LOADING = "/s/5/people/import/"
YESTERDAY = dt.timedelta(days=-1)


def given(school: School, zhanna: Actor, *, valid_from: dt.date | None = None) -> PersonOffice:
    """Борис keeps the list of staff as a second office, and the city has heard of it."""
    with in_school(school):
        boris = Person.objects.get(uuid=BY_KEY["boris"].person)
        held = services.give_office_by_hand(
            boris, "personnel_officer", basis=BASIS, valid_from=valid_from or clock.today(), by=zhanna
        )
    post.deliver_everything()
    return held


def end_by_page(zhanna: Client, held: PersonOffice, on: dt.date) -> Any:
    typed = {"on": on.isoformat(), "basis": BASIS, "version": held.version, "repeat_key": uuid4().hex}
    return zhanna.post(f"/s/5/offices/{held.uuid}/end/", typed)


def hold(topic: Any, school: School) -> Inbox:
    """A letter about the same person that was refused and stopped: all that comes after it waits."""
    return Inbox.objects.create(
        kind="accounts.office",
        topic=topic,
        payload={},
        school=school.uuid,
        written_at=clock.now(),
        stopped=True,
        attempts=5,
    )


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return len(caught)


def test_given_today_and_ended_with_yesterday(
    school5: School, actor: Acting, as_: Callable[[str], Client]
) -> None:
    held = given(school5, actor("zhanna"))
    boris = as_("boris")
    key = issue_token(
        User.objects.get(pk=BY_KEY["boris"].uuid),
        school5,
        purpose="выгрузка списка",
        days=9,
        by=actor("boris"),
    )
    by_key = Client(headers={"authorization": f"Bearer {key}"})
    ways = [
        (boris, LOADING),
        (boris, f"{LOADING}sample/"),
        (boris, "/s/5/offices/"),
        (by_key, "/s/5/api/v1/staff-imports/"),
    ]
    assert [client.get(address).status_code for client, address in ways] == [200] * 4
    with in_school(school5):
        uploaded = services.upload_staff(many_people(), by=actor("boris"))
    stopped, before = hold(held.person.uuid, school5), queries_of(boris, "/s/5/")
    assert end_by_page(as_("zhanna"), held, clock.today() + YESTERDAY).status_code == 302
    assert [client.get(address).status_code for client, address in ways] == [403] * 4
    assert queries_of(boris, "/s/5/") <= before, "what was taken away costs the next request nothing"
    jobs.perform(
        "staff.check_import",
        "k",
        str(school5.uuid),
        str(BY_KEY["boris"].uuid),
        {"import_uuid": str(uploaded.uuid)},
    )
    with in_school(school5):
        left = StaffImport.objects.get(pk=uploaded.pk)
        assert (left.state, left.rows.count(), "больше нет этого права" in left.trouble) == (
            "failed",
            0,
            True,
        )
    post.deliver_everything()
    assert boris.get(LOADING).status_code == 403, "the letter waits behind a stopped one, the right does not"
    Inbox.objects.filter(pk=stopped.pk).delete()
    post.deliver_everything()
    kept = Membership.objects.get(user=BY_KEY["boris"].uuid, office="personnel_officer")
    assert kept.valid_to == clock.today() + YESTERDAY
    assert not Inbox.objects.filter(applied_at=None).exists()
    assert boris.get("/s/5/").status_code == 200, "he is a teacher still"


def test_what_is_read_and_written_without_signing_in_ends_with_the_right(
    school5: School, actor: Acting, as_: Callable[[str], Client], content: dict[str, Any]
) -> None:
    """The feed of the bank, and the letter of what is new in it: by the school's word, before its letter has
    come to the city.
    """
    boris, user = as_("boris"), User.objects.get(pk=BY_KEY["boris"].uuid)
    boris.post("/me/feed/", {"act": "new", "instead": ""})
    boris.post("/me/searches/new/", {"title": "Всё", "often": "daily"})
    user.refresh_from_db()
    feed, search = f"/feed/{feeds.key_of(user)}/", SavedSearch.objects.get()
    found = {str(search.uuid): [str(card_in_bank(content).uuid)]}
    letter = {"user_uuid": str(user.pk), "found": found}
    assert Client().get(feed).status_code == 200
    assert send_news_letter.run(Actor.system(), letter)
    assert [sent.to for sent in mail.outbox] == [[user.email]]
    with in_school(school5):
        person = Person.objects.get(uuid=BY_KEY["boris"].person)
        services.dismiss_person(person, on=clock.today() + YESTERDAY, reason="other", by=actor("anna"))
    assert Membership.objects.filter(user=user.pk, valid_to=None).exists(), "the city has not heard of it"
    assert Client().get(feed).status_code == 404
    assert [boris.get(f"/me/{own}").status_code for own in ("feed/", "searches/new/")] == [403, 403]
    assert send_news_letter.run(Actor.system(), letter)
    assert len(mail.outbox) == 1


def test_an_office_taken_back_by_mistake_is_given_from_the_same_day_again(
    school5: School, actor: Acting, as_: Callable[[str], Client]
) -> None:
    held = given(school5, actor("zhanna"))
    assert end_by_page(as_("zhanna"), held, clock.today() + YESTERDAY).status_code == 302
    given(school5, actor("zhanna"))
    assert as_("boris").get(LOADING).status_code == 200
    assert not OfficeEnd.objects.exists()
    with in_school(school5):
        assert PersonOffice.objects.get(pk=held.pk).valid_to is None


def test_the_last_day_is_a_whole_day(school5: School, actor: Acting, as_: Callable[[str], Client]) -> None:
    """Its letter is stopped on the way: the office ends all the same, with its day and not before."""
    held = given(school5, actor("zhanna"), valid_from=clock.today() - dt.timedelta(days=9))
    hold(held.person.uuid, school5)
    assert end_by_page(as_("zhanna"), held, clock.today()).status_code == 302
    assert as_("boris").get(LOADING).status_code == 200
    with clock.at(clock.now() + dt.timedelta(days=1)):
        assert as_("boris").get(LOADING).status_code == 403


@pytest.mark.parametrize("news", ["before the city's news has come", "after it"])
def test_joined_today_and_dismissed_as_of_yesterday(news: str, school5: School, actor: Acting) -> None:
    anna = actor("anna")
    with in_school(school5):
        new = services.enter_person(by=anna, position="teacher", **NEW)
        asked = services.invite_person(new, by=anna, email="zimina@school5.example")
        services.send_invitation(by=anna, invitation_uuid=str(asked.uuid))
    post.deliver_everything()
    token = mail.outbox[-1].body.split("/invitation/")[1].split("/")[0]
    client = Client()
    client.force_login(accept_invitation(token, NewPerson("zimina@school5.example", "Зимина", "Алла")))
    assert client.get("/s/5/").status_code == 200
    if news == "after it":
        post.deliver_everything()
    with in_school(school5):
        services.dismiss_person(
            Person.objects.get(pk=new.pk), on=clock.today() + YESTERDAY, reason="other", by=anna
        )
    assert client.get("/s/5/").status_code == 404
    post.deliver_everything()
    assert client.get("/s/5/").status_code == 404
    assert not Inbox.objects.filter(applied_at=None).exists(), "nothing was refused"
    assert Membership.objects.get(person=new.uuid).valid_to == clock.today() + YESTERDAY
    with in_school(school5):
        assert PersonOffice.objects.get(person__uuid=new.uuid).valid_to == clock.today() + YESTERDAY


def test_whoever_leaves_has_nothing_whatever_offices_the_school_knows_of(
    school5: School, actor: Acting, as_: Callable[[str], Client]
) -> None:
    with in_school(school5):
        PersonOffice.objects.all().delete()
        boris = Person.objects.get(uuid=BY_KEY["boris"].person)
        services.dismiss_person(boris, on=clock.today() + YESTERDAY, reason="other", by=actor("anna"))
    assert as_("boris").get("/s/5/").status_code == 404
    with in_school(school5):
        services.take_dismissal_back(boris, by=actor("anna"))
    assert as_("boris").get("/s/5/").status_code == 200, "a dismissal that is taken back gives back what was"


def test_whoever_is_hired_again_under_a_new_card_comes_in(
    school5: School, actor: Acting, as_: Callable[[str], Client]
) -> None:
    """The end of the former service stays: it ends what was begun before it, by whichever card."""
    with in_school(school5):
        boris = Person.objects.get(uuid=BY_KEY["boris"].person)
        services.dismiss_person(boris, on=clock.today() + YESTERDAY, reason="other", by=actor("anna"))
    post.deliver_everything()
    assert as_("boris").get("/s/5/").status_code == 404
    again = {"user_id": BY_KEY["boris"].uuid, "school": school5, "office": "teacher", "basis": BASIS}
    Membership.objects.create(**again, person=uuid4(), valid_from=clock.today() + 9 * YESTERDAY)
    assert as_("boris").get("/s/5/").status_code == 404
    Membership.objects.create(**again, person=uuid4(), valid_from=clock.today())
    assert as_("boris").get("/s/5/").status_code == 200


STRANGE = {
    "another school's word": ("s_ffffffffffff", "teacher"),
    "the end of a principal": ("own", "principal"),
}


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.covers("house: two contours")
def test_a_school_ends_offices_of_its_own_only(name: str, school5: School, school12: School) -> None:
    contour, office = STRANGE[name]
    row = {"person": uuid4(), "valid_from": clock.today(), "last_day": clock.today()}
    OfficeEnd.objects.create(contour=school12.schema_name, office="teacher", **row)
    with in_school(school5):
        OfficeEnd.objects.create(contour=school5.schema_name, office="teacher", **row)
        assert [end.contour for end in OfficeEnd.objects.all()] == [school5.schema_name]
        assert OfficeEnd.objects.filter(contour=school12.schema_name).update(office="curator") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            OfficeEnd.objects.create(
                contour=school5.schema_name if contour == "own" else contour, office=office, **row
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            OfficeEnd.objects.update(contour=school12.schema_name)
    assert OfficeEnd.objects.count() == 2


def test_within_five_seconds_the_city_has_it_too(own_database: str) -> None:
    """From the press to the city's own record, by the real worker; a refused letter about another person
    stands in the queue.
    """
    school = School.objects.get(number=5)
    zhanna = person("zhanna", school)
    with in_city():
        hold(uuid4(), school)

    def told(**what: Any) -> bool:
        with in_city():
            return Membership.objects.filter(
                user=BY_KEY["boris"].uuid, office="personnel_officer", **what
            ).exists()

    with in_school(school):
        boris = Person.objects.get(uuid=BY_KEY["boris"].person)
        held = services.give_office_by_hand(
            boris, "personnel_officer", basis=BASIS, valid_from=clock.today(), by=zhanna
        )
    with worker(own_database) as running:
        wait_until(told, running)
        with in_school(school):
            services.end_office(held, on=clock.today() + YESTERDAY, basis=BASIS, by=zhanna)
        pressed = clock.now()
        wait_until(lambda: told(valid_to=clock.today() + YESTERDAY), running)
        assert clock.now() - pressed < dt.timedelta(seconds=5)


def test_every_job_says_whose_right_it_asks_when_it_runs() -> None:
    """A job is declared with `may`; a person without offices gets nothing done by those that hang on a
    right.
    """
    nobody = Actor(user=uuid4(), school=uuid4())
    refused = {name for name, job in jobs.JOBS.items() if not job.may(nobody)}
    goes_on = {
        "municipality.open_school",
        "municipality.send_campaign",
        "municipality.tell_campaign",
        "municipality.apply_post",
        "accounts.new_password_letter",
        "accounts.address_letter",
        "accounts.address_ended_letter",
        "accounts.agreement_letter",
        "accounts.closed_letter",
        "accounts.left_letter",
        "accounts.recognised_letter",
        "papers.make_pdf",
        "papers.make_city_pdf",
        "certificates.print",
        "best_practices.follow_bank",
        "best_practices.followed_letter",
        "best_practices.print_catalogue",
        "best_practices.learn_meaning",
        "best_practices.news_letter",
        "best_practices.write_to_expert",
        "school_practices.read_file",
    }
    assert set(jobs.JOBS) - refused == goes_on, (
        "a job that runs for whoever asked: say why in `whoever_asked`, and name it here"
    )
