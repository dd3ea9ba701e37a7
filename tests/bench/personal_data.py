"""How much of the personal data in sentences labelled by hand the check of a practice finds, and how long it
looks.

    python -m tests.bench.personal_data

The half «build» was at hand while the finder was written; «judge» was written before it, «fresh» when it was
whole. Each was measured before anything was mended by it, and says at its top how that came out. Found: a
find meets the label; right: a find that a label meets.
"""

import statistics
import sys
import time
import tomllib
from pathlib import Path

from portal.documents.personal_data import Kind, OwnPeople, Someone, finds
from tests.practices import personal_data

CONTENT = Path(__file__).parents[2] / "portal/demo/content/practices"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def tell(half: str) -> None:
    """Recall and precision of a half, by kind."""
    told = personal_data.score(half)
    sentences = personal_data.read(half)
    labelled = sum(bool(one.labels) for one in sentences)
    clean = len(sentences) - labelled
    say(f"{half}: {len(sentences)} sentences, {labelled} of them with something, {clean} clean")
    for kind in Kind:
        recall = told.found[kind] / told.labels[kind]
        precision = told.right[kind] / (told.finds[kind] or 1)
        say(
            f"  {kind:7} recall {told.found[kind]:3} of {told.labels[kind]:3} = {recall:.3f}, "
            f"called so {told.named_right[kind]:3}, "
            f"precision {told.right[kind]:3} of {told.finds[kind]:3} = {precision:.3f}"
        )
    say(f"  all     recall {told.recall:.3f}, precision {told.precision:.3f}")
    for title, lines in (("missed", told.missed), ("wrong", told.wrong)):
        for line in lines:
            say(f"    {title}: {line}")


def how_long() -> None:
    """A practice of the demo as a text, ten times over, in a school of two hundred people."""
    people = [Someone(f"Фамилин{number:03}ов", "Иван", "Петрович") for number in range(200)]
    text = "\n".join(
        str(value) for value in tomllib.loads(max(CONTENT.glob("*.toml"), key=_size).read_text()).values()
    )
    times = []
    for _ in range(10):
        begun = time.process_time()
        found = finds(text, OwnPeople(people))
        times.append(time.process_time() - begun)
    say(
        f"a practice of {len(text.split())} words, {len(found)} finds: first {times[0] * 1000:.0f} ms, then "
        f"{statistics.median(times[1:]) * 1000:.0f} ms"
    )


def _size(path: Path) -> int:
    return path.stat().st_size


if __name__ == "__main__":
    for each in personal_data.HALVES:
        tell(each)
    how_long()
