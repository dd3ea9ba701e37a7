"""`make demo`: a living city. Database, migrations, seeding, web server and workers; Ctrl-C stops all that it
started.

Variables: PORT (else 8000 or the next free one); DATABASE_URL and DATABASE_OWNER_URL (then nothing embedded
is used).
"""

import fcntl
import json
import os
import secrets
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from types import FrameType

from deploy.bootstrap import Passwords, Unfit
from deploy.local.children import Child, clear_leftovers, refuse_dead, run, spawn, stop
from deploy.local.cluster import HOST, hold_port
from deploy.local.common import LOCAL, ROOT, CannotGoOn, complain, say
from deploy.local.demo_database import DemoDatabase
from deploy.local.postgres import cluster

MANAGE = [sys.executable, str(ROOT / "manage.py")]
OWNERS_ADDRESS = "DATABASE_OWNER_URL"
PORTS = range(8000, 8020)


class Stopped(BaseException):
    """Ctrl-C, SIGTERM or a closed terminal."""


def main() -> int:
    """Live until told to stop. The exit code is 0 then, and 1 if something fell by itself."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stopped)
    try:
        with _only_one():
            try:
                _live()
            finally:
                clear_leftovers()
    except Stopped:
        say("Всё остановлено. Данные сохранены: следующий запуск продолжит с них.")
    except (CannotGoOn, Unfit) as error:
        return complain(error if isinstance(error, CannotGoOn) else CannotGoOn(str(error)))
    return 0


def _stopped(number: int, frame: FrameType | None) -> None:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)  # a second Ctrl-C must not leave the database running
    say("\nОстанавливаю…")
    raise Stopped


def _live() -> None:
    began = time.monotonic()
    if clear_leftovers():
        say("Прошлый запуск оборвался; убрал оставшиеся от него процессы.")
    with closing(_held_port()) as held, _database(_url(held)) as (env, people):
        port = held.getsockname()[1]
        _serve(
            env,
            port,
            lambda: (
                f"\n{people.rstrip()}\n\nЭстафета работает: {env['PORTAL_URL']}/   (запуск занял "
                f"{time.monotonic() - began:.0f} с)"
            ),
        )


def _serve(env: dict[str, str], port: int, greeting: Callable[[], str]) -> None:
    """The web server first, so that the address answers soonest; then the workers. Raises CannotGoOn when one
    of them falls.
    """
    children: list[Child] = []
    try:
        children.append(_web(env, port))
        _wait_until_alive(env["PORTAL_URL"], children)
        children += _workers(env)
        _note_address(env["PORTAL_URL"])
        say(f"{greeting()}\nОстановить: Ctrl-C")
        while True:
            refuse_dead(children)
            time.sleep(0.5)
    finally:
        stop(children)


# ── Where it lives ──────────────────────────────────────────────────────────────────────────────────
@contextmanager
def _database(url: str) -> Iterator[tuple[dict[str, str], str]]:
    """The environment with an up-to-date database, and its people: a given one, or the embedded one, which is
    stopped at the end. Letters of the city lead to `url`.
    """
    if os.environ.get("DATABASE_URL"):
        if not os.environ.get(OWNERS_ADDRESS):
            raise CannotGoOn(
                f"Задана DATABASE_URL, но не задана {OWNERS_ADDRESS}: таблицы создаёт владелец базы. Как их "
                "завести: docs/deploy.md"
            )
        env = _environment() | {"PORTAL_URL": url}
        _manage(env, "migrate_all")
        _manage(env, "rebuild_index", "--if-old")
        _manage(env, "demo")
        yield env, _manage(env, "demo", "--people")
        return
    embedded = cluster()
    try:
        database = DemoDatabase(embedded)
        dsns = database.prepare(Passwords(*_kept("passwords", 2)))
        env = _environment() | {"PORTAL_URL": url, "DATABASE_URL": dsns.app, OWNERS_ADDRESS: dsns.owner}
        yield env, database.update(partial(_manage, env))
    finally:
        if not embedded.kept.exists():
            embedded.stop()


def _environment() -> dict[str, str]:
    """Our own environment with what the demo needs and the person has not said."""
    usual = {
        "DEMO": "1",
        "STATIC_PLAIN": "1",
        "SECRET_KEY": _kept("secret-key", 1)[0],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
    }
    return usual | dict(os.environ)


def _kept(name: str, count: int) -> list[str]:
    """Secrets made once for this machine, mode 600."""
    file = LOCAL / name
    if not file.exists():
        LOCAL.mkdir(exist_ok=True)
        making = file.with_suffix(".making")
        making.touch(mode=0o600)
        making.write_text(json.dumps([secrets.token_urlsafe(48) for _ in range(count)]))
        making.rename(file)
    values: list[str] = json.loads(file.read_text())
    return values


@contextmanager
def _only_one() -> Iterator[None]:
    """One demo for one folder; the lock goes with the process, however it ends."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotGoOn(
                f"Демо-город из этой папки уже запущен: {lock.read().strip() or 'он ещё поднимается'}"
            ) from None
        lock.truncate(0)
        yield


def _note_address(url: str) -> None:
    """For the one who tries to start a second demo."""
    with (LOCAL / "demo.lock").open("r+") as lock:
        lock.write(f"{url}/ (процесс {os.getpid()})")


def _url(held: socket.socket) -> str:
    return f"http://{HOST}:{held.getsockname()[1]}"


def _held_port() -> socket.socket:
    """The port is ours from here on: seeding may take minutes, and another demo may start meanwhile."""
    asked = os.environ.get("PORT", "")
    if asked:
        if not asked.isdigit() or not 0 < int(asked) < 65536:
            raise CannotGoOn(f"PORT={asked}: ожидается число от 1 до 65535.")
        if (held := hold_port(asked)) is None:
            raise CannotGoOn(f"Порт {asked} занят другой программой. Выберите другой: PORT=8123 make demo")
        return held
    held = next((found for found in map(hold_port, PORTS) if found), None)
    if held is None:
        raise CannotGoOn(f"Порты {PORTS[0]}–{PORTS[-1]} заняты. Укажите свободный: PORT=8123 make demo")
    if (port := held.getsockname()[1]) != PORTS[0]:
        say(f"Порт {PORTS[0]} занят другой программой; беру {port}.")
    return held


# ── What is done ────────────────────────────────────────────────────────────────────────────────────
def _manage(env: dict[str, str], *arguments: str) -> str:
    """One command of the portal. Raises CannotGoOn."""
    done = run([*MANAGE, *arguments], env, quiet="--people" in arguments)
    if done.returncode:
        raise CannotGoOn(
            f"Не удалось: manage.py {' '.join(arguments)} (сообщение выше). Начать с пустого места: make "
            "clean && make demo"
        )
    return done.stdout or ""


def _web(env: dict[str, str], port: int) -> Child:
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        HOST,
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        env.get("SERVER_THREADS", "64"),
        "--http1-header-read-timeout",
        "15000",
        "--no-ws",
        "--log-level",
        "warning",
        "config.wsgi:application",
    ]
    return spawn("web", "веб-сервер", command, _without_owner(env))


def _workers(env: dict[str, str]) -> list[Child]:
    return [
        spawn("worker", "фоновый исполнитель", [*MANAGE, "worker"], _without_owner(env)),
        spawn("worker-owner", "исполнитель открытия школ", [*MANAGE, "worker", "--owner"], env),
    ]


def _without_owner(env: dict[str, str]) -> dict[str, str]:
    """Only the opening worker knows the owner's address."""
    return {key: value for key, value in env.items() if key != OWNERS_ADDRESS}


def _wait_until_alive(url: str, children: list[Child]) -> None:
    """The address is shown when it answers. Raises CannotGoOn after a minute."""
    until = time.monotonic() + 60
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < until:
        refuse_dead(children)
        try:
            with direct.open(f"{url}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise CannotGoOn(f"Веб-сервер не ответил за минуту. Его последние строки:\n{children[0].tail()}")


if __name__ == "__main__":
    sys.exit(main())
