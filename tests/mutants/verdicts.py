"""What became of the mutants, kept in a file: whoever stops goes on where he stopped."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.mutants.breaking import ROOT, Mutant, print_of

KEPT = ROOT / ".local" / "mutants" / "verdicts.jsonl"
KILLED, LIVES, UNSEEN, STILLBORN = "killed", "lives", "seen by no test", "stillborn"
FAILED = "not judged: the driver has failed"
BESIDE = 5
LASTING = (KILLED, STILLBORN)
"""Others are judged anew by each run: a test may have come."""


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant. `by`: the test that has failed; `tests`: how many were run, `of` how many that
    run its lines; `sure`: the test that has failed passes in whole code.
    """

    mutant: Mutant
    fate: str
    tests: int = 0
    of: int = 0
    by: str = ""
    seconds: float = 0.0
    sure: bool = False


@dataclass
class Kept:
    """The file: a line a verdict, the last word of a mutant counts."""

    path: Path = KEPT
    rows: dict[str, dict[str, object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.path.exists():
            for line in self.path.read_text().splitlines():
                row = json.loads(line)
                self.rows[row["mutant"]] = row

    def add(self, verdict: Verdict) -> None:
        told = asdict(verdict) | {
            "mutant": verdict.mutant.lasting_name,
            "source": print_of(verdict.mutant.path),
        }
        self.rows[verdict.mutant.lasting_name] = told
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")

    def of(self, mutant: Mutant) -> Verdict | None:
        """What is known of it, while the source of its file is the same."""
        row = self.rows.get(mutant.lasting_name)
        if row is None or row["source"] != print_of(mutant.path):
            return None
        said = {key: value for key, value in row.items() if key not in ("mutant", "source")}
        return Verdict(mutant, **said)  # type: ignore[arg-type]

    def judged(self, mutants: Sequence[Mutant]) -> list[Verdict]:
        return [verdict for mutant in mutants if (verdict := self.of(mutant)) and verdict.fate != FAILED]

    def to_judge(self, mutants: Sequence[Mutant]) -> list[Mutant]:
        """First those of which nothing is known, then those that lived."""
        known = {mutant: self.of(mutant) for mutant in mutants}
        new = [mutant for mutant, verdict in known.items() if verdict is None]
        return new + [mutant for mutant, one in known.items() if one and one.fate not in LASTING]

    def living(self, mutants: Sequence[Mutant]) -> list[Mutant]:
        """Those that lived when they were judged last, whatever their file was then."""
        rows = {mutant: self.rows.get(mutant.lasting_name) for mutant in mutants}
        return [mutant for mutant, row in rows.items() if row and row["fate"] in (LIVES, UNSEEN)]

    def killers_of(self, mutant: Mutant) -> list[str]:
        """The tests that are asked first: the one that has killed it in an earlier state of its file, and
        those that have killed others of this file most often.
        """
        before = self.rows.get(mutant.lasting_name)
        own = [str(before["by"])] if before and before["fate"] == KILLED else []
        beside = Counter(
            str(row["by"])
            for name, row in self.rows.items()
            if row["fate"] == KILLED and name.split(" ")[0] == mutant.path
        )
        return own + [test for test, _ in beside.most_common(BESIDE)]
