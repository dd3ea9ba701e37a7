"""What `docs/deploy.md` (section 5) says of security and of keeping, on a real node that is set up by it."""

from __future__ import annotations

import json
import re
import socket
import ssl
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import ApiError, AuthenticationException, AuthorizationException, Elasticsearch
from elasticsearch import ConnectionError as NotReached

from portal.search.elastic import second
from portal.search.elastic.following import Mended
from portal.search.postgres import PostgresEngine
from tests.database import ROOT
from tests.search.documents import document
from tests.search.elastic_node import cluster, new_home
from tests.search.secure_node import AMONG_NODES, ON, SecureNode, secure_node, sign
from tests.search.two_engines import Town, town_by

pytestmark = pytest.mark.elasticsearch
DEPLOY = (ROOT / "docs" / "deploy.md").read_text()
USER = ("estafeta", "of the portal")
SLOW = 10


def told(after: str) -> Any:
    """The JSON that deploy.md shows after these words."""
    return json.JSONDecoder().raw_decode(DEPLOY, DEPLOY.index("{", DEPLOY.index(after)))[0]


@pytest.fixture(scope="module")
def secure() -> Iterator[SecureNode]:
    """As deploy.md sets it up: its role and its user by its calls, its rule of which indices make
    themselves.
    """
    rule = re.findall(r'action\.auto_create_index: "(.+)"', DEPLOY)[0]
    with secure_node(f"action.auto_create_index={rule}") as node:
        admit(node.client())
        yield node


def admit(operator: Elasticsearch) -> None:
    """The calls of deploy.md, with a password; three nodes that have just met take none yet."""
    operator.options(request_timeout=70).cluster.health(wait_for_status="yellow", timeout="60s")
    sends = {"content-type": "application/json", "accept": "application/json"}
    for call, more in (("/_security/role/estafeta", {}), ("/_security/user/estafeta", {"password": USER[1]})):
        made = operator.perform_request("PUT", call, headers=sends, body=told(f"PUT {call}") | more)
        assert "created" in str(made.body), made.body


@pytest.fixture
def by_settings(secure: SecureNode, settings: Any) -> Iterator[Callable[..., Elasticsearch]]:
    """The client of an installation whose settings say so."""

    def client(**more: Any) -> Elasticsearch:
        settings.ELASTICSEARCH = {
            **settings.ELASTICSEARCH,
            "urls": [secure.url],
            "user": USER[0],
            "password": USER[1],
            "authority": str(secure.authority),
            "slow_ms": SLOW * 1000,
            **more,
        }
        second.client.cache_clear()
        return second.client()

    yield client
    second.client.cache_clear()


@pytest.fixture
def bank(engine: PostgresEngine, by_settings: Callable[..., Elasticsearch]) -> Iterator[Town]:
    made = town_by(engine, by_settings(), f"estafeta-{uuid.uuid4().hex}")
    yield made
    made.forget()


def test_the_user_of_the_portal_may_all_that_the_portal_does(bank: Town, secure: SecureNode) -> None:
    """Built, asked, followed, built anew aside, compared by night, mended: by no right but those of the
    role.
    """
    assert bank.is_asked()
    new = document("наставник и кинопанорама")
    bank.put(new)
    bank.follower.follow()
    bank.withdraw(next(one for one in bank.standing.values() if one != new))
    bank.follower.follow()
    assert bank.is_asked()
    assert bank.follower.rebuild() == len(bank.standing)
    lost = next(iter(bank.standing))
    secure.client().delete(index=bank.follower.indices.name, id=str(lost), refresh=True)
    assert bank.follower.reconcile() == Mended(len(bank.standing), 1, 0, 0)
    assert bank.is_asked()
    assert bank.reader.troubles == []
    assert new.uuid in bank.found("кинопанорама")


def test_and_nothing_else(bank: Town, secure: SecureNode) -> None:
    """Neither other indices nor the cluster, its users, its copies."""
    operator, portal = secure.client(), bank.client
    operator.index(index="of-others", id="1", document={"a": 1}, refresh=True)
    forbidden: tuple[Callable[[], object], ...] = (
        lambda: portal.search(index="of-others"),
        lambda: portal.get(index="of-others", id="1"),
        lambda: portal.index(index="of-others", id="2", document={"a": 1}),
        lambda: portal.indices.create(index="other"),
        lambda: portal.indices.delete(index="of-others"),
        lambda: portal.indices.update_aliases(
            actions=[{"add": {"index": "of-others", "alias": "estafeta-practices"}}]
        ),
        lambda: portal.cluster.put_settings(persistent={"indices.recovery.max_bytes_per_sec": "1mb"}),
        lambda: portal.cluster.health(),
        lambda: portal.security.get_user(),
        lambda: portal.security.put_user(username="mallory", password="mallory", roles=["superuser"]),
        lambda: portal.snapshot.create_repository(
            name="theirs", repository={"type": "fs", "settings": {"location": "theirs"}}
        ),
    )
    for act in forbidden:
        with pytest.raises(AuthorizationException):
            act()
    assert portal.search(index="*")["hits"]["total"]["value"] == len(bank.standing), "what it may not is not"


def test_no_index_of_ours_makes_itself(bank: Town, secure: SecureNode) -> None:
    """It would have no mapping."""
    with pytest.raises(ApiError, match=r"auto_create_index|no such index"):
        bank.client.index(index="estafeta-made-by-itself", document={"a": 1})
    secure.client().index(index="made-by-itself", document={"a": 1})


@pytest.mark.parametrize(
    ("given", "raises"),
    [
        ({"password": "another"}, AuthenticationException),
        ({"user": "", "password": ""}, AuthenticationException),
        ({"authority": ""}, NotReached),
        ({"authority": "of another"}, NotReached),
        ({"urls": "http"}, NotReached),
    ],
    ids=["password", "nobody", "no authority", "another authority", "not by TLS"],
)
def test_whom_the_node_does_not_let_in_postgresql_answers(
    given: dict[str, Any],
    raises: type[Exception],
    bank: Town,
    secure: SecureNode,
    by_settings: Callable[..., Elasticsearch],
    caplog: pytest.LogCaptureFixture,
) -> None:
    if given.get("authority"):
        folder = new_home()
        sign(folder)
        given = {"authority": str(folder / "authority.pem")}
    if "urls" in given:
        given = {"urls": [secure.url.replace("https", "http")], "authority": ""}
    stranger = by_settings(**given)
    with pytest.raises(raises):
        stranger.search(index=bank.reader.alias)
    object.__setattr__(bank.reader, "client", stranger)
    answered = len(bank.reader.answered)
    for _ in range(5):
        assert bank.found() == set(bank.standing)
    assert [isinstance(one, raises) for one in bank.reader.troubles] == [True] * 3, "then it is left in peace"
    assert len(bank.reader.answered) == answered
    [line] = [one for one in caplog.records if one.name == "estafeta.search"]
    assert (line.levelname, line.why) == ("ERROR", repr(bank.reader.troubles[-1])[:300])  # type: ignore[attr-defined]
    assert USER[1] not in line.why  # type: ignore[attr-defined]


def test_a_snapshot_and_its_restore(bank: Town, secure: SecureNode) -> None:
    """The operator's; the portal goes on with it, and what it lacks is found by the comparison of the
    night.
    """
    operator, name = secure.client(), bank.follower.indices.name
    operator.snapshot.create_repository(name="backup", repository=told("PUT /_snapshot/backup\n"))
    taken = told("PUT /_snapshot/backup/")
    kept = operator.snapshot.create(
        repository="backup", snapshot=f"of-{name}", wait_for_completion=True, **taken
    )
    assert (kept["snapshot"]["state"], kept["snapshot"]["shards"]["failed"]) == ("SUCCESS", 0)
    later = document("наставник и кинопанорама")
    bank.put(later)
    bank.follower.follow()
    gone = next(one for one in bank.standing.values() if one != later)
    bank.withdraw(gone)
    bank.follower.follow()
    index = bank.follower.indices.behind(name)
    assert index
    operator.indices.delete(index=index)
    assert bank.found() == set(bank.standing), "PostgreSQL answers meanwhile"
    back = operator.snapshot.restore(
        repository="backup", snapshot=f"of-{name}", indices=f"{name}-*", wait_for_completion=True
    )
    assert back["snapshot"]["shards"]["failed"] == 0
    bank.now += 60
    assert bank.reader.client.count(index=name)["count"] == len(bank.standing), "one is too old, one is gone"
    assert bank.follower.reconcile() == Mended(len(bank.standing), 1, 0, 1)
    assert bank.is_asked()
    assert later.uuid in bank.found("кинопанорама")
    assert gone.uuid not in bank.found()
    assert bank.follower.rebuild() == len(bank.standing), "as deploy.md tells to do after a restore"
    assert bank.is_asked()


def test_nodes_of_a_cluster_speak_by_tls_too(engine: PostgresEngine) -> None:
    """By the lines of deploy.md; the portal's user makes copies on each, and the loss of one is not seen."""
    papers = new_home()
    sign(papers)
    told_lines = re.findall(rf"(?m)^({re.escape(AMONG_NODES)}\w+): (.+)$", DEPLOY)
    among = [f"{name}={value}" for name, value in told_lines]
    assert len(among) == 5

    def node(home: Path, port: int, own: tuple[str, ...]) -> SecureNode:
        return SecureNode(home, port, (*own, *ON, *among), signed=papers)

    with cluster(node) as nodes:
        admit(nodes[0].client())
        client = Elasticsearch(
            [one.url for one in nodes],
            request_timeout=SLOW,
            max_retries=0,
            basic_auth=USER,
            ca_certs=str(nodes[0].authority),
        )
        bank = town_by(engine, client, f"estafeta-{uuid.uuid4().hex}")
        replace(bank.follower, indices=replace(bank.follower.indices, replicas=2)).rebuild()
        health = nodes[0].client(70).cluster.health(wait_for_status="green", timeout="60s")
        assert (health["timed_out"], health["number_of_nodes"]) == (False, 3)
        assert bank.is_asked()
        for one in nodes:
            _is_signed(int(one.settings[1].removeprefix("transport.port=")), nodes[0].authority)
        nodes[1].kill()
        for _ in range(20):
            bank.now += 60
            assert bank.found() == set(bank.standing)


def _is_signed(port: int, authority: Path) -> None:
    """Raises SSLError."""
    trusted = ssl.create_default_context(cafile=str(authority))
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        trusted.wrap_socket(plain, server_hostname="127.0.0.1") as safe,
    ):
        assert safe.version() == "TLSv1.3"
