"""What a pair lets out with its answer is looked through for people by the check of practices."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core.errors import Invalid
from portal.pair_work import services
from portal.pair_work.models import Adoption
from portal.pair_work.selectors.adoptions_going import may_tell_of_people
from portal.school_records.models import Outbox
from tenants.models import School
from tests.workflows import adoption_scenes as adoptions
from tests.workflows.acting import KEYS, of_school5, who

WORDS = "Карта помогла. Больше всех её просил Петров из 7Б. Второго учителя не нашли."


def answered(school5: School, inside: Any, actor: Callable[..., Any], **more: Any) -> Adoption:
    of_school5({key: actor(key, school5) for key in KEYS})
    with inside(school5):
        told = {"outcome": "partly", "words": WORDS, **more}
        return services.tell_outcome(adoptions.ended(who), by=who("vera"), **told)


def letters(adoption: Adoption) -> list[Any]:
    rows = Outbox.objects.filter(topic=adoption.uuid, kind="best_practices.outcome_told")
    return [row.payload for row in rows.order_by("pk")]


def test_words_with_a_name_do_not_leave_till_each_place_is_answered(
    school5: School, inside: Any, actor: Callable[..., Any], as_: Callable[[str], Client]
) -> None:
    row, vera = answered(school5, inside, actor), as_("vera")
    url = f"/s/5/adoptions/{row.uuid}/"
    page = vera.get(url).content.decode().replace("\xa0", " ")
    assert "По этим местам могут узнать человека" in page
    refused = vera.post(f"{url}send/", {"version": row.version, "with_words": "on"})
    assert refused.status_code == 422
    assert "Петров" in refused.content.decode()
    with inside(school5):
        assert letters(row) == []
        keys = [one.key for one in may_tell_of_people(row)]
        assert len(keys) == 2, "a name and a class"
    half = vera.post(f"{url}send/", {"version": row.version, "with_words": "on", "kept": keys[:1]})
    assert half.status_code == 422
    sent = vera.post(f"{url}send/", {"version": row.version, "with_words": "on", "kept": keys})
    assert sent.status_code == 302
    with inside(school5):
        assert [one["words"] for one in letters(row)] == [WORDS]


def test_words_that_stay_are_not_asked_about(
    school5: School, inside: Any, actor: Callable[..., Any], as_: Callable[[str], Client]
) -> None:
    row = answered(school5, inside, actor)
    sent = as_("vera").post(f"/s/5/adoptions/{row.uuid}/send/", {"version": row.version})
    assert sent.status_code == 302
    with inside(school5):
        assert [one["words"] for one in letters(row)] == [""]


def test_names_of_what_was_measured_are_looked_through_too(
    school5: School, inside: Any, actor: Callable[..., Any]
) -> None:
    """A page offers the practice's own indicators; whoever writes by the API may call them anyhow."""
    measured = [{"indicator": "Двойки Петрова из 7Б", "unit": "", "before": "5", "after": "1"}]
    row = answered(school5, inside, actor, words="", measured=measured)
    with inside(school5):
        with pytest.raises(Invalid) as refusal:
            services.send_outcome(row, by=who("vera"))
        assert set(refusal.value.fields) == {"kept"}
        assert letters(row) == []


def test_by_the_api_the_places_are_read_and_named(
    school5: School, inside: Any, actor: Callable[..., Any], as_: Callable[[str], Client]
) -> None:
    row, vera = answered(school5, inside, actor), as_("vera")
    url, known = f"/s/5/api/v1/adoptions/{row.uuid}/send/", {"HTTP_IF_MATCH": f'"{row.version}"'}
    places = vera.get(url).json()
    assert {one["kind"] for one in places} == {"name", "class"}
    assert as_("anna").get(url).status_code == 403
    body = {"with_words": True}
    assert vera.post(url, body, "application/json", **known).status_code == 422  # type: ignore[arg-type]
    body = {"with_words": True, "kept": [one["key"] for one in places]}  # type: ignore[dict-item]
    assert vera.post(url, body, "application/json", **known).status_code == 200  # type: ignore[arg-type]
