"""A run that cannot do everything says so by name, and in continuous integration fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.common import ROOT
from tests import left_out

BARE = """
from dataclasses import replace
from tests import left_out

left_out.NEEDS = tuple(replace(need, found=lambda: None) for need in left_out.NEEDS)
"""
SUITE = """
import pytest

@pytest.mark.browser
def test_in_a_browser(): assert True

def test_without(): assert True
"""


def _run(
    folder: Path, *arguments: str, suite: str = SUITE, needs: str = "", **env: str
) -> subprocess.CompletedProcess[str]:
    """pytest with the plugin in a folder of its own; `needs="nothing"`: on a machine that has none of the
    needs.
    """
    (folder / "test_two.py").write_text(suite)
    (folder / "conftest.py").write_text(BARE if needs else "")
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.left_out",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
        *arguments,
        str(folder),
    ]
    clean = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTEST_", "ESTAFETA_", "DJANGO_"))
    }
    return subprocess.run(
        command,
        cwd=folder,
        env=clean | {"PYTHONPATH": str(ROOT)} | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_left_out_by_name_with_the_command(tmp_path: Path) -> None:
    done = _run(tmp_path, CHROMIUM="/nonexistent")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
    assert "test_two.py::test_in_a_browser" in done.stdout
    assert "apt-get install -y chromium" in done.stdout


def test_a_failure_where_everything_is_required(tmp_path: Path) -> None:
    done = _run(tmp_path, "-n", "1", CHROMIUM="/nonexistent", ESTAFETA_REQUIRE_ALL="1")
    assert done.returncode == 1
    assert "test_two.py::test_in_a_browser" in done.stdout


SKIPS = {
    "in a test": "import pytest\n\ndef test_one(): pytest.skip('no reason at all')\n",
    "in a fixture": "import pytest\n\n@pytest.fixture\ndef lazy(): pytest.skip('no reason at all')\n\ndef "
    "test_one(lazy): pass\n",
    "by a mark": "import pytest\n\n@pytest.mark.skipif(True, reason='no reason at all')\ndef test_one(): "
    "pass\n",
    "a module that is not there": "import pytest\n\nnothing = pytest.importorskip('no_such_module', "
    "reason='no reason at all')\n\ndef test_one(): pass\n",
    "expected to fail": "import pytest\n\n@pytest.mark.xfail(reason='no reason at all')\ndef test_one(): "
    "raise ValueError\n",
}


@pytest.mark.covers("found G1")
@pytest.mark.parametrize("suite", SKIPS.values(), ids=SKIPS)
def test_a_test_that_skips_itself_is_named_and_fails_where_everything_is_required(
    suite: str, tmp_path: Path
) -> None:
    calm = _run(tmp_path, suite=suite)
    assert calm.returncode in (0, 5), calm.stdout + calm.stderr  # 5: a file that skips itself has no tests
    required = _run(tmp_path, "-n", "1", suite=suite, ESTAFETA_REQUIRE_ALL="1")
    assert required.returncode not in (0, 5), required.stdout
    for done in (calm, required):
        assert "Пропущено 1" in done.stdout
        assert "no reason at all" in done.stdout


@pytest.mark.covers("found G1")
@pytest.mark.parametrize("processes", [(), ("-n", "1")])
def test_what_was_not_chosen_fails_where_everything_is_required(
    processes: tuple[str, ...], tmp_path: Path
) -> None:
    assert _run(tmp_path, *processes, "-k", "without", CHROMIUM="/bin/sh").returncode == 0
    required = _run(tmp_path, *processes, "-k", "without", CHROMIUM="/bin/sh", ESTAFETA_REQUIRE_ALL="1")
    assert (required.returncode, "Не выбрано 1" in required.stdout) == (1, True), required.stdout


@pytest.mark.covers("found G1")
def test_every_need_is_told_with_its_command(tmp_path: Path) -> None:
    """On a machine where nothing of it is installed."""
    suite = "import pytest\n" + "".join(
        f"\n@pytest.mark.{need.mark}\ndef test_{need.mark}(): pass\n" for need in left_out.NEEDS
    )
    told = _run(tmp_path, suite=suite, needs="nothing").stdout
    for need in left_out.NEEDS:
        assert f"нет {need.what}" in told
        assert f"::test_{need.mark}" in told
        assert need.command in told


def test_nothing_is_said_when_nothing_is_left_out(tmp_path: Path) -> None:
    done = _run(tmp_path, CHROMIUM="/bin/sh", ESTAFETA_REQUIRE_ALL="1")
    assert done.returncode == 0
    assert "2 passed" in done.stdout
    assert "Не выполнено" not in done.stdout


GIVEN = """
import pytest

@pytest.fixture
def proxied(): return "a proxy"

def test_before_a_proxy(proxied): assert proxied

def test_without(): assert True
"""


def test_whoever_is_given_what_a_machine_lacks_is_left_out_without_a_mark(tmp_path: Path) -> None:
    told = _run(tmp_path, suite=GIVEN, needs="nothing").stdout
    assert "1 passed" in told
    assert "test_before_a_proxy" in told.partition("Не выполнено 1: нет прокси nginx")[2]
