"""SM-3: a pair from the proposal to its end."""

import datetime as dt
from typing import Any

import pytest

from portal.cabinet.services import nights as time
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, Invalid, Stale
from portal.local_acts.models import Order
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.pairing import PAIRS
from portal.mentor_bank.workflow import CARD
from portal.mentoring import services
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.selectors.figures import coverage
from portal.mentoring.workflow import PAIR
from portal.pair_work import services as work_services
from portal.school_records.models import JournalLine, Notice
from portal.staff.models import Absence
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import refused, who
from tests.workflows.scenarios import Scenario, change, walk

pytestmark = pytest.mark.usefixtures("in_school5")


def days(count: int) -> Any:
    return lambda: clock.today() + dt.timedelta(days=count)


def workdays(count: int) -> Any:
    return lambda: clock.working_days_after(clock.today(), count)


def card(verb: str) -> Any:
    return lambda pair: CARD.move(MentorCard.objects.get(person=pair.mentor), verb, by=who("boris"))


def consents(state: str) -> Any:
    return lambda pair: MentoringConsent.objects.filter(pair=pair, role="mentee").update(state=state)


def order(**fields: Any) -> Any:
    return lambda pair: Order.objects.filter(pk=pair.order_id).update(
        **{name: value() if callable(value) else value for name, value in fields.items()}
    )


def stands(**fields: Any) -> Any:
    def step(pair: Pair) -> None:
        assert {name: getattr(pair, name) for name in fields} == {name: of() for name, of in fields.items()}

    return step


def longer(count: int, **more: Any) -> dict[str, Any]:
    return {"planned_to": days(count), "extended_by": "соглашение № 5 и приказ № 61-н от 20.11.2026", **more}


def left(key: str) -> Any:
    return lambda pair: scene.dismiss(key)


def back(key: str) -> Any:
    return lambda pair: scene.come_back(key)


def away(key: str) -> Any:
    return lambda pair: Absence.objects.create(
        person=scene.person(key), kind="leave", started_on=clock.today()
    )


def here(key: str) -> Any:
    return lambda pair: Absence.objects.filter(person=scene.person(key)).delete()


def replacing(w: Any) -> Pair:
    scene.a_card(w, "lev")
    pair = scene.active(w)
    scene.replace_mentor(pair, by=w("anna"), successor=scene.person("lev"), planned_from=clock.today())
    return pair


def taken_over_by(key: str) -> dict[str, Any]:
    return {"successor": lambda: scene.person(key), "planned_from": days(0)}


def suspended(w: Any) -> Pair:
    return PAIR.move(scene.active(w), "suspend", by=w("anna"), comment="длинный отпуск")


def programme_done(pair: Pair) -> None:
    programme = work_services.write_programme(pair, by=who("boris"), **scene.text(pair))
    change(state="completed")(programme)


def written(state: str = "approved") -> Any:
    """The mentor has a programme of this pair."""

    def step(pair: Pair) -> None:
        programme = pair.programmes.first() or work_services.write_programme(
            pair, by=who("boris"), **scene.text(pair)
        )
        change(state=state)(programme)

    return step


def predecessor(is_there: bool) -> Any:
    return lambda pair: change(predecessor=scene.proposed(who, mentee="lev") if is_there else None)(pair)


def pay_order(state: str) -> Any:
    return lambda pair: Order.objects.filter(code="T-10", subject=pair.uuid).update(state=state)


PAY: dict[str, Any] = {"agreement_number": "12", "pay_basis": "amount", "pay_size": 3000}
SCENARIOS = {
    "asked": Scenario("proposed", scene.proposed, (
        card("pause"), ("anna", "ask", {}, "mentor_not_ready"), card("resume"),
        ("boris", "ask", {}, "forbidden"), ("anna", "ask", {}, "consent_pending"),
        ("time", "collect", {}, "consents"), ("time", "decline", {}, "no_refusal"),
        ("anna", "collect", {}, "forbidden"),
        consents("refused"), ("time", "decline", {}, "declined"), ("anna", "ask", {}, "wrong_state"),
    )),
    "withdrawn by the curator": Scenario("consent_pending", scene.asked, (
        ("boris", "withdraw", {"comment": "нет"}, "forbidden"), ("anna", "withdraw", {}, "comment_required"),
        ("anna", "withdraw", {"comment": "ошиблись"}, "declined"),
    )),
    "skip the psychologist": Scenario("consent_pending", scene.asked, (
        lambda pair: pair.consents.update(state="given", given_on=clock.today()),
        ("time", "collect", {}, "psych_check"),
        ("anna", "skip_psychologist", {}, "comment_required"),
        ("irina", "skip_psychologist", {"comment": "нет"}, "forbidden"),
        ("anna", "skip_psychologist", {"comment": "нет психолога"}, "order_draft"),
    )),
    "against the psychologist": Scenario("psych_check", scene.agreed, (
        ("anna", "override", {"comment": "решили"}, "not_advised_against"),
        ("irina", "advise_against", {"conclusion": "compatible"}, "conclusion"),
        ("irina", "advise_against", {"conclusion": "not_recommended"}, "psych_check"),
        ("anna", "skip_psychologist", {"comment": "всё равно"}, "advised_against"),
        ("anna", "override", {}, "comment_required"),
        ("anna", "override", {"comment": "знаем обоих давно"}, "order_draft"),
    )),
    "conclusion": Scenario("psych_check", scene.agreed, (
        ("anna", "conclude", {"conclusion": "compatible"}, "forbidden"),
        ("irina", "conclude", {"conclusion": ""}, "conclusion"),
        ("irina", "conclude", {"conclusion": "compatible_with_advice"}, "order_draft"),
    )),
    "signed": Scenario("order_draft", scene.with_order, (
        ("anna", "activate", {}, "forbidden"), ("vera", "activate", {}, "forbidden"), left("vera"),
        ("zhanna", "activate", {}, "somebody_left"), back("vera"),
        away("vera"), ("zhanna", "activate", {}, "somebody_away"), here("vera"),
        card("pause"), ("zhanna", "activate", {}, "mentor_not_ready"), card("resume"),
        consents("draft"), ("zhanna", "activate", {}, "consents"), consents("given"),
        ("zhanna", "activate", {}, "order"), order(state="registered", number="1-н", signed_on=days(-1)),
        ("zhanna", "activate", {}, "agreement"),
        change(agreement_number="12", agreement_on=days(1)), ("zhanna", "activate", {}, "agreement"),
        change(agreement_on=days(0)),
        ("zhanna", "activate", {}, "pay"), change(pay_basis="none_by_act", pay_act=""),
        ("zhanna", "activate", {}, "pay"), change(pay_basis="amount", pay_size=None),
        ("zhanna", "activate", {}, "pay"), change(**PAY),
        ("zhanna", "activate", {}, "before_consents"),
        order(signed_on=days(0)), change(planned_from=days(-2), planned_to=days(-1)),
        ("zhanna", "activate", {}, "period_over"),
        change(planned_to=days(90)), ("zhanna", "activate", {}, "active"),
        stands(started_on=days(0)),  # not before its order
    )),
    "the registration of its order is taken back": Scenario("active", scene.active, (
        ("zhanna", "take_back", {}, "forbidden"), written(), ("time", "take_back", {}, "begun"),
        written(state="cancelled"),
        predecessor(True), ("time", "take_back", {}, "handed_on"), predecessor(False),
        pay_order("registered"), ("time", "take_back", {}, "pay_order"), pay_order("draft"),
        ("time", "take_back", {}, "order_draft"),
    )),
    "a pause": Scenario("active", scene.active, (
        ("boris", "suspend", {"comment": "отпуск"}, "forbidden"), ("anna", "suspend", {}, "comment_required"),
        ("anna", "suspend", {"comment": "длинный отпуск"}, "suspended"),
        ("anna", "end_suspension", {}, "suspension_short"), ("anna", "resume", {}, "active"),
    )),
    "a pause too long": Scenario("suspended", suspended,
        (change(suspended_on=days(-93)), ("anna", "end_suspension", {}, "terminated"))),
    "a notice in a pause": Scenario("suspended", suspended, (
        ("boris", "give_notice", {"ends_on": workdays(2)}, "notice_too_short"),
        ("boris", "give_notice", {"ends_on": workdays(3)}, "termination_notice"),
    )),
    "a notice by the mentor": Scenario("active", scene.active, (
        ("gleb", "give_notice", {"ends_on": dt.date(2030, 1, 1)}, "forbidden"),
        ("boris", "give_notice", {"ends_on": days(0)}, "notice_too_short"),
        ("boris", "give_notice", {"ends_on": workdays(3)}, "termination_notice"),
        ("zhanna", "terminate", {"comment": "отчёт не нужен"}, "notice_runs"),
    )),
    "a notice by the school": Scenario("active", scene.active, (
        ("zhanna", "give_notice", {"ends_on": workdays(2)}, "notice_too_short"),
        ("zhanna", "give_notice", {"ends_on": workdays(3)}, "termination_notice"),
    )),
    "a notice by the mentee": Scenario("active", scene.active, (
        ("vera", "give_notice", {"ends_on": days(-1)}, "notice_too_short"),
        ("vera", "give_notice", {"ends_on": days(0)}, "termination_notice"),
        ("boris", "terminate", {"comment": "да"}, "forbidden"),
        ("zhanna", "terminate", {}, "comment_required"),
        ("zhanna", "terminate", {"comment": "отчёт не нужен"}, "terminated"),
    )),
    "another mentor": Scenario("active", scene.active, (
        ("anna", "replace", taken_over_by("lev"), "successor"),
        lambda pair: scene.a_card(who, "lev"),
        ("anna", "replace", taken_over_by("boris"), "successor"),
        ("anna", "replace", taken_over_by("lev"), "replacing"),
        ("time", "hand_on", {}, "successor_not_active"),
        lambda pair: change(state="active")(pair.successor), ("time", "hand_on", {}, "terminated"),
    )),
    "nobody takes over": Scenario("replacing", replacing, (
        ("anna", "stop_replacing", {"comment": "никто"}, "successor_open"),
        lambda pair: change(state="declined")(pair.successor),
        ("anna", "stop_replacing", {}, "comment_required"),
        ("anna", "stop_replacing", {"comment": "никто не готов"}, "terminated"),
    )),
    "goes on": Scenario("active", scene.active, (
        change(planned_to=days(2)),
        ("boris", "extend", longer(30), "forbidden"), ("anna", "extend", longer(2), "not_later"),
        ("anna", "extend", longer(365 * 3 + 2), "too_long"),
        ("anna", "extend", longer(30, extended_by="да"), "papers"),
        left("vera"), ("anna", "extend", longer(30), "somebody_left"), back("vera"),
        ("anna", "extend", longer(30), "active"),
        change(planned_from=days(-60), planned_to=days(-40)), ("anna", "extend", longer(-1), "not_later"),
        change(planned_from=days(0), planned_to=days(365 * 3 + 9)),
        ("anna", "extend", longer(365 * 3 + 20), "term_is_used"),
        change(planned_to=days(100)), programme_done,
        ("anna", "extend", longer(120), "programme_done"),
    )),
    "finished": Scenario("active", scene.active, (
        ("zhanna", "complete", {}, "programme_open"), programme_done, ("anna", "complete", {}, "forbidden"),
        ("zhanna", "complete", {}, "completed"),
    )),
    "somebody left": Scenario("active", scene.active, (
        ("anna", "end_by_dismissal", {}, "nobody_left"), ("time", "end_by_dismissal", {}, "nobody_left"),
        left("vera"),
        ("boris", "end_by_dismissal", {}, "forbidden"), ("time", "end_by_dismissal", {}, "terminated"),
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.covers(
    "SM-3.ask", "SM-3.withdraw", "SM-3.decline", "SM-3.collect", "SM-3.conclude", "SM-3.advise_against",
    "SM-3.skip_psychologist", "SM-3.override",
    "SM-3.activate", "SM-3.suspend", "SM-3.resume", "SM-3.give_notice", "SM-3.terminate", "SM-3.replace",
    "SM-3.hand_on", "SM-3.stop_replacing", "SM-3.extend",
    "SM-3.complete", "SM-3.take_back", "SM-3.end_by_dismissal", "SM-3.end_suspension", "seed 3.3.1",
    "seed 4.1.4",
)  # fmt: skip
def test_a_pair(name: str) -> None:
    """And whoever leads no pair any more is not said to lead one."""
    walk(PAIR, SCENARIOS[name], who)
    for card in MentorCard.objects.filter(state="active"):
        assert PAIRS().works_with_any(card)


@pytest.mark.covers("SM-3.activate", "T-08")
def test_the_whole_way_of_a_pair_to_active() -> None:
    pair = scene.proposed(who)
    assert pair.state == "proposed"
    pair = PAIR.move(pair, "ask", by=who("anna"))
    assert MenteeNeed.objects.get().state == "accepted"
    assert Notice.objects.filter(code="pair:consent").count() == 2
    mentor = scene.consent_of(pair, "boris")
    refused(Invalid, "scan", lambda: scene.give_consent(mentor, by=who("boris")))
    refused(Forbidden, "forbidden", lambda: scene.give_consent(mentor, by=who("vera"), scan=None))
    scene.give_consent(mentor, by=who("boris"), scan=scene.store(scene.scan(), by=who("boris")))
    pair.refresh_from_db()
    assert pair.state == "consent_pending"
    scene.give_consent(
        scene.consent_of(pair, "vera"),
        by=who("anna"),
        scan=scene.store(scene.scan(), by=who("anna")),
        shows_profile=True,
    )
    pair.refresh_from_db()
    assert pair.state == "psych_check"
    scene.conclude_pair(pair, by=who("irina"), conclusion="compatible")
    order = Order.objects.get(subject=pair.uuid)
    assert (pair.state, order.code, order.state) == ("order_draft", "T-08", "draft")
    facts = scene.order_facts()
    refused(Forbidden, "forbidden", lambda: services.register_pair_order(pair, by=who("anna"), **facts))
    refused(
        Invalid,
        "pay",
        lambda: services.register_pair_order(
            pair, by=who("zhanna"), **{**facts, "scan": scene.scan(), "pay_size": None}
        ),
    )
    order.refresh_from_db()
    pair.refresh_from_db()
    assert (pair.state, order.state, pair.agreement_number) == ("order_draft", "draft", ""), (
        "one transaction: nothing is left of the refused one"
    )
    pair = services.register_pair_order(pair, by=who("zhanna"), **{**facts, "scan": scene.scan()})
    order.refresh_from_db()
    assert (pair.state, order.state, MenteeNeed.objects.get().state) == ("active", "registered", "matched")
    card = MentorCard.objects.get()
    assert card.state == "active"
    assert card.principal_word_on
    refused(
        Conflict,
        "wrong_state",
        lambda: services.register_pair_order(pair, by=who("zhanna"), **scene.order_facts(number="48-н")),
    )
    verbs = set(JournalLine.objects.filter(object_uuid=pair.uuid).values_list("verb", flat=True))
    assert {"proposed", "ask", "collect", "conclude", "activate"} <= verbs
    assert coverage()["young_covered"] == 1
    assert coverage()["pairs_by_form"]["teacher_teacher"] == 1


@pytest.mark.parametrize("key", ["boris", "vera"])
def test_either_may_decline_and_only_the_author_sees_why(key: str) -> None:
    pair = scene.asked(who)
    consent = scene.consent_of(pair, key)
    refused(Forbidden, "forbidden", lambda: scene.refuse_consent(consent, by=who("anna")))
    scene.refuse_consent(consent, by=who(key), private_reason="Личное дело")
    pair.refresh_from_db()
    assert pair.state == "declined"
    assert MenteeNeed.objects.get().state == "accepted"
    assert not JournalLine.objects.filter(comment__contains="Личное").exists()
    assert not Notice.objects.filter(text__contains="Личное").exists()


def test_another_mentor_takes_over_with_the_programme() -> None:
    programme = scene.running(who)
    pair = programme.pair
    scene.a_card(who, "lev")
    new = scene.replace_mentor(
        pair, by=who("anna"), successor=scene.person("lev"), planned_from=clock.today()
    )
    pair.refresh_from_db()
    assert (pair.state, new.state) == ("replacing", "consent_pending")
    for key in ("lev", "vera"):
        scene.give_consent(
            scene.consent_of(new, key),
            by=who(key),
            scan=scene.store(scene.scan(), by=who(key)),
            shows_profile=True,
        )
    new.refresh_from_db()
    PAIR.move(new, "skip_psychologist", by=who("anna"), comment="психолог в отпуске")
    new = services.register_pair_order(new, by=who("zhanna"), **scene.order_facts(number="50-н"))
    pair.refresh_from_db()
    assert (pair.state, pair.closing_reason, new.state) == ("terminated", "replaced", "active")
    assert new.programmes.get().goals.count() == 2
    copied = JournalLine.objects.get(verb="copied")
    assert copied.object_uuid == new.programmes.get().uuid, "where its text came from is in the journal"


def test_a_dismissed_mentee_ends_the_pair() -> None:
    pair = scene.running(who).pair
    scene.dismiss("vera")
    time.every_day(who("time"))
    pair.refresh_from_db()
    assert (pair.state, pair.closing_reason, pair.programmes.get().state) == (
        "terminated",
        "dismissal_transfer",
        "cancelled",
    )


def test_a_stale_form_changes_nothing() -> None:
    pair = scene.asked(who)
    seen = pair.version
    Pair.objects.get(pk=pair.pk).save_change("goal")
    with pytest.raises(Stale):
        PAIR.move(pair, "withdraw", by=who("anna"), comment="по старой странице", version=seen)
    pair.refresh_from_db()
    assert pair.state == "consent_pending"
    assert (
        PAIR.move(pair, "withdraw", by=who("anna"), comment="ошиблись", version=pair.version).state
        == "declined"
    )
    refused(
        Conflict,
        "wrong_state",
        lambda: PAIR.move(pair, "withdraw", by=who("anna"), comment="второй раз", version=seen),
    )
