"""A run that cannot do everything says so by name, and in continuous integration fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from deploy.local.places import ROOT

SUITE = """
import pytest

@pytest.mark.browser
def test_in_a_browser(): assert True

def test_without(): assert True
"""


def _run(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_two.py").write_text(SUITE)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.left_out", "-p", "no:django", "-p", "no:cacheprovider", *arguments, str(folder)]
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "ESTAFETA_", "DJANGO_"))}
    return subprocess.run(command, cwd=folder, env=clean | {"PYTHONPATH": str(ROOT)} | env, capture_output=True, text=True, check=False)


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


def test_nothing_is_said_when_nothing_is_left_out(tmp_path: Path) -> None:
    done = _run(tmp_path, CHROMIUM="/bin/sh", ESTAFETA_REQUIRE_ALL="1")
    assert done.returncode == 0
    assert "2 passed" in done.stdout
    assert "Не выполнено" not in done.stdout
