"""A form is shown only while it can be sent: every form address, with each object that it names in each of
its states.

A finished task that is opened by its address (an old tab, a letter, Back) shows what happened and where to
go, never a live form that is refused after typing.
"""

import html
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from portal.core.actor import Actor
from portal.core.contour import Contour
from portal.core.workflow import ALL
from portal.local_acts import printing
from tenants.models import School
from tests.posts.rows import Post, Scene, World, gist_of, send
from tests.posts.table import ROWS
from tests.posts.walk import methods_of, views

CONTOURS = {
    "school": ("config.urls_school", Contour.INTERNAL),
    "city": ("config.urls_city", Contour.EXTERNAL),
}
SHOWN = {
    (contour, name)
    for contour, (module, _) in CONTOURS.items()
    for name, view in views(import_module(module).urlpatterns)
    if "GET" in methods_of(view)
}
FORMS = [row for row in ROWS if not row.api and (row.contour, row.name) in SHOWN]
PARENTS = ("pair", "programme", "practice", "need", "order", "campaign")


@pytest.fixture
def world(school5: School, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(printing, "pdf_is_available", lambda: True)
    return World(school5, actor)


def named(scene: Scene, contour: Contour) -> Iterator[Any]:
    """The objects with states that the address names, and those they hang on."""
    uuids = re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", scene.url)
    here = [
        w.model
        for w in ALL.values()
        if getattr(apps.get_app_config(w.model._meta.app_label), "contour", None) == contour
    ]
    for obj in (found for model in here for found in model.objects.filter(uuid__in=uuids)):
        yield obj
        yield from (parent for name in PARENTS if hasattr(parent := getattr(obj, name, None), "state"))


def is_live(answer: Any, url: str) -> bool:
    """The page has a form that would be sent to its own address."""
    tags = (
        re.findall(r"<form[^>]*method=\"post\"[^>]*>", answer.content.decode())
        if answer.status_code == 200
        else []
    )
    actions = [re.search(r'action="([^"]*)"', tag) for tag in tags]
    return any(action is None or html.unescape(action[1]) == url for action in actions)


def refusal_in(row: Post, scene: Scene, own: Client) -> str:
    """The form is asked for; if it is live, it is sent as a person would send it. What went wrong, or
    nothing.
    """
    shown = own.get(scene.url)
    if shown.status_code >= 500 or not is_live(shown, scene.url):
        return f"GET {shown.status_code}" if shown.status_code >= 500 else ""
    version = re.search(r'name="version" value="(\d+)"', shown.content.decode())
    answer = send(own, row, scene, version=int(version[1]) if version else None)
    return "" if answer.status_code == row.first else f"{answer.status_code}: {gist_of(answer)[:400]}"


@pytest.mark.covers("found D4")
@pytest.mark.parametrize("row", FORMS, ids=lambda row: f"{row.contour}-{row.name}")
def test_no_live_form_is_refused(row: Post, world: World, as_: Callable[[str], Client]) -> None:
    own = as_(row.who)
    own.raise_request_exception = False
    with world.inside(row.contour):
        scene = row.scene(world)
        objects = list(named(scene, CONTOURS[row.contour][1]))
    refused = []
    for obj in objects:
        for state in dict(obj._meta.get_field("state").choices):
            before = transaction.savepoint()  # not a block: requests change contour inside
            with world.inside(row.contour):
                type(obj).objects.filter(pk=obj.pk).update(state=state)
            trouble = refusal_in(row, scene, own)
            refused += [f"{obj._meta.verbose_name} «{state}»: {trouble}"] if trouble else []
            transaction.savepoint_rollback(before)
    assert not refused, "\n".join(refused)
