"""Three nodes under load, and one of them is lost: no answer is wrong, none fails."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from elasticsearch import ApiError, Elasticsearch, TransportError

from portal.search.elastic.following import Mended
from portal.search.elastic.node import Indices, NotTaken
from portal.search.engine import Query
from portal.search.postgres import PostgresEngine
from tests.search.documents import document
from tests.search.elastic_node import Node, cluster, older, release
from tests.search.two_engines import Asked, Town, town

pytestmark = pytest.mark.elasticsearch
SLOW = 0.3
BEFORE, AFTER = 60, 150
"""Questions."""


@pytest.fixture
def nodes() -> Iterator[list[Node]]:
    with cluster(Node) as three:
        yield three


def with_copies(bank: Town, nodes: list[Node]) -> Town:
    """A copy on every node; its questions know all addresses, and have the time of a teacher's."""
    client = Elasticsearch([node.url for node in nodes], request_timeout=SLOW, max_retries=0)
    follower = replace(bank.follower, indices=Indices(client, bank.follower.indices.name, replicas=2))
    follower.rebuild()
    client.options(request_timeout=60).cluster.health(wait_for_status="green", timeout="60s")
    for _ in range(9):  # a node that was just started takes its time
        bank.reader.search(Query("наставник"))
    reader = Asked(bank.reader.postgres, client, bank.reader.alias)
    return replace(
        bank, reader=reader, follower=follower, client=client, engine=replace(bank.engine, reader=reader)
    )


def test_one_of_three_is_lost_under_load(engine: PostgresEngine, nodes: list[Node]) -> None:
    """Whether it was the one that led or that held the first copy. Publishing goes on too."""
    bank = with_copies(town(engine, nodes[0]), nodes)
    for _ in range(BEFORE):
        assert bank.found() == set(bank.standing)
    lost = _holder_of_first_copy(bank, nodes)
    killer = threading.Timer(0.3, lost.kill)
    killer.start()
    for _ in range(AFTER):
        bank.now += 1  # the pause of the breaker goes by with the questions
        assert bank.found() == set(bank.standing)
    killer.join()
    answered = len(bank.reader.answered)
    assert answered, bank.reader.troubles
    new = document("наставник и кинопанорама", title=f"Новая {uuid.uuid4().hex[:4]}")
    bank.put(new)
    _follow_as_the_job_does(bank)
    for _ in range(20):
        bank.now += 60
        assert new.uuid in bank.found()
    assert len(bank.reader.answered) > answered, bank.reader.troubles[-1:]
    assert bank.reader.troubles, "the lost node was never asked"


OLDER = "8.19.0"


def test_node_by_node_it_is_upgraded_under_load(engine: PostgresEngine) -> None:
    """As deploy.md tells: each after the cluster is green again. Meanwhile people ask and publish."""
    with cluster(partial(Node, made=older(OLDER))) as nodes, ThreadPoolExecutor(1) as pool:
        bank = with_copies(town(engine, nodes[0]), nodes)
        for place, one in enumerate(nodes):
            assert _releases(bank)[one.settings[0].removeprefix("node.name=")] == OLDER
            new = document("наставник и кинопанорама", title=f"Новая {place}")
            upgraded = pool.submit(one.upgrade)
            bank.put(new)
            while not upgraded.done():
                bank.now += 1
                assert bank.found() == set(bank.standing)
            upgraded.result()
            _follow_as_the_job_does(bank)
            patient = bank.client.options(request_timeout=70)
            assert not patient.cluster.health(wait_for_status="green", timeout="60s")["timed_out"]
        assert set(_releases(bank).values()) == {release()}
        bank.now += 60
        answered = len(bank.reader.answered)
        for _ in range(20):
            bank.now += 60
            assert bank.found() == set(bank.standing)
        assert len(bank.reader.answered) > answered, bank.reader.troubles[-1:]
        assert bank.follower.reconcile() == Mended(len(bank.standing), 0, 0, 0), "nothing was lost on the way"


def _releases(bank: Town) -> dict[str, str]:
    nodes = bank.client.options(request_timeout=30).nodes.info()["nodes"]
    return {one["name"]: one["version"] for one in nodes.values()}


def _follow_as_the_job_does(bank: Town) -> None:
    """Again in a moment, if the nodes are still choosing who leads."""
    for _ in range(20):
        try:
            bank.follower.follow()
        except (ApiError, TransportError, NotTaken):
            time.sleep(1)
        else:
            return
    raise AssertionError("two nodes of three take nothing")


def _holder_of_first_copy(bank: Town, nodes: list[Node]) -> Node:
    client = bank.client.options(request_timeout=30)
    state = client.cluster.state(metric=["routing_table", "nodes"])
    [index] = bank.follower.indices.targets
    [copies] = state["routing_table"]["indices"][index]["shards"].values()
    first = next(copy["node"] for copy in copies if copy["primary"])
    return nodes[int(state["nodes"][first]["name"].removeprefix("n"))]
