"""Which pages the portal has, read from its urls; with objects that open them, found by asking. A new page is
walked by itself.
"""

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.test import Client
from django.urls import URLPattern

from portal.accounts.models import User
from tests.cast import BY_KEY
from tests.posts.walk import methods_of

PARAMETER = re.compile(r"<\w+:(\w+)>")
Objects = Mapping[str, list[str]]
"""Beginning of a route up to its object, or the name of a further parameter → what may stand there, the most
telling first.
"""


@dataclass(frozen=True)
class Contour:
    """`people`: who is asked, in turn, until a page opens; `objects`; `elsewhere`: pages that are not walked
    here, each with its reason.
    """

    module: str
    prefix: str
    people: tuple[str, ...]
    objects: Objects
    elsewhere: Mapping[str, str]


@dataclass
class Walk:
    """Who opens what; and what could not be opened by anybody."""

    pages: list[tuple[str, str]] = field(default_factory=list)
    unopened: list[str] = field(default_factory=list)


def routes(patterns: list[Any], before: str = "", spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(name, route) of each address that answers GET and is no API."""
    for item in patterns:
        route = before + str(item.pattern)
        if isinstance(item, URLPattern):
            name = ":".join((*spaces, item.name or route))
            if "GET" in methods_of(item.callback) and "api/" not in route:
                yield name, route
        else:
            yield from routes(
                item.url_patterns, route, (*spaces, item.namespace) if item.namespace else spaces
            )


def addresses(route: str, objects: Objects) -> list[str] | None:
    """The route with each of its objects in place; None when nobody has said what they are."""
    places, start = [], 0
    for found in PARAMETER.finditer(route):
        beginning = route[: found.end()] + "/"
        known = objects.get(beginning, objects.get(found[1]) if start else None)
        if known is None:
            return None
        places.append(known)
        start = found.end()
    return [_filled(route, values) for values in product(*places)]


def _filled(route: str, values: tuple[str, ...]) -> str:
    left = iter(values)
    return PARAMETER.sub(lambda _: next(left), route)


def walk(contour: Contour) -> Walk:
    """A page of each address, and of each object when the address is the object's own."""
    clients, made = {key: _client(key) for key in contour.people}, Walk()
    every = list(routes(importlib.import_module(contour.module).urlpatterns))
    gone = contour.elsewhere.keys() - {name for name, _ in every}
    made.unopened += [f"{name}: такой страницы больше нет, уберите её из elsewhere" for name in sorted(gone)]
    for name, route in every:
        if name in contour.elsewhere:
            continue
        candidates = addresses(route, contour.objects)
        if candidates is None:
            made.unopened.append(
                f"{name}: назовите, что стоит в «{route}» (objects), или причину (elsewhere)"
            )
            continue
        own = route in contour.objects
        found = list(_opened(contour, clients, candidates, every=own))
        made.pages += [page for page in found if page[1]]
        if not found:
            made.unopened.append(f"{name}: никто не смог открыть {candidates[:3]}")
    return made


def _opened(
    contour: Contour, clients: dict[str, Client], candidates: list[str], *, every: bool
) -> Iterator[tuple[str, str]]:
    """(who, address) of the pages that opened; an empty address when what opened is a file."""
    for address in candidates:
        for key, client in clients.items():
            answer = client.get(contour.prefix + address)
            if answer.status_code == 200:
                is_page = answer.get("Content-Type", "").startswith("text/html")
                yield key, contour.prefix + address if is_page else ""
                if not every:
                    return
                break


def _client(key: str) -> Client:
    client = Client(raise_request_exception=False)
    if key:
        client.force_login(User.objects.get(pk=BY_KEY[key].uuid))
    return client
