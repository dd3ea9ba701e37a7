"""Person × verb × object in the rooms of a school: mentoring, local acts, practices, the form. Strangers of
school 12 and of the city are nobody here.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from portal.accounts.models import Membership
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.local_acts import access as acts
from portal.local_acts import services as act_services
from portal.mentor_bank import access as bank_access
from portal.mentor_bank import services as bank_services
from portal.mentor_bank.access import cards, needs
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentoring import access as mentoring
from portal.mentoring.access import pairs
from portal.mentoring.selectors.orders import can_read_order
from portal.monitoring import access as monitoring
from portal.monitoring.models import SchoolForm
from portal.pair_work import access as work_access
from portal.pair_work import services as work_services
from portal.pair_work.access import adoptions, meetings, programmes
from portal.pair_work.access import practices as told_practices
from portal.pair_work.models import Adoption, Programme
from portal.school_practices import access as practices
from portal.staff import access as staff
from portal.staff.models import PersonOffice
from tenants.context import in_city
from tenants.models import School
from tests.rules.tables import SCHOOL5, STRANGERS, Verbs, answers, expected
from tests.workflows import mentoring_scenes as scene
from tests.workflows import practice_scenes as practice_scene
from tests.workflows.acting import who

pytestmark = pytest.mark.usefixtures("in_school5")
EVERYBODY = " ".join(SCHOOL5)
Things = SimpleNamespace


@pytest.fixture
def people(in_school5: Any, actor: Callable[..., Actor], school5: School) -> dict[str, Actor]:
    return {key: actor(key, school5) for key in (*SCHOOL5, *STRANGERS)}


def of_mentoring() -> Things:
    """Борис and Вера with a programme under way and a meeting that Борис has recorded."""
    programme = scene.running(who)
    pair = programme.pair
    meeting = work_services.record_meeting(scene.planned_meeting(who, pair), by=who("boris"), duration_min=40)
    return Things(
        need=MenteeNeed.objects.get(),
        card=MentorCard.objects.get(),
        pair=pair,
        consent=scene.consent_of(pair, "vera"),
        programme=programme,
        adoption=an_adoption(programme),
        meeting=meeting,
    )


def an_adoption(programme: Programme) -> Adoption:
    return Adoption.objects.create(
        programme=programme,
        practice=uuid4(),
        card=uuid4(),
        code="ЛП-2026-0001",
        title="Урок вдвоём",
        revision=1,
        taken_on=clock.today(),
    )


def of_meeting(rule: Callable[..., bool]) -> Callable[..., bool]:
    return lambda by, meeting: rule(by, meeting.pair)


def of_order(rule: Callable[..., bool]) -> Callable[..., bool]:
    return lambda by, pair: rule(by, pair.order, pair)


MENTORING: dict[str, tuple[Callable[..., Any], str, Verbs]] = {
    "need": (bank_access.need_for, "zhanna anna lev irina vera", {
        "edit": (needs.can_edit_need, "anna vera"), "accept": (needs.can_accept_need, "anna"),
        "close": (needs.can_close_need, "anna vera"),
    }),
    "card": (bank_access.card_for, EVERYBODY, {
        "edit": (cards.can_edit_card, "anna boris"), "recommend": (cards.can_recommend_card, "anna lev"),
        "confirm": (cards.can_confirm_as_curator, "anna"),
        "endorse": (cards.can_confirm_as_principal, "zhanna"),
        "pause": (cards.can_pause_card, "anna boris"), "archive": (cards.can_archive_card, "anna boris"),
    }),
    "pair": (mentoring.pair_for, EVERYBODY, {
        "lead": (pairs.can_lead_pair, "anna"), "conclude": (pairs.can_conclude_pair, "irina"),
        "sign": (pairs.can_sign_pair, "zhanna"),
        "register the order": (pairs.can_register_pair, "zhanna kira"),
        "settle the pay": (pairs.can_settle_pay, "zhanna anna kira"),
        "read the agreement": (pairs.can_read_agreement, "zhanna anna kira boris"),
        "give notice": (pairs.can_give_notice, "zhanna boris vera"),
        "end by dismissal": (pairs.can_end_by_dismissal, "anna"),
        "read the order": (of_order(can_read_order), "zhanna anna kira boris vera"),
        "plan a meeting": (meetings.can_plan_meeting, "boris vera"),
        "read the meetings": (meetings.can_read_meetings, "anna boris vera"),
        "read the programme": (programmes.can_read_programme, "anna boris lev vera zhanna"),
        "write a programme": (programmes.can_write_programme, "boris"),
        "see difficulties": (pairs.sees_difficulties, "zhanna anna lev irina boris vera"),
    }),
    "consent": (mentoring.consent_for, "anna vera", {
        "enter the signed paper": (pairs.can_answer_consent, "anna vera"),
        "refuse or take back": (pairs.is_own_consent, "vera"),
    }),
    "programme": (work_access.programme_for, "zhanna anna lev boris vera", {
        "edit": (programmes.can_edit_programme, "boris"),
        "submit": (programmes.can_submit_programme, "boris"),
        "confirm": (programmes.can_confirm_programme, "vera"),
        "review": (programmes.can_review_programme, "lev"),
        "approve": (programmes.can_approve_programme, "anna"),
        "correct": (programmes.can_correct_programme, "anna lev boris vera"),
        "enter an agreement from paper": (programmes.can_enter_agreement, "anna"),
        "do without the association": (programmes.can_skip_association, "anna"),
        "take a correction back": (programmes.can_withdraw_correction, "anna"),
        "rate goals": (programmes.can_rate_goals, "boris vera"),
        "mark": (programmes.can_mark_activity, "boris vera"),
        "tell as a practice": (told_practices.can_tell_programme, "boris vera"),
        "complete": (programmes.can_complete_programme, "anna"),
        "cancel": (programmes.can_cancel_programme, "anna"),
        "take a practice": (adoptions.can_take_practice, "boris"),
    }),
    "adoption": (work_access.adoption_for, "zhanna anna lev boris vera", {
        "drop": (adoptions.can_drop_adoption, "boris"),
        "tell the outcome": (adoptions.can_tell_outcome, "boris vera"),
        "name the school": (adoptions.can_name_school, "zhanna"),
    }),
    "meeting": (work_access.meeting_for, "anna boris vera", {
        "plan another": (of_meeting(meetings.can_plan_meeting), "boris vera"),
        "record": (meetings.can_record_meeting, "boris vera"),
        "cancel": (meetings.can_cancel_meeting, "boris vera"),
        "answer": (meetings.can_answer_meeting, "vera"), "mend": (meetings.can_mend_meeting, "boris"),
    }),
}  # fmt: skip


def test_mentoring(people: dict[str, Actor]) -> None:
    things = of_mentoring()
    for noun, (door, sees, verbs) in MENTORING.items():
        for verb, (rule, may) in verbs.items():
            assert answers(people, door, getattr(things, noun).uuid, rule) == expected(people, sees, may), (
                noun,
                verb,
            )


def test_where_the_principal_approves_the_curator_does_not(people: dict[str, Actor]) -> None:
    programme = scene.running(who)
    bank_services.decide_settings(by=who("zhanna"), programmes_approved_by="principal")
    found = answers(people, work_access.programme_for, programme.uuid, programmes.can_approve_programme)
    assert found == expected(people, "zhanna anna lev boris vera", "zhanna")


def test_a_card_that_is_not_confirmed_is_for_leaders_and_its_person(people: dict[str, Actor]) -> None:
    card = bank_services.make_card(
        scene.person("vera"), by=who("vera"), confirmed_results="Веду кружок робототехники второй год."
    )
    assert answers(people, bank_access.card_for, card.uuid, cards.can_edit_card) == expected(
        people, "zhanna anna kira lev irina vera", "anna vera"
    )


def test_the_psychologist_says_nothing_on_the_own_pair() -> None:
    group, others = scene.active_group(who), scene.proposed(who, mentee="lev")
    assert group.role_of(who("irina")) == "mentee"
    assert not pairs.can_conclude_pair(who("irina"), group)
    assert pairs.can_conclude_pair(who("irina"), others)


def test_proposals_and_settings_need_no_object(people: dict[str, Actor]) -> None:
    vera, boris = scene.person("vera"), scene.person("boris")
    table: dict[str, tuple[Callable[[Actor], bool], str]] = {
        "propose Boris and Vera": (
            lambda by: pairs.can_propose_pair(by, (boris, vera)),
            "anna lev boris vera",
        ),
        "record Vera's need": (lambda by: needs.can_record_need(by, vera), "anna vera"),
        "make a card of Boris": (lambda by: cards.can_make_card(by, boris), "anna boris"),
        "decide the order of the school": (lambda by: by.can("mentoring_settings:edit"), "zhanna anna"),
        "begin a practice": (practices.can_draft_practice, EVERYBODY),
        "propose an expert": (practices.can_propose_expert, "zhanna anna"),
    }
    for verb, (rule, may) in table.items():
        assert {key for key, by in people.items() if rule(by)} == set(may.split()), verb


def test_whoever_has_left_the_school_finds_nothing_of_the_pair(
    people: dict[str, Actor], actor: Callable[..., Actor], school5: School
) -> None:
    things = of_mentoring()
    with in_city():
        Membership.objects.filter(user=people["vera"].user).update(valid_to=clock.today().replace(year=2025))
    former = actor("vera", school5)
    doors = [(door, getattr(things, noun).uuid) for noun, (door, _, _) in MENTORING.items()]
    for door, uuid in [*doors, (staff.person_for, scene.person("vera").uuid)]:
        assert door(people["vera"], uuid)
        with pytest.raises(NotVisible):
            door(former, uuid)
    assert things.pair.role_of(former) == ""


# ── Local acts and orders ───────────────────────────────────────────────────────────────────────────


def test_local_acts_and_orders(people: dict[str, Actor]) -> None:
    draft = act_services.load_municipal_act(by=who("zhanna"))
    order = act_services.draft_order("T-08", "О паре", subject=uuid4(), people=[], by=who("anna"))
    other = act_services.draft_order("T-04", "О кураторе", subject=uuid4(), people=[], by=who("zhanna"))
    table: list[tuple[Any, Any, str, Verbs]] = [
        (
            acts.act_for,
            draft,
            "zhanna anna",
            {
                "prepare": (acts.can_prepare_act, "zhanna anna"),
                "approve": (acts.can_approve_act, "zhanna"),
                "enact": (acts.can_put_in_force, "zhanna"),
            },
        ),
        (
            acts.order_for,
            order,
            "zhanna anna kira",
            {
                "register": (acts.can_register_order, "zhanna kira"),
                "cancel": (acts.can_cancel_order, "anna kira"),
                "take back": (acts.can_take_back_registration, "zhanna"),
                "amend": (acts.can_amend_order, "zhanna anna kira"),
            },
        ),
        (acts.order_for, other, "zhanna anna kira", {"register": (acts.can_register_order, "zhanna")}),
    ]
    for door, thing, sees, verbs in table:
        for verb, (rule, may) in verbs.items():
            assert answers(people, door, thing.uuid, rule) == expected(people, sees, may), verb
    for code, may in {"T-08": "anna kira", "T-04": "zhanna anna kira", "T-00": "zhanna anna kira"}.items():
        assert {key for key, by in people.items() if acts.can_draft_order(by, code)} == set(may.split()), code
    type(draft).objects.update(state="in_force")
    assert answers(people, acts.act_for, draft.uuid, acts.can_approve_act) == expected(
        people, EVERYBODY, "zhanna"
    )


def test_offices_are_given_and_ended_by_the_principal(people: dict[str, Actor]) -> None:
    held = PersonOffice.objects.create(
        person=scene.person("lev"),
        office="association_lead",
        basis="приказ № 7",
        valid_from=clock.today(),
    )
    assert answers(people, staff.office_for, held.uuid, staff.can_end_office) == expected(
        people, "zhanna anna kira", "zhanna"
    )
    own = PersonOffice.objects.create(
        person=scene.person("zhanna"),
        office="principal",
        basis="распоряжение № 1",
        valid_from=clock.today(),
    )
    assert answers(people, staff.office_for, own.uuid, staff.can_end_office) == expected(
        people, "zhanna anna kira", ""
    )


# ── Practices of the school ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("state", "begin", "sees", "may"),
    [
        ("draft", practice_scene.drafted, "boris",
            {"edit": "boris", "discard": "boris", "submit": "boris", "review": "", "hand over": "",
             "recall": "", "answer": "boris", "unclear": "boris"}),
        ("school_review", practice_scene.in_review, "zhanna anna lev boris",
            {"edit": "", "discard": "", "submit": "boris", "review": "zhanna anna lev", "hand over": "zhanna",
             "recall": "zhanna", "answer": "", "unclear": "zhanna boris"}),
        ("school_bank", practice_scene.in_bank, EVERYBODY,
            {"edit": "", "discard": "", "submit": "boris", "review": "zhanna anna lev", "hand over": "zhanna",
             "recall": "zhanna", "answer": "zhanna boris", "unclear": "zhanna boris"}),
    ],
    ids=["draft", "on review", "in the bank"],
)  # fmt: skip
def test_practices_of_the_school(
    people: dict[str, Actor], state: str, begin: Any, sees: str, may: dict[str, str]
) -> None:
    practice = begin(who)
    rules = {
        "edit": practices.can_edit_practice,
        "discard": practices.can_discard_practice,
        "submit": practices.can_submit_practice,
        "review": practices.can_review_practice,
        "hand over": practices.can_hand_over_practice,
        "recall": practices.can_recall_practice,
        "answer": practices.can_answer_finds,
        "unclear": practices.can_answer_unclear,
    }
    assert practice.state == state
    for verb, rule in rules.items():
        assert answers(people, practices.practice_for, practice.uuid, rule) == expected(
            people, sees, may[verb]
        ), verb
    readers = " ".join(key for key in ("zhanna", "anna", "lev", "boris") if key in sees.split())
    assert answers(people, practices.practice_for, practice.uuid, practices.can_see_reviews) == expected(
        people, sees, readers
    )


# ── The school's form ───────────────────────────────────────────────────────────────────────────────


def test_the_form_of_the_school(people: dict[str, Actor]) -> None:
    form = SchoolForm.objects.create(
        campaign=uuid4(), title="Кадровый срез", year=2026, indicators=["A01"], due_on=clock.today()
    )
    for rule, may in ((monitoring.can_fill_form, "zhanna anna"), (monitoring.can_sign_form, "zhanna")):
        assert answers(people, monitoring.form_for, form.uuid, rule) == expected(people, "zhanna anna", may)
