"""The post between contours: once, in order per object, and nothing lost when it is killed between any two steps."""

import os
import subprocess
import sys
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from portal.city_records.models import Inbox, JournalLine
from portal.exchange import KINDS, RECEIVERS
from tenants import post
from tenants.models import School
from tests import database
from tests.tenancy import counting_letters


@pytest.fixture(autouse=True)
def counted() -> Iterator[None]:
    """The kind of letter of these tests, known while they run: left behind, it would stand in the printed docs/letters.md."""
    kind = counting_letters.declare()
    yield
    del KINDS[kind.code], RECEIVERS[kind.code]


def numbers(topic: UUID) -> list[str]:
    return list(JournalLine.objects.filter(comment=str(topic)).order_by("id").values_list("verb", flat=True))


@pytest.mark.covers("house: exchange")
def test_letters_arrive_once_and_in_order(school5: School) -> None:
    topics = [uuid4(), uuid4()]
    counting_letters.write_letters(school5, topics, 3)
    post.deliver_everything()
    post.deliver_everything()
    assert [numbers(t) for t in topics] == [["counted 0", "counted 1", "counted 2"]] * 2


def test_a_letter_that_cannot_be_applied_stops_its_own_object_only(school5: School, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = uuid4(), uuid4()
    counting_letters.write_letters(school5, [good, bad], 2)
    receiver = RECEIVERS["test.counted"]

    def refuse_bad(letter: object) -> None:
        if letter.topic == bad:  # type: ignore[attr-defined]
            raise ValueError("no")
        receiver(letter)  # type: ignore[arg-type]

    monkeypatch.setitem(RECEIVERS, "test.counted", refuse_bad)
    for _ in range(post.MAX_ATTEMPTS):
        post.deliver_everything()
    assert (len(numbers(good)), len(numbers(bad))) == (2, 0)
    assert list(Inbox.objects.filter(topic=bad).order_by("id").values_list("stopped", "attempts")) == [(True, post.MAX_ATTEMPTS), (False, 0)]
    monkeypatch.setitem(RECEIVERS, "test.counted", receiver)
    Inbox.objects.filter(topic=bad).update(stopped=False)
    post.deliver_everything()
    assert numbers(bad) == ["counted 0", "counted 1"]


@pytest.mark.parametrize("step", [1, 2, 3, 4, 7, 8, 9, 10])
@pytest.mark.covers("house: exchange")
def test_killed_at_any_step_the_post_loses_and_doubles_nothing(step: int, own_database: str) -> None:
    topics = [uuid4(), uuid4()]
    counting_letters.write_letters(School.objects.get(number=5), topics, 1)
    environment = {**os.environ, "TEST_DATABASE_URL": database.app_url(own_database), "TEST_DATABASE_OWNER_URL": database.owner_url(own_database)}
    killed = subprocess.run([sys.executable, "-m", "tests.tenancy.counting_letters", str(step)], cwd=database.ROOT, env=environment, check=False)
    assert killed.returncode == -9, "the step was never reached"
    post.deliver_everything()
    assert [numbers(t) for t in topics] == [["counted 0"]] * 2
