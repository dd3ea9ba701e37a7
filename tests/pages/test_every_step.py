"""Every next step of everybody leads to a page where that person has the move (found E5): the steps of the
whole cast are pressed, scene by scene.
"""

import datetime as dt
import io
import re
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from portal.cabinet.selectors.next_steps import next_steps
from portal.cabinet.selectors.steps_of_pair import steps_of_pair
from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import Holder, NextStep, in_order
from portal.mentoring.models import Pair
from portal.mentoring.workflow import PAIR
from portal.monitoring import services as school_side
from portal.municipality import services as city
from portal.municipality.letters import OpenedCampaign
from portal.municipality.models import MonitoringCampaign, OfficeInvitation, ReceivedForm
from portal.municipality.states import ReceivedState
from portal.municipality.working_calendar import load_calendar
from portal.pair_work import services as work_services
from portal.pair_work.workflow import MEETING, PROGRAMME
from portal.staff.models import PersonOffice
from portal.staff.services.absences import Away, begin_absence
from tenants.context import in_school
from tenants.models import School, SchoolState
from tests.cast import CAST
from tests.home import Task, tasks
from tests.things import open_data, school_99
from tests.workflows import adoption_scenes as adoptions
from tests.workflows import mentoring_scenes as scene
from tests.workflows import practice_scenes as practices
from tests.workflows.acting import KEYS, of_school5, who

SignIn = Callable[[str], Client]
DAY = dt.timedelta(days=1)
PRESSED = re.compile(r'<a class="(?:btn[^"]*|cell)"\s+href="(/[^"#]*)"')


def _past_meeting() -> None:
    work_services.plan_meeting(
        scene.running(who).pair, by=who("vera"), planned_at=scene.earlier_today(), topic="Конец урока"
    )


def _unconfirmed() -> None:
    meeting = work_services.plan_meeting(
        scene.running(who).pair, by=who("boris"), planned_at=scene.earlier_today(), topic="Конец урока"
    )
    work_services.record_meeting(meeting, by=who("boris"), duration_min=45, content="Смотрели конец урока.")


def _returned_programme() -> None:
    PROGRAMME.move(scene.confirmed(who), "return", by=who("anna"), comment="Добавьте срок второй цели.")


def _leaving() -> None:
    pair = scene.active(who)
    scene.give_notice(pair, by=who("boris"), ends_on=clock.today() + 10 * DAY)


def _paused_after_a_meeting() -> None:
    """Nobody has recorded it: while the pair rests, nobody can."""
    pair = scene.running(who).pair
    scene.planned_meeting(who, pair)
    PAIR.move(pair, "suspend", by=who("anna"), comment="длинный отпуск")


def _paused_in_a_dispute() -> None:
    """The record is still to be mended, by whoever made it."""
    pair = scene.running(who).pair
    meeting = scene.planned_meeting(who, pair)
    work_services.record_meeting(meeting, by=who("boris"), duration_min=45, content="Смотрели конец урока.")
    MEETING.move(meeting, "dispute", by=who("vera"), comment="Встречались двадцать минут.")
    PAIR.move(pair, "suspend", by=who("anna"), comment="длинный отпуск")


def _replaced_after_a_meeting() -> None:
    pair = scene.running(who).pair
    scene.planned_meeting(who, pair)
    scene.a_card(who, "lev")
    scene.replace_mentor(pair, by=who("anna"), successor=scene.person("lev"), planned_from=clock.today())


def _not_replaced() -> None:
    """The new pair has come to nothing."""
    _replaced_after_a_meeting()
    new = Pair.objects.get(predecessor__isnull=False)
    scene.refuse_consent(scene.consent_of(new, "lev"), by=who("lev"))


def _paused_for_long() -> None:
    PAIR.move(scene.running(who).pair, "suspend", by=who("anna"), comment="длинный отпуск")
    Pair.objects.update(suspended_on=clock.today() - 93 * DAY)


def _paused_past_its_end() -> None:
    PAIR.move(scene.running(who).pair, "suspend", by=who("anna"), comment="длинный отпуск")
    began = clock.today() - 60 * DAY
    Pair.objects.update(planned_from=began, started_on=began, planned_to=clock.today() - DAY)


def _gone_before_the_order() -> None:
    scene.with_order(who)
    scene.dismiss("vera")


def _office_over() -> None:
    PersonOffice.objects.filter(office="association_lead").update(valid_to=clock.today() - DAY)
    given = {"office": "association_lead", "basis": "приказ № 1", "valid_from": clock.today() - 90 * DAY}
    PersonOffice.objects.get_or_create(
        person=scene.person("lev"), **given, defaults={"valid_to": clock.today() - DAY}
    )


def away(key: str, after: Any = None, **more: Any) -> None:
    """Whatever was begun, this person is away since yesterday."""
    begun = Away(kind="illness", started_on=clock.today() - DAY, **more)
    begin_absence(scene.person(key), begun, by=who("anna"))


def _record_of_the_away() -> None:
    """The mentee waits for the word of a mentor who cannot give it."""
    meeting = work_services.plan_meeting(
        scene.running(who).pair, by=who("vera"), planned_at=scene.earlier_today(), topic="Конец урока"
    )
    work_services.record_meeting(meeting, by=who("vera"), duration_min=45, content="Смотрели конец урока.")
    away("boris")


def _form() -> None:
    letter = OpenedCampaign(
        campaign=uuid4(), title="Срез", year=2026, indicators=["A01", "A02", "A05", "R04"], due=clock.today()
    )
    school_side.begin_form(letter)


SCHOOL: dict[str, Callable[[], Any]] = {
    "nothing yet": lambda: None,
    "a need": lambda: scene.a_need(who),
    "a wish": lambda: scene.wishing(who),
    "a card": lambda: scene.a_card(who),
    "proposed": lambda: scene.proposed(who),
    "asked": lambda: scene.asked(who),
    "at the psychologist": lambda: scene.agreed(who),
    "order": lambda: scene.with_order(who),
    "active": lambda: scene.active(who),
    "written": lambda: scene.written(who),
    "submitted": lambda: scene.submitted(who),
    "confirmed": lambda: scene.confirmed(who),
    "returned": _returned_programme,
    "running": lambda: scene.running(who),
    "practice to tell": lambda: adoptions.ended(who),
    "past meeting": _past_meeting,
    "unconfirmed": _unconfirmed,
    "leaving": _leaving,
    "paused after a meeting": _paused_after_a_meeting,
    "paused in a dispute": _paused_in_a_dispute,
    "replaced after a meeting": _replaced_after_a_meeting,
    "not replaced": _not_replaced,
    "paused for long": _paused_for_long,
    "mentor away": lambda: away("boris", scene.running(who)),
    "mentee away while asked": lambda: away("vera", scene.asked(who)),
    "mentee away with a text": lambda: away("vera", scene.submitted(who)),
    "mentor away with a record": _record_of_the_away,
    "not back in time": lambda: away("boris", expected_until=clock.today() - DAY),
    "last day": lambda: scene.on_its_last_day(who),
    "work done": lambda: scene.with_its_work_done(who),
    "past the end": lambda: scene.past_its_last_day(who),
    "paused past the end": _paused_past_its_end,
    "an office over": _office_over,
    "gone before the order": _gone_before_the_order,
    "form": _form,
    "practice": lambda: practices.drafted(who),
    "practice in review": lambda: practices.in_review(who),
    "practice in bank": lambda: practices.in_bank(who),
    "practice not understood": lambda: practices.asked_about(who),
}


@pytest.mark.covers("found E5")
@pytest.mark.parametrize("name", SCHOOL)
def test_in_the_school(name: str, school5: School, actor: Callable[..., Actor], as_: SignIn) -> None:
    of_school5({key: actor(key, school5) for key in KEYS})
    with in_school(school5):
        SCHOOL[name]()
    at_work = [person.key for person in CAST if person.school == 5]
    assert lost_of({key: as_(key) for key in at_work}, "/s/5/") == []
    with in_school(school5):
        differing = [(key, pair) for key in KEYS for pair in Pair.objects.all() if not agree(who(key), pair)]
    assert differing == []


def agree(by: Actor, pair: Pair) -> bool:
    """The page of the pair says of it what the home of the reader says."""
    meetings = list(pair.meetings.all())
    keys = [row.uuid for row in (pair, *pair.consents.all(), *pair.programmes.all(), *meetings)]
    at_home = [step for step in next_steps(by) if any(str(key) in step.url for key in keys)]
    return in_order(at_home) == in_order(steps_of_pair(pair, meetings, by))


def lost_of(clients: dict[str, Client], home: str) -> list[tuple[str, str, str]]:
    """Steps of these people whose page has not the move. Each signs in once: a sign-in costs as much as a
    page.
    """
    return [
        (key, task.title, task.url)
        for key, client in clients.items()
        for task in at_home(client, home)
        if not has_the_move(client, task)
    ]


def at_home(client: Client, url: str) -> list[Task]:
    return tasks(client.get(url).content.decode())


def has_the_move(client: Client, task: Task) -> bool:
    """The page offers something to send, or a button or a row that leads to it at once."""
    main = main_of(client, task.url)
    return sends(main) or any(sends(main_of(client, link)) for link in dict.fromkeys(PRESSED.findall(main)))


BEFORE_IT = ("/pay/",)
"""Pages to which one is led from a step because something comes before it."""


def main_of(client: Client, url: str) -> str:
    """Empty for a page that sends its reader away: «этот шаг уже позади» is no move."""
    answer = client.get(url, follow=True)
    assert answer.status_code == 200, url
    if answer.redirect_chain and not answer.redirect_chain[-1][0].endswith(BEFORE_IT):
        return ""
    if not answer["Content-Type"].startswith("text/html"):
        return ""  # a file to take along: nothing is sent from it
    return re.sub(
        r"<nav.*?</nav>", "", answer.content.decode().split("<main")[1].split("</main>")[0], flags=re.S
    )


def sends(main: str) -> bool:
    return bool(re.search(r'<form[^>]*method="post"', main))


def _school(state: str) -> School:
    return school_99(state)


def _received(actor: Callable[..., Actor], state: str = ReceivedState.SUBMITTED) -> None:
    campaign = MonitoringCampaign.objects.create(
        title="Срез", year=2026, indicators=["A01"], due_school=clock.today(), state="open"
    )
    ReceivedForm.objects.create(
        campaign=campaign,
        school=School.objects.get(number=5),
        form=uuid4(),
        revision=1,
        values=[],
        state=state,
        submitted_at=clock.now(),
    )


def _draft(actor: Callable[..., Actor]) -> None:
    city.plan_campaign(
        title="Срез",
        indicators=["A01"],
        open_from=clock.today(),
        due_school=clock.today(),
        by=actor("semyon"),
    )


def _not_joined(actor: Callable[..., Actor]) -> None:
    OfficeInvitation.objects.create(
        full_name="Иванова И. И.", email="i@city.example", office="methodist", basis="приказ № 1"
    )


def _school_in(state: SchoolState, actor: Callable[..., Actor]) -> School:
    return _school(state)


UNFINISHED = (
    SchoolState.DRAFT,
    SchoolState.DOCS_SIGNED,
    SchoolState.SCHEMA_CREATED,
    SchoolState.PRINCIPAL_JOINED,
    SchoolState.STAFF_IMPORTED,
)
CITY: dict[str, Callable[[Callable[..., Actor]], Any]] = {
    "a form came": _received,
    "a form came late": lambda actor: _received(actor, ReceivedState.LATE_SUBMITTED),
    "a draft campaign": _draft,
    "an invitation": _not_joined,
    **{f"a school: {state}": partial(_school_in, state) for state in UNFINISHED},
}


@pytest.mark.covers("found E5")
@pytest.mark.parametrize("name", CITY)
def test_in_the_city(name: str, actor: Callable[..., Actor], as_: SignIn) -> None:
    CITY[name](actor)
    officials = [person.key for person in CAST if person.school is None and person.offices]
    assert lost_of({key: as_(key) for key in officials}, "/") == []


@pytest.mark.covers("found E5")
def test_the_methodist_is_told_whose_answer_a_form_waits_for(
    actor: Callable[..., Actor], as_: SignIn
) -> None:
    _received(actor)
    load_calendar(io.BytesIO(open_data(clock.today().year + 1)), by=actor("semyon"))
    assert [task.button for task in at_home(as_("semyon"), "/")] == ["Проверить форму"]
    home = as_("darya").get("/").content.decode().replace("\xa0", " ")
    assert at_home(as_("darya"), "/") == [] or all(
        "проверить форму" not in task.title for task in at_home(as_("darya"), "/")
    )
    assert "Воронов С. А." in home
    assert "вернуть с замечаниями можете и вы" in home


@pytest.mark.covers("found E5")
def test_the_oldest_work_stands_first() -> None:
    today = clock.today()

    def step(title: str, **more: Any) -> NextStep:
        return NextStep(title, title, "потому что", "/", **more)

    steps = [
        step("без срока"),
        step("через неделю", due=today + 7 * DAY),
        step("ждёт с сентября", waiting_since=today - 80 * DAY, weight=90),
        step("просрочено", due=today - 3 * DAY),
        step("чужое", due=today - 300 * DAY, who=Holder.outside("портал")),
    ]
    assert [s.title for s in in_order(steps)] == [
        "ждёт с сентября",
        "просрочено",
        "через неделю",
        "без срока",
        "чужое",
    ]


OWED = [
    (scene.proposed, "anna", "Спросить согласие пары"),
    (scene.agreed, "irina", "Дать заключение о паре"),
    (scene.with_order, "zhanna", "Подписать приказ о закреплении"),
    (scene.confirmed, "anna", "Утвердить программу"),
]


@pytest.mark.covers("found E5")
@pytest.mark.parametrize(("begin", "whose", "words"), OWED, ids=[row[2] for row in OWED])
def test_who_owes_what_names_the_office(
    begin: Callable[[Any], Any],
    whose: str,
    words: str,
    actor: Callable[..., Actor],
    as_: SignIn,
    school5: School,
) -> None:
    of_school5({key: actor(key, school5) for key in KEYS})
    with in_school(school5):
        for key, office in {"anna": "curator", "irina": "psychologist", "zhanna": "principal"}.items():
            PersonOffice.objects.create(person=scene.person(key), office=office, basis="приказ № 1")
        found = begin(who)
        pair, short = getattr(found, "pair", found), scene.person(whose).short_name
    shown = owed_on(as_("boris"), pair.uuid)
    assert words in shown
    assert short in shown
    assert words not in owed_on(as_(whose), pair.uuid), (
        "whoever holds the office reads it among the own steps"
    )


def owed_on(client: Client, pair: Any) -> str:
    """The part «Кто что должен» of a pair's page."""
    page = client.get(f"/s/5/pairs/{pair}/").content.decode().replace("\xa0", " ")
    return page.split('id="h-turn"')[1].split("</section>")[0]
