"""The second half of `make coverage`: what the suite runs of the code by branches; prints docs/numbers.md.

The first half is `python -m deploy.local.suite --covered`, which leaves its data in .local/coverage. A line
and each way out of a branch count as one thing. Aims are of the issue: what decides, counts and writes is
covered almost whole; of pages, printing and scripts a tenth may be seen by nobody.
"""

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coverage import Coverage

from tests.bench import numbers

DATA = numbers.ROOT / ".local" / "coverage"
WHOLE = 90.0
LAYER = 97.0
LAYERS = {
    "access": r"(^|/)access(/|\.py$)",
    "workflow": r"(^|/)(\w+_)?workflows?(/|\.py$)",
    "services": r"(^|/)services(/|\.py$)",
    "selectors": r"(^|/)selectors(/|\.py$)",
    "tenants": r"^tenants/",
    "portal/core": r"^portal/core/",
}
LEAST = 25
"""So many files are named, those in which most things were seen by no test."""


@dataclass(frozen=True)
class Covered:
    """Things of one file, or of several: lines and ways out of branches."""

    things: int = 0
    seen: int = 0

    def __add__(self, other: "Covered") -> "Covered":
        return Covered(self.things + other.things, self.seen + other.seen)

    @property
    def unseen(self) -> int:
        return self.things - self.seen

    @property
    def share(self) -> float:
        return 100 * self.seen / self.things if self.things else 100.0

    @classmethod
    def of(cls, summary: dict[str, Any]) -> "Covered":
        things = summary["num_statements"] + summary["num_branches"]
        return cls(things, summary["covered_lines"] + summary["covered_branches"])


def main() -> int:
    files = measured()
    by_path = {path: Covered.of(told["summary"]) for path, told in files.items()}
    parts = {name: together(by_path, shape) for name, shape in LAYERS.items()}
    whole = sum(by_path.values(), Covered())
    numbers.print_section(
        "coverage", "\n\n".join((table(whole, parts), rooms(by_path), least(files, by_path)))
    )
    short = [name for name, part in parts.items() if part.share < LAYER]
    if whole.share < WHOLE:
        short.insert(0, "the whole")
    sys.stdout.write(f"{whole.share:.1f} % of the whole; below the aim: {', '.join(short) or 'nothing'}\n")
    return 1 if short else 0


def measured() -> dict[str, dict[str, Any]]:
    """Path → what coverage says of the file."""
    coverage = Coverage(config_file=str(numbers.ROOT / "pyproject.toml"))
    parts = sorted(str(path) for path in DATA.glob("data.*"))
    if parts:
        coverage.combine(parts)
        coverage.save()
    coverage.load()
    report = DATA / "report.json"
    coverage.json_report(outfile=str(report))
    files: dict[str, dict[str, Any]] = json.loads(report.read_text())["files"]
    return files


def together(by_path: dict[str, Covered], shape: str) -> Covered:
    return sum((one for path, one in by_path.items() if re.search(shape, path)), Covered())


def table(whole: Covered, parts: dict[str, Covered]) -> str:
    rows = [("the whole", whole, WHOLE), *((f"`{name}`", part, LAYER) for name, part in parts.items())]
    lines = [f"| {name} | {part.things} | {part.share:.1f} % | {aim:.0f} % |" for name, part, aim in rows]
    return "\n".join(("| part | lines and ways | seen by a test | aim |", "|---|---|---|---|", *lines))


def rooms(by_path: dict[str, Covered]) -> str:
    found: dict[str, Covered] = {}
    for path, one in by_path.items():
        room = "/".join(Path(path).parts[: 2 if path.startswith("portal/") else 1])
        found[room] = found.get(room, Covered()) + one
    told = (f"- {room} {part.share:.1f} %" for room, part in sorted(found.items()) if part.things)
    return "\n".join(("By room:", "", *told))


def least(files: dict[str, dict[str, Any]], by_path: dict[str, Covered]) -> str:
    worst = sorted(by_path, key=lambda path: -by_path[path].unseen)[:LEAST]
    lines = []
    for path in worst:
        one = by_path[path]
        missing = spans(files[path]["missing_lines"])
        if one.unseen:
            lines.append(f"| `{path}` | {one.unseen} | {one.share:.0f} % | {missing} |")
    head = ("Where most was seen by nobody:", "", "| file | unseen | seen | lines |", "|---|---|---|---|")
    return "\n".join((*head, *lines))


def spans(lines: Iterable[int]) -> str:
    """1, 2, 3, 7 → 1–3, 7."""
    told: list[list[int]] = []
    for line in lines:
        if told and line == told[-1][-1] + 1:
            told[-1].append(line)
        else:
            told.append([line])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in told)


if __name__ == "__main__":
    sys.exit(main())
