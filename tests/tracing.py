"""Coverage is told which test runs, with its set-up: so a line knows the tests that cover it, and a mutant
those that may kill it. Loaded by `make coverage` (`-p tests.tracing`).
"""

from collections.abc import Iterator

import pytest
from coverage import Coverage


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    measuring = Coverage.current()
    if measuring is None:
        yield
        return
    measuring.switch_context(item.nodeid)
    yield
    measuring.switch_context("")
