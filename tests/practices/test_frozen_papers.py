"""The card, the expert's sheet and the protocol stay as they were handed over, given and decided."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from best_practices import exports as city_exports
from best_practices.models import Practice, Review
from best_practices.workflow import PRACTICE
from portal.accounts.models import User
from portal.core.actor import Actor
from portal.documents import word
from portal.papers import freezing as papers
from portal.school_practices.models import SchoolPractice
from portal.staff.models import Person
from tenants.lookup import forget
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.test_journey_of_a_practice import handed_over, reviewed
from tests.workflows.test_file_names import name_of


def content(client: Client, url: str) -> bytes:
    return b"".join(client.get(url).streaming_content)  # type: ignore[attr-defined]


@pytest.mark.covers("found B1", "found E4", "T-35", "T-36", "T-37")
def test_papers_of_a_practice_never_change(
    drafted: SchoolPractice,
    school5: School,
    inside: Any,
    actor: Callable[..., Actor],
    sheet: dict[str, Any],
    as_: Callable[[str], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    practice = reviewed(
        handed_over(drafted, school5, inside, actor, sheet),
        actor,
        [sheet, {**sheet, "scores": {**sheet["scores"], "c1": 9}}],
    )
    PRACTICE.move(practice, "recommend", by=actor("darya"))
    review = Review.objects.get(practice=practice, expert=BY_KEY["nina"].uuid)
    addresses = [
        ("boris", f"/s/5/practices/{drafted.uuid}/word/"),
        ("darya", f"/practices/{practice.uuid}/protocol/"),
        ("darya", f"/expertise/{review.uuid}/sheet/"),
        ("nina", f"/expertise/{review.uuid}/sheet/"),
    ]
    before = [content(as_(key), url) for key, url in addresses]
    names = [name_of(as_(key).get(url)) for key, url in addresses]
    assert [name for name in names if practice.title[:20] not in name] == [], names
    assert before[2] == before[3], "one paper, whoever reads it"
    protocol = papers.frozen(city_exports.PROTOCOL, practice)
    assert "Литвинова" in str(protocol.facts["secretary"])  # type: ignore[union-attr]
    assert [(one[0]["last"], one[1]) for one in protocol.facts["rows"][0]["scores"]] == [  # type: ignore[union-attr]
        ("Ефимов", 40),
        ("Тарасова", 39),
    ], "scores beside their names"
    User.objects.update(last_name="Переменова")
    School.objects.update(short_name="Гимназия № 99", full_name="Гимназия № 99")
    Practice.objects.update(title="Совсем другое название")
    with inside(school5):
        Person.objects.update(first_name="Иная")
    forget()
    monkeypatch.setattr(word, "filled", _composes)
    assert [content(as_(key), url) for key, url in addresses] == before


def _composes(*_: Any, **__: Any) -> Any:
    raise AssertionError("A signed paper was composed anew")
