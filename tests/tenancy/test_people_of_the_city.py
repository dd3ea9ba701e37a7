"""The city knows only people who were handed over: experts by their own word, officials of the city, those
whom a letter names.

Every address of the city's contour, pages, API, choice lists and files alike, is opened by every official
with real objects behind it; whoever else has an account in the portal must stand nowhere.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client

from best_practices import services as city
from best_practices.models import Practice
from best_practices.workflow import PRACTICE
from portal.accounts.models import Membership, User
from portal.core import clock
from portal.core.actor import Actor
from portal.core.contour import Contour, RoomConfig
from portal.monitoring import services as monitoring
from portal.monitoring.models import SchoolForm
from portal.municipality import services as municipality
from portal.municipality.background import send_campaign
from portal.municipality.officials import Appointment, appoint
from portal.municipality.workflow import CAMPAIGN
from portal.school_practices import services as practices
from portal.school_practices.models import SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.staff.models import Person
from tenants import post
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.conftest import consent_to_publish, expert
from tests.practices.test_journey_of_a_practice import in_school_bank
from tests.tenancy.test_every_url import ODD, addresses, quiet

OFFICIALS = ("darya", "semyon", "elena")
OWN = (
    "/me/",
    "/accounts/",
    "/demo/",
    "/static/",
    "/ui/",
    "/healthz",
    "/readyz",
    "/api/docs/",
    "/api/schema/",
    "/keys/",
    "/places/",
)
"""Of oneself, of the demo (which shows its cast on purpose), or without a database behind it."""


@pytest.fixture
def a_living_city(
    drafted: SchoolPractice, school5: School, actor: Callable[..., Actor], sheet: dict[str, Any]
) -> None:
    """A practice at the experts', one in the bank, a form handed over, an invited official, a proposed expert
    who has not answered.
    """
    darya, semyon, zhanna = actor("darya"), actor("semyon"), actor("zhanna")
    in_school_bank(drafted, school5, in_school, actor, sheet)
    campaign = municipality.plan_campaign(
        title="Срез", indicators=["A01"], open_from=clock.today(), due_school=clock.today(), by=semyon
    )
    CAMPAIGN.move(campaign, "open", by=semyon)
    send_campaign(by=semyon, campaign_uuid=str(campaign.uuid))
    post.deliver_everything()
    with in_school(school5):
        consent_to_publish("boris")
        SCHOOL_PRACTICE.move(drafted, "hand_over", by=zhanna)
        practices.propose_expert(
            Person.objects.get(uuid=BY_KEY["vera"].person),
            subjects=["mathematics"],
            basis="ведёт кружок",
            by=zhanna,
        )
        monitoring.hand_over_form(SchoolForm.objects.get(), by=zhanna)
    post.deliver_everything()
    practice = PRACTICE.move(Practice.objects.get(), "receive", by=darya)
    for key in ("nina", "pavel"):
        city.assign_expert(practice, expert(key), by=darya)
    appoint(
        Appointment(
            "Новиков Пётр Ильич",
            "novikov@city.example",
            "methodist",
            "приказ № 4 от 01.11.2026",
            clock.today(),
        ),
        by=semyon,
    )


def handed_over() -> set[UUID]:
    """Who may stand on the city's pages: the pool, the city's own, and the author whom the letter named."""
    officials = Membership.objects.filter(school=None).values_list("user", flat=True)
    return {*officials, *(BY_KEY[key].uuid for key in ("nina", "pavel", "boris"))}


def known_uuids() -> list[str]:
    """Numbers of all objects of the city's rooms: whatever an address asks for, one of them fits it."""
    rooms = [
        config
        for config in apps.get_app_configs()
        if isinstance(config, RoomConfig) and config.contour == Contour.EXTERNAL
    ]
    models = [
        model
        for room in rooms
        for model in room.get_models()
        if any(f.name == "uuid" for f in model._meta.concrete_fields)
    ]
    wanted = [
        model
        for model in models
        if model._meta.model_name not in ("journalline", "readline", "notice", "outbox", "user")
    ]
    return [str(uuid) for model in wanted for uuid in model.objects.values_list("uuid", flat=True)[:2]]  # type: ignore[attr-defined]


def opened(client: Client, address: str, uuids: list[str]) -> Iterator[tuple[str, Any]]:
    """(its number, the answer) of every object that the person may open; a list is opened once more as a
    table and in a search.

    Which numbers fit an address is found once: the next official is given those alone.
    """
    hole = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
    if hole.search(address) is None:
        yield "", client.get(address)
        yield "", client.get(f"{address}?export=xlsx&q=а&name=а")
        return
    for uuid in uuids:
        answer = client.get(hole.sub(uuid, address))
        if answer.status_code == 200:
            yield uuid, answer


def words_of(answer: Any) -> str:
    """Everything that the answer says; a file of Office is unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] != b"PK":
        return str(content.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return " ".join(
            packed.read(name).decode(errors="replace")
            for name in packed.namelist()
            if name.endswith((".xml", ".rels"))
        )


@pytest.mark.covers("found C2", "house: two contours")
@pytest.mark.usefixtures("a_living_city", "bare_refusals")
def test_the_city_shows_nobody_who_was_not_handed_over(as_: Callable[[str], Client]) -> None:
    strangers = [user for user in User.objects.all() if user.pk not in handed_over()]
    assert {BY_KEY[key].uuid for key in ("anna", "vera", "zhanna", "gleb", "lev")} <= {
        user.pk for user in strangers
    }
    signs = {
        sign: user.last_name for user in strangers for sign in (user.last_name, user.email, str(user.pk))
    }
    uuids, seen, shown = known_uuids(), set(), []
    fit: dict[str, list[str]] = {}
    for key in OFFICIALS:
        client = quiet(as_(key))
        for name, address in addresses("config.urls_city").items():
            if name in ODD or address.startswith(OWN):
                continue
            for uuid, answer in opened(client, address, fit.get(name) or uuids):
                if answer.status_code != 200:
                    continue
                seen.add(name)
                fit[name] = (
                    [*fit.get(name, []), uuid]
                    if uuid and uuid not in fit.get(name, [])
                    else fit.get(name, [])
                )
                text = words_of(answer)
                shown += [f"{key} {name}: {who}" for sign, who in signs.items() if sign in text]
    assert not shown
    assert {
        "expertise:pool",
        "expertise:practice",
        "municipality:people",
        "municipality:school",
        "expertise_api:practice_reviews",
        "municipality:received_form",
        "home",
    } <= seen, "the walk has opened real objects"
