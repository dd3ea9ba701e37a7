"""`make mutants`: small faults put into rules, guards, figures and calls of the journal, and whether tests
that run those lines notice. Printed in docs/numbers.md.

    python -m tests.mutants [--draw 400] [--seed 7] [--minutes 120] [--patience 60] [--jobs 2]
    python -m tests.mutants --living --patience 120                   (once more those that lived)
    python -m tests.mutants --learn tests/rules/test_new.py           (tests that are younger than the data)
    python -m tests.mutants --changed main --draw 20 --minutes 8      (lines that differ from a commit)

Which tests run a line is known from `make coverage`; where there are no such data, those of rules and
workflows are measured first. A second call goes on where the first has stopped (`verdicts.py`): it judges
those of which nothing is known, then once more those that lived.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial

import pytest

from tests.bench import numbers
from tests.mutants.breaking import KINDS, Mutant, mutants
from tests.mutants.covering import DATA, Covering
from tests.mutants.moved import Moved
from tests.mutants.report import AIM, report, share
from tests.mutants.running import Driver
from tests.mutants.verdicts import FAILED, KILLED, Kept, Verdict

PATIENCE = 60.0
"""Seconds for the tests of one mutant."""
NEAR = ("tests/rules", "tests/workflows")


def main(arguments: list[str] | None = None) -> int:
    asked = parsed(arguments)
    drawn = draw(changed_since(asked.changed) if asked.changed else mutants(), asked.draw, asked.seed)
    if not drawn:
        say("Ни одной строки правил, условий, чисел и журнала не изменилось.")
        return 0
    if asked.learn or not list(DATA.glob("data*")):
        learn(asked.learn or NEAR)
    before = Kept()
    unsure = [one for one in before.judged(drawn) if one.fate == KILLED and not one.sure]
    judge(before.living(drawn) if asked.living else before.to_judge(drawn), unsure, asked)
    kept = Kept()
    failed = [mutant.name for mutant in drawn if (one := kept.of(mutant)) and one.fate == FAILED]
    if failed:
        say("Не рассужены, их проверки не проходят и на целом коде: " + ", ".join(failed))
        return 2
    verdicts = kept.judged(drawn)
    if asked.changed:  # tried by some of the tests alone: what lives is named, and fails nothing
        say(f"Убито {share(verdicts):.1f} % из {len(verdicts)}")
        return 0
    numbers.print_section("mutants", report(verdicts, len(drawn), asked.seed, asked.patience))
    return 0 if share(verdicts) >= AIM else 1


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--draw", type=int, default=400, help="сколько взять")
    parser.add_argument("--seed", type=int, default=7, help="жребий: тот же берёт тех же")
    parser.add_argument("--minutes", type=float, default=180, help="не дольше")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="секунд проверкам одной поломки")
    parser.add_argument("--jobs", type=int, default=1, help="сколько судить сразу")
    parser.add_argument("--learn", nargs="+", default=[], help="сначала измерить и эти файлы проверок")
    parser.add_argument("--living", action="store_true", help="судить только тех, кто жил в прошлый раз")
    parser.add_argument("--changed", default="", help="только строки, которых не было в этом коммите")
    return parser.parse_args(arguments)


def draw(all_of_them: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """As many of each kind, as far as there are; what one kind lacks, the others give. In a drawn order, so
    that whoever stops early has seen a fair part. Each draws its lot by its name: a change of the code draws
    others only where it was.
    """

    def lot(mutant: Mutant) -> bytes:
        return hashlib.sha256(f"{seed} {mutant.lasting_name}".encode()).digest()

    by_kind = [sorted((one for one in all_of_them if one.kind == kind), key=lot) for kind in KINDS]
    turns = [found[turn] for turn in range(count) for found in by_kind if turn < len(found)]
    return turns[:count]


def changed_since(commit: str) -> list[Mutant]:
    lines = Moved.since(commit).new_lines()
    return [one for one in mutants() if lines.get(one.path, set()) & {*range(one.first, one.last + 1)}]


def learn(files: Sequence[str]) -> None:
    """Measures these tests as `make coverage` does all of them, beside its data."""
    data = f"{DATA}/data-{int(time.time())}"
    command = ["coverage", "run", f"--data-file={data}", "-m", "pytest", "-n0", "-p", "tests.tracing", "-q"]
    subprocess.check_call([sys.executable, "-m", *command, *files], cwd=numbers.ROOT)


def judge(chosen: Sequence[Mutant], unsure: Sequence[Verdict], asked: argparse.Namespace) -> None:
    """In so many processes as were asked for, each with a database of its own name."""
    covering = Covering(chosen)
    until = time.monotonic() + 60 * asked.minutes
    children = []
    for number in range(asked.jobs):
        child = os.fork()
        if child == 0:
            part = chosen[number :: asked.jobs]
            checked = unsure[number :: asked.jobs]
            _judge_and_die(part, checked, covering, patience=asked.patience, until=until)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


def _judge_and_die(
    part: Sequence[Mutant], unsure: Sequence[Verdict], covering: Covering, *, patience: float, until: float
) -> None:
    kept = Kept()
    driver = Driver(
        part,
        asked=lambda mutant: covering.tests_of(mutant, kept.killers_of(mutant)),
        durations=covering.durations,
        patience=patience,
        until=until,
        told=partial(tell, kept),
        unsure=unsure,
    )
    tests = {one.by for one in unsure}.union(*(covering.running[mutant] for mutant in part))
    files = sorted({test.split("::")[0] for test in tests if test})
    try:
        pytest.main(["-n0", "-q", "-s", "--no-header", "--durations=0", *files], plugins=[driver])
    finally:
        os._exit(0)


def tell(kept: Kept, verdict: Verdict) -> None:
    kept.add(verdict)
    if verdict.sure:
        return
    by = f" ({verdict.by})" if verdict.by else ""
    tests = f"проверок {verdict.tests} из {verdict.of}"
    say(f"{verdict.fate:16} {verdict.seconds:5.1f} с, {tests}: {verdict.mutant.name}{by}")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
