"""Whoever is named as holding the baton holds it: finds the matter at home as the own next step. Walked over
scenes and over empty offices.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import set_urlconf

from portal.accounts.models import Membership
from portal.core import clock, next_steps
from portal.core.actor import Actor
from portal.core.next_steps import Holder, NextStep
from portal.mentor_bank import services as bank_services
from portal.mentor_bank.workflow import CARD
from portal.mentoring.models import MentoringConsent
from portal.pair_work import services as work_services
from portal.pair_work.models import Programme
from portal.pair_work.workflow import MEETING, PROGRAMME
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.staff.models import Person, PersonOffice, Position
from portal.staff.services.absences import Away, begin_absence
from tests.cast import BY_KEY
from tests.practices.conftest import content, drafted, sheet  # noqa: F401  (fixtures)
from tests.workflows import mentoring_scenes as scene

Who = Callable[[str], Actor]
PEOPLE = ("anna", "boris", "vera", "zhanna", "irina", "lev", "kira")
OFFICES = {"irina": "psychologist", "lev": "association_lead", "anna": "curator", "zhanna": "principal"}
GIVING = {"office_vacant", "curator_to_appoint", "deputy_to_enter", "order_to_register"}
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _held(who: Who) -> Any:
    meeting = work_services.plan_meeting(
        scene.running(who).pair, by=who("boris"), planned_at=scene.earlier_today(), topic="Конец урока"
    )
    return work_services.record_meeting(
        meeting, by=who("boris"), duration_min=45, content="Смотрели конец урока."
    )


def _at_association(who: Who) -> Programme:
    bank_services.decide_settings(by=who("anna"), association_reviews=True)
    return scene.confirmed(who)


def _advised_against(who: Who) -> Any:
    return scene.conclude_pair(scene.agreed(who), by=who("irina"), conclusion="not_recommended")


def _finishing(who: Who) -> Programme:
    programme = scene.running(who)
    programme.activities.update(mark="done", done_on=clock.today())
    return PROGRAMME.move(programme, "finish", by=who("boris"))


def _recommended(who: Who) -> Any:
    return CARD.move(scene.wishing(who), "recommend", by=who("anna"))


SCENES: dict[str, Callable[[Who], Any]] = {
    "a need": scene.a_need,
    "a card": scene.wishing,
    "a card recommended": _recommended,
    "a card confirmed": scene.a_card,
    "a pair proposed": scene.proposed,
    "consents asked": scene.asked,
    "consents given": scene.agreed,
    "consents of the psychologist's own pair": lambda who: scene.agreed(who, mentee="irina"),
    "advised against": _advised_against,
    "an order": scene.with_order,
    "active": scene.active,
    "a programme sent": scene.submitted,
    "at the association": _at_association,
    "at the curator": scene.confirmed,
    "a programme corrected": lambda who: PROGRAMME.move(
        scene.running(who), "correct", by=who("vera"), comment="Больше времени"
    ),
    "results": _finishing,
    "the last day of a programme": scene.on_its_last_day,
    "a pair that has done its work": scene.with_its_work_done,
    "a pair past its last day": scene.past_its_last_day,
    "a meeting held": _held,
    "a meeting disputed": lambda who: MEETING.move(
        _held(who), "dispute", by=who("vera"), comment="Встречались двадцать минут."
    ),
}


@pytest.fixture
def who(school5: Any, actor: Callable[..., Actor]) -> Who:
    actors = {key: actor(key, school5) for key in PEOPLE}
    return lambda key: actors[key]


def _vacate(key: str, school: Any, inside: Any) -> None:
    """The office is held by nobody any more: in the city, in the school's records, and by position."""
    Membership.objects.filter(user=BY_KEY[key].uuid, office=OFFICES[key]).delete()
    with inside(school):
        PersonOffice.objects.filter(office=OFFICES[key]).delete()
        heads = Position.objects.filter(position="principal")
        heads.filter(employment__person__user=BY_KEY[key].uuid).update(position="teacher")


def _steps(school: Any, inside: Any, actor: Callable[..., Actor]) -> dict[Any, list[NextStep]]:
    actors = [actor(key, school) for key in PEOPLE]
    with inside(school), override("config.urls_school"):
        return {by.user: next_steps.steps_for(by) for by in actors}


@contextmanager
def override(urlconf: str) -> Iterator[None]:
    """The addresses of a school, as a request to one sees them."""
    set_urlconf(urlconf)
    try:
        yield
    finally:
        set_urlconf(None)


def _about(step: NextStep) -> set[str]:
    """What a step is about: the objects of its link, the pair of a consent, and whatever its title quotes."""
    found = set(UUID.findall(step.url))
    pairs = MentoringConsent.objects.filter(uuid__in=found).values_list("pair__uuid", flat=True)
    return found | {str(pair) for pair in pairs} | set(re.findall("«(.+?)»", step.title))


def _untrue(steps: dict[Any, list[NextStep]]) -> Iterator[str]:
    """Named holders who do not find the matter at home."""
    for step in (step for found in steps.values() for step in found if step.who is not None):
        holder = step.who
        assert holder is not None
        assert holder.beyond or holder.users, step
        for user in holder.users:
            own = [mine for mine in steps.get(user, []) if mine.mine]
            missed = any(why in holder.note for why in ("никто не занимает", "надолго нет на работе"))
            gives = missed and any(mine.situation in GIVING for mine in own)
            if not gives and not any(_about(mine) & _about(step) for mine in own):
                yield f"{step.situation}: {step.title} → {holder.name} ({holder.note})"


@pytest.mark.parametrize("begin", SCENES)
@pytest.mark.covers("found B10")
def test_whoever_is_named_finds_it_at_home(
    begin: str, who: Who, school5: Any, inside: Any, actor: Callable[..., Actor]
) -> None:
    with inside(school5):
        SCENES[begin](who)
    steps = _steps(school5, inside, actor)
    with inside(school5):
        assert list(_untrue(steps)) == []
        assert any(step.mine and _about(step) for found in steps.values() for step in found), (
            "somebody has the move"
        )


@pytest.mark.parametrize("gone", OFFICES)
@pytest.mark.parametrize(
    "begin",
    [
        "a need",
        "a card recommended",
        "consents given",
        "an order",
        "at the association",
        "at the curator",
        "results",
    ],
)
@pytest.mark.covers("found B10", "found A3")
def test_an_empty_office_is_never_named_and_whoever_gives_it_hears(
    begin: str, gone: str, who: Who, school5: Any, inside: Any, actor: Callable[..., Actor]
) -> None:
    with inside(school5):
        SCENES[begin](who)
    _vacate(gone, school5, inside)
    steps = _steps(school5, inside, actor)
    with inside(school5):
        assert list(_untrue(steps)) == []


@pytest.mark.parametrize("gone", ["lev", "irina"])
@pytest.mark.covers("found B10")
def test_the_principal_hears_which_office_is_missed_and_by_what(
    gone: str, who: Who, school5: Any, inside: Any, actor: Callable[..., Actor], as_: Any
) -> None:
    with inside(school5):
        (_at_association if gone == "lev" else scene.agreed)(who)
    _vacate(gone, school5, inside)
    vacant = [
        step
        for step in _steps(school5, inside, actor)[BY_KEY["zhanna"].uuid]
        if step.situation == "office_vacant"
    ]
    assert len(vacant) == 1
    assert "1 программа" in vacant[0].why or "1 пара" in vacant[0].why
    form = as_("zhanna").get(f"/s/5{vacant[0].url}").content.decode()
    chosen = [tag for tag in re.findall("<input [^>]*>", form) if f'value="{OFFICES[gone]}"' in tag]
    assert [" checked" in tag for tag in chosen] == [True], "the office is chosen already"


@pytest.mark.parametrize("begin", ["a need", "consents given", "an order", "at the association", "results"])
@pytest.mark.parametrize("gone", ["irina", "lev"])
def test_the_principal_hears_who_is_away_where_an_office_is_missed(
    begin: str, gone: str, who: Who, school5: Any, inside: Any, actor: Callable[..., Actor]
) -> None:
    with inside(school5):
        SCENES[begin](who)
        person = scene.person(gone)
        begin_absence(person, Away(kind="illness", started_on=clock.today()), by=who("anna"))
    steps = _steps(school5, inside, actor)
    with inside(school5):
        assert list(_untrue(steps)) == []
    missed = [step.why for step in steps[BY_KEY["zhanna"].uuid] if step.situation == "office_vacant"]
    assert all(f"{person.short_name}: надолго нет на работе, а ждут" in why for why in missed)
    waits = {("irina", "consents given"), ("lev", "at the association")}
    assert bool(missed) == ((gone, begin) in waits)


@pytest.mark.covers("found B10")
def test_a_psychologist_by_position_alone_is_not_waited_for(
    who: Who, school5: Any, inside: Any, actor: Callable[..., Actor]
) -> None:
    """The fault as it was seen: imported with the position, in the portal as a teacher, named as the holder,
    shown nothing.
    """
    with inside(school5):
        pair = scene.agreed(who)
    _vacate("irina", school5, inside)
    Membership.objects.create(
        user_id=BY_KEY["irina"].uuid,
        school=school5,
        office="teacher",
        basis="приказ № 1",
        valid_from=clock.today(),
    )
    found = _steps(school5, inside, actor)[BY_KEY["anna"].uuid]
    about = [step for step in found if str(pair.uuid) in step.url]
    assert [step.situation for step in about] == ["psychologist_to_skip"]


@pytest.mark.covers("found B10", "found A3")
def test_whoever_never_joined_is_asked_on_paper_by_the_curator(
    who: Who, school5: Any, inside: Any, actor: Callable[..., Actor]
) -> None:
    with inside(school5):
        pair = scene.asked(who)
        Person.objects.filter(uuid=BY_KEY["vera"].person).update(user=None)
    found = _steps(school5, inside, actor)[BY_KEY["anna"].uuid]
    assert [step.situation for step in found if str(pair.uuid) in step.url] == ["consents_stuck"]


@pytest.mark.covers("found B10")
def test_a_practice_names_reviewers_who_may_review_it(
    drafted: Any,  # noqa: F811
    who: Who,
    school5: Any,
    inside: Any,
    actor: Callable[..., Actor],
) -> None:
    with inside(school5):
        SCHOOL_PRACTICE.move(drafted, "submit", by=who("boris"))
    for gone in (None, "lev", "anna"):
        if gone:
            _vacate(gone, school5, inside)
        steps = _steps(school5, inside, actor)
        with inside(school5):
            assert list(_untrue(steps)) == []


def test_an_empty_office_cannot_be_named() -> None:
    with pytest.raises(ValueError, match="nobody holds it"):
        Holder.of("педагог-психолог", [])
