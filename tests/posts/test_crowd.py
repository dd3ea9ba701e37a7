"""The same act by two people, or by two tabs of one, at the same moment: exactly one effect, and nobody sees
a failure of ours.

Every address that writes (`table.py`), really committed, in a database that is put back after each.
"""

import threading
from collections.abc import Callable, Iterator
from functools import cache
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
from portal.local_acts import printing
from portal.mentoring.models import Pair
from portal.pair_work import services
from portal.pair_work.models import Programme
from portal.pair_work.workflow import PROGRAMME
from portal.papers import printing as papers_printing
from portal.school_practices.services import mirror_answer
from portal.school_practices.workflow.steps import CityAnswer
from portal.staff.models import PersonalConsent
from portal.staff.workflow import CONSENT as PERSONAL
from tenants.context import in_city
from tenants.middleware import WriteOnce
from tenants.models import School
from tests import rewind
from tests.cast import BY_KEY
from tests.posts.rows import ANOTHER, Post, Scene, World, effect, gist_of, send, snapshot
from tests.posts.saying import badly_refused
from tests.posts.table import ROWS
from tests.workflows import mentoring_scenes as scene
from tests.workflows import practice_scenes as practices
from tests.workflows.acting import KEYS, of_school5

MAY_BE_TWO = dict.fromkeys(
    ("school_practices:attach", "school_practices_api:files"),
    "один и тот же файл прикладывают и дважды, под разными названиями",
)
"""Addresses whose second, deliberate press makes one more, though a late one is refused."""
SETTLED = (404, 409, 422)
"""What the other may be told besides the answer to a late comer, or the same answer where the same is true
already.
"""


def called(row: Post) -> str:
    return f"{row.contour}-{row.name}-{row.api or 'page'}"


def in_one_form(row: Post) -> bool:
    """What may rightly be made twice is pressed twice in one form: the key makes it one act."""
    return row.again == ANOTHER or row.name in MAY_BE_TWO


@pytest.fixture
def world(common_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(printing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(papers_printing, "pdf_is_available", lambda: True)

    @cache
    def acting(key: str) -> Actor:
        person = BY_KEY[key]
        with in_city():
            user = User.objects.get(pk=person.uuid)
            return actor_in(
                user,
                memberships_of(user),
                School.objects.get(number=person.school) if person.school else None,
            )

    yield World(School.objects.get(number=5), acting)
    rewind.rewind(common_database)


def signed_in(key: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=BY_KEY[key].uuid))
    return client


class Crowd:
    """Two presses, the second while the first has done everything but commit: it waits for the first, or sees
    nothing of it.

    Two threads that merely start together meet at the decisive moment once in many runs; here they meet in
    each.
    """

    def __init__(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.name, self.done, self.released = name, threading.Event(), threading.Event()
        work, mine = WriteOnce._work, threading.local()
        self.mine = mine

        def held(gate: WriteOnce, request: Any, key: str) -> Any:
            answer = work(gate, request, key)
            if getattr(mine, "is_first", False):
                self.done.set()
                self.released.wait(20)
            return answer

        monkeypatch.setattr(WriteOnce, "_work", held)

    def press(self, first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
        """Both answers, in this order."""
        answers: list[Any] = [None, None]
        threads = [
            threading.Thread(target=closing(lambda place=place, act=act: self._run(answers, place, act)))  # type: ignore[misc]
            for place, act in enumerate((first, second))
        ]
        threads[0].start()
        assert self.done.wait(20), "первый не дошёл до конца"
        threads[1].start()
        while threads[1].is_alive() and not rewind.is_waiting(self.name):
            threads[1].join(0.01)
        self.released.set()
        for thread in threads:
            thread.join(20)
        return answers

    def _run(self, answers: list[Any], place: int, act: Callable[[], Any]) -> None:
        self.mine.is_first = place == 0
        try:
            answers[place] = act()
        finally:
            self.done.set()


def prepared(row: Post, world: World) -> tuple[Scene, int | None]:
    with world.inside(row.contour):
        scene = row.scene(world)
        if scene.obj is not None:
            scene.obj.refresh_from_db()
    return scene, getattr(scene.obj, "version", None)


@pytest.mark.covers("found G3")
@pytest.mark.parametrize("row", ROWS, ids=called)
def test_two_at_the_same_moment(
    row: Post, world: World, common_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two tabs, or one form pressed twice: one effect, and the other is told so kindly, or sees the same
    answer.
    """
    scene, version = prepared(row, world)
    own, other = signed_in(row.who), signed_in(row.who)
    key = uuid4().hex
    before = snapshot(world.school5)
    first, second = Crowd(common_database, monkeypatch).press(
        lambda: send(own, row, scene, version=version, key=key),
        lambda: send(other, row, scene, version=version, key=key if in_one_form(row) else uuid4().hex),
    )
    assert first.status_code == row.first, gist_of(first)
    assert second.status_code in ((row.first,) if in_one_form(row) else (row.first, row.again, *SETTLED)), (
        gist_of(second)
    )
    assert effect(before, snapshot(world.school5)) == row.effect, gist_of(second)
    assert row.api or second.status_code < 400 or not badly_refused(second), gist_of(second)


def test_a_mark_made_while_the_plan_is_rewritten_is_kept(world: World) -> None:
    with world.inside("school"):
        programme = PROGRAMME.move(
            scene.running(world.who), "correct", by=world.who("vera"), comment="Больше времени"
        )
    vera, boris = world.who("vera"), world.who("boris")

    def rewrite() -> None:
        stored = Programme.objects.get(pk=programme.pk)
        services.write_programme(stored.pair, by=boris, programme=stored, **scene.text(stored.pair))

    held_before(
        world,
        lambda: services.mark_activity(Programme.objects.get(pk=programme.pk), 1, by=vera, mark="done"),
        rewrite,
    )
    with world.inside("school"):
        assert programme.activities.get(number=1).mark == "done"


def test_a_speed_pair_agrees_on_one_meeting_when_both_plan_it(world: World) -> None:
    with world.inside("school"):
        pair = scene.active(world.who)
        Pair.objects.filter(pk=pair.pk).update(kinds=["speed"])
    vera, boris = world.who("vera"), world.who("boris")

    def planning(by: Actor) -> Callable[[], object]:
        return lambda: services.plan_meeting(
            Pair.objects.get(pk=pair.pk), by=by, planned_at=clock.now(), topic="Конец урока"
        )

    def too_late() -> None:
        with pytest.raises(Conflict, match="это одна встреча"):
            planning(boris)()

    held_before(world, planning(vera), too_late)
    with world.inside("school"):
        assert pair.meetings.count() == 1


def test_the_last_of_two_who_agree_at_one_moment_leads_the_pair_on(world: World) -> None:
    """Neither sees the other's answer before it is there: a pair that all have agreed to would wait for
    ever.
    """
    with world.inside("school"):
        pair = scene.asked(world.who)

    def agreeing(by: Actor, key: str) -> Callable[[], object]:
        return lambda: scene.give_consent(
            scene.consent_of(Pair.objects.get(pk=pair.pk), key),
            by=by,
            scan=scene.store(scene.scan(), by=by),
            shows_profile=True,
        )

    held_before(world, agreeing(world.who("vera"), "vera"), agreeing(world.who("boris"), "boris"))
    with world.inside("school"):
        assert Pair.objects.get(pk=pair.pk).state == "psych_check"


def test_a_consent_is_taken_back_whatever_the_city_answers_meanwhile(world: World) -> None:
    """Nothing may refuse the taking of a right (152-ФЗ, ст. 10.1)."""
    boris = world.who("boris")
    of_school5({key: world.who(key) for key in KEYS})
    with world.inside("school"):
        practice = practices.handed_over(world.who)

    post = Actor.system(school=boris.school, via="post")

    def answer() -> None:
        mirror_answer(practice.uuid, state="rejected", comment="Нет результата", answer=CityAnswer(), by=post)

    def take_back() -> None:
        PERSONAL.move(PersonalConsent.objects.get(kind="distribution"), "withdraw", by=boris)

    held_before(world, answer, take_back)
    with world.inside("school"):
        practice.refresh_from_db()
        assert practice.state == "rejected"
        assert PersonalConsent.objects.get(kind="distribution").state == "withdrawn"


def held_before(world: World, first: Callable[[], object], second: Callable[[], object]) -> None:
    """The first act is held just before its commit; the second has to wait for it. What either raises is
    raised here.
    """
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

    threads = [threading.Thread(target=closing(lambda act=act: inside(act))) for act in (holding, second)]  # type: ignore[misc]
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
