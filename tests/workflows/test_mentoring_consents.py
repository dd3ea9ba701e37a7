"""SM-1 for mentoring: T-06 and T-07."""

import datetime as dt
from typing import Any

import pytest

from portal.core import clock
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.workflow import CONSENT, PAIR
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import who
from tests.workflows.scenarios import Change, Scenario, walk

pytestmark = pytest.mark.usefixtures("in_school5")


def of_boris(w: Any) -> MentoringConsent:
    return scene.consent_of(scene.asked(w), "boris")


def of_vera(w: Any) -> MentoringConsent:
    return scene.consent_of(scene.asked(w), "vera")


def stored() -> Any:
    return scene.store(scene.scan(), by=who("boris"))


def tomorrow() -> dt.date:
    return clock.today() + dt.timedelta(days=1)


def pair_is(state: str) -> Change:
    return lambda consent: Pair.objects.filter(pk=consent.pair_id).update(state=state)


SCENARIOS = {
    "given and taken back": Scenario("draft", of_boris, (
        ("vera", "give", {"scan": stored}, "forbidden"), ("boris", "give", {}, "scan"), pair_is("declined"),
        ("boris", "give", {"scan": stored}, "not_asked"),
        pair_is("consent_pending"),
        ("boris", "give", {"scan": stored, "given_on": tomorrow}, "given_on"),
        ("boris", "give", {"scan": stored}, "given"),
        ("anna", "withdraw", {}, "forbidden"), ("boris", "withdraw", {}, "withdrawn"),
    )),
    "the mentee's own choice": Scenario("draft", of_vera, (
        ("vera", "give", {"scan": stored}, "shows_profile"),
        ("vera", "give", {"scan": stored, "shows_profile": False}, "given"),
    )),
    "the curator enters what was signed": Scenario("draft", of_boris,
        (("anna", "give", {"scan": stored}, "given"),)),
    "refused": Scenario("draft", of_boris, (
        ("anna", "refuse", {}, "forbidden"), pair_is("declined"), ("boris", "refuse", {}, "not_asked"),
        pair_is("consent_pending"),
        ("boris", "refuse", {}, "refused"),
    )),
    "not needed any more": Scenario("draft", of_boris,
        (("anna", "expire", {}, "forbidden"), ("time", "expire", {}, "expired"))),
}  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.covers(
    "SM-1.give (mentoring_consent)",
    "SM-1.refuse (mentoring_consent)",
    "SM-1.withdraw (mentoring_consent)",
    "SM-1.expire (mentoring_consent)",
    "seed 3.3.1",
)
def test_a_consent(name: str) -> None:
    walk(CONSENT, SCENARIOS[name], who)


def test_a_consent_taken_back_in_a_pause_ends_the_pair_by_notice() -> None:
    pair = PAIR.move(scene.active(who), "suspend", by=who("anna"), comment="отпуск")
    scene.withdraw_consent(scene.consent_of(pair, "boris"), by=who("boris"))
    pair.refresh_from_db()
    assert (pair.state, pair.ends_on) == ("termination_notice", clock.working_days_after(clock.today(), 3))


@pytest.mark.covers("SM-1.withdraw (mentoring_consent)")
def test_a_consent_may_be_taken_back_before_and_after_the_order() -> None:
    pair = scene.with_order(who)
    scene.withdraw_consent(scene.consent_of(pair, "vera"), by=who("vera"))
    pair.refresh_from_db()
    assert pair.state == "declined"
    pair = scene.active(who)
    scene.withdraw_consent(scene.consent_of(pair, "boris"), by=who("boris"))
    pair.refresh_from_db()
    assert pair.state == "termination_notice"
    assert pair.ends_on == clock.working_days_after(clock.today(), 3)
