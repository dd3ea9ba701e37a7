"""The story of the demo holds on every day of the year, has pairs in every state, and says of practices only
what their sheets say.
"""

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from best_practices.states import (
    ARBITRATION_DIFFERENCE,
    CRITERIA,
    LOWEST_CRITERION,
    PASS,
    RETURN,
    PracticeState,
)
from portal.core import clock
from portal.core.school_year import SchoolYear
from portal.demo.seeding import days, plans
from portal.demo.seeding.checks import AT_LEAST, PAIRS, PUBLISHED
from portal.demo.seeding.practice_texts import read_practices, sheets_of
from portal.demo.seeding.practices import IN_SCHOOL, JUDGED
from portal.mentor_bank.states import MentoringForm, MentoringKind
from portal.mentoring.states import PairState

EVERY_DAY = [dt.date(2027, 9, 1) + dt.timedelta(days=n) for n in range(366)]
"""From 1 September to the next one, with 29 February."""
PLANS = [plan for school in (5, *plans.OTHERS) for plan in plans.plans_of(school)]
DAY = dt.timedelta(days=1)


def works(day: dt.date) -> bool:
    return clock.working_days_after(day - DAY, 1) == day


def test_every_day_has_a_year_behind_it() -> None:
    for today in EVERY_DAY:
        begins, until = days.begins_on(today), days.assigned_until(today)
        assert works(begins), today
        assert SchoolYear.of(begins) == days.year_of_story(today), today
        assert (today - begins).days >= days.SETTLED_DAYS - 7, today
        assert days.settles_on(today) < days.shifted(begins, days.PROPOSED), today
        assert (until - today).days >= 14, today
        assert (until - begins).days <= 36 * 31, today


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.state}-{plan.programme}-{plan.began}")
def test_every_pair_fits_between_its_beginning_and_today(plan: plans.Plan) -> None:
    """Every third day is tried: neighbours differ by weekends only, and so all weekdays come."""
    for today in EVERY_DAY[::3]:
        signed, yesterday = days.day_of_order(plan, today), days.shifted(today, -1)
        assert works(signed), today
        assert days.shifted(signed, days.PROPOSED) >= days.settles_on(today), today
        if plan.state in plans.FORMING:
            step, ago = days.LAST_STEP[plan.state]
            assert signed > yesterday, today
            assert days.shifted(signed, step) == days.shifted(today, -ago), today
        else:
            assert plan.programme in days.ON_THE_WAY or days.shifted(signed, days.APPROVED) <= yesterday, (
                today
            )
        if plan.state == "completed" or plan.programme == "final_review":
            over = days.end_of_short_programme(signed, today)
            assert days.shifted(over, 3) <= yesterday, today
            assert signed <= over <= SchoolYear.of(signed).ends_on, today


def test_there_are_sixty_pairs_of_every_state_form_and_kind() -> None:
    states = Counter(plan.state for plan in PLANS)
    states["consent_pending"] += states["replacing"]  # each gets a successor, who is asked
    assert sum(states.values()) == PAIRS
    assert min(states[state] for state in PairState.values) >= AT_LEAST
    assert {plan.form for plan in PLANS} == set(MentoringForm.values)
    assert {kind for plan in PLANS for kind in plan.kinds} == set(MentoringKind.values)
    assert 10 <= len(plans.SCHOOL_5) <= 16


def advised(stem: str) -> set[str]:
    """The stages that the sheets of a practice allow, by the thresholds of the workflow."""
    sheets = sheets_of(stem)
    totals = [sum(sheet["scores"].values()) for sheet in sheets]
    said = {sheet["recommendation"] for sheet in sheets}
    if max(totals) - min(totals) > ARBITRATION_DIFFERENCE or {"publish", "reject"} <= said:
        return {"arbitration"}
    mean = sum(totals) / len(totals)
    lowest = min(sum(sheet["scores"][c] for sheet in sheets) / len(sheets) for c in CRITERIA)
    if mean >= PASS and lowest >= LOWEST_CRITERION:
        return {"recommended", "published", "archived", "renewing"}
    return {"returned_municipal"} if mean >= RETURN else {"rejected"}


@pytest.mark.parametrize(
    "row",
    [row for row in read_practices() if row["stage"] in JUDGED],
    ids=lambda row: row["stem"],
)
def test_a_practice_stands_where_its_sheets_have_put_it(row: dict[str, Any]) -> None:
    stem = str(row["stem"])
    assert row["stage"] in advised(stem)
    words = {
        "recommended": "publish",
        "published": "publish",
        "archived": "publish",
        "renewing": "publish",
        "returned_municipal": "revise",
        "rejected": "reject",
    }
    wanted = words.get(str(row["stage"]))
    assert wanted is None or {sheet["recommendation"] for sheet in sheets_of(stem)} == {wanted}


def test_there_is_a_practice_in_every_state_and_a_bank_worth_searching() -> None:
    stages = Counter(str(row["stage"]) for row in read_practices())
    assert set(PracticeState.values) <= set(stages)
    assert set(IN_SCHOOL) <= set(stages)
    assert stages["published"] >= PUBLISHED
