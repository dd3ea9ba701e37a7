"""`make check`: everything that is looked at without being run. All of it is run, and all that failed is
named at the end. Words after the command narrow it: `make check ARGS="типы слои"`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.bootstrap import Passwords, bootstrap
from deploy.local.common import ROOT, CannotGoOn, complain, say
from deploy.local.postgres import cluster

TESTS_PASSWORDS = Passwords(owner="owner", app="app")
"""Logins belong to the whole server, so they are the same as in tests/database.py."""
PYTHON, TOOLS = sys.executable, Path(sys.executable).parent
CHECKS = (
    ("ошибки (ruff)", ["ruff", "check", "."]),
    ("оформление (ruff)", ["ruff", "format", "--check", "--quiet", "."]),
    ("типы (mypy)", ["mypy"]),
    ("слои (import-linter)", ["lint-imports", "--no-cache"]),
    ("шаблоны (djlint)", ["djlint", "portal", "best_practices", "--lint", "--quiet"]),
    ("стили (stylelint)", ["npm", "run", "--silent", "lint:css"]),
    ("модели без миграций", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    (
        "миграции (migration-linter)",
        [
            PYTHON,
            "manage.py",
            "lintmigrations",
            "--settings=deploy.local.lint_settings",
            "--quiet",
            "ok",
            "ignore",
        ],
    ),
    ("свежесть напечатанного из кода", [PYTHON, "manage.py", "print_docs", "--check"]),
    ("свежесть docs/traceability.md", [PYTHON, "-m", "tests.traceability", "--check"]),
    ("свежесть docs/found.md", [PYTHON, "-m", "tests.found", "--check"]),
)


def main() -> int:
    wanted = tuple(sys.argv[1:])
    checks = [check for check in CHECKS if not wanted or check[0].startswith(wanted)]
    if not checks:
        return complain(CannotGoOn("Таких проверок нет. Есть: " + "; ".join(title for title, _ in CHECKS)))
    try:
        with django_environment() as env:
            failed = [title for title, command in checks if not _passes(title, command, env)]
    except CannotGoOn as error:
        return complain(error)
    if failed:
        return complain(CannotGoOn("Не прошли: " + "; ".join(failed)))
    say("Все проверки кода прошли." if not wanted else "Прошли: " + "; ".join(title for title, _ in checks))
    return 0


def _passes(title: str, command: list[str], env: dict[str, str]) -> bool:
    began = time.monotonic()
    code = subprocess.call(command, cwd=ROOT, env=env)
    say(f"{'✓' if code == 0 else '✗'} {title}  {time.monotonic() - began:.1f} с")
    return code == 0


@contextmanager
def django_environment() -> Iterator[dict[str, str]]:
    """What Django's commands want: an empty database of the tests' server, and a key."""
    asked = cluster(fast=True)
    server = asked.ensure_running()
    try:
        dsns = bootstrap(server.superuser_dsn, "checks", TESTS_PASSWORDS)
        yield dict(os.environ) | {
            "PATH": f"{TOOLS}{os.pathsep}{os.environ.get('PATH', '')}",
            "DATABASE_URL": dsns.app,
            "DATABASE_OWNER_URL": dsns.owner,
            "SECRET_KEY": "for checks only, never served " + "x" * 20,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
    finally:
        if server.started:
            asked.stop()


if __name__ == "__main__":
    sys.exit(main())
