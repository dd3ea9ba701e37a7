"""Each write once, whatever people and networks do: first, repeated, stale, late, and by strangers.

One row for every address that writes (`table.py`); what is asked of each is asked here.
"""

import html
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from portal.core.actor import Actor
from portal.local_acts import printing
from portal.papers import printing as papers_printing
from tenants.models import School, SchoolState
from tests.posts.pasting import overfilled, turned, turning_rows
from tests.posts.rows import ANOTHER, Post, Scene, World, effect, gist_of, send, snapshot, typed, words_of
from tests.posts.saying import badly_said, flashes_of
from tests.posts.table import ELSEWHERE, ROWS
from tests.posts.walk import writing

AsPerson = Callable[[str], Client]
CONTOURS = {"school": "config.urls_school", "city": "config.urls_city"}


@pytest.fixture
def world(school5: School, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(papers_printing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(printing, "pdf_is_available", lambda: True)  # the request is asked for on any machine
    return World(school5, actor)


def test_every_address_that_writes_has_its_row() -> None:
    found = {(contour, name) for contour, module in CONTOURS.items() for name in writing(module)}
    written = {(row.contour, row.name) for row in ROWS} | {
        (contour, name) for contour, names in ELSEWHERE.items() for name in names
    }
    missing = [
        f'    Post("{name}", "кто пишет", сцена, "что меняется в таблицах", contour="{contour}"),'
        for contour, name in sorted(found - written)
    ]
    assert not missing, (
        "Адреса принимают запись, а строки о них нет. Добавьте каждому строку в файл его комнаты в "
        "tests/posts/ (scene готовит объект и поля; "
        "effect напечатает сам тест, если оставить пустым), или, если это чужая страница, строку с причиной "
        "в ELSEWHERE (tests/posts/table.py):\n" + "\n".join(missing)
    )
    assert not sorted(written - found), "Строки об адресах, которых больше нет или которые больше не пишут"


def client_of(as_: AsPerson, key: str) -> Client:
    client = as_(key)
    client.raise_request_exception = False
    return client


@pytest.mark.covers("found A8", "found D2", "found D3", "found E7")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.contour}-{row.name}-{row.api or 'page'}")
def test_one_act_has_one_effect(row: Post, world: World, as_: AsPerson) -> None:
    own = client_of(as_, row.who)
    strangers = [client_of(as_, key) for key in ("", "gleb" if row.contour == "school" else "zoya")]
    with world.inside(row.contour):
        scene = row.scene(world)
    by_strangers(row, scene, strangers, world)
    in_a_halted_school(row, scene, own, world)
    overfilled(row, scene, own, world.school5)
    version = stale(row, scene, own, world)
    before, key, scene.fields = snapshot(world.school5), uuid4().hex, turned(scene.fields)
    first = send(own, row, scene, key=key, version=version)
    assert first.status_code == row.first, gist_of(first)
    assert [wrong for flash in flashes_of(first) for wrong in badly_said(flash)] == []
    after = snapshot(world.school5)
    assert effect(before, after) == row.effect, f"первый POST: {effect(before, after)}"
    assert not turning_rows(world.school5), "знак, который переворачивает слова, дошёл до таблиц"
    repeated = send(own, row, scene, key=key, version=version)
    assert (repeated.status_code, repeated.get("Location"), repeated.get("ETag")) == (
        first.status_code,
        first.get("Location"),
        first.get("ETag"),
    )
    assert not row.api or repeated.json() == first.json()
    if version is None:  # a form with a version is guarded by it
        back_and_edit(row, scene, own, first, key)
    assert effect(after, snapshot(world.school5)) == "", (
        "повтор с тем же ключом или возврат к форме сделал что-то ещё"
    )
    late(row, scene, own, world, version)


HALTS = {
    "school_suspended": (
        {"state": SchoolState.SUSPENDED, "suspended_because": "Капитальный ремонт."},
        "приостановлена: Капитальный ремонт. Всё записанное цело",
    ),
    "school_behind": ({"behind_because": "migration 0002 failed"}, "обновление ещё не закончено"),
}


def in_a_halted_school(row: Post, scene: Scene, own: Client, world: World) -> None:
    """Nobody writes into a school that is suspended, or whose schema is behind: the reason and whom to ask
    are said, what was typed is kept.
    """
    if row.contour != "school":
        return
    before = snapshot(world.school5)
    for code, (change, reason) in HALTS.items():
        School.objects.filter(pk=world.school5.pk).update(**change)
        answer = send(own, row, scene, version=getattr(scene.obj, "version", None))
        School.objects.filter(pk=world.school5.pk).update(
            state=SchoolState.ACTIVE, suspended_because="", behind_because=""
        )
        assert answer.status_code == 409, (code, answer.status_code, gist_of(answer))
        assert reason in words_of(answer), gist_of(answer)
        assert "спросить" in words_of(answer).lower(), gist_of(answer)
        assert not row.api or answer.json()["error"]["code"] == code
        lost = (
            []
            if row.api
            else [
                text
                for text in typed(scene.fields)
                if " ".join(text.split()) not in " ".join(words_of(answer).split())
            ]
        )
        assert not lost, f"отказ потерял написанное: {lost}"
    assert effect(before, snapshot(world.school5)) == "", "в остановленной школе что-то записано"


def by_strangers(row: Post, scene: Scene, strangers: list[Client], world: World) -> None:
    """A visitor and a person of another place change nothing."""
    before = snapshot(world.school5)
    for client, expected in zip(strangers, ((401, 302, 410), (403, 404, 410)), strict=True):
        answer = send(client, row, scene, version=getattr(scene.obj, "version", None))
        assert answer.status_code in expected or row.name in OPEN_TO_ALL, (
            answer.status_code,
            gist_of(answer),
        )
    assert effect(before, snapshot(world.school5)) == "" or row.name in OPEN_TO_ALL, (
        "чужой человек что-то изменил"
    )


OPEN_TO_ALL = {
    "places",
    "notices",
    "keys",
    "key_revoke",
    "own_address_new",
    "own_address_cancel",
    "expertise:leave",
}
"""One's own pages: a stranger has own ones there, and no way to another's (an unknown number is 404)."""


KEPT_ASIDE = ("", "keptupload+1 storedfile+1", "keptupload~ storedfile~")
"""The file of a refused form stays with the attempt."""


def stale(row: Post, scene: Scene, own: Client, world: World) -> int | None:
    """The form was opened, then another person changed the object: 409, no effect, nothing typed is lost.
    Returns the version as it is now.
    """
    if scene.obj is None:
        return None
    with world.inside(row.contour):
        scene.obj.refresh_from_db()
    seen = scene.obj.version
    page = scene.url if scene.page is None else scene.page
    if page and not row.api:
        shown = own.get(page)
        assert f'name="version" value="{seen}"' in shown.content.decode(), (
            shown.status_code,
            "форма не несёт версию объекта",
        )
    with world.inside(row.contour):
        scene.obj.save_change()
    before = snapshot(world.school5)
    answer = send(own, row, scene, version=seen)
    assert answer.status_code == 409, (answer.status_code, gist_of(answer))
    assert effect(before, snapshot(world.school5)) in KEPT_ASIDE, "устаревшая форма что-то изменила"
    keeps_what_was_typed(row, scene, answer)
    return int(scene.obj.version)


def keeps_what_was_typed(row: Post, scene: Scene, answer: Any) -> None:
    if row.api:
        said = answer.json()
        assert (said["error"]["code"], said["current"]["version"], said["sent"]) == (
            "stale",
            scene.obj.version,
            scene.fields,
        )
        return
    lost = [
        text
        for text in typed(scene.fields)
        if " ".join(text.split()) not in " ".join(words_of(answer).split())
    ]
    assert not lost, f"на странице 409 нет того, что было написано: {lost}"


def back_and_edit(row: Post, scene: Scene, own: Client, first: Any, key: str) -> None:
    """Back, an edit and a second press of the same form: no second object; it is said that the first is
    saved, with the way to it, and the text stays.
    """
    added = "Это дописано уже после возврата к форме."
    answer = send(own, row, Scene(scene.url, {**scene.fields, "added": added}), key=key)
    assert answer.status_code == 409, (answer.status_code, gist_of(answer))
    if row.api:
        assert answer.json()["error"]["code"] == "already_saved"
    else:
        assert f'href="{html.escape(first["Location"])}"' in answer.content.decode(), gist_of(answer)
        assert added in words_of(answer)


def late(row: Post, scene: Scene, own: Client, world: World, version: int | None) -> None:
    """The same act once more from another tab, after the object has moved on: refused in kind words, or
    rightly another one.
    """
    if scene.later is not None:
        with world.inside(row.contour):
            scene.later()
    before = snapshot(world.school5)
    if scene.obj is not None:
        delayed = send(own, row, scene, version=version)
        assert delayed.status_code in (409, 404), (delayed.status_code, gist_of(delayed))
        if delayed.status_code == 409:
            said = delayed.json()["error"]["message"] if row.api else words_of(delayed)
            assert "сейчас" in said.lower() or "пока" in said.lower() or "уже" in said.lower(), said[:1500]
    assert effect(before, snapshot(world.school5)) == ""
    with world.inside(row.contour):
        now = refreshed(scene) if row.api else None
    answer = send(own, row, scene, version=now)
    assert answer.status_code == (row.again or row.first), (answer.status_code, gist_of(answer))
    if row.again != ANOTHER:
        assert effect(before, snapshot(world.school5)) == "", (
            f"второе действие другим ключом: {effect(before, snapshot(world.school5))}"
        )


def refreshed(scene: Scene) -> int | None:
    """What the object is now; of one that the act has taken away, what it was."""
    if scene.obj is None:
        return None
    with suppress(type(scene.obj).DoesNotExist):
        scene.obj.refresh_from_db()
    return int(scene.obj.version)
