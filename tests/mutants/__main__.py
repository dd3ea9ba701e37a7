"""`make mutants`: small faults put into rules, guards, figures and calls of the journal, and whether tests
that run those lines notice. Printed in docs/numbers.md.

    python -m tests.mutants [--draw 400] [--seed 7] [--minutes 120]
    python -m tests.mutants --changed main --draw 20 --minutes 8      (lines that differ from a commit)

Which tests run a line is known from `make coverage`; where there are no such data, those of rules and
workflows are measured first.
"""

import argparse
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest

from tests.bench import numbers
from tests.mutants.breaking import KINDS, ROOT, Mutant, mutants
from tests.mutants.covering import DATA, Covering
from tests.mutants.known import WHY
from tests.mutants.running import FAILED, KILLED, LIVES, STILLBORN, UNSEEN, Driver, Verdict

AIM = 95.0
PATIENCE = 180.0
"""Seconds for the tests of one mutant."""
NEAR = ("tests/rules", "tests/workflows")


def main(arguments: list[str] | None = None) -> int:
    asked = parsed(arguments)
    drawn = draw(changed_since(asked.changed) if asked.changed else mutants(), asked.draw, asked.seed)
    if not drawn:
        say("Ни одной строки правил, условий, чисел и журнала не изменилось.")
        return 0
    if not list(DATA.glob("data*")):
        command = [sys.executable, "-m", "deploy.local.suite", "--covered", *NEAR, "-q"]
        subprocess.check_call(command, cwd=ROOT)
    covering = Covering()
    chosen = [(mutant, covering.tests_of(mutant)) for mutant in drawn]
    driver = Driver(chosen, patience=PATIENCE, until=time.monotonic() + 60 * asked.minutes, told=tell)
    files = sorted({test.split("::")[0] for _, tests in chosen for test in tests})
    pytest.main(["-n0", "-q", "-s", "--no-header", "--durations=0", *files], plugins=[driver])
    if any(verdict.fate == FAILED for verdict in driver.verdicts):
        return 2
    if driver.failing_anyway:
        say("Эти проверки не проходят и на целом коде: " + ", ".join(sorted(driver.failing_anyway)))
        return 2
    if asked.changed:  # tried by some of the tests alone: what lives is named, and fails nothing
        say(f"Убито {share(driver.verdicts):.1f} % из {len(driver.verdicts)}")
        return 0
    numbers.print_section("mutants", report(driver.verdicts, len(drawn), asked.seed))
    return 0 if share(driver.verdicts) >= AIM else 1


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--draw", type=int, default=400, help="сколько взять")
    parser.add_argument("--seed", type=int, default=7, help="жребий: тот же берёт тех же")
    parser.add_argument("--minutes", type=float, default=180, help="не дольше")
    parser.add_argument("--changed", default="", help="только строки, которых не было в этом коммите")
    return parser.parse_args(arguments)


def draw(all_of_them: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """As many of each kind, as far as there are; what one kind lacks, the others give. In a drawn order, so
    that whoever stops early has seen a fair part.
    """
    chance = random.Random(seed)
    by_kind = {kind: [one for one in all_of_them if one.kind == kind] for kind in KINDS}
    for found in by_kind.values():
        chance.shuffle(found)
    turns = [found[turn] for turn in range(count) for found in by_kind.values() if turn < len(found)]
    return turns[:count]


def changed_since(commit: str) -> list[Mutant]:
    lines = changed_lines(commit)
    return [one for one in mutants() if lines.get(one.path, set()) & {*range(one.first, one.last + 1)}]


def changed_lines(commit: str) -> dict[str, set[int]]:
    """Path → the lines that are there now and were not in the commit."""
    command = ["git", "diff", "--unified=0", "--no-color", commit, "--", "*.py"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found: dict[str, set[int]] = {}
    path = ""
    for line in told.splitlines():
        if line.startswith("+++ "):
            path = line.removeprefix("+++ b/")
        elif hunk := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line):
            first = int(hunk[1])
            found.setdefault(path, set()).update(range(first, first + int(hunk[2] or 1)))
    return found


def tell(verdict: Verdict) -> None:
    by = f" ({verdict.by})" if verdict.by else ""
    say(f"{verdict.fate:16} {verdict.seconds:5.1f} с, проверок {verdict.tests}: {verdict.mutant.name}{by}")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def share(verdicts: Iterable[Verdict]) -> float:
    born = [one for one in verdicts if one.fate != STILLBORN]
    return 100 * sum(one.fate == KILLED for one in born) / len(born) if born else 100.0


def report(verdicts: Sequence[Verdict], drawn: int, seed: int) -> str:
    parts = (
        f"Drawn {drawn} with the seed {seed}, judged {len(verdicts)}: {share(verdicts):.1f} % killed "
        f"(aim {AIM:.0f} %).",
        table(verdicts),
        living(verdicts),
    )
    return "\n\n".join(part for part in parts if part)


def table(verdicts: Sequence[Verdict]) -> str:
    lines = [
        "| kind | judged | killed | lives | seen by no test | no fault after all |",
        "|---|---|---|---|---|---|",
    ]
    for kind in KINDS:
        fates = Counter(one.fate for one in verdicts if one.mutant.kind == kind)
        counts = (fates.total(), fates[KILLED], fates[LIVES], fates[UNSEEN], fates[STILLBORN])
        lines.append(f"| {kind} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines)


def living(verdicts: Sequence[Verdict]) -> str:
    alive = [one for one in verdicts if one.fate in (LIVES, UNSEEN)]
    if not alive:
        return ""
    rows = [f"| `{told(one.mutant)}` | {one.tests} | {why(one)} |" for one in alive]
    return "\n".join(("Living:", "", "| mutant | tests that ran it | why |", "|---|---|---|", *rows))


def told(mutant: Mutant) -> str:
    """For a cell of the table: no bar may stand in it."""
    return mutant.name.replace("|", "/")


def why(verdict: Verdict) -> str:
    return WHY.get(
        verdict.mutant.lasting_name, "seen by no test" if verdict.fate == UNSEEN else "no test yet"
    )


if __name__ == "__main__":
    sys.exit(main())
