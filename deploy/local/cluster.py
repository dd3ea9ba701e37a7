"""One PostgreSQL server of our own: made, started, checked and stopped; survives `kill -9` and half-made
folders.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from deploy.local.common import CannotGoOn, say
from deploy.local.service_user import Runner, embedded_binaries, place_for, runner

HOST = "127.0.0.1"
FAST = (
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "wal_level = minimal",
    "max_wal_senders = 0",
)
"""For tests only: a power cut would lose everything, and nothing there is worth keeping."""


@dataclass(frozen=True)
class Server:
    """A running server. `started` says whether this call has started it."""

    host: str
    port: int
    superuser_dsn: str
    started: bool


class Cluster:
    """A server with its folder: `data/` (the runner's), `secret.json` (ours, mode 600), `lock`."""

    def __init__(
        self, name: str, *, fast: bool = False, binaries: Path | None = None, place: Path | None = None
    ) -> None:
        self.runner: Runner = runner()
        self.place = place or place_for(name, self.runner)
        self.fast = fast
        self.data = self.place / "data"
        self.log = self.data / "server.log"
        self.kept = self.place / "keep"  # was started by hand (`make db`): the demo does not stop it
        self.binaries = binaries or embedded_binaries(self.place, self.runner)

    # ── What a caller needs ─────────────────────────────────────────────────────────────────────────
    def ensure_running(self) -> Server:
        """Make, start or find the server; several callers at once wait for each other. Raises CannotGoOn."""
        with self._alone():
            self._clear_half_made()
            if not self.data.exists():
                self._make()
            self._refuse_other_version()
            return self._found() or self._started()

    def stop(self) -> bool:
        """Stop it if it runs; says whether it ran."""
        with self._alone():
            if not self.is_running():
                return False
            done = self._program("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", "300", "stop")
            if done.returncode:
                raise CannotGoOn(f"PostgreSQL не остановился: {done.stderr.strip() or done.stdout.strip()}")
            return True

    def is_running(self) -> bool:
        """Whether the process of the pid file lives and stands in our data folder (a pid alone may be
        anybody's).
        """
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return False
        return pid in self._residents()

    def superuser_dsn(self) -> str:
        """Address of the superuser; its password is known to this folder's owner only."""
        secret = self._secret()
        return f"postgresql://postgres:{secret['password']}@{HOST}:{secret['port']}/postgres"

    # ── Making ──────────────────────────────────────────────────────────────────────────────────────
    def _make(self) -> None:
        """Made under another name and renamed at the end: a folder named `data` is always a whole one."""
        say("Создаю базу данных PostgreSQL…")
        making, password = self.place / "data.making", secrets.token_urlsafe(24)
        making.mkdir(mode=0o700)
        self.runner.take(making)
        self._initdb(making, password)
        with (making / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude = 'estafeta.conf'\n")
        self._keep({"password": password, "port": free_port()})
        making.rename(self.data)

    def _initdb(self, making: Path, password: str) -> None:
        password_file = self.place / "password.once"
        password_file.touch(mode=0o600)
        password_file.write_text(password)
        self.runner.take(password_file)
        try:
            done = self._program(
                "initdb", "-D", str(making), *self._initdb_options(), f"--pwfile={password_file}"
            )
        finally:
            password_file.unlink()
        if done.returncode:
            shutil.rmtree(making, ignore_errors=True)
            raise CannotGoOn(f"Не удалось создать базу данных в {self.place}: {done.stderr.strip()[-800:]}")

    def _initdb_options(self) -> list[str]:
        """Cyrillic needs lc_ctype C.UTF-8 whatever the machine's locale is; the builtin provider exists from
        17 on.
        """
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.major() >= 17 else []
        return [
            "--username=postgres",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *provider,
            "--locale=C.UTF-8",
            "--lc-messages=C",
            "--text-search-config=russian",
            *(["--no-sync"] if self.fast else []),
        ]

    def major(self) -> int:
        """Major version of the programs."""
        out = self._program("postgres", "--version").stdout
        found = re.search(r"(\d+)", out)
        if not found:
            raise CannotGoOn(
                f"Программа {self.binaries}/postgres не запускается. Пересоздайте окружение: rm -rf .venv "
                "&& make env"
            )
        return int(found.group(1))

    def _clear_half_made(self) -> None:
        if (self.place / "data.making").exists():
            say("Прошлый раз создание базы прервали на середине; начинаю заново.")
            shutil.rmtree(self.place / "data.making")
        whole = (
            all(
                (self.data / name).exists() for name in ("PG_VERSION", "global/pg_control", "postgresql.conf")
            )
            and self._has_secret()
        )
        if self.data.exists() and not whole:
            aside = self.place / f"data.broken-{int(time.time())}"
            for pid in self._residents():
                os.kill(pid, signal.SIGKILL)
            self.data.rename(aside)
            say(
                f"Папка базы данных повреждена (в ней нет нужных файлов). Отложил её в {aside} и делаю новую."
            )

    def _refuse_other_version(self) -> None:
        made_by = int((self.data / "PG_VERSION").read_text())
        if made_by != self.major():
            raise CannotGoOn(
                f"База в {self.data} создана PostgreSQL {made_by}, а в окружении PostgreSQL {self.major()}. "
                "Демонстрационные данные можно удалить: make clean"
            )

    def _found(self) -> Server | None:
        """The server that runs already; None if there is none, or if it was just dying when we looked."""
        return self._checked(started=False) if self.is_running() else None

    def _started(self) -> Server:
        self._start()
        server = self._checked(started=True)
        if server is None:
            raise CannotGoOn(
                f"PostgreSQL запустился и сразу остановился. Последние строки {self.log}:\n{self._tail()}"
            )
        return server

    # ── Starting ────────────────────────────────────────────────────────────────────────────────────
    def _start(self) -> None:
        self._quit_stragglers()
        if not port_is_free(self._secret()["port"]):
            self._keep(self._secret() | {"port": free_port()})
        self._configure()
        if self.log.exists() and self.log.stat().st_size > 5 * 2**20:
            self.log.unlink()
        command = [
            str(self.binaries / "pg_ctl"),
            "-D",
            str(self.data),
            "-w",
            "-t",
            "60",
            "-l",
            str(self.log),
            "start",
        ]
        done = self.runner.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if done.returncode:
            raise CannotGoOn(f"PostgreSQL не запустился. Последние строки {self.log}:\n{self._tail()}")

    def _configure(self) -> None:
        lines = [
            "listen_addresses = '127.0.0.1'",
            "unix_socket_directories = ''",
            f"port = {self._secret()['port']}",
            "max_connections = 100",
            "shared_buffers = 256MB",
            "max_locks_per_transaction = 1024",
            "recovery_init_sync_method = syncfs",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
            *(FAST if self.fast else ()),
        ]
        conf = self.data / "estafeta.conf"
        conf.write_text("\n".join(lines) + "\n")
        self.runner.take(conf)

    def _quit_stragglers(self) -> None:
        """After kill -9 of the server its busy processes hold the shared memory until their query ends: ask
        them to go.
        """
        for attempt in range(100):
            left = self._residents()
            if not left:
                # The killed server may stay a zombie where nobody collects it (containers), and PostgreSQL
                # would take it for alive.
                (self.data / "postmaster.pid").unlink(missing_ok=True)
                return
            for pid in left:
                _send(pid, signal.SIGQUIT if attempt < 50 else signal.SIGKILL)
            time.sleep(0.1)
        raise CannotGoOn(
            f"От прошлого запуска остались процессы PostgreSQL, и они не уходят: {sorted(self._residents())}"
        )

    def _residents(self) -> set[int]:
        """Processes whose working folder is our data folder: the server and its children, nobody else."""
        try:
            home = self.data.stat()
        except OSError:
            return set()
        return {pid for pid in _processes() if _stands_in(pid, home)}

    def _checked(self, started: bool) -> Server | None:
        """Connect and make sure that it is our server: a port may belong to another clone's one. None if it
        has gone.
        """
        dsn, place = self.superuser_dsn(), self._answer(self.superuser_dsn())
        if place is None:
            return None
        if not os.path.samefile(place, self.data):
            raise CannotGoOn(f"На порту {self._secret()['port']} отвечает чужой PostgreSQL ({place}).")
        return Server(HOST, int(self._secret()["port"]), dsn, started)

    def _answer(self, dsn: str) -> str | None:
        """Where the answering server keeps its data; waits while ours is coming up, at most a minute (after a
        crash it recovers first).
        """
        until, why = time.monotonic() + 60, ""
        while time.monotonic() < until:
            try:
                with psycopg.connect(dsn, connect_timeout=5, autocommit=True) as connection:
                    return str(connection.execute("SHOW data_directory").fetchall()[0][0])
            except psycopg.OperationalError as error:
                why = str(error)
            if not self.is_running():
                return None
            if "password" in why:
                break
            time.sleep(0.1)
        raise CannotGoOn(
            f"PostgreSQL запущен, но не отвечает: {why}. Последние строки журнала:\n{self._tail()}"
        )

    # ── Small things ────────────────────────────────────────────────────────────────────────────────
    def _program(self, name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return self.runner.run(
            [str(self.binaries / name), *arguments], capture_output=True, stdin=subprocess.DEVNULL
        )

    def _secret(self) -> dict[str, int | str]:
        kept: dict[str, int | str] = json.loads((self.place / "secret.json").read_text())
        return kept

    def _has_secret(self) -> bool:
        try:
            return {"password", "port"} <= self._secret().keys()
        except (OSError, ValueError):
            return False

    def _keep(self, secret: dict[str, int | str]) -> None:
        made = self.place / "secret.making"
        made.touch(mode=0o600)
        made.write_text(json.dumps(secret))
        made.rename(self.place / "secret.json")

    def _tail(self) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])
        except OSError:
            return "(журнала нет)"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.place / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def port_is_free(port: int | str) -> bool:
    """Whether one could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except OSError:
            return False
        return True


def hold_port(port: int | str) -> socket.socket | None:
    """Keeps the port for a server of ours that starts later, and for no other; None when it is taken.

    The web server shares its port (SO_REUSEPORT), so without this two demos that start at once would answer
    at one address by turns.
    """
    held = socket.socket()
    try:
        held.bind((HOST, int(port)))
    except OSError:
        if not port_is_free(port):
            held.close()
            return None
        # connections of the last run are still fading
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((HOST, int(port)))
    # only after the binding: ours may join, another's may not
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    return held


def _processes() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _stands_in(pid: int, home: os.stat_result) -> bool:
    """Compared by device and inode: a path may look different inside a chroot."""
    try:
        there = os.stat(f"/proc/{pid}/cwd")
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (home.st_dev, home.st_ino)


def _send(pid: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # gone by itself is what we want
        os.kill(pid, what)
