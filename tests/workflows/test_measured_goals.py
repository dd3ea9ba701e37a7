"""What is left of a difficulty at the end: one figure of the pair; a draft of a practice begins with it."""

from functools import partial

import pytest

from portal.core.errors import Invalid
from portal.pair_work.forms.programmes import GoalsForm
from portal.pair_work.models import Programme
from portal.pair_work.selectors.as_practice import told_as_practice
from portal.pair_work.services import mark_activity, rate_goals
from portal.pair_work.workflow import PROGRAMME
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import refused, who

pytestmark = pytest.mark.usefixtures("in_school5")
SAID = {1: "yes", 2: "partly"}


@pytest.fixture
def summed_up() -> Programme:
    """The first goal was measured at the beginning, the second was not."""
    programme = scene.running(who)
    programme.goals.filter(number=2).update(baseline=None)
    for number in (1, 2, 3):
        mark_activity(programme, number, by=who("vera"), mark="done")
    return PROGRAMME.move(programme, "finish", by=who("boris"))


def left(programme: Programme) -> list[int | None]:
    return list(programme.goals.order_by("number").values_list("actual", flat=True))


def test_either_of_the_pair_measures_what_was_measured_before(summed_up: Programme) -> None:
    rate = partial(rate_goals, summed_up, SAID)
    rate(by=who("vera"), levels={1: 2})
    rate(by=who("boris"))
    assert left(summed_up) == [2, None], "who says nothing of it changes nothing"
    rate(by=who("boris"), levels={1: 0})
    assert left(summed_up) == [0, None]
    refused(Invalid, "level", lambda: rate(by=who("vera"), levels={1: 4}))
    refused(Invalid, "not_measured", lambda: rate(by=who("vera"), levels={2: 1}))
    assert [row["after"] for row in told_as_practice(summed_up, str)["results"]] == ["0"]
    rate(by=who("vera"), levels={1: None})
    assert left(summed_up) == [None, None]


def test_the_form_asks_only_of_what_was_measured(summed_up: Programme) -> None:
    typed = {"goal_1": "yes", "goal_2": "no", "now_1": "1", "now_2": "3"}
    form = GoalsForm(typed, goals=summed_up.goals.all())
    assert form.is_valid(), form.errors
    assert (form.ratings(), form.levels()) == ({1: "yes", 2: "no"}, {1: 1})
    wrong = GoalsForm(typed | {"now_1": "7"}, goals=summed_up.goals.all())
    assert [*wrong.errors] == ["now_1"]
