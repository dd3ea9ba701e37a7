"""Coverage is told which test runs, with its set-up: so a line knows the tests that cover it, and a mutant
those that may kill it. Loaded by `make coverage` (`-p tests.tracing`).
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage

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
    """What each test took, beside the data: mutants ask the quick ones first."""
    folder = Path(session.config.rootpath) / ".local" / "coverage"
    if TOOK:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"durations-{os.getpid()}.json").write_text(json.dumps(TOOK, ensure_ascii=False))
