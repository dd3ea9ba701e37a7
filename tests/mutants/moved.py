"""Where the lines of today stood in an earlier commit: git says."""

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.mutants.breaking import ROOT


@dataclass(frozen=True)
class Hunk:
    """Lines that were exchanged: the first and how many, then and now."""

    was: int
    were: int
    now: int
    are: int

    @classmethod
    def read(cls, line: str) -> "Hunk | None":
        found = re.match(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line)
        if found is None:
            return None
        was, were, now, are = found.groups()
        return cls(int(was), int(were or 1), int(now), int(are or 1))

    @property
    def new_lines(self) -> range:
        return range(self.now, self.now + self.are)

    @property
    def old_lines(self) -> range:
        """Where nothing stood, the line before it: whoever ran that one may come by."""
        return range(self.was, self.was + max(self.were, 1))


@dataclass
class Moved:
    """What has changed since a commit: path of today → its hunks and its path then."""

    hunks: dict[str, list[Hunk]] = field(default_factory=lambda: defaultdict(list))
    paths: dict[str, str] = field(default_factory=dict)

    @classmethod
    def since(cls, commit: str) -> "Moved":
        moved = cls()
        path = then = ""
        for line in difference(commit):
            if line.startswith("--- "):
                then = line[4:].removeprefix("a/")
            elif line.startswith("+++ "):
                path = line[4:].removeprefix("b/")
                moved.paths[path] = then
            elif hunk := Hunk.read(line):
                moved.hunks[path].append(hunk)
        return moved

    def before(self, path: str, lines: Iterable[int]) -> tuple[str, set[int]]:
        """The path and the lines as they were then."""
        hunks = self.hunks.get(path, [])
        return self.paths.get(path, path), {old for line in lines for old in self._old(hunks, line)}

    @staticmethod
    def _old(hunks: list[Hunk], line: int) -> Iterable[int]:
        shift = 0
        for hunk in hunks:
            if line in hunk.new_lines:
                return hunk.old_lines
            if hunk.now < line:
                shift += hunk.were - hunk.are
        return (line + shift,)

    def new_lines(self) -> dict[str, set[int]]:
        """Path → the lines that are there now and were not then."""
        return {path: {line for hunk in of for line in hunk.new_lines} for path, of in self.hunks.items()}


def difference(commit: str) -> list[str]:
    """Nothing where there is no git: lines are taken for those of then."""
    if shutil.which("git") is None:
        return []
    command = ["git", "diff", "-M", "--unified=0", "--no-color", commit, "--", "*.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()
