"""A form from the campaign's letter to the city's answer, over the real post between the contours."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import set_urlconf

from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible, Stale
from portal.core.next_steps import steps_for
from portal.monitoring import indicators as counting
from portal.monitoring import services as school_side
from portal.monitoring.models import CountersDay, SchoolForm
from portal.monitoring.next_steps import next_steps
from portal.monitoring.states import FormState
from portal.monitoring.workflow import SCHOOL_FORM
from portal.monitoring.workflow.numbers import Numbers
from portal.municipality import mending, services
from portal.municipality.background import send_campaign
from portal.municipality.letters import CountersLetter
from portal.municipality.models import CampaignSchool, MonitoringCampaign, ReceivedForm, SchoolCounters
from portal.municipality.states import ReceivedState
from portal.municipality.workflow import CAMPAIGN, RECEIVED
from tenants import post
from tenants.context import in_school
from tenants.models import School

Acting = Callable[..., Actor]
COUNTED = {
    "young_covered": 6,
    "young_total": 7,
    "involved": 20,
    "workers": 40,
    "active_pairs": 5,
    "pairs_by_form": {"teacher_teacher": 5},
    "in_school_bank": 3,
    "published": None,
}
DECLARED = {
    "A01": {"young_covered": 6, "young_total": 7},
    "A02": {"involved": 20, "workers": 40},
    "A05": {"teacher_teacher": 5, "head_teacher": 0, "employer_student": 0},
    "R04": {"in_school_bank": 3, "published": 1},
}
BY_HAND = {"R04": "Одна практика опубликована до портала."}
"""What the portal could not count is explained."""


@pytest.fixture(autouse=True)
def _counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "sources", lambda: dict(COUNTED))


@pytest.fixture
def campaign(actor: Acting, school5: School) -> MonitoringCampaign:
    """Open, and every school has its letter."""
    by = actor("semyon")
    planned = services.plan_campaign(
        title="Кадровый срез",
        indicators=["A01", "A02", "A05", "R04"],
        open_from=clock.today(),
        due_school=clock.today() + dt.timedelta(days=10),
        by=by,
    )
    opened = CAMPAIGN.move(planned, "open", by=by)
    send_campaign(by=by, campaign_uuid=str(opened.uuid))
    send_campaign(by=by, campaign_uuid=str(opened.uuid))
    post.deliver_everything()
    return opened


def steps_in_school(by: Actor) -> set[str]:
    """Situations of this room, with the school's addresses."""
    set_urlconf("config.urls_school")
    try:
        return {step.situation for step in next_steps(by)}
    finally:
        set_urlconf(None)


def the_form() -> SchoolForm:
    return SchoolForm.objects.get()


def filled(by: Actor, **more: Any) -> SchoolForm:
    return SCHOOL_FORM.move(
        the_form(), "fill", by=by, asked=Numbers(declared=DECLARED | more, explanations=BY_HAND)
    )


@pytest.mark.covers("SM-11.open", "SM-11b.prefill", "seed 4.2.8")
def test_every_open_school_is_asked_once_and_finds_a_filled_form(
    campaign: MonitoringCampaign, school5: School, actor: Acting
) -> None:
    assert CampaignSchool.objects.filter(campaign=campaign).count() == 4
    with in_school(school5):
        form = the_form()
        assert form.state == FormState.PREFILLED
        assert {v.indicator: v.is_counted for v in form.values.all()} == {
            "A01": True,
            "A02": True,
            "A05": True,
            "R04": False,
        }
        assert steps_in_school(actor("anna")) >= {"form_to_fill"}


@pytest.mark.covers("SM-11b.fill")
def test_a_difference_over_five_percent_wants_words(
    campaign: MonitoringCampaign, school5: School, actor: Acting
) -> None:
    with in_school(school5):
        far = {"A02": {"involved": 22, "workers": 40}}
        with pytest.raises(Invalid) as refused:
            filled(actor("anna"), **far)
        assert refused.value.field == "A02_explanation"
        near = {"A02": {"involved": 21, "workers": 40}}
        assert filled(actor("anna"), **near).state == FormState.IN_WORK
        SCHOOL_FORM.move(
            the_form(),
            "fill",
            by=actor("anna"),
            asked=Numbers(
                declared=far, explanations={**BY_HAND, "A02": "Две пары оформлены приказом после подсчёта."}
            ),
        )
        with pytest.raises(Invalid) as refused:
            filled(actor("anna"), A01={"young_covered": 8, "young_total": 7})
        assert refused.value.field == "A01_young_covered"


@pytest.mark.covers("SM-11b.sign")
def test_the_principal_signs_what_is_whole_and_nobody_else_does(
    campaign: MonitoringCampaign, school5: School, actor: Acting
) -> None:
    with in_school(school5):
        with pytest.raises(Conflict) as refused:
            school_side.hand_over_form(the_form(), by=actor("zhanna"))
        assert refused.value.code == "complete"
        form = filled(actor("anna"))
        with pytest.raises(Forbidden):
            school_side.hand_over_form(form, by=actor("anna"))
        with pytest.raises(Stale):
            school_side.hand_over_form(form, by=actor("zhanna"), version=form.version - 1)
        assert steps_in_school(actor("zhanna")) >= {"form_to_sign", "flow_to_see"}
        assert (
            school_side.hand_over_form(form, by=actor("zhanna"), version=form.version).state
            == FormState.SUBMITTED
        )
        line = record_model("DisclosureLine").objects.get()
        assert (line.kind, line.actor) == ("municipality.form_submitted", actor("zhanna").user)


def handed_over(school: School, actor: Acting) -> ReceivedForm:
    with in_school(school):
        school_side.hand_over_form(filled(actor("anna")), by=actor("zhanna"))
    post.deliver_everything()
    return ReceivedForm.objects.order_by("-revision").first()  # type: ignore[return-value]


@pytest.mark.covers(
    "SM-11b.submit", "SM-11b.accept (received_form)", "SM-11b.return (received_form)", "seed 6.2.department"
)
def test_the_city_returns_then_accepts_and_the_school_sees_it(
    campaign: MonitoringCampaign, school5: School, actor: Acting
) -> None:
    received = handed_over(school5, actor)
    assert received.values[0]["declared"] == DECLARED["A01"]
    semyon = actor("semyon")
    assert "form_to_check" in {s.situation for s in steps_for(semyon)}
    with pytest.raises(Forbidden):
        RECEIVED.move(received, "accept", by=actor("elena"))
    with pytest.raises(Invalid):
        RECEIVED.move(received, "return", by=semyon)
    RECEIVED.move(received, "return", by=semyon, comment="Проверьте число пар.")
    post.deliver_everything()
    with in_school(school5):
        form = the_form()
        assert (form.state, form.revision, form.answer) == (FormState.RETURNED, 2, "Проверьте число пар.")
        assert "form_returned" in steps_in_school(actor("zhanna"))
    second = handed_over(school5, actor)
    assert second.revision == 2
    RECEIVED.move(second, "accept", by=semyon)
    post.deliver_everything()
    with in_school(school5):
        assert the_form().state == FormState.ACCEPTED
    with pytest.raises(Conflict):
        RECEIVED.move(second, "return", by=semyon, comment="Поздно возвращать.")
    assert [f.state for f in ReceivedForm.objects.order_by("revision")] == [
        ReceivedState.RETURNED,
        ReceivedState.ACCEPTED,
    ]


def test_agreed_numbers_go_once_a_day_and_nothing_more(school5: School) -> None:
    School.objects.filter(pk=school5.pk).update(agreed_counters=["young_teachers", "active_pairs"])
    school5.refresh_from_db()
    for _ in range(2):
        with in_school(school5):
            school_side.send_counters(Actor.system(school=school5.uuid))
    with in_school(school5):
        assert CountersDay.objects.get().counters == {"young_teachers": 7, "active_pairs": 5}
    post.deliver_everything()
    row = SchoolCounters.objects.get()
    assert (row.active_pairs, row.young_teachers, row.employees, row.school_practices) == (5, 7, None, None)


def test_the_city_keeps_no_number_that_was_not_agreed(school5: School) -> None:
    School.objects.filter(pk=school5.pk).update(agreed_counters=["employees"])
    school5.refresh_from_db()
    row = services.keep_counters(
        CountersLetter(counted_on=clock.today(), counters={"employees": 40, "active_pairs": 5}),
        school=school5,
    )
    assert (row.employees, row.active_pairs) == (40, None)
    line = record_model("JournalLine").objects.get(verb="counters_refused")
    assert line.changes == {"not_agreed": ["active_pairs"]}


def test_a_stopped_letter_is_seen_and_tried_again(school5: School, actor: Acting) -> None:
    inbox = record_model("Inbox")
    row = inbox.objects.create(
        kind="municipality.form_submitted",
        topic=school5.uuid,
        school=school5.uuid,
        payload={},
        written_at=clock.now(),
        stopped=True,
        attempts=5,
        trouble="ValidationError: пусто",
    )
    semyon = actor("semyon")
    assert "letters_stopped" in {s.situation for s in steps_for(semyon)}
    with pytest.raises(NotVisible):
        mending.retry_letter(row.uuid, by=actor("darya"))
    mending.retry_letter(row.uuid, by=semyon)
    row.refresh_from_db()
    assert (row.stopped, row.attempts) == (False, 0)
    with pytest.raises(NotVisible):
        mending.retry_letter(row.uuid, by=semyon)
    mending.retry_letter(row.uuid, box=school5.uuid, by=semyon)
    mending.set_letter_aside(row.uuid, box=school5.uuid, reason="Школа прислала другую форму", by=semyon)
    lines = record_model("JournalLine").objects.filter(object_uuid=row.uuid).order_by("pk")
    assert [(line.verb, line.changes, line.comment) for line in lines] == [
        ("letter_retried", {}, ""),
        ("letter_retried", {"school": str(school5.uuid)}, ""),
        ("letter_set_aside", {"school": str(school5.uuid)}, "Школа прислала другую форму"),
    ], "whoever lets a letter of anybody's box go on, or aside, is written down"
