"""SM-1 … SM-5: who may, in which state, and what follows. Each row walks the real workflow."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, DomainError, Forbidden, Invalid, NotVisible, Stale
from portal.local_acts.models import Order
from portal.mentoring import access, services
from portal.mentoring.models import Meeting, MenteeNeed, MentorCard, MentoringSettings, Pair
from portal.mentoring.selectors.figures import coverage
from portal.mentoring.selectors.next_steps import next_steps as steps_for
from portal.mentoring.services import time
from portal.mentoring.workflow import CARD, MEETING, PAIR, PROGRAMME
from portal.school_records.models import JournalLine, Notice
from portal.staff.models import Employee
from tests.workflows import mentoring_scenes as scene

Who = Callable[..., Actor]


@pytest.fixture(autouse=True)
def _school(school5: Any, inside: Any, actor: Who) -> Any:
    for key in ("anna", "boris", "vera", "zhanna", "irina", "lev", "kira", "gleb"):
        _ACTORS[key] = actor(key, school5)
    with inside(school5):
        yield


_ACTORS: dict[str, Actor] = {}


def who(key: str) -> Actor:
    return Actor.system(school=_ACTORS["anna"].school) if key == "time" else _ACTORS[key]


def refused(error: type[DomainError], code: str, call: Callable[[], Any]) -> None:
    with pytest.raises(error) as caught:
        call()
    assert caught.value.code == code, caught.value.sentence


# ── SCENARIOS: (who, verb, state after or the refusal's code) ───────────────────────────────────────
PAIRS: dict[str, tuple[Callable[[Who], Pair], list[tuple[str, str, dict[str, Any], str]]]] = {
    "skip the psychologist": (
        scene.agreed,
        [
            ("anna", "skip_psychologist", {}, "comment_required"),
            ("irina", "skip_psychologist", {"comment": "нет"}, "forbidden"),
            ("anna", "skip_psychologist", {"comment": "нет психолога"}, "order_draft"),
        ],
    ),
    "against the psychologist": (
        scene.agreed,
        [
            ("anna", "override", {"comment": "решили"}, "not_advised_against"),
            ("irina", "advise_against", {"conclusion": "not_recommended"}, "psych_check"),
            ("anna", "skip_psychologist", {"comment": "всё равно"}, "advised_against"),
            ("anna", "override", {"comment": "знаем обоих давно"}, "order_draft"),
        ],
    ),
    "conclusion": (
        scene.agreed,
        [
            ("anna", "conclude", {"conclusion": "compatible"}, "forbidden"),
            ("irina", "conclude", {}, "conclusion"),
            ("irina", "conclude", {"conclusion": "compatible_with_advice"}, "order_draft"),
        ],
    ),
    "withdrawn by the curator": (
        scene.asked,
        [("boris", "withdraw", {"comment": "нет"}, "forbidden"), ("anna", "withdraw", {"comment": "ошиблись"}, "declined"), ("anna", "ask", {}, "wrong_state")],
    ),
    "a pause": (
        scene.active,
        [
            ("boris", "suspend", {"comment": "отпуск"}, "forbidden"),
            ("anna", "suspend", {"comment": "длинный отпуск"}, "suspended"),
            ("anna", "end_suspension", {}, "suspension_short"),
            ("anna", "resume", {}, "active"),
        ],
    ),
    "a notice by the mentor": (
        scene.active,
        [
            ("gleb", "give_notice", {"ends_on": dt.date(2030, 1, 1)}, "forbidden"),
            ("boris", "give_notice", {}, "notice_too_short"),
            ("boris", "give_notice", {"ends_on": "today"}, "notice_too_short"),
            ("boris", "give_notice", {"ends_on": "+3wd"}, "termination_notice"),
            ("zhanna", "terminate", {"comment": "отчёт не нужен"}, "notice_runs"),
        ],
    ),
    "a notice by the mentee": (
        scene.active,
        [
            ("vera", "give_notice", {"ends_on": "today"}, "termination_notice"),
            ("boris", "terminate", {"comment": "да"}, "forbidden"),
            ("zhanna", "terminate", {}, "comment_required"),
            ("zhanna", "terminate", {"comment": "отчёт не нужен"}, "terminated"),
        ],
    ),
    "not finished": (
        scene.active,
        [("zhanna", "complete", {}, "programme_open"), ("anna", "end_by_dismissal", {}, "nobody_left"), ("time", "end_by_dismissal", {}, "nobody_left")],
    ),
    "no consents yet": (scene.asked, [("time", "collect", {}, "consents"), ("time", "decline", {}, "no_refusal"), ("anna", "collect", {}, "forbidden")]),
    "not signed yet": (scene.with_order, [("anna", "activate", {}, "forbidden"), ("zhanna", "activate", {}, "agreement")]),
}


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.covers("SM-3")
def test_pair_scenarios(name: str) -> None:
    begin, steps = PAIRS[name]
    pair = begin(who)
    for key, verb, extra, expected in steps:
        values = dict(extra)
        if values.get("ends_on") == "today":
            values["ends_on"] = clock.today()
        if values.get("ends_on") == "+3wd":
            values["ends_on"] = clock.working_days_after(clock.today(), 3)
        before = pair.state
        try:
            PAIR.move(pair, verb, by=who(key), **values)
            outcome = pair.state
        except DomainError as error:
            outcome = error.code
            pair.refresh_from_db()
            assert pair.state == before
        assert outcome == expected, (name, key, verb)


@pytest.mark.covers("SM-3", "T-08")
def test_the_whole_way_of_a_pair_to_active() -> None:
    pair = scene.proposed(who)
    assert pair.state == "proposed"
    pair = services.ask_consents(pair, by=who("anna"))
    assert MenteeNeed.objects.get().state == "accepted"
    assert Notice.objects.filter(code="pair:consent").count() == 2
    mentor = scene.consent_of(pair, "boris")
    refused(Invalid, "scan", lambda: services.give_consent(mentor, by=who("boris")))
    refused(Forbidden, "forbidden", lambda: services.give_consent(mentor, by=who("vera"), scan=None))
    services.give_consent(mentor, by=who("boris"), scan=scene.store(scene.scan(), by=who("boris")))
    pair.refresh_from_db()
    assert pair.state == "consent_pending"
    services.give_consent(scene.consent_of(pair, "vera"), by=who("anna"), scan=scene.store(scene.scan(), by=who("anna")))
    pair.refresh_from_db()
    assert pair.state == "psych_check"
    services.conclude_pair(pair, by=who("irina"), conclusion="compatible")
    order = Order.objects.get(subject=pair.uuid)
    assert (pair.state, order.code, order.state) == ("order_draft", "T-08", "draft")
    facts = scene.order_facts()
    refused(Forbidden, "forbidden", lambda: services.register_pair_order(pair, by=who("anna"), **facts))
    refused(Invalid, "pay", lambda: services.register_pair_order(pair, by=who("zhanna"), **{**facts, "scan": scene.scan(), "pay_size": None}))
    order.refresh_from_db()
    pair.refresh_from_db()
    assert (pair.state, order.state, pair.agreement_number) == ("order_draft", "draft", ""), "one transaction: nothing is left of the refused one"
    pair = services.register_pair_order(pair, by=who("zhanna"), **{**facts, "scan": scene.scan()})
    order.refresh_from_db()
    assert (pair.state, order.state, MenteeNeed.objects.get().state) == ("active", "registered", "matched")
    card = MentorCard.objects.get()
    assert card.state == "active"
    assert card.principal_word_on
    refused(Conflict, "wrong_state", lambda: services.register_pair_order(pair, by=who("zhanna"), **scene.order_facts(number="48-н")))
    verbs = set(JournalLine.objects.filter(object_uuid=pair.uuid).values_list("verb", flat=True))
    assert {"proposed", "ask", "collect", "conclude", "activate"} <= verbs
    assert coverage()["young_covered"] == 1
    assert coverage()["pairs_by_form"]["teacher_teacher"] == 1


@pytest.mark.parametrize("key", ["boris", "vera"])
def test_either_may_decline_and_only_the_author_sees_why(key: str) -> None:
    pair = scene.asked(who)
    consent = scene.consent_of(pair, key)
    refused(Forbidden, "forbidden", lambda: services.refuse_consent(consent, by=who("anna")))
    services.refuse_consent(consent, by=who(key), private_reason="Личное дело")
    pair.refresh_from_db()
    assert pair.state == "declined"
    assert MenteeNeed.objects.get().state == "accepted"
    assert not JournalLine.objects.filter(comment__contains="Личное").exists()
    assert not Notice.objects.filter(text__contains="Личное").exists()


@pytest.mark.covers("SM-1.withdraw")
def test_a_consent_may_be_taken_back_before_and_after_the_order() -> None:
    pair = scene.with_order(who)
    services.withdraw_consent(scene.consent_of(pair, "vera"), by=who("vera"))
    pair.refresh_from_db()
    assert pair.state == "declined"
    pair = scene.active(who)
    services.withdraw_consent(scene.consent_of(pair, "boris"), by=who("boris"))
    pair.refresh_from_db()
    assert pair.state == "termination_notice"
    assert pair.ends_on == clock.working_days_after(clock.today(), 3)


RULES: dict[str, tuple[dict[str, Any], str, str]] = {
    "no kind": ({"kinds": []}, "no_kinds", "kinds"),
    "group of one": ({"kinds": ["group"], "selection": ""}, "group_of_one", "kinds"),
    "traditional without criteria": ({"selection": ""}, "traditional_selection", "selection"),
    "virtual without a channel": ({"kinds": ["virtual"]}, "virtual_channel", "channel"),
    "situational without time": ({"kinds": ["situational"], "channel": "MAX"}, "situational_reaction", "reaction_hours"),
    "short without schedule": ({"kinds": ["short_goal"]}, "short_goal_schedule", "schedule"),
    "reverse without a topic": ({"kinds": ["reverse"]}, "reverse_topic", "mentee_gives"),
    "no role model": ({"role_model": ""}, "role_model", "role_model"),
    "not a head": ({"form": "head_teacher", "role_model": ""}, "head_form", "form"),
    "not a student": ({"form": "employer_student", "role_model": ""}, "student_form", "form"),
    "backwards": ({"planned_to": dt.date(2020, 1, 1)}, "period", "planned_to"),
    "too long": ({"planned_to": dt.date(2035, 1, 1)}, "period_long", "planned_to"),
}


@pytest.mark.parametrize("name", RULES)
def test_a_proposal_that_breaks_a_rule_is_refused_at_its_field(name: str) -> None:
    broken, code, field = RULES[name]
    with pytest.raises(Invalid) as caught:
        scene.proposed(who, **broken)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert scene.proposed(who).state == "proposed"


def test_a_principal_who_mentors_as_a_subject_teacher_has_the_form_of_teachers() -> None:
    scene.a_need(who)
    scene.a_card(who, "zhanna")
    facts = {"by": who("anna"), "mentor": scene.employee("zhanna"), "mentees": [scene.employee("vera")], "subject_as_expert": True}
    with pytest.raises(Invalid, match="head_as_expert"):
        services.propose_pair(**facts, **scene.terms(form="head_teacher", role_model=""))
    assert services.propose_pair(**facts, **scene.terms()).form == "teacher_teacher"


def test_who_may_propose_whom() -> None:
    scene.a_need(who)
    scene.a_card(who)
    people = {"mentor": scene.employee("boris"), "mentees": [scene.employee("vera")]}
    refused(Forbidden, "forbidden", lambda: services.propose_pair(by=who("irina"), **people, **scene.terms()))
    refused(Invalid, "self_mentoring", lambda: services.propose_pair(by=who("anna"), mentor=people["mentor"], mentees=[people["mentor"]], **scene.terms()))
    assert services.propose_pair(by=who("vera"), **people, **scene.terms()).state == "proposed"
    refused(Invalid, "same_pair", lambda: services.propose_pair(by=who("lev"), **people, **scene.terms()))


def test_a_mentor_has_as_many_mentees_as_the_card_says() -> None:
    scene.a_card(who, max_mentees=1)
    scene.proposed(who)
    scene.a_need(who, "irina")
    facts = {"by": who("anna"), "mentor": scene.employee("boris"), "mentees": [scene.employee("irina")]}
    refused(Invalid, "no_free_slot", lambda: services.propose_pair(**facts, **scene.terms()))
    services.edit_card(MentorCard.objects.get(), by=who("anna"), max_mentees=2)
    assert services.propose_pair(**facts, **scene.terms()).state == "proposed"


def test_another_mentor_takes_over_with_the_programme() -> None:
    programme = scene.running(who)
    pair = programme.pair
    scene.a_card(who, "lev")
    new = services.replace_mentor(pair, by=who("anna"), successor=scene.employee("lev"), planned_from=clock.today())
    pair.refresh_from_db()
    assert (pair.state, new.state) == ("replacing", "consent_pending")
    for key in ("lev", "vera"):
        services.give_consent(scene.consent_of(new, key), by=who(key), scan=scene.store(scene.scan(), by=who(key)))
    new.refresh_from_db()
    services.move_pair(new, "skip_psychologist", by=who("anna"), comment="психолог в отпуске")
    new = services.register_pair_order(new, by=who("zhanna"), **scene.order_facts(number="50-н"))
    pair.refresh_from_db()
    assert (pair.state, pair.closing_reason, new.state) == ("terminated", "replaced", "active")
    assert new.programmes.get().goals.count() == 2


# ── SM-2 ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.covers("SM-2")
def test_the_card_wants_results_thresholds_consent_and_two_words() -> None:
    card = services.make_card(scene.employee("vera"), by=who("vera"), confirmed_results="мало")
    refused(Forbidden, "forbidden", lambda: CARD.move(card, "recommend", by=who("vera")))
    refused(Conflict, "results", lambda: CARD.move(card, "recommend", by=who("lev")))
    services.edit_card(card, by=who("vera"), confirmed_results="Веду кружок робототехники, два призёра города.")
    refused(Conflict, "thresholds", lambda: CARD.move(card, "recommend", by=who("lev")))
    services.edit_card(card, by=who("anna"), waiver="реверсивное наставничество: учит цифровым навыкам")
    CARD.move(card, "recommend", by=who("lev"))
    refused(Conflict, "personal_consent", lambda: CARD.move(card, "confirm", by=who("anna")))
    scene.PersonalConsent.objects.create(employee=scene.employee("vera"), kind="processing", state="given", given_on=clock.today())
    CARD.move(card, "confirm", by=who("anna"))
    refused(Forbidden, "forbidden", lambda: CARD.move(card, "endorse", by=who("anna")))
    refused(Conflict, "both_words", lambda: CARD.move(card, "activate", by=who("time")))
    CARD.move(card, "endorse", by=who("zhanna"))
    refused(Conflict, "word_given", lambda: CARD.move(card, "endorse", by=who("zhanna")))
    CARD.move(card, "activate", by=who("time"))
    CARD.move(card, "pause", by=who("vera"))
    CARD.move(card, "resume", by=who("anna"))
    CARD.move(card, "archive", by=who("anna"))
    assert card.state == "archived"


# ── SM-4 ────────────────────────────────────────────────────────────────────────────────────────────

TEXTS: dict[str, tuple[dict[str, Any], str]] = {
    "no goal for a difficulty": ({"goals": []}, "goals"),
    "two activities": ({"activities": []}, "activities"),
    "short without a reason": ({"ends_on": "+30", "activities": "short"}, "length"),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.covers("SM-4.submit", "seed 4.2(2)")
def test_a_programme_that_is_not_ready_is_not_submitted(name: str) -> None:
    broken, code = TEXTS[name]
    pair = scene.active(who)
    values = scene.text(pair)
    if broken.get("ends_on"):
        end = clock.today() + dt.timedelta(days=30)
        values |= {"ends_on": end, "activities": [{**row, "ends_on": min(row["ends_on"], end)} for row in values["activities"]]}
    else:
        values |= broken
    programme = services.write_programme(pair, by=who("boris"), **values)
    refused(Conflict, code, lambda: services.submit_programme(programme, by=who("boris")))
    good = scene.text(pair)
    programme = services.write_programme(pair, by=who("boris"), programme=programme, version=programme.version, **good)
    assert services.submit_programme(programme, by=who("boris")).state == "agreed_by_pair"


def test_a_programme_lives_inside_pair_and_school_year() -> None:
    pair = scene.active(who, planned_to=dt.date(2027, 12, 31))
    programme = services.write_programme(pair, by=who("boris"), **scene.text(pair, ends_on=dt.date(2027, 9, 30)))
    refused(Conflict, "dates", lambda: services.submit_programme(programme, by=who("boris")))
    services.write_programme(pair, by=who("boris"), programme=programme, **scene.text(pair, ends_on=dt.date(2027, 8, 31)))
    assert services.submit_programme(programme, by=who("boris")).revision == 1


@pytest.mark.covers("SM-4")
def test_the_way_of_a_programme() -> None:
    programme = scene.submitted(who)
    frozen = programme.revisions.get().content
    assert len(frozen["goals"]) == 2
    refused(Conflict, "frozen", lambda: services.write_programme(programme.pair, by=who("boris"), programme=programme, **scene.text(programme.pair)))
    refused(Forbidden, "forbidden", lambda: services.confirm_programme(programme, by=who("boris")))
    services.move_programme(programme, "ask_changes", by=who("vera"), comment="Слишком быстро")
    assert (programme.state, programme.answer) == ("returned", "Слишком быстро")
    services.submit_programme(programme, by=who("boris"))
    assert programme.revision == 2
    services.confirm_programme(programme, by=who("vera"))
    programme.refresh_from_db()
    assert programme.state == "curator_review"
    refused(Forbidden, "forbidden", lambda: services.move_programme(programme, "approve", by=who("zhanna")))
    services.move_programme(programme, "approve", by=who("anna"))
    programme.refresh_from_db()
    assert programme.state == "in_progress", "the day of its start has come"
    services.move_programme(programme, "correct", by=who("vera"), comment="Больше времени на наблюдение")
    refused(Conflict, "not_corrected", lambda: services.confirm_programme(programme, by=who("vera")))
    services.submit_programme(programme, by=who("boris"), comment="Сдвинули вторую цель")
    services.confirm_programme(programme, by=who("vera"))
    programme.refresh_from_db()
    assert (programme.state, programme.revision) == ("in_progress", 3)
    refused(Conflict, "not_finished", lambda: services.move_programme(programme, "finish", by=who("boris")))
    for number in (1, 2, 3):
        services.mark_activity(programme, number, by=who("vera"), mark="done")
    services.move_programme(programme, "finish", by=who("boris"))
    refused(Conflict, "goals_not_rated", lambda: services.move_programme(programme, "complete", by=who("anna")))
    for key in ("boris", "vera"):
        services.rate_goals(programme, {1: "yes", 2: "partly"}, by=who(key))
    services.move_programme(programme, "complete", by=who("anna"))
    pair = services.move_pair(programme.pair, "complete", by=who("zhanna"))
    assert (pair.state, pair.closing_reason, MenteeNeed.objects.get().state) == ("completed", "completed", "closed")


def test_the_school_decides_who_approves_and_whether_the_association_looks() -> None:
    services.decide_settings(by=who("anna"), programmes_approved_by="principal", association_reviews=True)
    programme = scene.confirmed(who)
    programme.refresh_from_db()
    assert programme.state == "smo_review"
    refused(Forbidden, "forbidden", lambda: PROGRAMME.move(programme, "recommend", by=who("anna")))
    services.move_programme(programme, "recommend", by=who("lev"))
    refused(Forbidden, "forbidden", lambda: services.move_programme(programme, "approve", by=who("anna")))
    services.move_programme(programme, "approve", by=who("zhanna"))
    programme.refresh_from_db()
    assert programme.state == "in_progress"


# ── SM-5 ────────────────────────────────────────────────────────────────────────────────────────────


def _planned(pair: Pair, days: int = 0) -> Meeting:
    moment = clock.now() + dt.timedelta(days=days)
    return services.plan_meeting(pair, by=who("vera"), planned_at=moment, topic="Листы самооценки в 5 «Б»", place="кабинет 214")


@pytest.mark.covers("SM-5")
def test_recording_is_ones_own_confirmation_and_the_other_answers() -> None:
    meeting = _planned(scene.active(who))
    refused(Forbidden, "forbidden", lambda: services.record_meeting(meeting, by=who("anna"), duration_min=45))
    refused(Invalid, "duration", lambda: services.record_meeting(meeting, by=who("boris"), duration_min=4))
    services.record_meeting(meeting, by=who("boris"), duration_min=45, content="Разобрали листы.")
    assert (meeting.state, meeting.confirmed_by_mentee_at) == ("held_unconfirmed", None)
    assert meeting.confirmed_by_mentor_at
    refused(Forbidden, "forbidden", lambda: services.confirm_meeting(meeting, by=who("boris")))
    refused(Invalid, "comment_required", lambda: services.dispute_meeting(meeting, by=who("vera"), comment=""))
    services.dispute_meeting(meeting, by=who("vera"), comment="Было полчаса")
    services.record_meeting(meeting, by=who("boris"), duration_min=30)
    refused(Invalid, "feedback", lambda: services.confirm_meeting(meeting, by=who("vera"), feedback=6))
    services.confirm_meeting(meeting, by=who("vera"), feedback=5)
    assert (meeting.state, meeting.feedback_mentee) == ("confirmed", 5)
    refused(Conflict, "wrong_state", lambda: services.record_meeting(meeting, by=who("boris"), duration_min=60))


def test_a_meeting_in_the_future_is_moved_or_cancelled_but_not_recorded() -> None:
    meeting = _planned(scene.active(who), days=5)
    refused(Invalid, "not_yet", lambda: services.record_meeting(meeting, by=who("boris"), duration_min=45))
    new = services.move_meeting(meeting, by=who("boris"), planned_at=clock.now() + dt.timedelta(days=9))
    assert (meeting.state, new.state, meeting.moved_to) == ("moved", "planned", new)
    services.answer_meeting(new, "cancel", by=who("vera"))
    assert new.state == "cancelled"


@pytest.mark.covers("SM-4", "SM-5")
def test_time_starts_programmes_and_notices_missed_meetings_once() -> None:
    programme = scene.confirmed(who)
    with clock.at(clock.now() - dt.timedelta(days=1)):
        services.move_programme(programme, "approve", by=who("anna"))
    programme.refresh_from_db()
    assert programme.state == "approved"
    meeting = _planned(programme.pair, days=1)
    time.every_day(who("time"))
    programme.refresh_from_db()
    meeting.refresh_from_db()
    assert (programme.state, meeting.state) == ("in_progress", "planned")
    assert Notice.objects.filter(code="meeting-1").count() == 2
    with clock.at(clock.now() + dt.timedelta(days=5)):
        for _ in range(2):
            time.every_day(who("time"))
        meeting.refresh_from_db()
        assert meeting.state == "missed"
        assert Notice.objects.filter(code="meeting:miss").count() == 2
        services.record_meeting(meeting, by=who("vera"), duration_min=20)
    assert meeting.state == "held_unconfirmed"


def test_a_dismissed_mentee_ends_the_pair() -> None:
    pair = scene.running(who).pair
    person = Employee.objects.get(uuid=scene.employee("vera").uuid)
    person.dismissed_on = clock.today()
    person.save_change("dismissed_on")
    time.every_day(who("time"))
    pair.refresh_from_db()
    assert (pair.state, pair.closing_reason, pair.programmes.get().state) == ("terminated", "dismissal_transfer", "cancelled")


# ── rules about people ──────────────────────────────────────────────────────────────────────────────


def test_strangers_and_colleagues_do_not_see_a_pair() -> None:
    programme = scene.running(who)
    meeting = _planned(programme.pair)
    for key, sees in {"anna": True, "zhanna": True, "boris": True, "vera": True, "lev": True, "gleb": False}.items():
        doors: list[tuple[Any, Any]] = [(access.pair_for, programme.pair.uuid), (access.programme_for, programme.uuid)]
        if key in ("boris", "vera", "anna", "gleb"):
            doors.append((access.meeting_for, meeting.uuid))
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
    services.move_pair(hidden, "withdraw", by=who("anna"), comment="для примера")
    assert access.pairs.sees_difficulties(who("boris"), scene.agreed(who, shows_profile=True))


def test_a_stale_form_changes_nothing() -> None:
    pair = scene.asked(who)
    seen = pair.version
    services.move_pair(pair, "withdraw", by=who("anna"), comment="первый", version=seen)
    refused(Conflict, "wrong_state", lambda: services.move_pair(pair, "withdraw", by=who("anna"), comment="второй", version=seen))
    card = scene.a_card(who)
    with pytest.raises(Stale):
        CARD.move(card, "endorse", by=who("zhanna"), version=card.version - 1)


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


@pytest.mark.parametrize(("begin", "key", "situation"), STEPS, ids=[f"{key}-{situation}" for _, key, situation in STEPS])
def test_whose_move_it_is(begin: Callable[[Who], Any], key: str, situation: str) -> None:
    begin(who)
    mine = [step for step in steps_for(who(key)) if step.mine and step.situation == situation]
    assert mine, [step.situation for step in steps_for(who(key))]
    assert mine[0].url.startswith("/s/5/")


def test_the_curator_confirms_what_is_recommended_and_the_mentor_sees_where_the_card_is() -> None:
    card = scene.wishing(who)
    CARD.move(card, "recommend", by=who("lev"))
    assert "card_to_confirm" in {step.situation for step in steps_for(who("anna")) if step.mine}
    assert [step.who for step in steps_for(who("boris")) if step.situation == "own_card_waits"] == ["у куратора"]
    assert "card_to_confirm" not in {step.situation for step in steps_for(who("zhanna"))}


def test_a_school_without_needs_is_asked_whom_to_help() -> None:
    assert "need_to_record" in {step.situation for step in steps_for(who("anna"))}
    scene.a_need(who)
    assert "need_to_record" not in {step.situation for step in steps_for(who("anna"))}


def test_settings_are_decided_by_leaders() -> None:
    refused(Forbidden, "forbidden", lambda: services.decide_settings(by=who("boris"), confirm_days=3))
    services.decide_settings(by=who("anna"), min_stage_years=Decimal(3))
    assert MentoringSettings.here().min_stage_years == 3
    assert MEETING.row("confirm", "held_unconfirmed") is not None
