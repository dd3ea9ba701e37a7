"""A node that is slow, killed, or has no room: PostgreSQL answers the same request, and Elasticsearch comes
back by itself.
"""

from __future__ import annotations

import signal
import threading
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from elasticsearch import ConnectionError as NoConnection
from elasticsearch import Elasticsearch

from portal.search.elastic import following
from portal.search.elastic.node import NotTaken
from portal.search.elastic.standing import Breaker
from portal.search.engine import Document
from portal.search.postgres import PostgresEngine
from tests.search.documents import document
from tests.search.elastic_node import Node
from tests.search.two_engines import Town, practices, town

NEW = document("наставник и кинопанорама", title="Новая")
SLOW = 0.3
NO_ROOM = {
    "cluster.info.update.interval": "10s",
    "cluster.routing.allocation.disk.threshold_enabled": True,
    "cluster.routing.allocation.disk.watermark.low": "900tb",
    "cluster.routing.allocation.disk.watermark.high": "900tb",
    "cluster.routing.allocation.disk.watermark.flood_stage": "900tb",
}


def test_one_question_a_pause_tries_a_node_that_has_failed() -> None:
    now = [0.0]
    breaker = Breaker(failures=2, pause=5, longest=15, clock=lambda: now[0])
    for _ in range(2):
        assert breaker.may_ask()
        breaker.failed(TimeoutError())
    pauses = []
    for _ in range(4):
        began = now[0]
        while not breaker.may_ask():
            now[0] += 1
        assert not any(breaker.may_ask() for _ in range(64)), "a storm"
        pauses.append(now[0] - began)
        breaker.failed(TimeoutError())
    assert pauses == [5, 10, 15, 15]
    now[0] += 15
    assert breaker.may_ask()
    breaker.went_well()
    assert all(breaker.may_ask() for _ in range(64))


def test_of_many_at_once_one_tries() -> None:
    breaker = Breaker(failures=1, pause=0.001)
    breaker.failed(TimeoutError())
    time.sleep(0.01)
    breaker.pause = breaker._pause = 60
    let: list[bool] = []
    gate = threading.Barrier(16)

    def ask() -> None:
        gate.wait()
        let.append(breaker.may_ask())

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert let.count(True) == 1


def asked_by_postgres(bank: Town) -> float:
    """Seconds of a question that Elasticsearch could not answer."""
    began = time.monotonic()
    assert not bank.is_asked()
    return time.monotonic() - began


@pytest.mark.elasticsearch
def test_a_node_that_is_frozen_killed_and_full(
    engine: PostgresEngine, own_node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One node through all of it: starting one is what costs."""
    monkeypatch.setattr(following, "BATCH", 3)
    bank = town(engine, own_node)
    assert bank.is_asked()
    _frozen(bank, own_node)
    _killed_while_indexing(bank, own_node)
    _killed_while_searching(bank, own_node)
    _without_room(bank, own_node)


def _frozen(bank: Town, node: Node) -> None:
    """Slower than it may be: each of the first questions waits so long and is answered; the next do not
    wait.
    """
    bank = _impatient(bank, node)
    node.signal(signal.SIGSTOP)
    waited = [asked_by_postgres(bank) for _ in range(8)]
    assert all(SLOW <= one < SLOW + 1.5 for one in waited[:3]), waited
    assert len(bank.reader.tried) == 3
    node.signal(signal.SIGCONT)
    _comes_back(bank)


def _impatient(bank: Town, node: Node) -> Town:
    """Its questions are given the time that a teacher's are."""
    reader = replace(bank.reader, client=node.client(SLOW), tried=[], answered=[], troubles=[])
    return replace(bank, reader=reader, engine=replace(bank.engine, reader=reader))


def _comes_back(bank: Town) -> None:
    """By itself, when its pause is over."""
    for _ in range(20):
        bank.now += 60
        if bank.is_asked():
            return
        time.sleep(0.3)
    raise AssertionError(bank.reader.troubles[-1])


def _killed_while_indexing(bank: Town, node: Node) -> None:
    killed: list[int] = []

    def source(uuids: Sequence[uuid.UUID]) -> Iterable[Document]:
        if len(killed) == 1:
            node.kill()
        killed.append(1)
        return bank.follower.source(uuids)

    bank.put(*practices(20))
    gone = next(iter(bank.standing.values()))
    bank.withdraw(gone)
    with pytest.raises(NoConnection):
        replace(bank.follower, source=source).follow()
    assert gone.uuid not in bank.found()
    assert not bank.is_asked()
    node.start()
    bank.follower.follow()
    _comes_back(bank)
    assert bank.follower.reconcile()[1:] == (0, 0, 0)


def _killed_while_searching(bank: Town, node: Node) -> None:
    """Questions go on all the time; none of them is wrong."""
    killer = threading.Timer(0.5, node.kill)
    killer.start()
    ends, asked = time.monotonic() + 2, 0
    while time.monotonic() < ends:
        assert bank.found() == set(bank.standing)
        asked += 1
    killer.join()
    assert asked > 20
    assert bank.reader.troubles
    assert not bank.is_asked()
    node.start()
    _comes_back(bank)


def _without_room(bank: Town, node: Node) -> None:
    """The disk is fuller than it may be: the node itself shuts its indices to writers."""
    client = node.client()
    client.cluster.put_settings(persistent=NO_ROOM)
    _until(client, bank, is_shut=True)
    bank.put(NEW)
    with pytest.raises(NotTaken):
        bank.follower.follow()
    assert NEW.uuid in bank.found()
    assert not bank.is_asked()
    client.cluster.put_settings(persistent=dict.fromkeys(NO_ROOM))
    client.indices.put_settings(
        index=bank.reader.alias, settings={"index.blocks.read_only_allow_delete": None}
    )
    bank.follower.follow()
    assert bank.is_asked()


def _until(client: Elasticsearch, bank: Town, *, is_shut: bool) -> None:
    for _ in range(120):
        [settings] = client.indices.get_settings(index=bank.reader.alias, flat_settings=True).values()
        if ("index.blocks.read_only_allow_delete" in settings["settings"]) == is_shut:
            return
        time.sleep(0.25)
    raise AssertionError("the node has not seen its disk")
