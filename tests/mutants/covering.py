"""Which tests run a line: read from the data that `make coverage` has left, each test a context of its own
(`tests/tracing.py`), in the order in which they are asked.
"""

import json
from functools import cached_property
from pathlib import Path

from coverage import CoverageData

from tests.mutants.breaking import ROOT, Mutant

DATA = ROOT / ".local" / "coverage"
DURATIONS = "durations*.json"
UNKNOWN = 0.5
QUICK = 1.0
"""Seconds: quicker tests are asked first, then the others; those of a file together, to share its scenes."""
FOLDERS = ("rules", "workflows", "practices", "api", "posts", "pages", "tenancy")
DEAR = ("tests/journeys/", "tests/proxy/")
"""Browsers and servers of their own: they see whatever pages see, later."""


class Covering:
    """The tests of each line of the files that were measured."""

    def __init__(self, folder: Path = DATA) -> None:
        self.folder = folder
        self.data = [self._read(path) for path in sorted(folder.glob("data*"))]

    @staticmethod
    def _read(path: Path) -> CoverageData:
        data = CoverageData(basename=str(path))
        data.read()
        return data

    @cached_property
    def durations(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for path in sorted(self.folder.glob(DURATIONS)):
            found |= json.loads(path.read_text())
        return found

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Those that run its lines, the quickest to fail first: by what they cost, browsers last."""
        found: set[str] = set()
        for data in self.data:
            by_line = data.contexts_by_lineno(str(ROOT / mutant.path))
            for line in range(mutant.first, mutant.last + 1):
                found.update(by_line.get(line, ()))
        return sorted(found - {""}, key=self._cost)

    def _cost(self, test: str) -> tuple[bool, bool, int, str, float]:
        folder = test.split("/")[1]
        place = FOLDERS.index(folder) if folder in FOLDERS else len(FOLDERS)
        cost = self.durations.get(test, UNKNOWN)
        return test.startswith(DEAR), cost > QUICK, place, test.split("::")[0], cost
