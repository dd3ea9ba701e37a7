"""Elasticsearch follows the database: changes, withdrawals, a new index aside, the comparison of the night;
and while it cannot, PostgreSQL answers.
"""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest
from django.db import transaction

from portal.core import clock
from portal.search.elastic import following
from portal.search.elastic.following import Follower, Mended
from portal.search.elastic.node import NotTaken
from portal.search.elastic.outbox import Change, Outbox
from portal.search.engine import Document, Query
from portal.search.postgres import PostgresEngine
from tests.search.documents import document
from tests.search.elastic_node import Node
from tests.search.two_engines import Town, practices, town

pytestmark = pytest.mark.elasticsearch
NEW = document("наставник и кинопанорама", title="Новая")


@pytest.fixture
def bank(engine: PostgresEngine, node: Node, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.setattr(following, "BATCH", 3)
    made = town(engine, node)
    yield made
    made.forget()


def versions(bank: Town) -> dict[str, int]:
    answer = bank.client.search(index=bank.reader.alias, version=True, size=100)
    return {hit["_id"]: hit["_version"] for hit in answer["hits"]["hits"]}


def test_a_new_document_is_found_at_once_and_by_elasticsearch_when_it_has_it(bank: Town) -> None:
    assert bank.is_asked(), bank.reader.troubles
    bank.put(NEW)
    assert NEW.uuid in bank.found()
    assert not bank.is_asked()
    bank.follower.follow()
    assert bank.is_asked()
    assert NEW.uuid in bank.found("кинопанорама")
    bank.put(changed := replace(NEW, title="Другая"))
    bank.follower.follow()
    assert bank.found("другая") == {changed.uuid}
    assert bank.is_asked()


def test_what_is_withdrawn_is_gone_from_its_commit(bank: Town) -> None:
    """From the answer, counts, suggestions and corrections, though Elasticsearch still holds it."""
    bank.put(NEW)
    bank.follower.follow()
    bank.withdraw(NEW)
    assert str(NEW.uuid) in versions(bank)
    assert NEW.uuid not in bank.found()
    assert bank.is_asked()
    assert bank.found("кинопанорама") == set()
    assert bank.engine.suggest("кинопан") == []
    assert NEW.uuid not in {hit.uuid for hit in bank.engine.search(Query("")).hits}
    bank.follower.follow()
    assert str(NEW.uuid) not in versions(bank)
    assert NEW.uuid not in bank.found()
    assert bank.is_asked()


def test_an_older_write_never_wins(bank: Town) -> None:
    """Neither over a newer text nor over a withdrawal, however late it comes."""
    [index] = bank.follower.indices.targets
    bank.put(NEW)
    bank.follower.follow()
    newest = versions(bank)[str(NEW.uuid)]
    body = {"no": 1, "lemmas": ["старый"]}
    bank.follower.indices.write(index, [(Change(NEW.uuid, newest - 1, False), body)])
    bank.withdraw(NEW)
    bank.follower.follow()
    bank.follower.indices.write(index, [(Change(NEW.uuid, newest, False), body)])
    bank.follower.indices.show(index)
    assert str(NEW.uuid) not in versions(bank)
    assert bank.found("старый") == set()


def test_the_numbers_of_postgresql_change_and_elasticsearch_learns_them(bank: Town) -> None:
    """Equals stand by number: after a rebuild there Elasticsearch is not asked until it has the new ones."""
    bank.engine.rebuild(list(bank.standing.values())[::-1])
    assert not bank.is_asked()
    bank.follower.follow()
    assert bank.is_asked()
    every = [[hit.uuid for hit in one.search(Query("")).hits] for one in (bank.engine, bank.engine.postgres)]
    assert every[0] == every[1]


def test_the_night_mends_what_differs_and_counts_it(bank: Town) -> None:
    client, alias = bank.client, bank.reader.alias
    lost, stale = list(bank.standing)[:2]
    assert bank.follower.reconcile() == Mended(10, 0, 0, 0)
    client.delete(index=alias, id=str(lost))
    client.index(index=alias, id=str(stale), version=10**17, version_type="external", document={"no": 1})
    client.index(index=alias, id=str(uuid.uuid4()), document={"no": 2, "lemmas": ["наставник"]})
    client.indices.refresh(index=alias)
    assert bank.follower.reconcile() == Mended(10, 1, 1, 1)
    assert bank.found() == set(bank.standing)
    assert bank.is_asked()
    assert set(versions(bank)) == {str(one) for one in bank.standing}
    assert bank.follower.reconcile() == Mended(10, 0, 0, 0)


def test_an_index_that_is_lost_is_built_anew(bank: Town) -> None:
    bank.forget()
    assert bank.found() == set(bank.standing)
    assert not bank.is_asked()
    bank.follower.reconcile()
    assert bank.is_asked()


def test_the_night_mends_while_everything_waits(bank: Town) -> None:
    """More wait than the index holds: what stands behind in the queue is not taken for withdrawn."""
    bank.put(*practices(20))
    bank.engine.rebuild(list(bank.standing.values()))
    assert bank.follower.reconcile() == Mended(20, 0, 0, 0)
    assert bank.is_asked()
    assert bank.found() == set(bank.standing)


def test_what_is_published_during_the_comparison_stands(bank: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody publishes between the two looks at what stands here and what stands there."""
    given, looks = bank.follower.outbox, list[str]()

    class Watched(Outbox):
        def lock(self) -> None:
            looks.append("lock")
            super().lock()

        def standing(self) -> set[uuid.UUID]:
            looks.append("look")
            return super().standing()

    replace(bank.follower, outbox=Watched(given.table, given.using)).reconcile()
    assert looks[:2] == ["lock", "look"]


def test_two_build_at_once_and_the_index_stands(bank: Town) -> None:
    """The operator's command and the job of the first publication: whoever ends later takes nothing away."""
    waited: list[int] = []

    def source(uuids: Sequence[uuid.UUID]) -> Iterable[Document]:
        if not waited:
            waited.append(bank.follower.rebuild())
        return bank.follower.source(uuids)

    replace(bank.follower, source=source).rebuild()
    assert waited == [10]
    assert bank.is_asked(), bank.reader.troubles
    assert bank.found() == set(bank.standing)
    bank.follower.rebuild()
    assert bank.is_asked()
    assert len(bank.client.indices.get(index=f"{bank.reader.alias}-*")) == 1


def test_a_database_restored_from_yesterday_is_followed(bank: Town) -> None:
    """Elasticsearch holds what the database has forgotten; what is published now wins over it at once, what
    is not published again by the night.
    """
    bank.put(NEW)
    bank.follower.follow()
    kept, forgotten = dict(bank.standing), document("флюгер", title="Забытая")
    with transaction.atomic():
        bank.put(replace(NEW, title="Флюгер"), forgotten)
        bank.follower.follow()
        transaction.set_rollback(True)
    bank.standing.clear()
    bank.standing.update(kept)
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        bank.put(replace(NEW, title="Телескоп"))
        bank.follower.follow()
    assert bank.is_asked()
    assert bank.found("телескоп") == {NEW.uuid}
    bank.put(document("флюгер", title="Не забытая"))
    bank.follower.reconcile()
    assert len(bank.found("флюгер")) == 1
    assert bank.is_asked()
    assert set(versions(bank)) == {str(one) for one in bank.standing}


class Killed(BaseException):
    """The process is gone here."""


def killed_after(follower: Follower, batches: int) -> Follower:
    """Its process dies while it makes the next batch."""
    left = [batches]

    def source(uuids: Sequence[uuid.UUID]) -> Iterable[Document]:
        if not left[0]:
            raise Killed
        left[0] -= 1
        return follower.source(uuids)

    return replace(follower, source=source)


def test_a_build_that_was_killed_goes_on_and_changes_meanwhile_are_in_it(bank: Town) -> None:
    first, second, *_, last = sorted(bank.standing)
    with pytest.raises(Killed):
        killed_after(bank.follower, 2).rebuild()
    assert bank.is_asked()
    assert len(bank.follower.indices.targets) == 2
    bank.withdraw(bank.standing[first])
    bank.withdraw(bank.standing[last])
    bank.put(replace(bank.standing[second], title="Переименована"), NEW)
    bank.follower.follow()
    assert bank.found("переименована") == {second}
    told: list[tuple[int, int]] = []
    bank.follower.rebuild(lambda done, of: told.append((done, of)))
    assert told[0][0] > 6, "it began anew"
    assert len(bank.follower.indices.targets) == 1
    assert bank.is_asked()
    assert bank.found() == set(bank.standing)
    assert bank.found("переименована") == {second}


def test_killed_between_any_two_batches_of_what_waits_nothing_is_lost(bank: Town) -> None:
    bank.put(*practices(20))
    for batches in range(4):
        with pytest.raises(Killed):
            killed_after(bank.follower, batches).follow()
        assert bank.found() == set(bank.standing)
    bank.follower.follow()
    assert bank.is_asked()


def test_an_alias_is_swapped_under_load(bank: Town) -> None:
    """Whoever asks meanwhile finds everything: not nothing, not twice as much, no error."""
    wrong: list[object] = []
    asked, is_over = [0], threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            try:
                answer = bank.client.options(request_timeout=10).search(
                    index=bank.reader.alias, allow_partial_search_results=False
                )
                asked[0] += 1
                if answer["hits"]["total"]["value"] != 10:
                    wrong.append(answer["hits"]["total"])
            except Exception as trouble:
                wrong.append(trouble)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for _ in range(3):
        bank.follower.rebuild()
    is_over.set()
    for one in threads:
        one.join()
    assert not wrong
    assert asked[0] > 50


def test_a_read_only_index_is_no_trouble_of_the_teacher(bank: Town) -> None:
    client = bank.client.options(request_timeout=30)
    client.indices.put_settings(index=bank.reader.alias, settings={"index.blocks.write": True})
    bank.put(NEW)
    with pytest.raises(NotTaken):
        bank.follower.follow()
    assert NEW.uuid in bank.found()
    assert not bank.is_asked()
    gone = next(iter(bank.standing.values()))
    client.indices.put_settings(index=bank.reader.alias, settings={"index.blocks.write": None})
    bank.follower.follow()
    client.indices.put_settings(index=bank.reader.alias, settings={"index.blocks.write": True})
    bank.withdraw(gone)
    with pytest.raises(NotTaken):
        bank.follower.follow()
    assert gone.uuid not in bank.found()
    assert bank.is_asked()
    client.indices.put_settings(index=bank.reader.alias, settings={"index.blocks.write": None})
    bank.follower.follow()
    assert bank.engine.outbox.waiting() == (0, ())
