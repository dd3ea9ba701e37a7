"""Every address of both contours is in a table (`addresses.py`) and answers as the table says; a new page
without its line fails.

A stranger of a school gets 404 at each of its addresses, whatever the verb; a visitor is led to sign-in; an
unknown object is 404, never 500.
"""

import importlib
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern

from tests.tenancy.addresses import CITY, CITY_PEOPLE
from tests.tenancy.addresses_of_schools import SCHOOL, SCHOOL_PEOPLE

AsPerson = Callable[[str], Client]
ODD = {
    "account_confirm_email": "/accounts/confirm-email/x:y/",
    "account_reset_password_from_key": "/accounts/password/reset/key/1-abc/",
}
"""allauth's addresses that are regular expressions."""
FILLERS = {
    "uuid": lambda: str(uuid4()),
    "int": lambda: "1",
    "slug": lambda: "processing",
    "str": lambda: "T-04",
}
CONTOURS = [
    pytest.param("config.urls_city", "", CITY, CITY_PEOPLE, id="city"),
    pytest.param("config.urls_school", "/s/5", SCHOOL, SCHOOL_PEOPLE, id="school"),
]


def names(patterns: list[Any], before: str = "", spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(name, address with an object that nobody has) of each page; of several with one name the first, as
    Django's resolver does.
    """
    for item in patterns:
        route = before + str(item.pattern)
        if isinstance(item, URLPattern):
            name = ":".join((*spaces, item.name or route))
            yield (
                name,
                ODD.get(name) or "/" + re.sub(r"<(\w+):\w+>", lambda found: FILLERS[found[1]](), route),  # type: ignore[no-untyped-call]
            )
        else:
            yield from names(
                item.url_patterns, route, (*spaces, item.namespace) if item.namespace else spaces
            )


def addresses(module: str) -> dict[str, str]:
    return dict(reversed(list(names(importlib.import_module(module).urlpatterns))))


def written(table: str) -> dict[str, list[int]]:
    rows = [line.split() for line in table.strip().splitlines()]
    return {name: [int(status) for status in statuses] for name, *statuses in rows}


def quiet(client: Client) -> Client:
    client.raise_request_exception = False  # a failure is a 500 in the table, not the end of the walk
    return client


@pytest.mark.parametrize(("module", "prefix", "table", "people"), CONTOURS)
def test_every_address_answers_as_written(
    module: str, prefix: str, table: str, people: tuple[str, ...], as_: AsPerson
) -> None:
    clients = [quiet(as_(key)) for key in people]
    found = {
        name: [client.get(prefix + url).status_code for client in clients]
        for name, url in addresses(module).items()
    }
    expected = written(table)
    differences = [
        f"{name} {' '.join(map(str, row))}" for name, row in found.items() if expected.get(name) != row
    ]
    assert not differences, "Строки, которых нет в addresses.py или которые изменились ({}):\n{}".format(
        " ".join(people), "\n".join(differences)
    )
    assert set(expected) == set(found), "в таблице есть адреса, которых больше нет"
    assert not [name for name, row in found.items() if 500 in row]


@pytest.mark.usefixtures("bare_refusals")
def test_a_stranger_finds_nothing_in_a_school(as_: AsPerson) -> None:
    """Глеб serves in school 12, Семён in the city, Зоя nowhere."""
    for key in ("gleb", "semyon", "zoya"):
        client = quiet(as_(key))
        answers = {
            (name, verb): getattr(client, verb)(f"/s/5{url}").status_code
            for name, url in addresses("config.urls_school").items()
            for verb in ("get", "post")
        }
        assert {row: status for row, status in answers.items() if status != 404} == {}


def test_a_visitor_is_led_to_sign_in(as_: AsPerson) -> None:
    visitor = quiet(as_(""))
    for name, url in addresses("config.urls_school").items():
        answer = visitor.get(f"/s/5{url}")
        if url.startswith("/api/"):
            assert answer.status_code == 401, name
        else:
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/"), name


def test_without_an_office_the_citys_rooms_are_closed(as_: AsPerson) -> None:
    """What Зоя may open is what everybody may: nothing of a room of offices, except lists of her own and what
    the city has published.
    """
    own = {
        "expertise:reviews",
        "expertise:me",
        "own_bank:searches",
        "own_bank:catalogues",
        "expertise_api:catalogues",
        "own_bank:comments",
        "own_bank:followed",
        "expertise_api:own_followed",
        "own_bank:collections",
        "expertise_api:own_collections",
        "own_bank:thanks",
        "expertise_api:own_thanks",
        "expertise_api:thanks_to_me",
        "expertise_api:own_comments",
        "expertise_api:asked_of_author",
        "certificates:mine",
        "certificates:verify",
        "certificates_api:mine",
        "expertise_api:reviews",
        "expertise_api:own_expert_proposals",
        "accounts_api:me",
        "accounts_api:next_steps",
        "municipality:reference",
        "municipality_api:reference",
        "expertise_api:search_words",
    }
    rooms = [name for name in addresses("config.urls_city") if ":" in name and name not in own]
    zoya = quiet(as_("zoya"))
    opened = [name for name in rooms if zoya.get(addresses("config.urls_city")[name]).status_code == 200]
    assert rooms
    assert not opened
