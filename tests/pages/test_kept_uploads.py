"""A file that came with a refused form stays with the attempt: of every form that takes files."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.files.sweeping import sweep_orphans
from portal.school_records.models import KeptUpload, StoredFile
from portal.ui.forms import PageForm
from tenants.context import in_school
from tenants.forgetting import forget_due
from tenants.models import School
from tests.posts.rows import Post, Scene, World, effect, gist_of, send, snapshot, words_of
from tests.posts.table import ROWS

pytestmark = pytest.mark.covers("found D4")
AsPerson = Callable[[str], Client]
BROKEN: dict[str, tuple[str, dict[str, str]]] = {
    "mentoring:pair_register": ("RegisterForm", {"signed_on": "когда-то"}),
    "mentoring:consent": ("ConsentForm", {"given_on": "когда-то"}),
    "local_acts:order_register": ("RegisterOrderForm", {"signed_on": "когда-то"}),
    "local_acts:act_register": ("RegisterActForm", {"approved_on": "когда-то"}),
    "staff:consent": ("ScanForm", {"given_on": "когда-то"}),
    "school_practices:attach": ("AttachmentForm", {"title": "Очень длинное название " * 20}),
}
"""The form behind each address that takes a file, and a mistake in another of its fields."""
ONE_FIELD = {"UploadListForm", "OwnTextForm", "CalendarForm", "SampleForm"}
"""Nothing but the file can be wrong in the first three; the last is a sample of the component page."""
BY_NAME = {row.name: row for row in ROWS if not row.api}


def kinds(base: type[PageForm] = PageForm) -> Iterator[type[PageForm]]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_form_that_takes_a_file_is_tried_here() -> None:
    for module in ("config.urls_school", "config.urls_city"):
        import_module(module)
    with_files = {
        kind.__name__
        for kind in kinds()
        if kind.__module__.startswith(("portal.", "best_practices.")) and _takes_files(kind)
    }
    assert with_files - ONE_FIELD == {form for form, _ in BROKEN.values()}


def _takes_files(kind: type[PageForm]) -> bool:
    return any(isinstance(field, forms.FileField) for field in kind.base_fields.values())


def scene_of(name: str, school5: School, actor: Callable[..., Actor]) -> tuple[Post, Scene]:
    row, world = BY_NAME[name], World(school5, actor)
    with world.inside("school"):
        scene = row.scene(world)
        if scene.obj is not None:
            scene.obj.refresh_from_db()
    return row, scene


def version_of(scene: Scene) -> int | None:
    return getattr(scene.obj, "version", None)


def without_files(scene: Scene, **more: Any) -> Scene:
    return Scene(
        scene.url,
        {**{name: value for name, value in scene.fields.items() if not isinstance(value, tuple)}, **more},
        scene.obj,
    )


def tokens(answer: Any) -> dict[str, str]:
    return dict(re.findall(r'name="(\w+-kept)" value="([^"]+)"', answer.content.decode()))


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_file_of_a_refused_form_is_not_asked_for_again(
    name: str, school5: School, actor: Callable[..., Actor], as_: AsPerson
) -> None:
    row, scene = scene_of(name, school5, actor)
    own, before = as_(row.who), snapshot(school5)
    refused = send(
        own, row, Scene(scene.url, {**scene.fields, **BROKEN[name][1]}, scene.obj), version=version_of(scene)
    )
    assert refused.status_code == 422, gist_of(refused)
    marks = tokens(refused)
    assert set(marks) == {
        f"{field}-kept" for field, value in scene.fields.items() if isinstance(value, tuple)
    }
    assert "Файл «scan.pdf» приложен" in words_of(refused)
    assert "на месте" in words_of(refused)
    again = send(own, row, without_files(scene, **BROKEN[name][1], **marks), version=version_of(scene))
    assert (again.status_code, tokens(again)) == (422, marks), "во второй раз файл потерялся"
    away = send(
        own,
        row,
        without_files(scene, **marks, **{mark.replace("-kept", "-away"): "1" for mark in marks}),
        version=version_of(scene),
    )
    assert (away.status_code, tokens(away)) == (422, {}), "убранный файл всё ещё приложен"
    accepted = send(own, row, without_files(scene, **marks), version=version_of(scene))
    assert accepted.status_code == row.first, gist_of(accepted)
    assert effect(before, snapshot(school5)) == row.effect


def refused_consent(
    school5: School, actor: Callable[..., Actor], as_: AsPerson
) -> tuple[Post, Scene, dict[str, str]]:
    row, scene = scene_of("mentoring:consent", school5, actor)
    refused = send(
        as_(row.who),
        row,
        Scene(scene.url, {**scene.fields, "given_on": "когда-то"}, scene.obj),
        version=version_of(scene),
    )
    return row, scene, tokens(refused)


def test_a_kept_file_belongs_to_its_person_and_form(
    school5: School, actor: Callable[..., Actor], as_: AsPerson
) -> None:
    row, scene, marks = refused_consent(school5, actor, as_)
    # the curator may add the scan, her own one
    foreign = send(as_("anna"), row, without_files(scene, **marks), version=version_of(scene))
    assert foreign.status_code == 422
    unknown = send(
        as_(row.who),
        row,
        without_files(scene, **dict.fromkeys(marks, str(uuid4()))),
        version=version_of(scene),
    )
    assert unknown.status_code == 422


def test_after_a_day_nothing_of_it_is_left(
    school5: School, actor: Callable[..., Actor], as_: AsPerson
) -> None:
    refused_consent(school5, actor, as_)
    night = Actor.system(school=school5.uuid)
    with in_school(school5):
        stored = StoredFile.objects.get(pk=KeptUpload.objects.get().file_id)
        forget_due(night)
        sweep_orphans(night)
        assert KeptUpload.objects.filter(file=stored).exists()
        with clock.at(clock.now() + dt.timedelta(days=1, minutes=1)):
            forget_due(night)
            sweep_orphans(night)
        assert not StoredFile.objects.filter(pk=stored.pk).exists()
        assert not stored.content.storage.exists(stored.content.name)  # type: ignore[arg-type]
