"""Whatever the sender takes at its edges, the receiver applies."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from best_practices.letters import PRACTICE_AHEAD, AheadMoved
from best_practices.models import Practice, PracticeOrder
from best_practices.services import announce_call, answer_order, order_practice, send_questions
from best_practices.services.asked import MOST_IN_A_LETTER
from best_practices.workflow import PRACTICE
from portal.accounts.models import NameProposal, User
from portal.accounts.names import answer_proposal
from portal.accounts.offices import HAND_OFFICES
from portal.accounts.services import NewPerson, accept_invitation, begin_membership
from portal.accounts.states import Change
from portal.city_records.models import Inbox
from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.exchange import RECEIVERS, send
from portal.municipality.letters import SCHOOL_STEP, SchoolStep
from portal.municipality.workflow import STEPS
from portal.school_practices import services as practices
from portal.school_practices.models import SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_records.models import Inbox as SchoolInbox
from portal.staff import services as staff
from portal.staff.models import AccessQuestion, Newcomer, Person, PersonOffice
from portal.staff.services.hiring import make_person
from tenants import post
from tenants.context import in_school
from tenants.jobs import JOBS, SCHOOL
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.conftest import consent_to_publish
from tests.practices.test_journey_of_a_practice import in_school_bank
from tests.tenancy.edges_of_adoptions import practices_in_programmes
from tests.tenancy.edges_of_monitoring import monitoring_of_a_school
from tests.tenancy.edges_of_readers import thanks
from tests.workflows.test_staff_offices import BASIS, NEW

LONG, TEXT = "д" * 250, "Слово в слово, как было на уроке. " * 140
LONG_NAME: dict[str, Any] = {"last_name": "Ф" * 100, "first_name": "И" * 100, "middle_name": "О" * 100}
Acting = Callable[..., Actor]


def offices(school: School, actor: Acting) -> None:
    """Given and ended on every pair of days the forms take; longest basis; taken back; dismissed before it
    began.
    """
    today, day, zhanna = clock.today(), dt.timedelta(days=1), actor("zhanna")
    with in_school(school):
        boris = Person.objects.get(uuid=BY_KEY["boris"].person)
        for office, begins, ends in (
            ("psychologist", today, today - day),
            ("association_lead", today - 30 * day, today - day),
            ("personnel_officer", today + day, today),
        ):
            held = staff.give_office_by_hand(
                boris, office, basis=LONG, valid_from=begins, valid_to=begins, by=zhanna
            )
            staff.end_office(
                PersonOffice.objects.get(pk=held.pk), on=min(ends, begins), basis=LONG, by=zhanna
            )
        staff.give_office_by_hand(boris, "psychologist", basis=BASIS, valid_from=today, by=zhanna)
    post.deliver_everything()
    with in_school(school):
        staff.dismiss_person(boris, on=today - 400 * day, reason="other", by=actor("anna"))


def invitations(school: School, actor: Acting, mailoutbox: list[Any]) -> None:
    """Every office that an invitation takes, names and addresses of full length, accepted after the person
    was dismissed.
    """
    with in_school(school):
        for number, office in enumerate(HAND_OFFICES):
            new = staff.enter_person(
                by=actor("anna"),
                position="teacher",
                **{**NEW, **LONG_NAME, "birth_date": dt.date(1980, 5, 2 + number)},
            )
            asked = staff.invite_person(
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
        staff.dismiss_person(new, on=clock.today() - dt.timedelta(days=9), reason="other", by=actor("anna"))
    accept_invitation(token, NewPerson(f"{'a' * 60}{number}@{'b' * 60}.example", *LONG_NAME.values()))


def lost_access(school: School, actor: Acting) -> None:
    """The longest address and reason, for each thing that is lost; and for somebody who left meanwhile."""
    with in_school(school):
        boris, vera = (Person.objects.get(uuid=BY_KEY[key].person) for key in ("boris", "vera"))
        long = f"{'a' * 60}@{'b' * 60}.example"
        for what in Change:
            staff.ask_to_let_in(boris, what=what, email=long, reason="п" * 500, by=actor("zhanna"))
        staff.ask_to_let_in(vera, what=Change.ADDRESS, email="v@v.example", reason=LONG, by=actor("zhanna"))
        staff.dismiss_person(vera, on=clock.today() - dt.timedelta(days=1), reason="other", by=actor("anna"))


def agreements(school: School, actor: Acting) -> None:
    """Another school asks in the longest words: for somebody with a card here, and for one without."""
    other = School.objects.get(number=12)
    principal = Actor(None, other.uuid, frozenset({"principal"}), frozenset({"account:mend"}))
    with in_school(other):
        make_person({**LONG_NAME, "user": BY_KEY["boris"].uuid}, position="teacher")
    for key, place in (("boris", other), ("gleb", school)):
        user = User.objects.get(pk=BY_KEY[key].uuid)
        begin_membership(user, place, "teacher", basis=LONG, by=Actor.system())
    with in_school(other):
        for key in ("boris", "gleb"):
            asked = {"what": "address", "email": f"{key}@{'b' * 60}.example", "reason": "п" * 500}
            staff.ask_to_let_in(Person.objects.get(user=BY_KEY[key].uuid), by=principal, **asked)
    post.deliver_everything()
    with in_school(school):
        question = AccessQuestion.objects.get()
        staff.answer_access_question(question, agrees=False, comment="н" * 500, by=actor("zhanna"))


def another_name(school: School, actor: Acting) -> None:
    """The longest names; of somebody with one place, and of somebody with two who says no."""
    vera = User.objects.get(pk=BY_KEY["vera"].uuid)
    begin_membership(vera, None, "methodist", basis=LONG, by=Actor.system())
    with in_school(school):
        for key in ("boris", "vera"):
            staff.edit_person(Person.objects.get(uuid=BY_KEY[key].person), by=actor("anna"), **LONG_NAME)
    post.deliver_everything()
    answer_proposal(vera, NameProposal.objects.get().uuid, mine=False, by=Actor(user=vera.pk))


def recognised(school: School, actor: Acting, mailoutbox: list[Any]) -> None:
    """The longest names, accepted by two who are not called so: one is known, the other is not; a third one
    waits while the card becomes another's.
    """
    with in_school(school):
        for number in range(3):
            new = staff.enter_person(
                by=actor("anna"), position="teacher", **{**NEW, "birth_date": dt.date(1970, 5, 2 + number)}
            )
            asked = staff.invite_person(new, by=actor("anna"), email=f"n{number}@{'b' * 60}.example")
            staff.send_invitation(by=actor("anna"), invitation_uuid=str(asked.uuid))
    post.deliver_everything()
    for number, letter in enumerate(mailoutbox[-3:]):
        token = letter.body.split("/invitation/")[1].split("/")[0]
        accept_invitation(token, NewPerson(f"n{number}@{'b' * 60}.example", *LONG_NAME.values()))
    with in_school(school):
        new.delete()
    post.deliver_everything()
    with in_school(school):
        for is_same, newcomer in zip((True, False), Newcomer.objects.order_by("id"), strict=True):
            staff.recognise(newcomer, is_same=is_same, by=actor("zhanna"))


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
        lev = Person.objects.get(uuid=BY_KEY["lev"].person)
        practices.propose_expert(lev, subjects=["russian"], basis=LONG, by=zhanna)
        staff.dismiss_person(lev, on=clock.today() - dt.timedelta(days=1), reason="other", by=actor("anna"))
    post.deliver_everything()
    PRACTICE.move(Practice.objects.get(), "receive", by=darya)
    PRACTICE.move(Practice.objects.get(), "return_incomplete", by=darya, comment=TEXT)
    post.deliver_everything()
    with in_school(school):
        SCHOOL_PRACTICE.move(SchoolPractice.objects.get(), "resubmit", by=zhanna)
        SCHOOL_PRACTICE.move(SchoolPractice.objects.get(), "recall", by=zhanna, comment=TEXT)
    late = AheadMoved(practice=drafted.uuid, ahead="publish", ahead_on=clock.today())
    send(PRACTICE_AHEAD, late, topic=drafted.uuid, by=Actor.system(), school=school.uuid)


def questions(school: School, actor: Acting) -> None:
    """More than one letter holds, with the longest words."""
    with in_school(school):
        for number in range(MOST_IN_A_LETTER + 1):
            record_model("AskedQuestion").objects.create(
                asked_on=clock.today() - dt.timedelta(days=1),
                text=f"{number} {'щ' * 190}",
                asked=1,
                unknown=["щ" * 64] * 12,
            )
        send_questions(Actor.system(school=school.uuid))
        order_practice("щ" * 200, by=actor("boris"))
    post.deliver_everything()
    (order,) = PracticeOrder.objects.all()
    until = clock.today() + dt.timedelta(days=1)
    announce_call([order.uuid], text="щ" * 200, words="щ" * 1000, due_on=until, by=actor("darya"))
    answer_order(order, words="щ" * 300, by=actor("darya"))


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
    "lost access": ("accounts.access_asked", "accounts.access_answered"),
    "agreements": ("accounts.agreement_asked", "accounts.agreement_answered"),
    "another name": ("accounts.name_said", "accounts.name_answered"),
    "recognised": ("accounts.name_doubted", "accounts.recognised"),
    "a practice": (
        "best_practices.handed_over",
        "best_practices.recalled",
        "best_practices.answered",
        "best_practices.ahead",
        "best_practices.expert_proposed",
        "best_practices.expert_answered",
    ),
    "questions": (
        "best_practices.search_asked",
        "best_practices.ordered",
        "best_practices.order_answered",
        "best_practices.order_called",
    ),
    "practices in programmes": (
        "best_practices.adopted",
        "best_practices.adoption_ended",
        "best_practices.outcome_told",
        "best_practices.school_named",
        "best_practices.unclear",
        "best_practices.renewed",
    ),
    "thanks": ("best_practices.thanked",),
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


JOURNALLED: dict[str, tuple[set[str], set[str]]] = {
    "practices in programmes": (
        {
            "BankAdoption adoption_kept",
            "BankAdoption adoption_over",
            "BankAdoption outcome_kept",
            "BankAdoption school_named",
        },
        set(),
    ),
    "offices": ({"Membership membership_begun", "Membership membership_period_changed"}, set()),
    "invitations": ({"Membership membership_period_changed"}, {"Person joined"}),
    "lost access": (
        {"AddressChange address_asked", "Membership membership_period_changed"},
        {"Person access_answered"},
    ),
    "agreements": (
        {"AddressChange address_asked", "AddressChange address_refused", "PlaceConsent disagreed"},
        {"Person agreement_asked"},
    ),
    "another name": ({"User renamed"}, {"Person name_answered"}),
    "recognised": (
        {"Invitation recognised_other", "Invitation recognised_same", "Membership membership_begun"},
        {"Person joined", "Person name_doubted"},
    ),
    "a practice": (
        {
            "Membership membership_period_changed",
            "Practice received",
            "Practice recall",
            "Practice resubmit",
        },
        {
            "ExpertOffer expert_answered",
            "SchoolPractice city_formal_check",
            "SchoolPractice city_returned_municipal",
        },
    ),
    "monitoring": (
        {"ReceivedForm received"},
        {"SchoolForm begun", "SchoolForm prefill", "SchoolForm return", "SchoolForm campaign_closed"},
    ),
    "questions": ({"PracticeOrder practice_ordered"}, set()),
    "thanks": (set(), set()),
    "steps and jobs": (set(), set()),
}
"""What a letter has changed where it came stands in the journal there, in the city and in the school: nobody
has pressed anything, and still it can be read from where the change is.
"""


def journalled() -> set[str]:
    lines = record_model("JournalLine").objects.filter(via="post").values_list("model", "verb")
    return {f"{model.split('.')[1]} {verb}" for model, verb in lines}


@pytest.mark.covers("found A2")
@pytest.mark.parametrize("name", EDGES)
def test_whatever_the_sender_takes_at_its_edges_the_receiver_applies(
    name: str, school5: School, actor: Acting, request: pytest.FixtureRequest
) -> None:
    get = request.getfixturevalue
    drive: dict[str, Callable[[], None]] = {
        "offices": lambda: offices(school5, actor),
        "invitations": lambda: invitations(school5, actor, get("mailoutbox")),
        "lost access": lambda: lost_access(school5, actor),
        "agreements": lambda: agreements(school5, actor),
        "another name": lambda: another_name(school5, actor),
        "recognised": lambda: recognised(school5, actor, get("mailoutbox")),
        "a practice": lambda: a_practice(school5, actor, get("drafted"), get("sheet")),
        "monitoring": lambda: monitoring_of_a_school(school5, actor),
        "questions": lambda: questions(school5, actor),
        "practices in programmes": lambda: practices_in_programmes(school5, get("school12"), actor),
        "thanks": lambda: thanks(get("content"), get("school12")),
        "steps and jobs": lambda: steps_and_jobs(school5, actor),
    }
    drive[name]()
    nothing_has_stopped(school5)
    in_the_city, in_the_school = JOURNALLED[name]
    assert journalled() == in_the_city
    with in_school(school5):
        assert journalled() == in_the_school
        arrived = set(SchoolInbox.objects.values_list("kind", flat=True))
    assert set(EDGES[name]) <= arrived | set(Inbox.objects.values_list("kind", flat=True)), (
        "the edge was not driven"
    )


def test_every_kind_has_its_edges() -> None:
    assert sorted(kind for kinds in EDGES.values() for kind in kinds) == sorted(
        code for code in RECEIVERS if not code.startswith("test.")
    )
