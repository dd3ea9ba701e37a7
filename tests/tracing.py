"""Coverage is told which test runs, with its set-up: so a line knows the tests that cover it, and a mutant
those that may kill it. Loaded by `make coverage` (`-p tests.tracing`).
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage

ROOT = Path(__file__).resolve().parents[1]
TOOK: dict[str, float] = {}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    measuring = Coverage.current()
    if measuring is None:
        yield
        return
    began = time.monotonic()
    measuring.switch_context(item.nodeid)
    yield
    measuring.switch_context("")
    TOOK[item.nodeid] = round(time.monotonic() - began, 3)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What each test took, beside the data: mutants ask the quick ones first. And of which state of the code
    the data are, for lines move.
    """
    measuring = Coverage.current()
    if measuring is None or not TOOK:
        return
    data = Path(session.config.rootpath) / str(measuring.get_option("run:data_file"))
    data.parent.mkdir(parents=True, exist_ok=True)
    (data.parent / f"durations-{os.getpid()}.json").write_text(json.dumps(TOOK, ensure_ascii=False))
    (data.parent / f"commit-of-{data.name}").write_text(state_of_the_code())


def state_of_the_code() -> str:
    """A commit; where files are changed, one that git makes of them and puts on no branch."""
    if shutil.which("git") is None:
        return "HEAD"
    for command in (["git", "stash", "create"], ["git", "rev-parse", "HEAD"]):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.stdout.strip():
            return done.stdout.strip()
    return "HEAD"
