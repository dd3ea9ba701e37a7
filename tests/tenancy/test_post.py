"""The post between contours: once, in order per object, and nothing lost when it is killed between any two
steps.
"""

import json
import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import OperationalError, connection

from portal.city_records.models import Inbox
from portal.exchange import KINDS, RECEIVERS
from tenants import post
from tenants.models import School
from tests import database
from tests.tenancy import counting_letters
from tests.tenancy.counting_letters import TO_CITY, numbers, write_letters

IN_ORDER = ["counted 0", "counted 1"]


@pytest.fixture(autouse=True)
def counted() -> Iterator[None]:
    """The kinds of letters of these tests, known while they run: left behind, they would stand in the printed
    docs/letters.md.
    """
    kinds = counting_letters.declare()
    yield
    for kind in kinds:
        del KINDS[kind.code], RECEIVERS[kind.code]


@pytest.mark.covers("house: exchange")
def test_letters_arrive_once_and_in_order(school5: School) -> None:
    there, back = [uuid4(), uuid4()], [uuid4(), uuid4()]
    write_letters(school5, there, 3)
    write_letters(school5, back, 3, to_school=True)
    post.deliver_everything()
    post.deliver_everything()
    assert [numbers(t) for t in there] + [numbers(t, school5) for t in back] == [[*IN_ORDER, "counted 2"]] * 4


def test_a_letter_that_cannot_be_applied_stops_its_own_object_only(
    school5: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = uuid4(), uuid4()
    write_letters(school5, [good, bad], 2)
    receiver = RECEIVERS[TO_CITY]

    def refuse_bad(letter: object) -> None:
        if letter.topic == bad:  # type: ignore[attr-defined]
            raise ValueError("no")
        receiver(letter)  # type: ignore[arg-type]

    monkeypatch.setitem(RECEIVERS, TO_CITY, refuse_bad)
    for _ in range(post.MAX_ATTEMPTS):
        post.deliver_everything()
    assert (len(numbers(good)), len(numbers(bad))) == (2, 0)
    assert list(Inbox.objects.filter(topic=bad).order_by("id").values_list("stopped", "attempts")) == [
        (True, post.MAX_ATTEMPTS),
        (False, 0),
    ]
    monkeypatch.setitem(RECEIVERS, TO_CITY, receiver)
    Inbox.objects.filter(topic=bad).update(stopped=False)
    post.deliver_everything()
    assert numbers(bad) == IN_ORDER


def test_a_trouble_of_the_database_is_no_fault_of_the_letter(
    school5: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = uuid4()
    write_letters(school5, [topic], 1)
    receiver = RECEIVERS[TO_CITY]

    def deadlocked(letter: object) -> None:
        raise OperationalError("deadlock detected")

    monkeypatch.setitem(RECEIVERS, TO_CITY, deadlocked)
    for _ in range(post.MAX_ATTEMPTS + 1):
        with pytest.raises(OperationalError):
            post.deliver_everything()
    assert list(Inbox.objects.filter(topic=topic).values_list("stopped", "attempts")) == [(False, 0)]
    monkeypatch.setitem(RECEIVERS, TO_CITY, receiver)
    post.deliver_everything()
    assert numbers(topic) == ["counted 0"]


def test_a_letter_with_more_than_the_database_takes_stops_its_own_object_only(
    school5: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver calls «program limit exceeded» an operational error, as it calls a dead database: such a
    letter held up all others for ever.
    """
    good, bad = uuid4(), uuid4()
    write_letters(school5, [bad, good], 1)
    receiver = RECEIVERS[TO_CITY]

    def index(letter: object) -> None:
        if letter.topic == bad:  # type: ignore[attr-defined]
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT to_tsvector('simple', string_agg('word' || n, ' ')) FROM generate_series(1, "
                    "200000) n"
                )
        receiver(letter)  # type: ignore[arg-type]

    monkeypatch.setitem(RECEIVERS, TO_CITY, index)
    for _ in range(post.MAX_ATTEMPTS):
        post.deliver_everything()
    stopped = Inbox.objects.get(topic=bad)
    assert (numbers(good), numbers(bad), stopped.stopped) == (["counted 0"], [], True)
    assert "54000" in stopped.trouble


@pytest.mark.covers("house: exchange")
def test_killed_after_each_of_its_steps_the_post_loses_and_doubles_nothing(own_database: str) -> None:
    """The steps are counted first, so a step that is added is killed too."""
    done = database.run_module("tests.tenancy.counting_letters", own_database)
    assert done.returncode == 0, done.stderr
    deaths = json.loads(done.stdout)
    assert {code for code, _ in deaths} == {-9}
    assert len(deaths) > 45, "four letters each way: taken, put, marked, noted, applied, closed, forgotten"
    assert [numbers for _, numbers in deaths] == [[IN_ORDER] * 4] * len(deaths)


@pytest.mark.covers("house: exchange")
def test_two_relays_at_once_keep_the_order_of_an_object(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is held in the middle with a letter in its hands, the second is called by the notice of the
    next letter.
    """
    school, topic = School.objects.get(number=5), uuid4()
    write_letters(school, [topic], 1)
    held, released = threading.Event(), threading.Event()

    def hold(name: str) -> None:
        if name == "letter put" and threading.current_thread() is first:
            held.set()
            released.wait(20)

    monkeypatch.setattr(post, "after_step", hold)
    first, second = (threading.Thread(target=deliver_once, args=(school,)) for _ in range(2))
    first.start()
    assert held.wait(20)
    write_letters(school, [topic], 1, first=1)
    second.start()
    second.join(0.7)  # time enough to overtake, if it could
    released.set()
    first.join(20)
    second.join(20)
    post.deliver_everything()
    assert numbers(topic) == IN_ORDER


def deliver_once(school: School) -> None:
    post.deliver(school.uuid)
    connection.close()


def test_stopped_letters_do_not_fill_the_window_of_the_others(
    school5: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = [uuid4() for _ in range(12)], uuid4()
    write_letters(school5, bad, 2)
    post.carry_from_school(school5.uuid)
    Inbox.objects.filter(
        topic__in=bad, pk__in=[Inbox.objects.filter(topic=topic).earliest("id").pk for topic in bad]
    ).update(stopped=True)
    write_letters(school5, [good], 1)
    monkeypatch.setattr(post, "BATCH", 1)  # a window of ten letters, of which each stopped object takes two
    post.deliver_everything()
    assert (numbers(good), [numbers(topic) for topic in bad]) == (["counted 0"], [[]] * 12)


def test_a_stopped_letter_of_one_school_does_not_hold_another_school_with_the_same_number(
    school5: School, school12: School
) -> None:
    topic = uuid4()
    write_letters(school12, [topic], 1)
    post.carry_from_school(school12.uuid)
    Inbox.objects.filter(topic=topic).update(stopped=True)
    write_letters(school5, [topic], 1)
    post.deliver_everything()
    assert list(Inbox.objects.filter(topic=topic, applied_at=None).values_list("school", flat=True)) == [
        school12.uuid
    ]


def test_a_letter_of_the_city_enters_its_own_school_only(
    school5: School, school12: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, apply = [], post.apply_in_school
    topic = uuid4()
    write_letters(school5, [topic], 1, to_school=True)
    monkeypatch.setattr(post, "apply_in_school", lambda school: entered.append(school.uuid) or apply(school))  # type: ignore[func-returns-value]
    post.deliver(None)
    assert (entered, numbers(topic, school5)) == ([school5.uuid], ["counted 0"])
