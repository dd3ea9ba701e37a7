"""Every work of the background, killed between any two of its steps and run again, comes to the same end;
once more changes nothing.

The works are read from the registries (`works.py`); the way of killing, and why it is cheap, is in
`killing.py`.
"""

import ast
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core import mail

from portal.core.actor import Actor
from portal.documents import word_pdf
from portal.municipality import background
from portal.staff.services import imports
from tenants import forgetting
from tenants.jobs import JOBS
from tenants.models import School
from tests import database
from tests.posts.rows import World, effect, snapshot
from tests.tenancy.killing import Run, changes_of, difference, end_of, killed_before, thrown_away
from tests.tenancy.works import ELSEWHERE, WORKS, Work, every_work


def test_every_work_of_the_background_has_its_row() -> None:
    rows = {work.name for work in WORKS} | set(ELSEWHERE)
    missing = sorted(every_work() - rows)
    assert not missing, (
        f"works without a row in tests/tenancy/works.py (scene and run; the rest is asked here): {missing}"
    )
    assert not sorted(rows - every_work()), "rows about works that are no more"
    for path, name in ELSEWHERE.values():
        found = [
            node.name
            for node in ast.walk(ast.parse((database.ROOT / path).read_text()))
            if isinstance(node, ast.FunctionDef)
        ]
        assert name in found, f"{path} has no {name}"


@pytest.fixture
def world(school5: School, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch) -> World:
    """Small chunks, so that there is something between them; a LibreOffice that is always there."""
    for module, name in (
        (imports, "CHECK_CHUNK"),
        (imports, "ACCEPT_CHUNK"),
        (forgetting, "CHUNK"),
        (background, "CHUNK"),
    ):
        monkeypatch.setattr(module, name, 2)
    monkeypatch.setattr(word_pdf, "available", lambda: True)
    monkeypatch.setattr(word_pdf, "convert", lambda content, **_: b"%PDF-1.7 printed")
    return World(school5, actor)


@pytest.mark.covers("found G3", "house: jobs")
@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.name)
def test_killed_before_each_of_its_changes_it_comes_to_the_same_end(work: Work, world: World) -> None:
    to_the_same_end(work.scene(world), world)


PUT_IN_ORDER = [work for work in WORKS if work.name in JOBS and JOBS[work.name].otherwise]


@pytest.mark.covers("found G3")
@pytest.mark.parametrize("work", PUT_IN_ORDER, ids=lambda work: work.name)
def test_what_is_put_in_order_for_whoever_has_lost_the_right_is_so_too(
    work: Work, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = work.scene(world)
    monkeypatch.setitem(JOBS, work.name, replace(JOBS[work.name], may=lambda by: False))
    to_the_same_end(run, world)


def to_the_same_end(run: Run, world: World) -> None:
    before = snapshot(world.school5)
    with thrown_away():
        mail.outbox.clear()
        changes = changes_of(run)
        end, letters = end_of(world.school5), len(mail.outbox)
        assert letters or effect(before, snapshot(world.school5)), "the scene gives it something to do"
        done = snapshot(world.school5)
        run()
        assert effect(done, snapshot(world.school5)) == "", "once more, it does something more"
    for nth in range(1, changes + 1):
        with thrown_away():
            mail.outbox.clear()
            where = killed_before(nth, run)
            assert where
            run()
            assert difference(end, end_of(world.school5)) == {}, (
                f"killed before change {nth} of {changes}: {where}"
            )
            assert len(mail.outbox) >= letters, f"a letter is lost, killed before: {where}"
