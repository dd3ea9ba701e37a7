"""A correction of a programme: taken back, it leaves the agreed text and its marks."""

from typing import Any

import pytest

from portal.cabinet.selectors.next_steps import next_steps
from portal.core.errors import Stale
from portal.mentoring.models import Pair
from portal.pair_work import services as work_services
from portal.pair_work.exports.programmes import programme_form
from portal.pair_work.models import Programme
from portal.pair_work.workflow import PROGRAMME
from portal.pair_work.workflow.texts import text_of
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import refused, who
from tests.workflows.test_programmes import correcting, rewrite, untouched_for

pytestmark = pytest.mark.usefixtures("in_school5")


def left_alone(programme: Programme) -> Programme:
    """A week later nothing has moved."""
    untouched_for(7)(programme)
    programme.refresh_from_db()
    return programme


def as_agreed(programme: Programme) -> dict[str, Any]:
    return text_of(Programme.objects.prefetch_related("goals", "activities").get(pk=programme.pk))


@pytest.mark.covers("found B10")
def test_a_correction_taken_back_leaves_the_agreed_text_and_its_marks() -> None:
    """The mentor has rewritten the plan, sent it, got no answer: the pair works by the agreed text again, and
    nothing that was marked is lost.
    """
    programme = scene.running(who)
    agreed, boris, anna = as_agreed(programme), who("boris"), who("anna")
    first, second = (programme.activities.get(number=n) for n in (1, 2))
    work_services.mark_activity(
        programme, 1, by=boris, mark="done", result="Разобрали два урока", version=first.version
    )
    PROGRAMME.move(programme, "correct", by=boris, comment="Сдвинуть цель")
    plan = scene.text(programme.pair)["activities"]
    rewrite(
        title="Другая программа",
        activities=[{**plan[0], "content": "Совсем другое дело"}, *plan[1:]],
        goals=scene.text(programme.pair)["goals"][::-1],
    )(programme)
    work_services.mark_activity(programme, 2, by=who("vera"), mark="done", version=second.version)
    programme.refresh_from_db()
    work_services.submit_programme(programme, by=boris, comment="Сдвинули цель")
    assert as_agreed(programme) != agreed
    moved = PROGRAMME.move(left_alone(programme), "withdraw_correction", by=anna, comment="Не договорились")
    assert (moved.state, moved.revision, moved.agreed_revisions, moved.marks_before) == (
        "in_progress",
        1,
        [1],
        [],
    )
    assert as_agreed(moved) == agreed
    assert list(moved.activities.values_list("number", "mark", "result")) == [
        (1, "done", "Разобрали два урока"),
        (2, "done", ""),
        (3, "planned", ""),
    ]
    refused(Stale, "stale", lambda: work_services.mark_activity(moved, 3, by=boris, mark="done", version=1))


@pytest.mark.covers("found B10")
def test_the_number_of_a_text_that_was_taken_back_is_not_given_again() -> None:
    programme = correcting(who)
    work_services.submit_programme(programme, by=who("boris"), comment="Первая попытка")
    PROGRAMME.move(left_alone(programme), "withdraw_correction", by=who("anna"), comment="Не договорились")
    PROGRAMME.move(programme, "correct", by=who("vera"), comment="Больше времени")
    work_services.submit_programme(programme, by=who("boris"), comment="Вторая попытка")
    PROGRAMME.move(programme, "confirm", by=who("vera"))
    programme = Programme.objects.get(pk=programme.pk)
    assert (programme.state, programme.revision, programme.agreed_revisions) == ("in_progress", 3, [1, 3])
    assert [row.what for row in programme_form(programme).corrections] == ["3"]  # type: ignore[attr-defined]


@pytest.mark.covers("found B10")
def test_the_curator_hears_of_a_correction_that_stands() -> None:
    programme = correcting(who)
    situations = {key: {step.situation for step in next_steps(who(key))} for key in ("anna", "boris")}
    assert "correction_stands" not in situations["anna"]
    assert "programme_to_correct" in situations["boris"]
    left_alone(programme)
    (step,) = [step for step in next_steps(who("anna")) if step.situation == "correction_stands"]
    assert (step.mine, str(programme.uuid) in step.url, "Кравцов" in step.why) == (True, True, True)
    Pair.objects.filter(pk=programme.pair_id).update(mentor=scene.person("anna"))
    assert not [step for step in next_steps(who("anna")) if step.situation == "correction_stands"], (
        "the pair is the curator's own"
    )
    assert [step for step in next_steps(who("zhanna")) if step.situation == "correction_stands"]
