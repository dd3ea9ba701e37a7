"""The sweep of each minute goes where mail waits and to no other school, and loses nothing by it."""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.core.actor import Actor
from portal.exchange import KINDS, RECEIVERS
from portal.school_records.models import Inbox
from tenants import mending, post, waiting
from tenants.context import in_school
from tenants.models import MailBox, School, SchoolState, WaitingMail
from tests.tenancy import counting_letters
from tests.tenancy.counting_letters import TO_SCHOOL, numbers, write_letters

IDLE = 6
"""Questions of a sweep that finds nothing: the city's own boxes, and who has mail in each of the two."""


@pytest.fixture(autouse=True)
def counted() -> Iterator[None]:
    kinds = counting_letters.declare()
    yield
    for kind in kinds:
        del KINDS[kind.code], RECEIVERS[kind.code]


@pytest.fixture
def visited(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, UUID]]:
    """Which schools the relay has gone to, and for which box."""
    gone: list[tuple[str, UUID]] = []
    carry, apply = post.carry_from_school, post.apply_in_school

    def carrying(school: UUID) -> int:
        gone.append(("outbox", school))
        return carry(school)

    def applying(school: School) -> int:
        gone.append(("inbox", school.uuid))
        return apply(school)

    monkeypatch.setattr(post, "carry_from_school", carrying)
    monkeypatch.setattr(post, "apply_in_school", applying)
    return gone


def boxes() -> set[tuple[str, str]]:
    return set(WaitingMail.objects.values_list("contour", "box"))


def test_an_idle_city_costs_the_same_few_questions_however_many_schools_it_has(
    visited: list[tuple[str, UUID]],
) -> None:
    with CaptureQueriesContext(connection) as asked:
        post.deliver_everything()
    assert visited == []
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= IDLE


def test_only_the_schools_that_have_mail_are_visited_and_each_box_once(
    school5: School, school12: School, visited: list[tuple[str, UUID]]
) -> None:
    there, back = uuid4(), uuid4()
    write_letters(school5, [there], 2)
    write_letters(school12, [back], 2, to_school=True)
    post.deliver_everything()
    assert visited == [("outbox", school5.uuid), ("inbox", school12.uuid)]
    assert (numbers(there), numbers(back, school12)) == (["counted 0", "counted 1"],) * 2
    assert boxes() == set()


def test_an_outbox_that_holds_more_than_one_relay_takes_is_visited_again(
    school5: School, visited: list[tuple[str, UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = uuid4()
    monkeypatch.setattr(post, "BATCH", 2)
    write_letters(school5, [topic], 5)
    post.sweep()
    assert boxes() == {(school5.schema_name, "outbox")}
    post.deliver_everything()
    assert (len(numbers(topic)), boxes()) == (5, set())


def test_a_letter_that_comes_while_the_box_is_emptied_has_a_row_of_its_own(school5: School) -> None:
    box = (school5.schema_name, MailBox.INBOX)
    waiting.note(*box)
    before = waiting.seen(*box)
    waiting.note(*box)
    waiting.forget(before)
    assert boxes() == {(school5.schema_name, "inbox")}


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The receiver refuses until the fixture is called."""
    receiver = RECEIVERS[TO_SCHOOL]

    def refuse(letter: object) -> None:
        raise ValueError("no")

    monkeypatch.setitem(RECEIVERS, TO_SCHOOL, refuse)
    return lambda: monkeypatch.setitem(RECEIVERS, TO_SCHOOL, receiver)


def test_a_letter_that_fails_waits_until_it_stops_and_waits_again_when_it_may_go_on(
    school5: School, refusing: Callable[[], None]
) -> None:
    topic = uuid4()
    write_letters(school5, [topic], 1, to_school=True)
    post.sweep()
    assert boxes() == {(school5.schema_name, "inbox")}, "it is tried again by the next sweep"
    for _ in range(post.MAX_ATTEMPTS):
        post.sweep()
    assert boxes() == {(school5.schema_name, "stopped")}, "a stopped letter is the operator's"
    refusing()
    (letter,) = mending.stopped_in_schools()
    mending.let_go_on(school5.uuid, letter.uuid, again=True)
    assert boxes() == {(school5.schema_name, "inbox")}
    post.deliver_everything()
    assert (numbers(topic, school5), boxes()) == (["counted 0"], set())


def test_stopped_letters_are_looked_for_only_where_they_are(
    school5: School, school12: School, refusing: Callable[[], None]
) -> None:
    """The home of whoever watches the post asks for them: a question to each school would be a thousand."""
    topics = [uuid4(), uuid4()]
    write_letters(school5, topics, 1, to_school=True)
    for _ in range(post.MAX_ATTEMPTS):
        post.sweep()
    with CaptureQueriesContext(connection) as asked:
        first, _ = mending.stopped_in_schools()
    assert school12.schema_name not in str(asked.captured_queries)
    mending.let_go_on(school5.uuid, first.uuid, again=False)
    assert len(mending.stopped_in_schools()) == 2, "what was put aside is seen, too"
    with in_school(school5):
        Inbox.objects.filter(topic__in=topics).delete()
        post.note_what_waits(Actor.system(school=school5.uuid))
    assert boxes() == set(), "the night forgets what is no more"


def test_a_halted_school_keeps_its_place_in_the_list(school5: School) -> None:
    topic = uuid4()
    School.objects.filter(pk=school5.pk).update(state=SchoolState.SUSPENDED)
    write_letters(school5, [topic], 1, to_school=True)
    post.deliver_everything()
    assert (numbers(topic, school5), boxes()) == ([], {(school5.schema_name, "inbox")})
    School.objects.filter(pk=school5.pk).update(state=SchoolState.ACTIVE)
    post.deliver_everything()
    assert (numbers(topic, school5), boxes()) == (["counted 0"], set())


@pytest.mark.parametrize("to_school", [False, True])
def test_what_nobody_has_noted_is_found_by_night(school5: School, *, to_school: bool) -> None:
    topic = uuid4()
    write_letters(school5, [topic], 1, to_school=to_school)
    if to_school:
        post.carry_from_city()
    WaitingMail.objects.all().delete()
    place = school5 if to_school else None
    post.deliver_everything()
    assert numbers(topic, place) == []
    with in_school(school5):
        post.note_what_waits(Actor.system(school=school5.uuid))
    post.deliver_everything()
    assert numbers(topic, place) == ["counted 0"]


def test_a_school_notes_and_sees_its_own_boxes_only(school5: School, school12: School) -> None:
    waiting.note(school12.schema_name, MailBox.INBOX)
    with in_school(school5):
        assert not WaitingMail.objects.exists()
        assert WaitingMail.objects.all().delete()[0] == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            waiting.note(school12.schema_name, MailBox.OUTBOX)
    assert boxes() == {(school12.schema_name, "inbox")}
