"""A practice worth sending, and the people who review it."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from best_practices.models import ExpertCandidate
from best_practices.services import join_pool
from portal.core import clock
from portal.core.actor import Actor
from portal.demo.cast import BY_KEY
from portal.school_practices.models import SchoolPractice
from portal.staff.models import Person, PersonalConsent
from portal.staff.states import ConsentKind, ConsentState
from tenants.models import School
from tests.database import ROOT

COMMENT = (
    "Практика описана честно и подробно: видно, с чего начинали, что делали по шагам и что изменилось за "
    "шесть недель. " * 2
)


@pytest.fixture
def content() -> dict[str, Any]:
    path = sorted((ROOT / "portal/demo/content/practices").glob("*.toml"))[0]
    found = tomllib.loads(path.read_text())
    return {key: value for key, value in found.items() if key not in ("school", "authors")}


@pytest.fixture
def sheet() -> dict[str, Any]:
    return {
        "scores": {"c1": 8, "c2": 7, "c3": 8, "c4": 9, "c5": 7},
        "comment": COMMENT,
        "recommendation": "publish",
    }


def consent_to_publish(key: str, *allowed: str) -> None:
    """The person's T-29 for the bank, as if signed on paper; called inside the school."""
    PersonalConsent.objects.create(
        person=Person.objects.get(uuid=BY_KEY[key].person),
        kind=ConsentKind.DISTRIBUTION,
        state=ConsentState.GIVEN,
        given_on=clock.today(),
        data_allowed=list(allowed or ("name", "position")),
    )


@pytest.fixture
def drafted(
    school5: School, inside: Callable[[School], Any], actor: Callable[..., Actor], content: dict[str, Any]
) -> SchoolPractice:
    """A whole practice of Борис, ready to be submitted."""
    from portal.school_practices import services

    with inside(school5):
        author = Person.objects.get(uuid=BY_KEY["boris"].person)
        return services.draft_practice(
            authors=[author], by=actor("boris"), has_no_pupil_data=True, has_image_consents=True, **content
        )


def expert(key: str) -> ExpertCandidate:
    """The person has come into the pool by the own word."""
    return join_pool(subjects=["mathematics"], by=Actor(user=BY_KEY[key].uuid))
