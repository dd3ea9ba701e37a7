"""What this machine cannot run is left out by name, at the end of the run, with the one command that brings it.

Loaded by conftest (`pytest_plugins`). Mark a test `@pytest.mark.browser`; ESTAFETA_REQUIRE_ALL=1 makes anything left out a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser of the journeys: CHROMIUM from the environment, or the system's."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


@dataclass(frozen=True)
class Need:
    """Something from outside that tests with this mark cannot do without."""

    mark: str
    what: str
    found: Callable[[], object]
    command: str


NEEDS = (Need("browser", "браузера Chromium", chromium, "apt-get install -y chromium    (make browser)"),)
LEFT_OUT = pytest.StashKey[dict[str, list[str]]]()


def pytest_configure(config: pytest.Config) -> None:
    for need in NEEDS:
        config.addinivalue_line("markers", f"{need.mark}: не выполняется без {need.what}")
    config.stash[LEFT_OUT] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for need in NEEDS:
        wanting = [item for item in items if item.get_closest_marker(need.mark)]
        if not wanting or need.found():
            continue
        config.stash[LEFT_OUT][need.mark] = sorted(item.nodeid for item in wanting)
        items[:] = [item for item in items if item not in wanting]
        config.hook.pytest_deselected(items=wanting)
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = config.stash[LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    """A process of xdist hands over what it has left out; all of them leave out the same."""
    told = getattr(node, "workeroutput", {}).get("left_out", {})
    node.config.stash[LEFT_OUT].update(told)  # type: ignore[attr-defined]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.stash[LEFT_OUT] and _all_required() and not hasattr(session.config, "workeroutput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for need in NEEDS:
        names = config.stash[LEFT_OUT].get(need.mark, [])
        if not names:
            continue
        terminalreporter.section(f"Не выполнено {len(names)}: нет {need.what}", red=_all_required(), yellow=not _all_required())
        for name in names:
            terminalreporter.write_line(f"  {name}")
        terminalreporter.write_line(f"Чтобы выполнить и их: {need.command}")


def _all_required() -> bool:
    return os.environ.get("ESTAFETA_REQUIRE_ALL") == "1"
