"""One limit of a file, said in one number: by the hint, by the page before it is sent, by the form, and by
the request that carries it.
"""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.core.actor import Actor
from portal.core.errors import Invalid
from portal.documents.books import read_book
from portal.files import storing
from portal.staff.import_forms import UploadListForm
from portal.ui.fields import UploadField
from portal.ui.forms import PageForm
from tenants.context import in_school
from tenants.models import School
from tests.pages.test_kept_uploads import kinds
from tests.posts.rows import Post, Scene, World, gist_of, send, words_of
from tests.posts.table import ROWS

AsPerson = Callable[[str], Client]
TAKERS = {
    "local_acts:act_register",
    "local_acts:order_register",
    "mentoring:consent",
    "mentoring:pair_register",
    "school_practices:attach",
    "staff:consent",
    "staff:import_new",
    "local_acts:act_own",
    "municipality:calendar",
}
"""Every address of the table of writes that is sent files."""


def opened(name: str, world: World, as_: AsPerson) -> tuple[Post, Scene, Client, str]:
    """The form behind an address, as its person sees it."""
    row = next(row for row in ROWS if row.name == name and not row.api)
    with in_school(world.school5):
        scene = row.scene(world)
        if scene.obj is not None:
            scene.obj.refresh_from_db()
    own = as_(row.who)
    # the files of a practice are added on its own page
    return (
        row,
        scene,
        own,
        words_of(own.get(scene.url.removesuffix("files/"))),
    )


def fields_of(page: str) -> dict[str, dict[str, str]]:
    """Fields for files by name, with the marks that the page's script reads."""
    inputs = [
        dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r'<input type="file"[^>]*>', page)
    ]
    return {one["name"]: one for one in inputs}


def with_sizes(scene: Scene, sizes: dict[str, int]) -> Scene:
    files = {field: scene.fields.get(field, ("scan.pdf", b"%PDF-1.7")) for field in sizes}
    return Scene(
        scene.url,
        {
            **scene.fields,
            **{field: (name, content.ljust(sizes[field], b"0")) for field, (name, content) in files.items()},
        },
        scene.obj,
    )


def megabytes(words: str) -> set[str]:
    return set(re.findall(r"(\d+) МБ", words))


def forms_with_files() -> list[type[PageForm]]:
    for module in ("config.urls_school", "config.urls_city"):
        import_module(module)
    return [
        kind
        for kind in kinds()
        if kind.__module__.startswith(("portal.", "best_practices.")) and uploads_of(kind)
    ]


@pytest.mark.covers("found B9")
def test_the_walk_knows_every_form_that_takes_files() -> None:
    assert {row.name for row in ROWS if not row.api and row.name in TAKERS} == TAKERS
    assert len([kind for kind in forms_with_files() if kind.__name__ != "SampleForm"]) == len(TAKERS)


def uploads_of(kind: type[PageForm]) -> list[Any]:
    return [field for field in kind.base_fields.values() if isinstance(field, forms.FileField)]


@pytest.mark.covers("found B9")
def test_no_field_for_files_is_without_its_limit_and_all_of_a_form_fit_one_request() -> None:
    for kind in forms_with_files():
        fields = uploads_of(kind)
        assert all(isinstance(field, UploadField) for field in fields), (
            f"{kind.__name__}: поле не говорит своего предела"
        )
        assert sum(field.most for field in fields) < settings.REQUEST_MAX_BYTES, (
            f"{kind.__name__}: вместе файлы не дойдут"
        )


@pytest.mark.parametrize("name", sorted(TAKERS))
@pytest.mark.covers("found B9")
def test_the_page_the_hint_and_the_refusal_name_one_limit(
    name: str, school5: School, actor: Callable[..., Actor], as_: AsPerson
) -> None:
    row, scene, own, page = opened(name, World(school5, actor), as_)
    fields = fields_of(page)
    assert fields
    for field, marks in fields.items():
        number = {str(int(marks["data-most"]) // storing.MB)}
        hint = re.search(rf'id="{marks["id"]}_helptext">([^<]*)<', page)
        assert megabytes(hint[1] if hint else "") == number, f"{field}: подсказка молчит о пределе"
        assert megabytes(marks["data-refusal"]) == number
    sizes = {field: int(marks["data-most"]) + 1 for field, marks in fields.items()}
    refused = send(own, row, with_sizes(scene, sizes), version=getattr(scene.obj, "version", None))
    assert refused.status_code == 422, gist_of(refused)
    assert all(f">{marks['data-refusal']}<" in words_of(refused) for marks in fields.values()), gist_of(
        refused
    )
    assert megabytes(words_of(refused)) == megabytes(page)


@pytest.mark.covers("found B9")
def test_what_reads_the_file_takes_as_much_as_the_field_does() -> None:
    for kind in forms_with_files():
        for field in uploads_of(kind):
            assert field.most <= storing.limit(), kind.__name__
    most = next(field.most for field in uploads_of(UploadListForm))
    with pytest.raises(Invalid) as refusal:
        read_book(SimpleUploadedFile("список.xlsx", b"PK\x03\x04".ljust(most, b"0")), 10)
    assert refusal.value.code != "sheet_too_big"
