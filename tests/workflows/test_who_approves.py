"""Nobody approves or completes the programme of the own pair."""

from typing import Any

import pytest

from portal.cabinet.selectors.next_steps import next_steps
from portal.core import clock
from portal.core.errors import Forbidden
from portal.mentor_bank import services as bank_services
from portal.mentoring.models import Pair
from portal.pair_work import services as work_services
from portal.pair_work.access.programmes import can_approve_programme
from portal.pair_work.exports.programmes import programme_form
from portal.pair_work.models import Programme
from portal.pair_work.workflow import PROGRAMME
from portal.school_records.models import Notice
from portal.staff.exports import named_person
from portal.staff.models import PersonOffice
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import refused, who

pytestmark = pytest.mark.usefixtures("in_school5")


@pytest.fixture
def curator(in_school5: Any) -> PersonOffice:
    return PersonOffice.objects.create(
        person=scene.person("anna"), office="curator", basis="приказ № 1", valid_from=clock.today()
    )


@pytest.mark.covers("SM-4.approve", "T-11")
@pytest.mark.usefixtures("curator")
@pytest.mark.parametrize(
    ("approver", "mentor", "refused_to", "approves"),
    [("curator", "anna", "anna", "zhanna"), ("principal", "zhanna", "zhanna", "anna")],
)
def test_nobody_approves_the_programme_of_the_own_pair(
    approver: str, mentor: str, refused_to: str, approves: str
) -> None:
    bank_services.decide_settings(by=who("anna"), programmes_approved_by=approver)
    programme = scene.confirmed(who)
    Pair.objects.filter(pk=programme.pair_id).update(mentor=scene.person(mentor))
    programme = Programme.objects.select_related("pair").get(pk=programme.pk)
    waits = {
        key: "programme_to_approve" in {step.situation for step in next_steps(who(key))}
        for key in (refused_to, approves)
    }
    assert waits == {refused_to: False, approves: True}
    form = programme_form(programme)
    assert form.approved_by == named_person(scene.person("zhanna"), "директор"), (  # type: ignore[attr-defined]
        "«Утверждаю» stands above the principal"
    )
    assert [one.person for one in form.agreed] == (  # type: ignore[attr-defined]
        [] if mentor == "anna" else [named_person(scene.person("anna"))]
    ), "«Согласовано» above the curator"
    refused(Forbidden, "forbidden", lambda: PROGRAMME.move(programme, "approve", by=who(refused_to)))
    PROGRAMME.move(programme, "approve", by=who(approves))
    programme.refresh_from_db()
    assert programme.state == "in_progress"


@pytest.mark.usefixtures("curator")
def test_a_principal_who_works_with_the_curator_approves_it_all_the_same() -> None:
    programme = scene.confirmed(who)
    Pair.objects.filter(pk=programme.pair_id).update(mentor=scene.person("zhanna"))
    programme.pair.pair_mentees.update(mentee=scene.person("anna"))
    programme = Programme.objects.get(pk=programme.pk)
    for approver in ("curator", "principal"):
        bank_services.decide_settings(by=who("anna"), programmes_approved_by=approver)
        assert (
            can_approve_programme(who("zhanna"), programme),
            can_approve_programme(who("anna"), programme),
        ) == (True, False)


def told(code: str) -> set[Any]:
    return set(Notice.objects.filter(code=code).values_list("recipient", flat=True))


@pytest.mark.covers("SM-4.to_curator", "SM-4.recommend")
@pytest.mark.usefixtures("curator")
@pytest.mark.parametrize("through_association", [False, True])
@pytest.mark.parametrize(
    ("approver", "mentor", "hears"),
    [("curator", "boris", "anna"), ("principal", "boris", "zhanna"), ("curator", "anna", "zhanna")],
)
def test_whoever_approves_it_is_told_and_nobody_else(
    approver: str, mentor: str, hears: str, through_association: bool
) -> None:
    bank_services.decide_settings(
        by=who("anna"), programmes_approved_by=approver, association_reviews=through_association
    )
    programme = scene.submitted(who)
    Pair.objects.filter(pk=programme.pair_id).update(mentor=scene.person(mentor))
    programme = PROGRAMME.move(Programme.objects.get(pk=programme.pk), "confirm", by=who("vera"))
    if through_association:
        PROGRAMME.move(programme, "recommend", by=who("lev"))
    code = "programme:recommend" if through_association else "programme:to_curator"
    assert told(code) == {who(hears).user}


def in_review() -> Programme:
    """The pair has rated its goals: what is left is to close the programme."""
    programme = scene.running(who)
    for number in (1, 2, 3):
        work_services.mark_activity(programme, number, by=who("vera"), mark="done")
    PROGRAMME.move(programme, "finish", by=who("boris"))
    for key in ("boris", "vera"):
        work_services.rate_goals(programme, {1: "yes", 2: "partly"}, by=who(key))
    return programme


@pytest.mark.covers("SM-4.complete")
@pytest.mark.usefixtures("curator")
@pytest.mark.parametrize(
    ("mentor", "refused_to", "completes"), [("anna", "anna", "zhanna"), ("lev", "zhanna", "anna")]
)
def test_nobody_completes_the_programme_of_the_own_pair(mentor: str, refused_to: str, completes: str) -> None:
    programme = in_review()
    Pair.objects.filter(pk=programme.pair_id).update(mentor=scene.person(mentor))
    programme = Programme.objects.select_related("pair").get(pk=programme.pk)
    waits = {
        key: "programme_to_complete" in {step.situation for step in next_steps(who(key))}
        for key in (refused_to, completes)
    }
    assert waits == {refused_to: False, completes: True}
    refused(
        Forbidden,
        "forbidden",
        lambda: PROGRAMME.move(programme, "complete", by=who(refused_to)),
    )
    assert PROGRAMME.move(programme, "complete", by=who(completes)).state == "completed"
