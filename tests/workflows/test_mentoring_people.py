"""Who sees what of mentoring, whose move it is, who decides the order of the school."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from portal.cabinet.selectors.next_steps import next_steps as steps_for
from portal.core.errors import Forbidden, NotVisible
from portal.mentor_bank import services as bank_services
from portal.mentor_bank.models import MentoringSettings
from portal.mentor_bank.workflow import CARD
from portal.mentoring import access
from portal.mentoring.workflow import PAIR
from portal.pair_work import access as work_access
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import refused, who

pytestmark = pytest.mark.usefixtures("in_school5")


def test_strangers_and_colleagues_do_not_see_a_pair() -> None:
    programme = scene.running(who)
    meeting = scene.planned_meeting(who, programme.pair)
    for key, sees in {
        "anna": True,
        "zhanna": True,
        "boris": True,
        "vera": True,
        "lev": True,
        "gleb": False,
    }.items():
        doors: list[tuple[Any, Any]] = [
            (access.pair_for, programme.pair.uuid),
            (work_access.programme_for, programme.uuid),
        ]
        if key in ("boris", "vera", "anna", "gleb"):
            doors.append((work_access.meeting_for, meeting.uuid))
        for door, uuid in doors:
            if sees:
                assert door(who(key), uuid)
            else:
                with pytest.raises(NotVisible):
                    door(who(key), uuid)


def test_the_mentor_sees_difficulties_only_by_consent() -> None:
    hidden = scene.agreed(who, shows_profile=False)
    assert not access.pairs.sees_difficulties(who("boris"), hidden)
    assert access.pairs.sees_difficulties(who("vera"), hidden)
    PAIR.move(hidden, "withdraw", by=who("anna"), comment="для примера")
    assert access.pairs.sees_difficulties(who("boris"), scene.agreed(who, shows_profile=True))


STEPS = [
    (scene.asked, "boris", "consent_to_give"),
    (scene.asked, "vera", "consent_to_give"),
    (scene.active, "boris", "programme_to_write"),
    (scene.submitted, "vera", "programme_to_confirm"),
    (scene.confirmed, "anna", "programme_to_approve"),
    (scene.with_order, "zhanna", "order_to_register"),
    (scene.agreed, "irina", "conclusion_to_give"),
    (scene.active, "vera", "meeting_to_plan"),
    (scene.proposed, "anna", "pair_to_ask"),
    (scene.a_need, "anna", "need_to_accept"),
    (scene.wishing, "anna", "card_to_recommend"),
    (scene.wishing, "lev", "card_to_recommend"),
    (scene.a_card, "zhanna", "card_to_endorse"),
]


@pytest.mark.parametrize(
    ("begin", "key", "situation"), STEPS, ids=[f"{key}-{situation}" for _, key, situation in STEPS]
)
def test_whose_move_it_is(begin: Callable[[Any], Any], key: str, situation: str) -> None:
    begin(who)
    mine = [step for step in steps_for(who(key)) if step.mine and step.situation == situation]
    assert mine, [step.situation for step in steps_for(who(key))]
    assert mine[0].url.startswith("/s/5/")


def test_the_curator_confirms_what_is_recommended_and_the_mentor_sees_where_the_card_is() -> None:
    card = scene.wishing(who)
    CARD.move(card, "recommend", by=who("lev"))
    assert "card_to_confirm" in {step.situation for step in steps_for(who("anna")) if step.mine}
    assert [str(step.who) for step in steps_for(who("boris")) if step.situation == "own_card_waits"] == [
        "Мельникова А. В."
    ]
    assert "card_to_confirm" not in {step.situation for step in steps_for(who("zhanna"))}


def test_without_a_psychologist_the_step_is_the_curators() -> None:
    scene.agreed(who)
    assert "psychologist_to_skip" not in {step.situation for step in steps_for(who("anna"))}
    scene.dismiss("irina")
    assert [step.mine for step in steps_for(who("anna")) if step.situation == "psychologist_to_skip"] == [
        True
    ]


def test_a_school_without_needs_is_asked_whom_to_help() -> None:
    assert "need_to_record" in {step.situation for step in steps_for(who("anna"))}
    scene.a_need(who)
    assert "need_to_record" not in {step.situation for step in steps_for(who("anna"))}


def test_settings_are_decided_by_leaders() -> None:
    refused(Forbidden, "forbidden", lambda: bank_services.decide_settings(by=who("boris"), confirm_days=3))
    bank_services.decide_settings(by=who("anna"), min_stage_years=Decimal(3))
    assert MentoringSettings.here().min_stage_years == 3
