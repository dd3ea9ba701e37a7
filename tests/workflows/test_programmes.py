"""SM-4: a programme from the first text to the end."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.cabinet.services.nights import every_day
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, Stale
from portal.mentor_bank import services as bank_services
from portal.mentor_bank.models import MenteeNeed
from portal.mentoring.models import Pair
from portal.mentoring.workflow import PAIR
from portal.pair_work import services as work_services
from portal.pair_work.models import Programme, ProgrammeConfirmation
from portal.pair_work.workflow import PROGRAMME
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import refused, who
from tests.workflows.scenarios import Change, Scenario, Step, change, walk

pytestmark = pytest.mark.usefixtures("in_school5")
MONTH = dt.timedelta(days=30)


def rewrite(**more: Any) -> Change:
    """The mentor writes another text; functions are given the pair."""

    def write(programme: Programme) -> None:
        values = {name: value(programme.pair) if callable(value) else value for name, value in more.items()}
        work_services.write_programme(
            programme.pair, by=who("boris"), programme=programme, **scene.text(programme.pair, **values)
        )

    return write


def rows(until: Callable[[], dt.date]) -> Callable[[Pair], list[dict[str, Any]]]:
    return lambda pair: [{**row, "ends_on": until()} for row in scene.text(pair)["activities"]]


def one_is_later(plan: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All deeds but the last fit into the programme."""
    return [*plan[:-1], {**plan[-1], "ends_on": clock.today() + 12 * MONTH}]


def pair(state: str) -> Change:
    return lambda programme: Pair.objects.filter(pk=programme.pair_id).update(state=state)


def not_ready(verb: str, **typed: Any) -> tuple[Step | Change, ...]:
    """Every way in which a text is not ready, and the ready text."""
    late = {"ends_on": lambda of: of.planned_to + dt.timedelta(days=1)}
    short = {
        "length_reason": "",
        "ends_on": lambda of: clock.today() + MONTH,
        "activities": rows(lambda: clock.today() + MONTH),
    }
    broken: list[tuple[dict[str, Any], str]] = [
        ({"goals": []}, "goals"),
        ({"goals": lambda of: scene.text(of)["goals"][:1]}, "goals"),
        ({"activities": lambda of: scene.text(of)["activities"][:2]}, "activities"),
        (late, "dates"),
        ({"activities": rows(lambda: clock.today() + 12 * MONTH)}, "plan_dates"),
        ({"activities": lambda of: one_is_later(scene.text(of)["activities"])}, "plan_dates"),
        (short, "length"),
    ]
    steps: list[Step | Change] = []
    for wrong, code in broken:
        steps += [rewrite(**wrong), ("boris", verb, typed, code)]
    return (*steps, rewrite(), pair("suspended"), ("boris", verb, typed, "pair_not_active"), pair("active"))


def correcting(w: Any) -> Programme:
    return PROGRAMME.move(scene.running(w), "correct", by=w("vera"), comment="Больше времени")


def another_of_its_year(programme: Programme) -> None:
    """The year that the correction has left is free, so a second programme is written for it."""
    work_services.write_programme(programme.pair, by=who("boris"), **scene.text(programme.pair))


def the_other_is_given_up(programme: Programme) -> None:
    other = programme.pair.programmes.exclude(pk=programme.pk).get()
    PROGRAMME.move(other, "cancel", by=who("anna"), comment="Возвращаемся к прежней")


def association(looks: bool) -> Change:
    return lambda programme: bank_services.decide_settings(by=who("anna"), association_reviews=looks)


def all_done(programme: Programme) -> None:
    programme.activities.update(mark="done", done_on=clock.today())


def rated(programme: Programme) -> None:
    programme.goals.update(mentor_rating="yes", mentee_rating="partly")


def week_ago() -> dt.date:
    return clock.today() - dt.timedelta(days=7)


def untouched_for(days: int) -> Change:
    return change(updated_at=lambda: clock.now() - dt.timedelta(days=days))


def all_say_yes(programme: Programme) -> None:
    """The answers are there, as after the last of a group who has not answered has left."""
    for person in programme.pair.people:
        ProgrammeConfirmation.objects.create(programme=programme, revision=programme.revision, person=person)


SCENARIOS = {
    "written": Scenario("draft", scene.written, (
        *not_ready("submit"), ("vera", "submit", {}, "forbidden"), ("boris", "submit", {}, "agreed_by_pair"),
        ("vera", "ask_changes", {}, "comment_required"),
        ("boris", "ask_changes", {"comment": "сам"}, "forbidden"),
        ("vera", "ask_changes", {"comment": "Слишком быстро"}, "returned"),
        ("boris", "submit", {}, "agreed_by_pair"),
    )),
    "agreed": Scenario("agreed_by_pair", scene.submitted, (
        ("time", "to_curator", {}, "not_confirmed"), ("boris", "confirm", {}, "forbidden"),
        all_say_yes, ("vera", "confirm", {}, "already_confirmed"), association(True),
        ("time", "to_curator", {}, "association"), association(False),
        ("anna", "to_curator", {}, "forbidden"), ("time", "to_curator", {}, "curator_review"),
        ("zhanna", "approve", {}, "forbidden"),
        pair("suspended"), ("anna", "approve", {}, "pair_not_active"), pair("active"),
        ("anna", "return", {}, "comment_required"),
        ("anna", "return", {"comment": "Допишите срок"}, "returned"),
    )),
    "seen by the association": Scenario("agreed_by_pair", scene.submitted, (
        association(True), ("time", "to_association", {}, "not_confirmed"),
        all_say_yes, association(False),
        ("time", "to_association", {}, "no_association"), association(True),
        ("time", "to_association", {}, "smo_review"),
        ("anna", "recommend", {}, "forbidden"), ("lev", "return", {}, "comment_required"),
        ("lev", "return", {"comment": "Нет показателя"}, "returned"),
        ("boris", "submit", {}, "agreed_by_pair"), ("vera", "confirm", {}, "smo_review"),
        ("lev", "recommend", {}, "curator_review"), change(starts_on=lambda: clock.today() + MONTH),
        ("anna", "approve", {}, "approved"), ("time", "start", {}, "too_early"),
        change(starts_on=clock.today), pair("suspended"),
        ("time", "start", {}, "pair_not_active"), pair("active"),
        ("anna", "start", {}, "forbidden"), ("time", "start", {}, "in_progress"),
    )),
    "nobody answers": Scenario("agreed_by_pair", scene.submitted, (
        ("boris", "enter_agreement", {"comment": "бумага у меня"}, "forbidden"),
        ("anna", "enter_agreement", {}, "comment_required"),
        ("anna", "enter_agreement", {"comment": "Подпись на экземпляре в кабинете 12"}, "may_still_answer"),
        change(submitted_on=week_ago),
        association(True),
        ("anna", "enter_agreement", {"comment": "Подпись на экземпляре в кабинете 12"}, "smo_review"),
        ("lev", "skip_association", {"comment": "сам"}, "forbidden"),
        ("anna", "skip_association", {}, "comment_required"),
        ("anna", "skip_association", {"comment": "Руководителя ШМО пока нет"}, "curator_review"),
    )),
    "a correction that nobody answers": Scenario("in_progress", scene.running, (
        ("vera", "correct", {"comment": "Больше времени"}, "correction"),
        ("anna", "enter_agreement", {"comment": "подписано"}, "not_corrected"),
        ("boris", "submit_correction", {"comment": "Сдвинули цель"}, "correction"),
        ("anna", "enter_agreement", {}, "comment_required"),
        ("anna", "enter_agreement", {"comment": "подписано"}, "may_still_answer"),
        change(submitted_on=week_ago),
        ("anna", "enter_agreement", {"comment": "подписано"}, "in_progress"),
    )),
    "a correction that the mentor leaves": Scenario("in_progress", scene.running, (
        ("vera", "correct", {"comment": "Больше времени"}, "correction"),
        ("anna", "withdraw_correction", {"comment": "не нужно"}, "may_still_correct"),
        untouched_for(7), ("boris", "withdraw_correction", {"comment": "сам"}, "forbidden"),
        ("anna", "withdraw_correction", {}, "comment_required"),
        ("anna", "withdraw_correction", {"comment": "Договорились оставить как было"}, "in_progress"),
    )),
    "a correction that has left its year to another programme": Scenario("in_progress", scene.running, (
        ("vera", "correct", {"comment": "Больше времени"}, "correction"),
        change(year=lambda: clock.today().year + 2), another_of_its_year, untouched_for(7),
        ("anna", "withdraw_correction", {"comment": "Вернёмся"}, "year_taken"), the_other_is_given_up,
        ("anna", "withdraw_correction", {"comment": "Вернёмся"}, "in_progress"),
    )),
    "a correction that the mentee refuses": Scenario("in_progress", scene.running, (
        ("boris", "correct", {"comment": "Сдвинуть цель"}, "correction"),
        ("vera", "ask_changes", {"comment": "рано"}, "not_corrected"),
        ("boris", "submit_correction", {"comment": "Сдвинули цель"}, "correction"),
        ("boris", "ask_changes", {"comment": "сам"}, "forbidden"),
        ("vera", "ask_changes", {}, "comment_required"),
        ("vera", "ask_changes", {"comment": "Лучше весной"}, "correction"),
        ("time", "continue", {}, "not_corrected"),
        ("boris", "submit_correction", {"comment": "Перенесли"}, "correction"), untouched_for(7),
        ("anna", "withdraw_correction", {"comment": "Не договорились"}, "in_progress"),
    )),
    "ended without ratings": Scenario("in_progress", scene.running, (
        all_done, ("boris", "finish", {}, "final_review"),
        ("anna", "complete_unrated", {}, "comment_required"),
        ("boris", "complete_unrated", {"comment": "некогда"}, "forbidden"),
        ("anna", "complete_unrated", {"comment": "Вера болеет"}, "may_still_rate"),
        change(updated_at=lambda: clock.now() - dt.timedelta(days=15)),
        ("anna", "complete_unrated", {"comment": "Вера болеет"}, "completed"),
    )),
    "corrected": Scenario("in_progress", scene.running, (
        ("gleb", "correct", {"comment": "чужой"}, "forbidden"), ("vera", "correct", {}, "comment_required"),
        ("vera", "correct", {"comment": "Больше времени на наблюдение"}, "correction"),
        ("vera", "confirm", {}, "not_corrected"),
        ("time", "continue", {}, "not_corrected"), *not_ready("submit_correction", comment="Сдвинули цель"),
        ("boris", "submit_correction", {}, "comment_required"),
        ("boris", "submit_correction", {"comment": "Сдвинули вторую цель"}, "correction"),
        ("time", "continue", {}, "not_confirmed"), all_say_yes,
        ("vera", "confirm", {}, "already_confirmed"), ("time", "continue", {}, "in_progress"),
        ("vera", "correct", {"comment": "И ещё немного"}, "correction"),
        ("boris", "submit_correction", {"comment": "Добавили дело"}, "correction"),
        ("vera", "confirm", {}, "in_progress"),
    )),
    "finished": Scenario("in_progress", scene.running, (
        ("boris", "finish", {}, "not_finished"), all_done, ("vera", "finish", {}, "forbidden"),
        ("boris", "finish", {}, "final_review"),
        ("anna", "complete", {}, "goals_not_rated"), rated, ("boris", "complete", {}, "forbidden"),
        ("anna", "complete", {}, "completed"),
    )),
    "not cancelled from above": Scenario("in_progress", scene.running, (
        ("anna", "cancel", {"comment": "так решили"}, "pair_open"), pair("terminated"),
        ("boris", "cancel", {"comment": "сам"}, "forbidden"),
        ("anna", "cancel", {}, "comment_required"),
        ("anna", "cancel", {"comment": "Пара прекращена"}, "cancelled"),
    )),
    "a draft is given up": Scenario("draft", scene.written,
        (("anna", "cancel", {"comment": "пишут новую"}, "cancelled"),)),
}  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.covers(
    "SM-4.submit", "SM-4.confirm", "SM-4.ask_changes", "SM-4.to_association", "SM-4.to_curator",
    "SM-4.recommend", "SM-4.return", "SM-4.approve",
    "SM-4.enter_agreement", "SM-4.withdraw_correction", "SM-4.skip_association", "SM-4.complete_unrated",
    "SM-4.start", "SM-4.correct", "SM-4.submit_correction", "SM-4.continue", "SM-4.finish", "SM-4.complete",
    "SM-4.cancel",
    "seed 2.3", "seed 4.2.2", "seed 6.1.cur.2", "seed 6.1.shmo.2",
)  # fmt: skip
def test_a_programme(name: str) -> None:
    walk(PROGRAMME, SCENARIOS[name], who)


def test_a_speedy_programme_needs_one_thing_to_do() -> None:
    quick = scene.active(who, kinds=["speed"], selection="", planned_to=clock.today() + dt.timedelta(days=3))
    day = {
        "ends_on": clock.today(),
        "activities": [{**scene.text(quick)["activities"][0], "ends_on": clock.today()}],
    }
    programme = work_services.write_programme(quick, by=who("boris"), **scene.text(quick, **day))
    assert work_services.submit_programme(programme, by=who("boris")).state == "agreed_by_pair"


def test_whoever_has_left_a_group_is_not_waited_for() -> None:
    group = scene.active_group(who)
    programme = work_services.submit_programme(
        work_services.write_programme(group, by=who("boris"), **scene.text(group)), by=who("boris")
    )
    PROGRAMME.move(programme, "confirm", by=who("vera"))
    programme.refresh_from_db()
    assert programme.state == "agreed_by_pair", "the other mentee has not agreed yet"
    scene.dismiss("irina")
    assert PROGRAMME.move(programme, "to_curator", by=who("time")).state == "curator_review"


@pytest.mark.parametrize(
    ("days", "reason", "is_ready"),
    [(84, "", False), (84, "до конца учебного года", True), (85, "", True), (84, "  ", False)],
)
def test_a_programme_shorter_than_three_months_says_why(days: int, reason: str, is_ready: bool) -> None:
    ends_on = clock.today() + dt.timedelta(days=days)
    programme = scene.written(who, ends_on=ends_on, length_reason=reason)
    if is_ready:
        assert work_services.submit_programme(programme, by=who("boris")).state == "agreed_by_pair"
    else:
        refused(Conflict, "length", lambda: work_services.submit_programme(programme, by=who("boris")))


def test_a_programme_lives_inside_pair_and_school_year() -> None:
    pair = scene.active(who, planned_to=dt.date(2027, 12, 31))
    programme = work_services.write_programme(
        pair, by=who("boris"), **scene.text(pair, ends_on=dt.date(2027, 9, 30))
    )
    refused(Conflict, "dates", lambda: work_services.submit_programme(programme, by=who("boris")))
    work_services.write_programme(
        pair, by=who("boris"), programme=programme, **scene.text(pair, ends_on=dt.date(2027, 8, 31))
    )
    assert work_services.submit_programme(programme, by=who("boris")).revision == 1


@pytest.mark.covers("SM-4.approve")
def test_the_way_of_a_programme() -> None:
    programme = scene.submitted(who)
    frozen = programme.revisions.get().content
    assert len(frozen["goals"]) == 2
    refused(
        Conflict,
        "frozen",
        lambda: work_services.write_programme(
            programme.pair, by=who("boris"), programme=programme, **scene.text(programme.pair)
        ),
    )
    refused(Forbidden, "forbidden", lambda: PROGRAMME.move(programme, "confirm", by=who("boris")))
    PROGRAMME.move(programme, "ask_changes", by=who("vera"), comment="Слишком быстро")
    assert (programme.state, programme.answer) == ("returned", "Слишком быстро")
    work_services.submit_programme(programme, by=who("boris"))
    assert programme.revision == 2
    PROGRAMME.move(programme, "confirm", by=who("vera"))
    programme.refresh_from_db()
    assert programme.state == "curator_review"
    refused(Forbidden, "forbidden", lambda: PROGRAMME.move(programme, "approve", by=who("zhanna")))
    PROGRAMME.move(programme, "approve", by=who("anna"))
    programme.refresh_from_db()
    assert programme.state == "in_progress", "the day of its start has come"
    PROGRAMME.move(programme, "correct", by=who("vera"), comment="Больше времени на наблюдение")
    refused(Conflict, "not_corrected", lambda: PROGRAMME.move(programme, "confirm", by=who("vera")))
    work_services.submit_programme(programme, by=who("boris"), comment="Сдвинули вторую цель")
    PROGRAMME.move(programme, "confirm", by=who("vera"))
    programme.refresh_from_db()
    assert (programme.state, programme.revision) == ("in_progress", 3)
    refused(Conflict, "not_finished", lambda: PROGRAMME.move(programme, "finish", by=who("boris")))
    for number in (1, 2, 3):
        work_services.mark_activity(programme, number, by=who("vera"), mark="done")
    PROGRAMME.move(programme, "finish", by=who("boris"))
    refused(
        Conflict,
        "goals_not_rated",
        lambda: PROGRAMME.move(programme, "complete", by=who("anna")),
    )
    for key in ("boris", "vera"):
        work_services.rate_goals(programme, {1: "yes", 2: "partly"}, by=who(key))
    PROGRAMME.move(programme, "complete", by=who("anna"))
    pair = PAIR.move(programme.pair, "complete", by=who("zhanna"))
    assert (pair.state, pair.closing_reason, MenteeNeed.objects.get().state) == (
        "completed",
        "completed",
        "closed",
    )


def test_the_school_decides_who_approves_and_whether_the_association_looks() -> None:
    bank_services.decide_settings(
        by=who("anna"), programmes_approved_by="principal", association_reviews=True
    )
    programme = scene.confirmed(who)
    programme.refresh_from_db()
    assert programme.state == "smo_review"
    refused(Forbidden, "forbidden", lambda: PROGRAMME.move(programme, "recommend", by=who("anna")))
    PROGRAMME.move(programme, "recommend", by=who("lev"))
    refused(Forbidden, "forbidden", lambda: PROGRAMME.move(programme, "approve", by=who("anna")))
    PROGRAMME.move(programme, "approve", by=who("zhanna"))
    programme.refresh_from_db()
    assert programme.state == "in_progress"


def test_a_mark_made_on_an_old_page_does_not_fall_on_another_line_of_the_plan() -> None:
    """The mentor has taken the first line out: what the mentee saw as the second is the first now, and «2» is
    another deed.
    """
    programme = correcting(who)
    seen = programme.activities.get(number=2)
    plan = scene.text(programme.pair)["activities"]
    rewrite(activities=[*plan[1:], {**plan[0], "content": "Совсем другое дело"}])(programme)
    refused(
        Stale,
        "stale",
        lambda: work_services.mark_activity(programme, 2, by=who("vera"), mark="done", version=seen.version),
    )
    same = programme.activities.get(number=2)
    work_services.mark_activity(programme, 2, by=who("vera"), mark="done", version=same.version)
    rewrite(activities=[*plan[1:], {**plan[0], "content": "Совсем другое дело"}])(programme)
    kept = programme.activities.get(number=2)
    assert (kept.mark, kept.version) == ("done", same.version + 1)


def test_a_group_does_not_wait_for_the_word_of_whoever_has_left() -> None:
    programme = work_services.submit_programme(scene.written(who, scene.active_group(who)), by=who("boris"))
    PROGRAMME.move(programme, "confirm", by=who("vera"))
    every_day(who("time"))
    programme.refresh_from_db()
    assert programme.state == "agreed_by_pair", "Ирина has not answered yet"
    scene.dismiss("irina")
    every_day(who("time"))
    programme.refresh_from_db()
    assert programme.state == "curator_review"
