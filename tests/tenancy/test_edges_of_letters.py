"""Whatever the sender takes at its edges, the receiver applies."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from best_practices.models import Practice
from best_practices.workflow import PRACTICE
from portal.accounts.offices import HAND_OFFICES
from portal.accounts.services import NewPerson, accept_invitation
from portal.city_records.models import Inbox
from portal.core import clock
from portal.core.actor import Actor
from portal.exchange import RECEIVERS, send
from portal.monitoring import services as monitoring
from portal.monitoring.models import SchoolForm
from portal.monitoring.workflow import SCHOOL_FORM, Numbers
from portal.municipality import services as municipality
from portal.municipality.background import send_campaign, tell_campaign
from portal.municipality.indicators import COUNTERS, INDICATORS
from portal.municipality.letters import SCHOOL_STEP, SchoolStep
from portal.municipality.models import ReceivedForm
from portal.municipality.workflow import CAMPAIGN, RECEIVED, STEPS
from portal.school_practices import services as practices
from portal.school_practices.models import SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_records.models import Inbox as SchoolInbox
from portal.staff import services as staff
from portal.staff.models import Employee, EmployeeOffice
from tenants import post
from tenants.context import in_school
from tenants.jobs import JOBS, SCHOOL
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.conftest import consent_to_publish
from tests.practices.test_journey_of_a_practice import in_school_bank
from tests.workflows.test_staff_offices import BASIS, NEW

LONG, TEXT = "д" * 250, "Слово в слово, как было на уроке. " * 140
Acting = Callable[..., Actor]


def offices(school: School, actor: Acting) -> None:
    """Given and ended on every pair of days the forms take; longest basis; taken back; dismissed before it
    began.
    """
    today, day, zhanna = clock.today(), dt.timedelta(days=1), actor("zhanna")
    with in_school(school):
        boris = Employee.objects.get(uuid=BY_KEY["boris"].employee)
        for office, begins, ends in (
            ("psychologist", today, today - day),
            ("association_lead", today - 30 * day, today - day),
            ("personnel_officer", today + day, today),
        ):
            held = staff.give_office_by_hand(
                boris, office, basis=LONG, valid_from=begins, valid_to=begins, by=zhanna
            )
            staff.end_office(
                EmployeeOffice.objects.get(pk=held.pk), on=min(ends, begins), basis=LONG, by=zhanna
            )
        staff.give_office_by_hand(boris, "psychologist", basis=BASIS, valid_from=today, by=zhanna)
    post.deliver_everything()
    with in_school(school):
        staff.dismiss_employee(boris, on=today - 400 * day, reason="other", by=actor("anna"))


def invitations(school: School, actor: Acting, mailoutbox: list[Any]) -> None:
    """Every office that an invitation takes, names and addresses of full length, accepted after the person
    was dismissed.
    """
    with in_school(school):
        for number, office in enumerate(HAND_OFFICES):
            new = staff.enter_employee(
                by=actor("anna"), position="teacher", **{**NEW, "birth_date": dt.date(1980, 5, 2 + number)}
            )
            asked = staff.invite_employee(
                new,
                by=actor("anna"),
                office=office,
                basis=LONG,
                email=f"{'a' * 60}{number}@{'b' * 60}.example",
                valid_to=clock.today(),
            )
            staff.send_invitation(by=actor("anna"), invitation_uuid=str(asked.uuid))
    post.deliver_everything()
    token, number = mailoutbox[-1].body.split("/invitation/")[1].split("/")[0], len(HAND_OFFICES) - 1
    with in_school(school):
        staff.dismiss_employee(new, on=clock.today() - dt.timedelta(days=9), reason="other", by=actor("anna"))
    accept_invitation(
        token, NewPerson(f"{'a' * 60}{number}@{'b' * 60}.example", "Ф" * 100, "И" * 100, "О" * 100)
    )


def a_practice(school: School, actor: Acting, drafted: SchoolPractice, sheet: dict[str, Any]) -> None:
    """The longest texts there and back, returned, sent again, taken back; and a proposed expert who has left
    meanwhile.
    """
    darya, zhanna = actor("darya"), actor("zhanna")
    with in_school(school):
        practices.edit_practice(
            drafted,
            by=actor("boris"),
            title="Т" * 150,
            annotation="К" * 500,
            problem=TEXT[:5000],
            resources=TEXT[:5000],
            keywords=["с" * 60] * 5,
        )
    in_school_bank(drafted, school, in_school, actor, sheet)
    with in_school(school):
        consent_to_publish("boris")
        SCHOOL_PRACTICE.move(drafted, "hand_over", by=zhanna)
        lev = Employee.objects.get(uuid=BY_KEY["lev"].employee)
        practices.propose_expert(lev, subjects=["russian"], basis=LONG, by=zhanna)
        staff.dismiss_employee(lev, on=clock.today() - dt.timedelta(days=1), reason="other", by=actor("anna"))
    post.deliver_everything()
    PRACTICE.move(Practice.objects.get(), "receive", by=darya)
    PRACTICE.move(Practice.objects.get(), "return_incomplete", by=darya, comment=TEXT)
    post.deliver_everything()
    with in_school(school):
        SCHOOL_PRACTICE.move(SchoolPractice.objects.get(), "resubmit", by=zhanna)
        SCHOOL_PRACTICE.move(SchoolPractice.objects.get(), "recall", by=zhanna, comment=TEXT)


def monitoring_of_a_school(school: School, actor: Acting) -> None:
    """All indicators, the longest title and words; returned, answered twice, sent again while the campaign is
    being closed.
    """
    semyon, zhanna, today = actor("semyon"), actor("zhanna"), clock.today()
    campaign = municipality.plan_campaign(
        title="К" * 150, indicators=INDICATORS, open_from=today, due_school=today, by=semyon
    )
    CAMPAIGN.move(campaign, "open", by=semyon)
    send_campaign(by=semyon, campaign_uuid=str(campaign.uuid))
    post.deliver_everything()
    municipality.remind(campaign, school, by=semyon)
    post.deliver_everything()
    with in_school(school):
        monitoring.hand_over_form(SchoolForm.objects.get(), by=zhanna)
    post.deliver_everything()
    RECEIVED.move(ReceivedForm.objects.get(), "return", by=semyon, comment=TEXT)
    post.deliver_everything()
    with in_school(school):
        form = SchoolForm.objects.get()
        declared = {value.indicator: value.declared for value in form.values.all()}
        SCHOOL_FORM.move(
            form,
            "fill",
            by=zhanna,
            asked=Numbers(declared=declared, explanations=dict.fromkeys(declared, TEXT[:2000])),
        )
        monitoring.hand_over_form(SchoolForm.objects.get(), by=zhanna)
        school.agreed_counters = sorted(COUNTERS)
        monitoring.send_counters(Actor.system(school=school.uuid))
    CAMPAIGN.move(campaign, "close", by=semyon)
    tell_campaign(by=semyon, campaign_uuid=str(campaign.uuid))


def steps_and_jobs(school: School, actor: Acting) -> None:
    """Every step that any school may tell of, twice and in the wrong order; every job of schools."""
    with in_school(school):
        for step in [*sorted(STEPS, reverse=True), *STEPS]:
            send(SCHOOL_STEP, SchoolStep(step=step), topic=school.uuid, by=Actor.system(school=school.uuid))
        for job in JOBS.values():
            if job.queue == SCHOOL:
                job.later(by=actor("anna"), key="к" * 80)


def nothing_has_stopped(school: School) -> None:
    post.deliver_everything()
    columns = ("kind", "trouble")
    assert list(Inbox.objects.filter(applied_at=None).values_list(*columns)) == []
    with in_school(school):
        assert list(SchoolInbox.objects.filter(applied_at=None).values_list(*columns)) == []


EDGES: dict[str, tuple[str, ...]] = {
    "offices": ("accounts.office", "accounts.office_kept"),
    "invitations": ("accounts.invitation", "accounts.joined"),
    "a practice": (
        "best_practices.handed_over",
        "best_practices.recalled",
        "best_practices.answered",
        "best_practices.expert_proposed",
        "best_practices.expert_answered",
    ),
    "monitoring": (
        "municipality.campaign_opened",
        "municipality.campaign_changed",
        "municipality.reminded",
        "municipality.form_submitted",
        "municipality.form_answered",
        "municipality.counters",
    ),
    "steps and jobs": ("municipality.school_step", "job"),
}


@pytest.mark.covers("found A2")
@pytest.mark.parametrize("name", EDGES)
def test_whatever_the_sender_takes_at_its_edges_the_receiver_applies(
    name: str, school5: School, actor: Acting, request: pytest.FixtureRequest
) -> None:
    get = request.getfixturevalue
    drive: dict[str, Callable[[], None]] = {
        "offices": lambda: offices(school5, actor),
        "invitations": lambda: invitations(school5, actor, get("mailoutbox")),
        "a practice": lambda: a_practice(school5, actor, get("drafted"), get("sheet")),
        "monitoring": lambda: monitoring_of_a_school(school5, actor),
        "steps and jobs": lambda: steps_and_jobs(school5, actor),
    }
    drive[name]()
    nothing_has_stopped(school5)
    with in_school(school5):
        arrived = set(SchoolInbox.objects.values_list("kind", flat=True))
    assert set(EDGES[name]) <= arrived | set(Inbox.objects.values_list("kind", flat=True)), (
        "the edge was not driven"
    )


def test_every_kind_has_its_edges() -> None:
    assert sorted(kind for kinds in EDGES.values() for kind in kinds) == sorted(
        code for code in RECEIVERS if not code.startswith("test.")
    )
