"""Practices that came to the city, and whom they may be offered to."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client

from best_practices import services as city
from best_practices.content import AuthorCard, PracticeContent
from best_practices.interest import assignable
from best_practices.letters import HandedOver
from best_practices.models import Practice
from portal.accounts.models import Membership
from portal.core.actor import Actor
from tenants.models import School
from tests.cast import BY_KEY

Acting = Callable[..., Actor]


As = Callable[[str], Client]


Inside = Callable[[School], Any]


EXPERTS = ("nina", "pavel", "gleb", "timur")


def came(
    content: dict[str, Any],
    *,
    authors: tuple[str, ...] = ("Кравцов Борис Ильич",),
    not_ask: tuple[str, ...] = (),
) -> Practice:
    people = {f"{p.last_name} {p.first_name} {p.middle_name}": p.person for p in BY_KEY.values()}
    cards = [
        AuthorCard(full_name=name, position="учитель математики", person=people.get(name)) for name in authors
    ]
    letter = HandedOver(
        practice=uuid4(),
        revision=1,
        content=PracticeContent.model_validate(content),
        authors=cards,
        school_total=38.0,
        not_ask=[BY_KEY[key].uuid for key in not_ask],
    )
    return city.receive_practice(letter, School.objects.get(number=5).uuid, None)


def also_in(key: str, number: int, **period: Any) -> None:
    school = School.objects.get(number=number)
    Membership.objects.create(
        user_id=BY_KEY[key].uuid,
        school=school,
        office="teacher",
        basis="совместительство",
        **{"valid_from": dt.date(2026, 9, 1), **period},
    )


def offered(practice: Practice) -> set[str]:
    people = {BY_KEY[key].uuid: key for key in BY_KEY}
    return {people[one.user_id] for one, _ in assignable(practice)}
