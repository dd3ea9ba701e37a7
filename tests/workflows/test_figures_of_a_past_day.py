"""A figure of a past day is the one that was shown on that day (docs/adr/0040), whatever became of the pair
since then: each story is lived, the figures are asked in the evening of each of its days and of the days
beside them, and all of them again in the end. What a correction changes is said beside its story.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.core import clock
from portal.local_acts.models import Order
from portal.local_acts.workflow import ORDER
from portal.mentoring.models import Pair
from portal.mentoring.models.stages import PairStage
from portal.mentoring.selectors import figures
from portal.mentoring.services import register_pair_order
from portal.mentoring.services.time import end_pairs_of_dismissed
from portal.mentoring.workflow import PAIR
from portal.mentoring.workflow.asked import Extend
from portal.pair_work.models import Programme
from portal.staff import services
from portal.staff.models import Person
from portal.staff.services.absences import Away
from portal.staff.services.hiring import make_person
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import who

pytestmark = pytest.mark.usefixtures("in_school5")
Day = dict[str, Any]
Deed = Callable[[], object]
Story = dict[str, Deed]
"""What is done on which day, till the last one."""

YEAR = 2026
DAY = dt.timedelta(days=1)


def day_of(word: str) -> dt.date:
    day, month = word.split(".")
    return dt.date(YEAR, int(month), int(day))


def pair() -> Pair:
    return Pair.objects.order_by("pk")[0]


def successor() -> Pair:
    return Pair.objects.get(predecessor=pair())


def step(verb: str, key: str = "anna", **more: Any) -> Deed:
    return lambda: PAIR.move(pair(), verb, by=who(key), **more)


def one_after_another(*deeds: Deed) -> Deed:
    return lambda: [deed() for deed in deeds]


def begin(**more: Any) -> Deed:
    return lambda: scene.active(who, **more)


def notice(ends_on: str) -> Deed:
    return lambda: scene.give_notice(pair(), by=who("boris"), ends_on=day_of(ends_on))


def replace() -> None:
    scene.a_card(who, "lev")
    scene.replace_mentor(pair(), by=who("anna"), successor=scene.person("lev"), planned_from=clock.today())


def agree(made: Callable[[], Pair], *keys: str) -> None:
    for key in keys:
        paper = scene.store(scene.scan(), by=who(key))
        scene.give_consent(scene.consent_of(made(), key), by=who(key), scan=paper, shows_profile=True)


def successor_agrees() -> None:
    agree(successor, "lev", "vera")
    PAIR.move(successor(), "skip_psychologist", by=who("anna"), comment="пара уже работала")


def register(made: Callable[[], Pair] = pair, **more: Any) -> Deed:
    return lambda: register_pair_order(made(), by=who("zhanna"), **scene.order_facts(**more))


def late(signed_on: str) -> Deed:
    day = day_of(signed_on)
    return lambda: register(signed_on=day, agreement_on=day)()


def take_back() -> None:
    ORDER.move(Order.objects.get(code="T-08"), "take_back", by=who("zhanna"), comment="не тот номер")


def done() -> None:
    scene.written(who, pair())
    Programme.objects.update(state="completed")


def leave(key: str, on: str) -> Deed:
    return lambda: services.dismiss_person(
        scene.person(key), on=day_of(on), reason="other", by=who("anna"), basis="приказ № 3-к"
    )


def away(key: str, since: str) -> Deed:
    said = Away(kind="illness", started_on=day_of(since))
    return lambda: services.begin_absence(scene.person(key), said, by=who("anna"))


def back(key: str, until: str) -> None:
    absence = scene.person(key).absences.get()
    said = Away(kind="illness", started_on=absence.started_on, ended_on=day_of(until))
    services.correct_absence(absence, said, by=who("anna"))


def a_double() -> Person:
    facts = {"last_name": "Двойник", "first_name": "Вера", "ped_stage_years": 1, "rate": 1}
    return make_person({**facts, "hired_on": dt.date(YEAR, 9, 1)}, position="teacher")


def merge() -> None:
    services.merge_people(scene.person("vera"), Person.objects.get(last_name="Двойник"), by=who("anna"))


STORIES: dict[str, Story] = {
    "proposed and withdrawn": {
        "01.10": lambda: scene.proposed(who),
        "03.10": step("ask"),
        "06.10": step("withdraw", comment="передумали"),
        "08.10": lambda: None,
    },
    "a refusal": {
        "01.10": lambda: scene.asked(who),
        "05.10": lambda: scene.refuse_consent(scene.consent_of(pair(), "vera"), by=who("vera")),
        "07.10": lambda: None,
    },
    "each paper has its day": {
        "01.10": lambda: scene.asked(who, planned_from=dt.date(YEAR, 10, 10)),
        "02.10": lambda: agree(pair, "boris", "vera"),
        "05.10": step("skip_psychologist", comment="психолога нет"),
        "07.10": register(),
        "12.10": lambda: None,
    },
    "a pause that ends": {
        "01.10": begin(),
        "05.10": step("suspend", comment="длинный отпуск"),
        "08.10": step("resume"),
        "10.10": lambda: None,
    },
    "a pause that lasts": {
        "01.07": begin(planned_to=dt.date(2027, 5, 31)),
        "03.07": step("suspend", comment="длинный отпуск"),
        "05.10": step("end_suspension"),
        "07.10": lambda: None,
    },
    "a notice": {
        "01.10": begin(),
        "05.10": notice("12.10"),
        "15.10": step("terminate", "zhanna", comment="отчёт не нужен"),
        "17.10": lambda: None,
    },
    "another mentor": {
        "01.10": begin(),
        "05.10": replace,
        "07.10": successor_agrees,
        "09.10": register(successor, number="48-н"),
        "12.10": lambda: None,
    },
    "no other mentor": {
        "01.10": begin(),
        "05.10": notice("12.10"),
        "06.10": replace,
        "08.10": lambda: PAIR.move(successor(), "withdraw", by=who("anna"), comment="не сложилось"),
        "09.10": step("stop_replacing", comment="некому"),
        "14.10": lambda: None,
    },
    "completed": {
        "01.10": begin(),
        "05.10": done,
        "08.10": step("complete", "zhanna"),
        "11.10": lambda: None,
    },
    "its last day": {
        "01.10": begin(planned_to=dt.date(YEAR, 11, 5)),
        "05.11": lambda: None,
        "09.11": lambda: None,
    },
    "the mentee leaves": {"01.10": begin(), "03.10": leave("vera", "07.10"), "11.10": lambda: None},
    "the mentor leaves": {"01.10": begin(), "05.10": leave("boris", "06.10"), "11.10": lambda: None},
    "somebody is away": {
        "01.10": begin(),
        "05.10": away("boris", "05.10"),
        "09.10": lambda: back("boris", "09.10"),
        "12.10": lambda: None,
    },
    "a term that was moved in time": {
        "01.10": begin(planned_to=dt.date(YEAR, 11, 5)),
        "04.11": step(
            "extend",
            asked=Extend(planned_to=dt.date(YEAR, 11, 20), extended_by="соглашение № 2 от 04.11.2026"),
        ),
        "20.11": lambda: None,
        "23.11": lambda: None,
    },
}

Changes = dict[str, tuple[Any, Any]]
CORRECTIONS: dict[str, tuple[Story, Changes, Changes]] = {
    # story; of which days another number of working pairs is said, and another of people: on the day, and now
    "an order that was written down late": (
        {
            "01.10": lambda: scene.with_order(who),
            "05.10": lambda: None,
            "09.10": late("05.10"),
            "12.10": lambda: None,
        },
        {"05.10": (0, 1), "06.10": (0, 1), "08.10": (0, 1)},
        {},
    ),
    "an order that was taken back": (
        {
            "01.10": lambda: scene.with_order(who),
            "05.10": lambda: None,
            "09.10": one_after_another(late("05.10"), take_back),
            "12.10": lambda: None,
        },
        {},
        {},
    ),
    "the right order after a wrong one": (
        {
            "01.10": lambda: scene.with_order(who),
            "05.10": lambda: None,
            "09.10": one_after_another(late("05.10"), take_back, late("08.10")),
            "12.10": lambda: None,
        },
        {"08.10": (0, 1)},
        {},
    ),
    "a term that was moved when it was over": (
        {
            "01.10": begin(planned_to=dt.date(YEAR, 11, 5)),
            "06.11": lambda: None,
            "10.11": step(
                "extend",
                asked=Extend(planned_to=dt.date(YEAR, 11, 20), extended_by="соглашение № 2 от 05.11.2026"),
            ),
            "12.11": lambda: None,
        },
        {"06.11": (0, 1), "07.11": (0, 1), "09.11": (0, 1)},
        {},
    ),
    "a dismissal that was taken back": (
        {
            "01.10": begin(),
            "03.10": leave("vera", "05.10"),
            "05.10": lambda: None,
            "08.10": lambda: services.take_dismissal_back(scene.person("vera"), by=who("anna")),
            "11.10": lambda: None,
        },
        {},
        {"06.10": (6, 7), "07.10": (6, 7)},
    ),
    "two cards that were one person": (
        {"01.10": one_after_another(a_double, begin()), "05.10": merge, "08.10": lambda: None},
        {},
        {"01.10": (8, 7), "02.10": (8, 7), "04.10": (8, 7)},
    ),
}


def evening() -> Day:
    """What the school is shown, and in which state each pair is."""
    return {**figures.coverage(), "states": dict(Pair.objects.values_list("pk", "state"))}


def asked_of(day: dt.date) -> Day:
    """The same of a past day."""
    there = Pair.objects.annotate(then=PairStage.state_on(day)).exclude(then=None)
    return {**figures.coverage(day), "states": dict(there.values_list("pk", "then"))}


def live(story: Story) -> dict[str, list[tuple[str, Any, Any]]]:
    """Gives what is said otherwise of a past day in the end."""
    shown: dict[dt.date, Day] = {}
    deeds = {day_of(word): deed for word, deed in story.items()}
    beside = {day + n * DAY for day in deeds for n in (-1, 0, 1)}
    for day in sorted(one for one in beside if one <= max(deeds)):
        with clock.at(dt.datetime(day.year, day.month, day.day, 9, tzinfo=dt.UTC)):
            end_pairs_of_dismissed(who("time"))
            deeds.get(day, lambda: None)()
            shown[day] = evening()
    with clock.at(dt.datetime(day.year, day.month, day.day, 9, tzinfo=dt.UTC)):
        return {f"{past:%d.%m}": differ(shown[past], asked_of(past)) for past in shown if past < day}


def differ(shown: Day, asked: Day) -> list[tuple[str, Any, Any]]:
    return [(key, shown[key], asked[key]) for key in shown if shown[key] != asked[key]]


def changed(story: Story) -> dict[str, list[tuple[str, Any, Any]]]:
    return {day: said for day, said in live(story).items() if said}


@pytest.mark.parametrize("name", STORIES)
def test_a_past_day_says_what_was_said_on_it(name: str) -> None:
    assert changed(STORIES[name]) == {}


@pytest.mark.parametrize("name", CORRECTIONS)
def test_a_correction_changes_the_past_and_nothing_else(name: str) -> None:
    story, of_pairs, of_people = CORRECTIONS[name]
    found = {day: {key: (then, now) for key, then, now in said} for day, said in changed(story).items()}
    assert {day: said["active_pairs"] for day, said in found.items() if "active_pairs" in said} == of_pairs
    assert {day: said["workers"] for day, said in found.items() if "workers" in said} == of_people
    assert set(found) == {*of_pairs, *of_people}
