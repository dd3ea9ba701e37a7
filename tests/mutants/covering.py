"""Which tests run a line: read from the data that `make coverage` has left, each test a context of its own
(`tests/tracing.py`), in the order in which they are asked.

The data may be of an earlier commit, and of another folder: paths in them are those inside of the repository,
and a line of today is looked for where it was then.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from coverage import CoverageData

from tests.mutants.breaking import FIGURE, GUARD, JOURNAL, ROOT, RULE, Mutant
from tests.mutants.moved import Moved

DATA = ROOT / ".local" / "coverage"
UNKNOWN = 0.5
SLOW = 5.0
"""Seconds: such tests are asked last but for browsers."""
OF_A_FILE = 5
"""So many tests of each file are asked before more of the same file."""
OWN = "tests/platform/test_mutants.py"
"""The tests of this machine break code themselves: they judge nothing."""
KIN = {RULE: "rule", GUARD: "workflow", FIGURE: "figure", JOURNAL: "post"}
"""The word of the tests of each kind, which weighs two."""
DEAR = ("tests/journeys/", "tests/proxy/")
"""Browsers and servers of their own: they see whatever pages see, later."""


class Covering:
    """The tests of each of the mutants. All is read at once: data of coverage that a child of this process
    would open are emptied by it.
    """

    def __init__(self, mutants: Iterable[Mutant], folder: Path = DATA) -> None:
        self.running: defaultdict[Mutant, set[str]] = defaultdict(set)
        self.breadth: Counter[str] = Counter()
        """Test → how many lines it runs: one that runs few beside this one has much to say of it."""
        self.learnt: set[str] = set()
        """Tests that are younger than the data of `make coverage`: written, as a rule, for what lived."""
        self.durations: dict[str, float] = {}
        for path in sorted(folder.glob("durations*.json")):
            self.durations |= json.loads(path.read_text())
        for path in sorted(folder.glob("data*")):
            known = set(self.breadth)
            self._read(path, set(mutants))
            self.learnt |= set(self.breadth) - known if known else set()

    def _read(self, path: Path, mutants: set[Mutant]) -> None:
        data = CoverageData(basename=str(path))
        data.read()
        moved = Moved.since(commit_of(path))
        lines = {name: data.contexts_by_lineno(name) for name in data.measured_files()}
        for by_line in lines.values():
            for tests in by_line.values():
                self.breadth.update(tests)
        for mutant in mutants:
            then, numbers = moved.before(mutant.path, range(mutant.first, mutant.last + 1))
            for number in numbers:
                self.running[mutant].update(lines.get(then, {}).get(number, ()))
            self.running[mutant] -= {
                test for test in self.running[mutant] if test.startswith(OWN) or not test
            }

    def tests_of(self, mutant: Mutant, killers: Sequence[str] = ()) -> list[str]:
        """Those that run its lines, the most telling first: those that are known to kill, then a few of each
        file of tests, then the others; the slow ones and browsers last. Telling are those that are named
        after what is broken, and that run little else.
        """
        found = self.running[mutant]
        first = [test for test in dict.fromkeys(killers) if test in found]
        turn = self._turns(mutant)
        return first + sorted(found - set(first), key=lambda test: turn[test])

    def _turns(self, mutant: Mutant) -> dict[str, tuple[int, int, int, str, int]]:
        """Test → its place: tests of a file stand together, to share its scenes."""
        about, kin = words(f"{mutant.path} {mutant.where}"), KIN[mutant.kind]
        near = {
            test: -len(about & words(test)) - 2 * (kin in words(test)) - 9 * (test in self.learnt)
            for test in self.running[mutant]
        }
        by_file: defaultdict[str, list[str]] = defaultdict(list)
        for test in sorted(near, key=lambda one: (self._late(one), near[one], self.breadth[one], one)):
            by_file[test.split("::")[0]].append(test)
        return {
            test: (
                max(self._late(test), number >= OF_A_FILE),
                near[of_file[0]],
                self.breadth[of_file[0]],
                file,
                number,
            )
            for file, of_file in by_file.items()
            for number, test in enumerate(of_file)
        }

    def _late(self, test: str) -> int:
        if test.startswith(DEAR):
            return 3
        return 2 if self.durations.get(test, UNKNOWN) > SLOW else 0


@cache
def words(text: str) -> set[str]:
    """In the singular."""
    return {word.removesuffix("s") for word in re.findall(r"[a-z]{3,}", text.lower())}


def commit_of(data: Path) -> str:
    """Of which state of the code the data are: `tests/tracing.py` writes it beside them."""
    beside = data.parent / f"commit-of-{data.name.split('.')[0]}"
    return beside.read_text().strip() if beside.exists() else "HEAD"
