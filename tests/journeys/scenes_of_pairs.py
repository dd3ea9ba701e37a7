"""Pairs, programmes, meetings and practices in programmes, in each state, for whoever walks the pages."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from portal.core import clock
from portal.core.actor import Actor
from portal.mentor_bank.models import MentorCard
from portal.mentoring import services as mentoring
from portal.pair_work import services as work_services
from portal.pair_work.models import Adoption, Programme
from portal.pair_work.workflow import MEETING
from tests.journeys.long_words import TOPIC, WORD
from tests.workflows import mentoring_scenes as scene


def mentoring_of(who: Callable[[str], Actor]) -> dict[str, list[Any]]:
    """Pairs before their order, working, just asked and waiting for the psychologist; meetings in each state;
    a programme that runs and one being written.
    """
    scene.a_card(who, "lev", max_mentees=4)
    programme = scene.running(who)
    pair, now = programme.pair, clock.now()
    past = [
        work_services.plan_meeting(
            pair, by=who("boris"), planned_at=scene.earlier_today(hours), topic=f"{TOPIC} {WORD}"[:200]
        )
        for hours in (2, 3, 4)
    ]
    recorded, disputed, open_one = past
    work_services.record_meeting(
        recorded,
        by=who("boris"),
        duration_min=45,
        content=f"Разобрали листы. {WORD}",
        task="Попробовать в 5 «Б»",
    )
    work_services.record_meeting(disputed, by=who("boris"), duration_min=45, content="Смотрели конец урока.")
    MEETING.move(disputed, "dispute", by=who("vera"), comment="Встречались не сорок минут, а двадцать.")
    planned = work_services.plan_meeting(
        pair, by=who("boris"), planned_at=now + dt.timedelta(days=3), topic=TOPIC, place="кабинет 214"
    )
    need = scene.a_need(who, "kira", request=f"Не успеваю закончить урок вовремя. {WORD}")
    asked = scene.asked(who, mentor="lev", mentee="irina")
    before = scene.with_order(who, mentor="lev", mentee="kira")
    mentoring.settle_pay(before, by=who("anna"), pay_basis="amount", pay_size=Decimal(3000))
    free = scene.a_need(who, "boris", request="Хочу вести проекты в старших классах.")
    agreed = scene.agreed(who, mentor="lev", mentee="vera")
    working = scene.active(who, mentor="boris", mentee="kira", number="48-н")
    bare = scene.active(who, mentor="lev", mentee="anna", number="49-н")
    written = work_services.write_programme(working, by=who("boris"), **scene.text(working))
    adopted = _adopted(written)
    card = MentorCard.objects.get(person=scene.person("boris"))
    return {
        "needs/<uuid:pk>/": [need, free],
        "mentors/<uuid:pk>/": [card],
        "mentor": [scene.person("lev").uuid, scene.person("boris").uuid],
        "pairs/<uuid:pk>/": [pair, before, asked, agreed, bare],
        "programmes/<uuid:pk>/": [programme, written],
        "adoptions/<uuid:pk>/": adopted,
        "programme": [written],
        "meetings/<uuid:pk>/": [open_one, planned, recorded, disputed],
        "number": ["1", "3", "5", "7"],
        "pair-consents/<uuid:pk>/": [scene.consent_of(pair, "vera"), scene.consent_of(asked, "lev")],
    }


def _adopted(programme: Programme) -> list[Adoption]:
    """A practice at work, one that waits for a word, and one that was told about."""
    told = [{"indicator": f"Уроки вовремя, {WORD}"[:200], "unit": "%", "before": "40", "after": "75"}]
    ends: dict[str, Any] = {
        "taken_on": clock.today(),
        "in_force_on": clock.today(),
        "ended_on": clock.today(),
    }
    said: dict[str, Any] = {
        "outcome": "partly",
        "measured": told,
        "hours": 12,
        "words": f"Помогло. {WORD}",
        "told_on": clock.today(),
    }
    states: list[dict[str, Any]] = [ends, {"taken_on": clock.today()}, {**ends, **said}]
    return [
        Adoption.objects.create(
            programme=programme,
            practice=uuid4(),
            card=uuid4(),
            code=f"ЛП-2026-000{number}",
            title=f"Урок {WORD}"[:150],
            revision=1,
            **more,
        )
        for number, more in enumerate(states, 1)
    ]
