"""A school that is suspended, archived or behind: who still reads, what waits, and what goes on by itself
afterwards. Writing is tried in `tests/posts`.
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from portal.core.actor import Actor
from portal.exchange import KINDS, RECEIVERS
from portal.municipality.workflow import SCHOOL
from tenants import jobs, post
from tenants.context import in_school
from tenants.jobs import JOBS, Job, school_job
from tenants.models import School, SchoolState
from tenants.tasks import DAILY, run_daily
from tests.posts.rows import words_of
from tests.tenancy import counting_letters
from tests.tenancy.counting_letters import numbers, write_letters

pytestmark = pytest.mark.covers("found A8")
AsPerson = Callable[[str], Client]


@pytest.fixture(autouse=True)
def counted() -> Iterator[None]:
    kinds = counting_letters.declare()
    yield
    for kind in kinds:
        del KINDS[kind.code], RECEIVERS[kind.code]


@pytest.fixture
def ran() -> Iterator[list[Any]]:
    """The schools in which the test's own job has run."""
    done: list[Any] = []

    @school_job("test.halted", may=lambda by: True)
    def work(*, by: Actor) -> None:
        done.append(by.school)

    JOBS.add(work)
    yield done
    del JOBS["test.halted"]


@pytest.fixture
def deliver(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The post and then the queue, as the workers do both."""
    queue: list[tuple[str, str, str, None, dict[str, Any]]] = []

    def put(job: Job, letter: Any, school: Any, user: Any) -> None:
        queue.append((job.name, letter.key, str(school), None, letter.arguments))

    def work() -> None:
        post.deliver_everything()
        while queue:
            jobs.perform(*queue.pop())

    monkeypatch.setattr(jobs, "enqueue", put)
    return work


def change(school: School, **fields: Any) -> None:
    """As another process does it: nothing that this one remembers is told."""
    School.objects.filter(pk=school.pk).update(**fields)


def suspend(school: School, actor: Callable[..., Actor]) -> School:
    return SCHOOL.move(
        School.objects.get(pk=school.pk), "suspend", by=actor("semyon"), comment="Капитальный ремонт."
    )


def test_people_of_a_halted_school_read_and_export_and_are_told_why(
    school5: School, as_: AsPerson, actor: Callable[..., Actor]
) -> None:
    anna = as_("anna")
    assert "только чтение" not in words_of(anna.get("/s/5/pairs/"))
    suspend(school5, actor)
    for address in ("/s/5/", "/s/5/pairs/", "/s/5/needs/new/"):
        shown = anna.get(address)
        assert "приостановлена: Капитальный ремонт. Всё записанное цело" in words_of(shown), address
        assert shown.status_code == 200
    assert anna.get("/s/5/pairs/?export=xlsx").status_code == 200
    change(school5, state=SchoolState.ACTIVE, suspended_because="", behind_because="migration 0002 failed")
    shown = words_of(anna.get("/s/5/pairs/"))  # type: ignore[assignment]
    assert "обновление ещё не закончено" in shown
    assert "0002" not in shown


def test_nobody_enters_an_archived_school_from_the_moment_on(school5: School, as_: AsPerson) -> None:
    anna, api = as_("anna"), "/s/5/api/v1/pairs/"
    assert [anna.get("/s/5/").status_code, anna.get(api).status_code] == [200, 200]
    change(school5, state=SchoolState.ARCHIVED)
    assert [anna.get("/s/5/").status_code, anna.get(api).status_code] == [404, 404]
    assert "/s/5/" not in words_of(anna.get("/places/"))


@pytest.mark.parametrize(
    "halt", [{"state": SchoolState.SUSPENDED}, {"behind_because": "no column"}], ids=["suspended", "behind"]
)
def test_letters_written_before_go_on_letters_to_it_wait_and_so_do_its_jobs(
    school5: School, ran: list[Any], deliver: Callable[[], None], halt: dict[str, Any]
) -> None:
    there, back = uuid4(), uuid4()
    write_letters(school5, [there], 2)
    with in_school(school5):
        JOBS["test.halted"].later(by=Actor.system(school=school5.uuid))
    change(school5, **halt)
    write_letters(school5, [back], 2, to_school=True)
    jobs.perform("test.halted", "asked before", str(school5.uuid), None, {})  # it stood in the queue already
    deliver()
    assert (numbers(there), numbers(back, school5), ran) == (["counted 0", "counted 1"], [], [])
    change(school5, state=SchoolState.ACTIVE, behind_because="")
    deliver()
    assert (numbers(back, school5), ran) == (["counted 0", "counted 1"], [school5.uuid] * 2)


def test_time_passes_a_halted_school_by(
    school5: School, school12: School, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    visited: list[Any] = []
    monkeypatch.setattr("tenants.tasks.DAILY", [lambda by: visited.append(by.school)])
    suspend(school5, actor)
    run_daily()
    assert DAILY
    assert school12.uuid in visited
    assert school5.uuid not in visited
