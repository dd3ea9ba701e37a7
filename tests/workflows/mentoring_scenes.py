"""Set-ups of the tests of mentoring: each brings a pair to one state through the real services, as the real
people.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core import clock
from portal.core.actor import Actor
from portal.core.school_year import SchoolYear
from portal.files.storing import store as store
from portal.mentor_bank import services as bank_services
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.workflow import CARD
from portal.mentoring import services
from portal.mentoring.models import MentoringConsent as MentoringConsent
from portal.mentoring.models import Pair as Pair
from portal.mentoring.workflow import PAIR
from portal.mentoring.workflow.asked import GiveConsent, GiveNotice, PairConclusion, Replace, SayNo
from portal.pair_work import services as work_services
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.workflow import PROGRAMME
from portal.staff.models import Person
from portal.staff.models import PersonalConsent as PersonalConsent
from tests.cast import BY_KEY

Who = Callable[[str], Actor]
PDF = b"%PDF-1.4\n%%EOF\n"


def scan(name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def person(key: str) -> Person:
    return Person.objects.get(uuid=BY_KEY[key].person)


def a_need(who: Who, key: str = "vera", **more: Any) -> MenteeNeed:
    values = {
        "category": "young",
        "reason": "young_specialist",
        "request": "Не успеваю закончить урок вовремя.",
        "difficulty_items": ["method.assessment", "psy_ped.discipline"],
    }
    return bank_services.record_need(person(key), by=who("anna"), **{**values, **more})


def wishing(who: Who, key: str = "boris", **more: Any) -> MentorCard:
    """A teacher who wishes to be a mentor."""
    someone = person(key)
    PersonalConsent.objects.get_or_create(
        person=someone, kind="processing", defaults={"state": "given", "given_on": dt.date(2026, 9, 1)}
    )
    values = {
        "confirmed_results": "Ученики школы пять лет подряд призёры городских олимпиад.",
        "strengths": ["method.assessment"],
        "max_mentees": 2,
    }
    return bank_services.make_card(someone, by=who(key), **{**values, **more})


def a_card(who: Who, key: str = "boris", **more: Any) -> MentorCard:
    """A mentor whom the curator has confirmed."""
    card = wishing(who, key, **more)
    for verb in ("recommend", "confirm"):
        CARD.move(card, verb, by=who("anna"))
    return card


def last_day() -> dt.date:
    """Of a pair that begins today: the end of May, or of the school year where May is near."""
    year = SchoolYear.current()
    may = dt.date(year.first + 1, 5, 31)
    return may if (may - clock.today()).days > 100 else year.ends_on


def terms(**more: Any) -> dict[str, Any]:
    today = clock.today()
    values = {
        "planned_from": today,
        "planned_to": last_day(),
        "kinds": ["traditional"],
        "form": "teacher_teacher",
        "role_model": "experienced_young",
        "selection": "высшая категория, стаж 21 год",
        "goal": "уверенно вести урок в 5 классе",
    }
    return {**values, **more}


def proposed(who: Who, *, by: str = "anna", mentor: str = "boris", mentee: str = "vera", **more: Any) -> Pair:
    if not MenteeNeed.objects.filter(person=person(mentee)).exists():
        a_need(who, mentee)
    if not MentorCard.objects.filter(person=person(mentor)).exists():
        a_card(who, mentor)
    return services.propose_pair(by=who(by), mentor=person(mentor), mentees=[person(mentee)], **terms(**more))


def asked(who: Who, **more: Any) -> Pair:
    return PAIR.move(proposed(who, **more), "ask", by=who("anna"))


def consent_of(pair: Pair, key: str) -> MentoringConsent:
    return pair.consents.get(person=person(key))


def give_consent(
    row: MentoringConsent, *, by: Actor, version: int | None = None, **asked: Any
) -> MentoringConsent:
    return services.answer_consent(row, "give", by=by, version=version, asked=GiveConsent(**asked))


def refuse_consent(row: MentoringConsent, *, by: Actor, private_reason: str = "") -> MentoringConsent:
    return services.answer_consent(row, "refuse", by=by, asked=SayNo(private_reason=private_reason))


def withdraw_consent(row: MentoringConsent, *, by: Actor) -> MentoringConsent:
    return services.answer_consent(row, "withdraw", by=by, asked=SayNo())


def conclude_pair(pair: Pair, *, by: Actor, **asked: Any) -> Pair:
    conclusion = PairConclusion(**asked)
    return PAIR.move(pair, conclusion.verb, by=by, asked=conclusion)


def give_notice(pair: Pair, *, by: Actor, ends_on: dt.date) -> Pair:
    return PAIR.move(pair, "give_notice", by=by, asked=GiveNotice(ends_on=ends_on))


def replace_mentor(pair: Pair, *, by: Actor, **asked: Any) -> Pair:
    """The pair of the new mentor."""
    PAIR.move(pair, "replace", by=by, asked=Replace(**asked))
    return Pair.objects.get(predecessor=pair)


def agreed(who: Who, *, shows_profile: bool = True, **more: Any) -> Pair:
    pair = asked(who, **more)
    for row in pair.consents.select_related("person"):
        person = next(p.key for p in BY_KEY.values() if p.person == row.person.uuid)
        give_consent(row, by=who(person), scan=store(scan(), by=who(person)), shows_profile=shows_profile)
    pair.refresh_from_db()
    return pair


def with_order(who: Who, **more: Any) -> Pair:
    return conclude_pair(agreed(who, **more), by=who("irina"), conclusion="compatible")


def active(who: Who, *, number: str = "47-н", **more: Any) -> Pair:
    return services.register_pair_order(
        with_order(who, **more), by=who("zhanna"), **order_facts(number=number)
    )


def order_facts(**more: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "number": "47-н",
        "signed_on": today,
        "scan": scan(),
        "agreement_number": "12",
        "agreement_on": today,
        "pay_basis": "amount",
        "pay_size": 3000,
        **more,
    }


def text(pair: Pair, **more: Any) -> dict[str, Any]:
    start = clock.today()
    long = "Текст, который достаточно подробно говорит о деле пары."
    plan = [
        {
            "block": "method",
            "content": f"Дело {n}",
            "work_form": "consultation",
            "starts_on": start,
            "ends_on": min(start + dt.timedelta(days=20 * n), pair.planned_to),
            "responsible": "both",
            "goal_number": 1,
        }
        for n in (1, 2, 3)
    ]
    goals = [
        {
            "difficulty": code,
            "target": "Станет легче",
            "indicator": "карта урока",
            "baseline": 3,
            "target_level": 1,
        }
        for code in ("method.assessment", "psy_ped.discipline")
    ]
    values = {
        "title": "Первый год в школе",
        "problem": long,
        "goal": long,
        "tasks": long,
        "expected": long,
        "evaluation": long,
        "frequency": "раз в неделю",
        "difficulty_items": ["method.assessment", "psy_ped.discipline"],
        "starts_on": start,
        "ends_on": pair.planned_to,
        "length_reason": "" if (pair.planned_to - start).days > 90 else "до конца учебного года",
        "goals": goals,
        "activities": plan,
    }
    return {**values, **more}


def written(who: Who, pair: Pair | None = None, **more: Any) -> Programme:
    pair = pair or active(who)
    return work_services.write_programme(pair, by=who("boris"), **text(pair, **more))


def submitted(who: Who, **more: Any) -> Programme:
    return work_services.submit_programme(written(who, **more), by=who("boris"))


def confirmed(who: Who) -> Programme:
    return PROGRAMME.move(submitted(who), "confirm", by=who("vera"))


def running(who: Who) -> Programme:
    return PROGRAMME.move(confirmed(who), "approve", by=who("anna"))


def completed(who: Who, result: str = "", **more: Any) -> Programme:
    """A programme of Борис and Вера that both have rated and the curator has closed."""
    row = PROGRAMME.move(submitted(who, **more), "confirm", by=who("vera"))
    row = PROGRAMME.move(row, "approve", by=who("anna"))
    work_services.mark_activity(row, 1, by=who("vera"), mark="done", result=result)
    for number in (2, 3):
        work_services.mark_activity(row, number, by=who("vera"), mark="done")
    PROGRAMME.move(row, "finish", by=who("boris"))
    for key in ("boris", "vera"):
        work_services.rate_goals(row, {1: "yes", 2: "partly"}, by=who(key))
    PROGRAMME.move(row, "complete", by=who("anna"))
    row.refresh_from_db()
    return row


def on_its_last_day(who: Who) -> Programme:
    """Nothing of the plan is done, and the day has come."""
    programme = running(who)
    Programme.objects.filter(pk=programme.pk).update(ends_on=clock.today())
    return Programme.objects.get(pk=programme.pk)


def with_its_work_done(who: Who) -> Pair:
    programme = running(who)
    Programme.objects.filter(pk=programme.pk).update(state="completed")
    return programme.pair


def past_its_last_day(who: Who) -> Pair:
    """It ended yesterday, and nobody has summed anything up."""
    programme = running(who)
    yesterday, before = clock.today() - dt.timedelta(days=1), clock.today() - dt.timedelta(days=200)
    Programme.objects.filter(pk=programme.pk).update(starts_on=before, ends_on=yesterday)
    Pair.objects.filter(pk=programme.pair_id).update(
        planned_from=before, started_on=before, planned_to=yesterday
    )
    return Pair.objects.get(pk=programme.pair_id)


def active_group(who: Who) -> Pair:
    """Борис with Вера and Ирина, by the same way as any pair."""
    for key in ("vera", "irina"):
        a_need(who, key)
    a_card(who)
    mentees = [person("vera"), person("irina")]
    pair = services.propose_pair(
        by=who("anna"), mentor=person("boris"), mentees=mentees, **terms(kinds=["group"], selection="")
    )
    pair = PAIR.move(pair, "ask", by=who("anna"))
    for key in ("boris", "vera", "irina"):
        give_consent(consent_of(pair, key), by=who(key), scan=store(scan(), by=who(key)), shows_profile=True)
    pair.refresh_from_db()
    pair = PAIR.move(pair, "skip_psychologist", by=who("anna"), comment="психолог сам в группе")
    return services.register_pair_order(pair, by=who("zhanna"), **order_facts())


def dismiss(key: str) -> None:
    """The person has left the school: yesterday was the last day."""
    person(key).employments.update(ended_on=clock.today() - dt.timedelta(days=1))


def come_back(key: str) -> None:
    person(key).employments.update(ended_on=None)


def earlier_today(hours: int = 2) -> dt.datetime:
    """A past moment of this very day, when a pair that begins today could meet: also just after midnight."""
    midnight = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(
        clock.now() - dt.timedelta(hours=hours),
        midnight - dt.timedelta(seconds=hours) + dt.timedelta(seconds=10),
    )


def planned_meeting(who: Who, pair: Pair, days: int = 0) -> Meeting:
    """Вера and Борис agree to meet in so many days."""
    moment = clock.now() + dt.timedelta(days=days)
    return work_services.plan_meeting(
        pair, by=who("vera"), planned_at=moment, topic="Листы самооценки в 5 «Б»", place="кабинет 214"
    )
