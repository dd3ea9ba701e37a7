"""Files lie in the storage of the contour that wrote them, and those that belong to nobody are swept: every
form with a file, every key to a file.
"""

import datetime as dt
import inspect
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import storages
from django.db import models

from portal.core import clock
from portal.core.actor import Actor
from portal.core.contour import RoomConfig
from portal.files.storing import keep
from portal.files.sweeping import keys_to, sweep_orphans, unnamed_rows
from portal.school_records.models import StoredFile
from tenants.context import in_city, in_school
from tenants.middleware import WriteOnce
from tenants.models import School
from tests.posts.rows import Post, World, send
from tests.posts.table import ROWS
from tests.tenancy.rows import row

FILE = re.compile(r"SCAN|PDF|scan|file|upload|sheet", re.IGNORECASE)
WRITERS = [
    post
    for post in ROWS
    if post.contour == "school"
    and not post.api
    and post.name != "local_acts:act_own"  # its text is read, the file is let go
    and FILE.search(inspect.getsource(post.scene))
]
"""Whose scene has anything to do with a file; whether its form really brings one is looked at there."""
FIELDS = [
    field
    for config in apps.get_app_configs()
    if isinstance(config, RoomConfig)
    for model in config.get_models()
    for field in model._meta.concrete_fields
]

KEYS = [field for field in FIELDS if field.related_model is StoredFile]
"""Asked of the models and not of the sweeper: what it does not see would not be tried."""


@pytest.fixture
def shelf(tmp_path: Path, settings: Any) -> Path:
    """Storages of this test alone."""
    backend = "django.core.files.storage.FileSystemStorage"
    own = {
        contour: {"BACKEND": backend, "OPTIONS": {"location": tmp_path / contour, "base_url": None}}
        for contour in ("school", "city")
    }
    settings.STORAGES = {**settings.STORAGES, **own, "default": own["city"]}
    return tmp_path


def files_of(shelf: Path) -> set[Path]:
    return {path for path in shelf.rglob("*") if path.is_file()}


def stored(by: Actor) -> Any:
    return keep("скан.pdf", b"%PDF-1.4 ", "pdf", by=by)


def sweep(school: School) -> None:
    with in_school(school):
        sweep_orphans(Actor.system(school=school.uuid))


def grow_old(shelf: Path) -> None:
    two_days_ago = clock.now().timestamp() - 2 * 86400
    for path in files_of(shelf):
        os.utime(path, (two_days_ago, two_days_ago))


@pytest.mark.covers("found A7")
def test_a_file_lands_in_the_storage_of_the_contour_that_writes_it(
    shelf: Path, school5: School, school12: School, actor: Callable[..., Actor]
) -> None:
    places = [
        (in_city, "city/city", "semyon"),
        (lambda: in_school(school5), f"school/{school5.uuid}", "anna"),
        (lambda: in_school(school12), f"school/{school12.uuid}", "gleb"),
    ]
    for place, folder, who in places:
        by = actor(who)
        with place():
            kept = stored(by)
            assert Path(kept.content.path).parent == shelf / folder / str(clock.today().year)
            assert kept.content.open("rb").read() == b"%PDF-1.4 "
    assert len(files_of(shelf)) == len(places)
    assert storages["school"].exists(kept.content.name)


def _killed(*args: Any) -> None:
    raise RuntimeError("killed after its work and before its commit")


@pytest.mark.covers("found A7")
@pytest.mark.parametrize("post", WRITERS, ids=lambda post: post.name)
def test_the_files_of_a_post_that_was_rolled_back_are_swept_after_a_day(
    post: Post, shelf: Path, school5: School, actor: Any, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every form that brings a file, killed just before its commit; then sent again, and what it kept
    stays.
    """
    world = World(school5, actor)
    with world.inside(post.contour):
        scene = post.scene(world)
    if not any(isinstance(value, tuple) for value in scene.fields.values()):
        return
    before, client, version = files_of(shelf), as_(post.who), getattr(scene.obj, "version", None)
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(WriteOnce, "_keep", _killed)
        assert send(client, post, scene, version=version).status_code == 500
    lost = files_of(shelf) - before
    assert lost, "the file was written before the kill"
    assert send(client, post, scene, version=version).status_code == post.first
    sweep(school5)
    assert lost < files_of(shelf), "younger than a day: its transaction may be under way"
    grow_old(shelf)
    sweep(school5)
    left = files_of(shelf)
    assert not lost & left
    with in_school(school5):
        assert (
            {path.name for path in left}
            == {str(kept.uuid) for kept in StoredFile.objects.exclude(pk__in=unnamed_rows())}
            >= {path.name for path in before}
        )


@pytest.mark.covers("found A7")
@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.model._meta.label}.{key.name}")
def test_a_file_that_any_table_names_stays(key: Any, shelf: Path, school5: School, actor: Any) -> None:
    anna, long_ago = actor("anna"), clock.now() - dt.timedelta(days=40)
    with in_school(school5):
        kept, nobodys = stored(anna), stored(anna)
        StoredFile.objects.update(created_at=long_ago)
        row(key.model, 901, **{key.name: kept})
        assert list(unnamed_rows()) == [nobodys]
    grow_old(shelf)
    sweep(school5)
    with in_school(school5):
        assert list(StoredFile.objects.all()) == [kept]
    assert [path.name for path in files_of(shelf)] == [str(kept.uuid)]


@pytest.mark.covers("found A7")
def test_a_file_is_named_by_a_key_or_not_at_all() -> None:
    """A number of a file in any other field would be unseen by the sweeper, and its file lost."""
    assert KEYS
    assert {str(key) for key in KEYS} <= {str(key) for key in keys_to(StoredFile)}
    looks = re.compile(r"(^|_)(files?|scans?|attachments?|uploads?)(_uuids?)?$")
    unseen = (models.UUIDField, models.JSONField, ArrayField, models.FileField)
    wrong = [
        f"{field.model._meta.label}.{field.name}"
        for field in FIELDS
        if looks.search(field.name) and isinstance(field, unseen)
    ]
    assert wrong == [], "a stored file is named by a ForeignKey to StoredFile"
