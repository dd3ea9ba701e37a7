"""The paper of the mutants: how many of each kind were killed, and which live."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.mutants.breaking import KINDS, Mutant
from tests.mutants.known import WHY
from tests.mutants.verdicts import KILLED, LIVES, STILLBORN, UNSEEN, Verdict

AIM = 95.0


def share(verdicts: Iterable[Verdict]) -> float:
    born = [one for one in verdicts if one.fate != STILLBORN]
    return 100 * sum(one.fate == KILLED for one in born) / len(born) if born else 100.0


def report(verdicts: Sequence[Verdict], drawn: int, seed: int, patience: float) -> str:
    parts = (
        f"Drawn {drawn} with the seed {seed}, judged {len(verdicts)}: {share(verdicts):.1f} % killed "
        f"(aim {AIM:.0f} %). One lives when no test that runs its lines has failed in {patience:.0f} s.",
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
    rows = [f"| `{told(one.mutant)}` | {one.tests} of {one.of} | {why(one)} |" for one in alive]
    return "\n".join(("Living:", "", "| mutant | tests that ran it | why |", "|---|---|---|", *rows))


def told(mutant: Mutant) -> str:
    """For a cell of the table: no bar may stand in it."""
    return mutant.name.replace("|", "/")


def why(verdict: Verdict) -> str:
    return WHY.get(
        verdict.mutant.lasting_name, "seen by no test" if verdict.fate == UNSEEN else "no test yet"
    )
