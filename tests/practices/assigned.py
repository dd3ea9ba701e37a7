"""Experts at work on one practice, and the nights that go by, for tests of their terms and of disputes."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.test import Client

from best_practices import services as city
from best_practices.minding import mind_reviews
from best_practices.models import Practice, Review
from best_practices.workflow import PRACTICE
from best_practices.workflow.reviews import Declined
from portal.city_records.models import Notice
from portal.core import clock
from portal.core.actor import Actor
from tests.cast import BY_KEY
from tests.practices.conftest import COMMENT, expert
from tests.practices.offered import EXPERTS, Acting, came

BEGINS = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
"""A Monday; the term to answer is Thursday, 3 December, that of the sheet 21 December."""
DAY = dt.timedelta(days=1)


def night(days: float) -> None:
    """The night's work, so many days later."""
    with clock.at(BEGINS + days * DAY):
        mind_reviews(Actor.system())


def user(key: str) -> UUID:
    return BY_KEY[key].uuid


def at_work(content: dict[str, Any], actor: Acting, *reserve: str) -> Practice:
    """Нина and Павел are invited on Monday; the rest stand in the reserve in this order."""
    with clock.at(BEGINS):
        darya = actor("darya")
        for key in EXPERTS:
            expert(key)
        practice = PRACTICE.move(came(content), "receive", by=darya)
        for key in ("nina", "pavel"):
            city.assign_expert(practice, expert(key), by=darya)
        PRACTICE.move(practice, "start_review", by=darya)
        city.name_reserve(practice, [user(key) for key in reserve], by=darya)
    return Practice.objects.get()


def of(key: str) -> Review:
    return Review.objects.filter(expert=user(key)).latest("pk")


def told(key: str, code: str = "review_reminded") -> list[str]:
    rows = Notice.objects.filter(recipient=user(key), code=code).order_by("pk")
    return [row.text for row in rows]


def agrees(key: str, actor: Acting) -> None:
    with clock.at(BEGINS):
        city.move_review(of(key), "accept", by=actor(key))


def home(client: Client) -> str:
    return client.get("/").content.decode().replace("\xa0", " ")


def declines(key: str, actor: Acting) -> None:
    city.move_review(of(key), "decline", by=actor(key), asked=Declined())


def sheet_of(score: int, advice: str = "publish") -> dict[str, Any]:
    codes = ("c1", "c2", "c3", "c4", "c5")
    return {"scores": dict.fromkeys(codes, score), "comment": COMMENT, "recommendation": advice}
