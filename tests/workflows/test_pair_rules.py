"""What makes a proposal sound: forms, kinds, periods, load (Положение 5.1–5.4; domain.md §1, §0.8)."""

import datetime as dt
from typing import Any

import pytest

from portal.core.errors import Forbidden, Invalid
from portal.mentor_bank import services as bank_services
from portal.mentor_bank.models import MentorCard
from portal.mentoring import services
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import refused, who

pytestmark = pytest.mark.usefixtures("in_school5")


RULES: dict[str, tuple[dict[str, Any], str, str]] = {
    "no kind": ({"kinds": []}, "no_kinds", "kinds"),
    "group of one": ({"kinds": ["group"], "selection": ""}, "group_of_one", "kinds"),
    "traditional without criteria": ({"selection": ""}, "traditional_selection", "selection"),
    "virtual without a channel": ({"kinds": ["virtual"]}, "virtual_channel", "channel"),
    "situational without time": (
        {"kinds": ["situational"], "channel": "MAX"},
        "situational_reaction",
        "reaction_hours",
    ),
    "short without schedule": ({"kinds": ["short_goal"]}, "short_goal_schedule", "schedule"),
    "reverse without a topic": ({"kinds": ["reverse"]}, "reverse_topic", "mentee_gives"),
    "no role model": ({"role_model": ""}, "role_model", "role_model"),
    "not a head": ({"form": "head_teacher", "role_model": ""}, "head_form", "form"),
    "not a student": ({"form": "employer_student", "role_model": ""}, "student_form", "form"),
    "backwards": ({"planned_to": dt.date(2020, 1, 1)}, "period", "planned_to"),
    "over already": (
        {"planned_from": dt.date(2026, 9, 1), "planned_to": dt.date(2026, 11, 22)},
        "period_past",
        "planned_to",
    ),
    "too long": ({"planned_to": dt.date(2035, 1, 1)}, "period_long", "planned_to"),
}


@pytest.mark.parametrize("name", RULES)
@pytest.mark.covers(
    "seed 5.1",
    "seed 5.1.models",
    "seed 5.4.virtual",
    "seed 5.4.group",
    "seed 5.4.short",
    "seed 5.4.reverse",
    "seed 5.4.situational",
    "seed 5.4.traditional",
)
def test_a_proposal_that_breaks_a_rule_is_refused_at_its_field(name: str) -> None:
    broken, code, field = RULES[name]
    with pytest.raises(Invalid) as caught:
        scene.proposed(who, **broken)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert scene.proposed(who).state == "proposed"


@pytest.mark.covers("seed 5.2.subject")
def test_a_principal_who_mentors_as_a_subject_teacher_has_the_form_of_teachers() -> None:
    scene.a_need(who)
    scene.a_card(who, "zhanna")
    facts: dict[str, Any] = {
        "by": who("anna"),
        "mentor": scene.person("zhanna"),
        "mentees": [scene.person("vera")],
        "subject_as_expert": True,
    }
    with pytest.raises(Invalid, match="head_as_expert"):
        services.propose_pair(**facts, **scene.terms(form="head_teacher", role_model=""))
    assert services.propose_pair(**facts, **scene.terms()).form == "teacher_teacher"


def test_who_may_propose_whom() -> None:
    scene.a_need(who)
    scene.a_card(who)
    people: dict[str, Any] = {"mentor": scene.person("boris"), "mentees": [scene.person("vera")]}
    refused(Forbidden, "forbidden", lambda: services.propose_pair(by=who("irina"), **people, **scene.terms()))
    refused(
        Invalid,
        "self_mentoring",
        lambda: services.propose_pair(
            by=who("anna"), mentor=people["mentor"], mentees=[people["mentor"]], **scene.terms()
        ),
    )
    assert services.propose_pair(by=who("vera"), **people, **scene.terms()).state == "proposed"
    refused(Invalid, "same_pair", lambda: services.propose_pair(by=who("lev"), **people, **scene.terms()))


def test_a_mentor_has_as_many_mentees_as_the_card_says() -> None:
    scene.a_card(who, max_mentees=1)
    scene.proposed(who)
    scene.a_need(who, "irina")
    facts: dict[str, Any] = {
        "by": who("anna"),
        "mentor": scene.person("boris"),
        "mentees": [scene.person("irina")],
    }
    refused(Invalid, "no_free_slot", lambda: services.propose_pair(**facts, **scene.terms()))
    bank_services.edit_card(MentorCard.objects.get(), by=who("anna"), max_mentees=2)
    assert services.propose_pair(**facts, **scene.terms()).state == "proposed"


def test_nobody_mentors_the_own_mentor_in_another_open_pair() -> None:
    scene.a_card(
        who,
        "vera",
        waiver="реверсивное наставничество: учит цифровым навыкам",
        confirmed_results="Ведёт кружок робототехники второй год.",
    )
    scene.proposed(who)
    scene.a_need(who, "boris")
    back: dict[str, Any] = {
        "by": who("anna"),
        "mentor": scene.person("vera"),
        "mentees": [scene.person("boris")],
    }
    refused(Invalid, "same_pair", lambda: services.propose_pair(**back, **scene.terms()))


def test_a_successor_needs_a_free_slot_too() -> None:
    pair = scene.active(who)
    scene.a_card(who, "lev", max_mentees=1)
    scene.proposed(who, mentor="lev", mentee="irina")
    take_over: dict[str, Any] = {
        "by": who("anna"),
        "successor": scene.person("lev"),
        "planned_from": pair.planned_from,
    }
    refused(Invalid, "no_free_slot", lambda: scene.replace_mentor(pair, **take_over))
    bank_services.edit_card(MentorCard.objects.get(person=scene.person("lev")), by=who("anna"), max_mentees=2)
    assert scene.replace_mentor(pair, **take_over).state == "consent_pending"
