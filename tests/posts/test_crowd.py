"""The same act by two people, or by two tabs of one, at the same moment: exactly one effect, and nobody sees a failure of ours.

One representative of each kind of write, really committed, in a database of its own.
"""

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.test import Client

from portal.accounts.actors import actor_in, memberships_of
from portal.accounts.models import User
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict
from portal.mentoring import services
from portal.mentoring.models import Pair, Programme
from tenants.context import in_city
from tenants.models import School
from tests.cast import BY_KEY
from tests.posts.rows import Post, Scene, World, effect, gist_of, send, snapshot
from tests.posts.table import ROWS
from tests.workflows import mentoring_scenes as scene

KINDS = {
    "create": ("mentoring:need_new", "mentoring:card_new", "mentoring:propose_terms", "mentoring:programme_new", "staff:new", "staff:invite", "staff:consent_new",
               "local_acts:act_prepare", "local_acts:curator", "municipality:school_new"),
    "move": ("mentoring:pair_move", "mentoring:programme_move", "school_practices:hand_over", "monitoring:hand_over", "municipality:received_form"),
    "edit": ("mentoring:need_edit", "staff:edit", "mentoring:activity_mark", "school_practices:edit", "monitoring:fill"),
    "file": ("mentoring:consent", "mentoring:pair_register", "local_acts:order_register"),
    "job": ("staff:import", "municipality:opening", "municipality:invite"),
    "api": ("mentoring_api:pairs", "mentoring_api:pair_move", "mentoring_api:programme", "mentoring_api:meeting_record"),
}  # fmt: skip
BY_NAME = {row.name: row for row in ROWS}


@pytest.fixture
def world(own_database: str) -> World:
    def acting(key: str) -> Actor:
        person = BY_KEY[key]
        with in_city():
            user = User.objects.get(pk=person.uuid)
            return actor_in(user, memberships_of(user), School.objects.get(number=person.school) if person.school else None)

    return World(School.objects.get(number=5), acting)


def signed_in(key: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=BY_KEY[key].uuid), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def at_once(clients: list[Client], post: Callable[[Client, int], Any]) -> list[Any]:
    """All of them start together; the answers, in the order of the clients."""
    answers: list[Any] = [None] * len(clients)
    start = threading.Barrier(len(clients))

    def run(place: int) -> None:
        start.wait()
        try:
            answers[place] = post(clients[place], place)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def prepared(row: Post, world: World) -> tuple[Scene, int | None]:
    with world.inside(row.contour):
        scene = row.scene(world)
        if scene.obj is not None:
            scene.obj.refresh_from_db()
    return scene, getattr(scene.obj, "version", None)


@pytest.mark.parametrize("name", [name for names in KINDS.values() for name in names])
def test_two_at_the_same_moment(name: str, world: World) -> None:
    """Two tabs with keys of their own: the first wins, the other is told so (or sees the same, where that is the answer)."""
    row = BY_NAME[name]
    scene, version = prepared(row, world)
    clients = [signed_in(row.who) for _ in range(2)]
    before = snapshot(world.school5)
    answers = at_once(clients, lambda client, place: send(client, row, scene, version=version, key=uuid4().hex))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses[0] == row.first, [gist_of(answer) for answer in answers]
    assert statuses[1] in (row.first, 409, 422), [gist_of(answer) for answer in answers]
    assert effect(before, snapshot(world.school5)) == row.effect


@pytest.mark.parametrize("name", ["mentoring:meeting_new", "staff:import_new", "school_practices:new", "mentoring_api:pair_meetings", "keys"])
def test_a_double_click_of_what_may_be_made_twice(name: str, world: World) -> None:
    """One form sent twice at the same moment: the key makes it one act."""
    row = BY_NAME[name]
    scene, _ = prepared(row, world)
    clients = [signed_in(row.who) for _ in range(2)]
    before, key = snapshot(world.school5), uuid4().hex
    answers = at_once(clients, lambda client, place: send(client, row, scene, key=key))
    assert [answer.status_code for answer in answers] == [row.first] * 2
    assert effect(before, snapshot(world.school5)) == row.effect


def test_a_mark_made_while_the_plan_is_rewritten_is_kept(world: World) -> None:
    with world.inside("school"):
        programme = services.move_programme(scene.running(world.who), "correct", by=world.who("vera"), comment="Больше времени")
    vera, boris = world.who("vera"), world.who("boris")

    def rewrite() -> None:
        stored = Programme.objects.get(pk=programme.pk)
        services.write_programme(stored.pair, by=boris, programme=stored, **scene.text(stored.pair))

    held_before(world, lambda: services.mark_activity(Programme.objects.get(pk=programme.pk), 1, by=vera, mark="done"), rewrite)
    with world.inside("school"):
        assert programme.activities.get(number=1).mark == "done"


def test_a_speed_pair_agrees_on_one_meeting_when_both_plan_it(world: World) -> None:
    with world.inside("school"):
        pair = scene.active(world.who)
        Pair.objects.filter(pk=pair.pk).update(kinds=["speed"])
    vera, boris = world.who("vera"), world.who("boris")

    def planning(by: Actor) -> Callable[[], object]:
        return lambda: services.plan_meeting(Pair.objects.get(pk=pair.pk), by=by, planned_at=clock.now(), topic="Конец урока")

    def too_late() -> None:
        with pytest.raises(Conflict, match="это одна встреча"):
            planning(boris)()

    held_before(world, planning(vera), too_late)
    with world.inside("school"):
        assert pair.meetings.count() == 1


def held_before(world: World, first: Callable[[], object], second: Callable[[], object]) -> None:
    """The first act is held just before its commit; the second has to wait for it. What either raises is raised here."""
    done, released, failed = threading.Event(), threading.Event(), []

    def holding() -> None:
        with transaction.atomic():
            first()
            done.set()
            released.wait(20)

    def inside(act: Callable[[], object]) -> None:
        try:
            with world.inside("school"):
                act()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=closing(lambda act=act: inside(act))) for act in (holding, second)]
    threads[0].start()
    assert done.wait(20), failed
    threads[1].start()
    threads[1].join(1)  # time enough to read what was before, if it could
    released.set()
    for thread in threads:
        thread.join(20)
    if failed:
        raise failed[0]


def closing(act: Callable[[], None]) -> Callable[[], None]:
    """A thread leaves no connection behind."""

    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    return run
