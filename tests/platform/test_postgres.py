"""The embedded server of `make demo`: what a newcomer's machine may do to it, and what must be left
afterwards.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.local.cluster import HOST, Cluster, free_port, hold_port, port_is_free
from deploy.local.common import CannotGoOn
from deploy.local.suite import throwaway


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with throwaway(fast=False) as cluster:  # as the demo's: a committed row is on the disk
        cluster.ensure_running()
        yield cluster


def _ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(cluster.superuser_dsn(), autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
        assert row is not None
        return row[0]


def _postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_found_again_and_not_started_twice(server: Cluster) -> None:
    pid = _postmaster(server)
    again = server.ensure_running()
    assert not again.started
    assert _postmaster(server) == pid


def test_nobody_enters_without_the_password(server: Cluster) -> None:
    stranger = f"postgresql://postgres@{HOST}:{server.ensure_running().port}/postgres"
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(stranger)
    assert (server.place / "secret.json").stat().st_mode & 0o077 == 0


def test_russian_letters_are_letters(server: Cluster) -> None:
    assert _ask(server, "SELECT upper('ёж') || lower('ЁЖ')") == "ЁЖёж"


def test_data_survive_kill_9_while_a_query_runs(server: Cluster) -> None:
    server.ensure_running()
    with psycopg.connect(server.superuser_dsn(), autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS kept")
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 200) AS x")
    busy = (
        "import psycopg, sys; psycopg.connect(sys.argv[1]).execute('SELECT count(*) FROM generate_series(1, "
        "2000000000)')"
    )
    asking = subprocess.Popen([sys.executable, "-c", busy, server.superuser_dsn()], stderr=subprocess.DEVNULL)
    try:
        _wait_for_busy(server)
        os.kill(_postmaster(server), signal.SIGKILL)
        assert server.ensure_running().started
        assert _ask(server, "SELECT count(*) FROM kept") == 200
    finally:
        asking.kill()
        asking.wait()


def _wait_for_busy(server: Cluster) -> None:
    for _ in range(200):
        if _ask(
            server,
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT count(*) "
            "FROM generate%'",
        ):
            return
    raise AssertionError("the busy query has not begun")


def test_a_busy_port_is_exchanged_for_a_free_one(server: Cluster) -> None:
    port = server.ensure_running().port
    server.stop()
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind((HOST, port))
        stranger.listen()
        assert server.ensure_running().port != port
    assert _ask(server, "SELECT 1") == 1


def test_a_pid_file_of_another_process_is_not_believed(server: Cluster) -> None:
    server.ensure_running()
    server.stop()
    pid_file = server.data / "postmaster.pid"
    pid_file.write_text(f"{os.getppid()}\n{server.data}\n")
    server.runner.take(pid_file)
    assert not server.is_running()
    pid_file.unlink()
    assert server.ensure_running().started


def test_half_made_folder_is_made_anew(server: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    server.stop()
    making = server.place / "data.making"
    making.mkdir()
    (making / "PG_VERSION").write_text("18\n")
    server.ensure_running()
    assert not making.exists()
    assert "прервали на середине" in capsys.readouterr().out


def test_damaged_folder_is_put_aside_and_said(server: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    server.ensure_running()
    server.stop()
    (server.data / "global" / "pg_control").unlink()
    server.ensure_running()
    aside = list(server.place.glob("data.broken-*"))
    assert len(aside) == 1
    assert str(aside[0]) in capsys.readouterr().out
    assert _ask(server, "SELECT 1") == 1
    shutil.rmtree(aside[0])


def test_data_of_another_version_are_refused_with_a_sentence(server: Cluster) -> None:
    server.ensure_running()
    server.stop()
    version: Path = server.data / "PG_VERSION"
    was = version.read_text()
    version.write_text("13\n")
    with pytest.raises(CannotGoOn, match="PostgreSQL 13"):
        server.ensure_running()
    version.write_text(was)
    assert server.ensure_running().started


def test_a_port_that_is_held_is_for_our_web_server_only() -> None:
    port = free_port()
    held = hold_port(port)
    assert held is not None
    assert hold_port(port) is None
    assert not port_is_free(port)
    with held, socket.socket() as server:
        for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):  # as granian does
            server.setsockopt(socket.SOL_SOCKET, option, 1)
        server.bind((HOST, port))
        server.listen()
        assert hold_port(port) is None
        socket.create_connection((HOST, port)).close()
    again = hold_port(port)
    assert again is not None
    again.close()
