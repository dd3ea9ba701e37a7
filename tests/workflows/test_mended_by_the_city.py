"""What the city has typed of a school is mended, and what cannot be is said before the press."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import ALL
from tenants.models import School

Acting = Callable[..., Actor]


@pytest.mark.covers("found D3")
def test_what_was_typed_of_a_school_is_mended(
    actor: Acting, as_: Callable[[str], Client], school5: School
) -> None:
    client, url = as_("semyon"), f"/schools/{school5.uuid}/edit/"
    form = client.get(url)
    assert form.status_code == 200
    card = client.get(f"/schools/{school5.uuid}/").content.decode()
    assert [
        way for way in ("edit", "agreement") if f'href="/schools/{school5.uuid}/{way}/"' not in card
    ] == [], "the card leads to each of its edits"
    fields = {
        "number": "5",
        "short_name": "Гимназия № 5",
        "full_name": school5.full_name,
        "kind": "school",
        "inn": "6731000053",
        "code": "other",
    }
    assert client.post(url, {**fields, "inn": "1", "version": str(school5.version)}).status_code == 422
    assert client.post(url, {**fields, "version": str(school5.version)}).status_code == 302
    school5.refresh_from_db()
    assert (school5.short_name, school5.code) == ("Гимназия № 5", "5"), "the address stays: people have it"
    agreement = {
        "agreement_number": "С-5/2",
        "agreement_on": f"{clock.today():%d.%m.%Y}",
        "agreed_counters": ["employees"],
        "version": str(school5.version),
    }
    assert as_("darya").post(f"/schools/{school5.uuid}/agreement/", agreement).status_code == 403
    assert client.post(f"/schools/{school5.uuid}/agreement/", agreement).status_code == 302
    school5.refresh_from_db()
    assert (school5.agreement_number, school5.agreed_counters) == ("С-5/2", ["employees"])
    assert "какие числа школа передаёт сама" in as_("zhanna").get("/s/5/").content.decode().replace(
        "\xa0", " "
    )


@pytest.mark.covers("found D3")
def test_before_a_point_of_no_return_there_is_a_sentence() -> None:
    """Every step of the department that is quietly out of the way says what follows, and whether it can be
    undone.
    """
    silent = [
        f"{flow.name}.{row.verb}"
        for name in ("school", "campaign", "received_form")
        for flow in (ALL[name],)
        for row in flow.transitions
        if row.quiet and not row.final
    ]
    assert silent == []
