"""Whoever has left a school reads the own papers there for a year, and nothing else of it: every address is
opened and written to on things in all states (docs/adr/0044).
"""

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.test import Client

from portal.accounts.left import left_places
from portal.accounts.models import Membership, User
from portal.accounts.services import begin_membership, issue_token
from portal.core import clock
from portal.core.actor import Actor
from portal.local_acts.models import Order
from portal.school_records.models import FrozenPaper
from portal.staff import services
from portal.staff.models import Person
from tenants import post
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.posts.walk import writing
from tests.tenancy import shown_town
from tests.tenancy.rows import in_days, row
from tests.tenancy.shown_base import of
from tests.tenancy.test_every_url import quiet
from tests.tenancy.test_guest import AsPerson, GuestWalk, of_others, papers_of
from tests.tenancy.test_reading import FOREIGN, every_route, routes

Acting = Callable[[str], Actor]
HOME = "/s/5/own-papers/"
DOOR = {"staff:own_papers", "staff:own_paper", "staff:own_paper_word"}
DAY = dt.timedelta(days=1)


def dismiss(school: School, by: Actor, *, on: dt.date) -> None:
    with in_school(school):
        services.dismiss_person(of("vera"), on=on, reason="other", by=by)


def titles(answer: Any) -> set[str]:
    with_names = FrozenPaper.objects.values_list("title", flat=True)
    said = answer.content.decode().replace("\xa0", " ")
    return {title for title in with_names if title in said}


def signed(school: School, by: Actor) -> tuple[list[Any], list[FrozenPaper]]:
    """Two pairs at work, the first of which is Вера's, and their papers; to be called inside the school."""
    own, *more = shown_town.of_two(70, "active", of("boris"), of("vera"), by)
    other, *rest = shown_town.of_two(71, "active", of("lev"), of("irina"), by)
    Order.objects.update(state="registered")
    papers = papers_of([own, other], by)
    plan: Any = next(one for one in more if one._meta.label == "pair_work.Programme")
    papers.append(
        row(
            FrozenPaper,
            400,
            code="T-11",
            subject=plan.uuid,
            people=[of("boris").uuid, of("vera").uuid],
            title="Программа 400",
            word=papers[0].word,
        )
    )
    return [own, *more, other, *rest], papers


def mine_of(pair: Any, papers: list[FrozenPaper]) -> set[str]:
    """The order, the programme and the own consent: not the mentor's agreement and consent."""
    consent = pair.consents.get(person=of("vera"))
    subjects = {pair.order.uuid, consent.uuid, *(plan.uuid for plan in pair.programmes.all())}
    return {str(paper.uuid) for paper in papers if paper.subject in subjects}


@pytest.fixture
def town(school5: School, actor: Acting) -> tuple[list[Any], list[FrozenPaper], set[str]]:
    with in_school(school5):
        made, papers = signed(school5, actor("anna"))
        return made, papers, mine_of(made[0], papers)


@pytest.mark.usefixtures("bare_refusals")
def test_a_left_person_opens_the_own_papers_and_nothing_else(
    school5: School, actor: Acting, as_: AsPerson
) -> None:
    made = shown_town.bank()
    with in_school(school5):
        made += shown_town.school(actor)
        more, papers = signed(school5, actor("anna"))
        mine = mine_of(more[0], papers)
    dismiss(school5, actor("anna"), on=in_days(-1))
    walk = GuestWalk({key: quiet(as_(key)) for key in ("vera", "kira")}, "/s/5", outsider="vera")  # type: ignore[misc]
    walk.fitting["papers/"] = walk.fitting["own-papers/"] = FrozenPaper._meta.label
    for thing in [*papers, *more, *made]:
        found = walk.things.setdefault(thing._meta.label, [])
        if len(found) < 12:
            found.append(thing)
    for name, route in routes("config.urls_school").items():
        walk.try_to_read(name, route)
    accept = writing("config.urls_school")
    for name, route in every_route(import_module("config.urls_school").urlpatterns):
        if name in accept and not FOREIGN.match(name):
            walk.try_to_write(name, route)
    assert walk.broken == set()
    assert set(walk.read) == DOOR
    assert set(walk.written) == set()
    assert of_others(walk.read, mine) == [], "a paper of others was opened"
    assert {url.split("/")[2] for url in walk.read["staff:own_paper"]} == mine
    client = walk.clients["vera"]
    for url in (HOME, *(f"/s/5{url}" for found in walk.read.values() for url in found)):
        assert client.post(url).status_code == 404, "nothing is written through the door"


def test_the_list_names_the_papers_and_the_reading_is_noted(
    school5: School, actor: Acting, as_: AsPerson, town: tuple[list[Any], list[FrozenPaper], set[str]]
) -> None:
    _, papers, mine = town
    dismiss(school5, actor("anna"), on=in_days(-1))
    vera: Any = as_("vera")
    listed = vera.get(HOME)
    with in_school(school5):
        assert titles(listed) == {paper.title for paper in papers if str(paper.uuid) in mine}
    assert vera.noted == {"boris"}, "whom the papers name beside the reader"
    for uuid in mine:
        assert vera.get(f"{HOME}{uuid}/").status_code == 200
        assert vera.noted == {"boris"}
        assert vera.get(f"{HOME}{uuid}/word/").status_code == 200
    assert f"{in_days(364):%d.%m.%Y}" in listed.content.decode()


def test_the_door_is_shut_by_the_day_and_not_by_a_night(
    school5: School, actor: Acting, as_: AsPerson, town: object
) -> None:
    last = clock.today()
    dismiss(school5, actor("anna"), on=last)
    vera = as_("vera")
    assert vera.get("/s/5/").status_code == 200, "the last day is a whole one"
    for days, status in ((1, 200), (365, 200), (366, 404)):
        with clock.at(clock.now() + days * DAY):
            assert vera.get(HOME).status_code == status, days
            assert vera.get("/s/5/").status_code == 404
            assert (HOME in vera.get("/").content.decode()) is (status == 200)


def test_home_leads_to_the_papers(school5: School, actor: Acting, as_: AsPerson) -> None:
    dismiss(school5, actor("anna"), on=in_days(-3))
    home = as_("vera").get("/").content.decode().replace("\xa0", " ")
    assert "Мои документы" in home
    assert f"до {in_days(362):%d.%m.%Y}" in home
    assert HOME in home
    assert f"последний день был {in_days(-3):%d.%m.%Y}" in home
    shown = as_("vera").get(HOME).content.decode()
    assert "/s/5/people/" not in shown, "nothing of the school's menu"
    assert 'href="/s/5/"' not in shown


def test_with_another_place_the_papers_stand_among_the_places(
    school5: School, school12: School, actor: Acting, as_: AsPerson
) -> None:
    dismiss(school5, actor("anna"), on=in_days(-3))
    vera = User.objects.get(pk=BY_KEY["vera"].uuid)
    begin_membership(vera, school12, "teacher", basis="приказ № 4", by=Actor.system())
    client = as_("vera")
    assert HOME in client.get("/places/").content.decode()
    assert client.get(HOME).status_code == 200
    assert client.get("/s/12/own-papers/").status_code == 200, "whoever serves has the same page"


def test_a_mistaken_dismissal_opens_everything_again(school5: School, actor: Acting, as_: AsPerson) -> None:
    dismiss(school5, actor("anna"), on=in_days(-1))
    assert as_("vera").get("/s/5/").status_code == 404
    with in_school(school5):
        services.take_dismissal_back(of("vera"), by=actor("anna"))
    post.deliver_everything()
    vera = User.objects.get(pk=BY_KEY["vera"].uuid)
    assert left_places(vera) == []
    assert as_("vera").get("/s/5/").status_code == 200
    assert as_("vera").get(HOME).status_code == 200


def test_after_a_return_the_next_leaving_counts(school5: School, actor: Acting, as_: AsPerson) -> None:
    """Papers of the first time stay among them, and the year begins anew."""
    dismiss(school5, actor("anna"), on=in_days(-2))
    back: dict[str, Any] = {"position": "teacher", "ped_stage_years": 1}
    with in_school(school5):
        services.take_on(of("vera"), hired_on=clock.today(), by=actor("anna"), **back)
    post.deliver_everything()
    vera = User.objects.get(pk=BY_KEY["vera"].uuid)
    assert left_places(vera) == []
    assert as_("vera").get("/s/5/").status_code == 200
    with clock.at(clock.now() + 400 * DAY):
        dismiss(school5, actor("anna"), on=clock.today() - DAY)
        assert [place.last_day for place in left_places(vera)] == [clock.today() - DAY]
        assert as_("vera").get(HOME).status_code == 200
        assert as_("vera").get("/s/5/").status_code == 404


def test_papers_of_a_merged_card_are_among_them(
    school5: School, actor: Acting, as_: AsPerson, town: tuple[list[Any], list[FrozenPaper], set[str]]
) -> None:
    """What was signed keeps the number of the second card."""
    _, papers, _ = town
    with in_school(school5):
        second = row(Person, 7, last_name="Соколова", first_name="Вера")
        order = row(Order, 90, code="T-08", state="registered", people=[second.uuid], title="О паре")
        paper = row(
            FrozenPaper,
            500,
            code="T-08",
            subject=order.uuid,
            people=[second.uuid],
            title="Приказ 500",
            word=papers[0].word,
        )
        services.merge_people(of("vera"), second, by=actor("kira"))
    dismiss(school5, actor("anna"), on=in_days(-1))
    assert as_("vera").get(f"{HOME}{paper.uuid}/").status_code == 200


def test_what_was_taken_back_or_replaced_is_no_paper(
    school5: School, actor: Acting, as_: AsPerson, town: tuple[list[Any], list[FrozenPaper], set[str]]
) -> None:
    _, papers, mine = town
    with in_school(school5):
        order = next(paper for paper in papers if str(paper.uuid) in mine and paper.code == "T-08")
        row(
            FrozenPaper, 600, code="T-08", subject=order.subject, people=order.people, edition=2, is_void=True
        )
    dismiss(school5, actor("anna"), on=in_days(-1))
    assert as_("vera").get(f"{HOME}{order.uuid}/").status_code == 404


def test_a_key_of_the_school_opens_nothing(school5: School, actor: Acting, as_: AsPerson) -> None:
    vera = User.objects.get(pk=BY_KEY["vera"].uuid)
    key = issue_token(vera, school5, purpose="выгрузка", days=30, by=actor("vera"))
    by_key = Client(headers={"authorization": f"Bearer {key}"})
    assert by_key.get("/s/5/api/v1/me/").status_code == 200
    dismiss(school5, actor("anna"), on=in_days(-1))
    assert by_key.get("/s/5/api/v1/me/").status_code == 404
    assert by_key.get(HOME).status_code in (302, 401)


def test_a_place_that_never_began_opens_nothing(school5: School, as_: AsPerson) -> None:
    Membership.objects.create(
        user_id=str(BY_KEY["zoya"].uuid),
        school=school5,
        office="teacher",
        basis="приглашение",
        valid_from=in_days(-5),
        valid_to=in_days(-6),
    )
    Membership.objects.create(
        user_id=str(BY_KEY["zoya"].uuid),
        school=school5,
        office="psychologist",
        basis="приглашение",
        valid_from=in_days(5),
    )
    assert as_("zoya").get(HOME).status_code == 404
