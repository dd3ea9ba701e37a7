"""What a part of the bench has measured, and the table that puts the sizes of the city side by side."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

MARK = "figure "


@dataclass(frozen=True)
class Figure:
    """A number in a city of one size, in words, and what is wanted of it. `met` is None where nothing is."""

    what: str
    schools: int
    shown: str
    aim: str = ""
    met: bool | None = None
    taken: float | None = None
    """Seconds, where cities of several sizes are compared by them."""


def times(number: float) -> str:
    """«13.5» and «135»: three figures say enough of a ratio."""
    return f"{number:.3g}" if number < 100 else f"{number:.0f}"


def faster(what: str, schools: int, ours: float, peer: float, at_least: float) -> Figure:
    """Seconds of ours beside seconds of the peer's."""
    ratio = peer / ours
    shown = f"{seconds(ours)} against {seconds(peer)}: {times(ratio)}× faster"
    return Figure(what, schools, shown, f"≥ {at_least:g}×", ratio >= at_least)


def dearer(what: str, schools: int, ours: float, peer: float, at_most: float | None) -> Figure:
    """Seconds of ours as so many times the seconds of the peer's."""
    ratio = ours / peer
    shown = f"{seconds(ours)}, ×{times(ratio)}"
    if at_most is None:
        return Figure(what, schools, shown, taken=ours)
    return Figure(what, schools, shown, f"≤ {at_most:g}×", ratio <= at_most, ours)


def bound(what: str, schools: int, value: float, unit: str, at_most: float | None) -> Figure:
    """A number that has a bound, or none."""
    shown = seconds(value) if unit == "s" else f"{value:.0f} {unit}"
    if at_most is None:
        return Figure(what, schools, shown)
    return Figure(what, schools, shown, f"≤ {at_most:g} {unit}", value <= at_most)


def grown(figures: Iterable[Figure], what: str, at_most: float) -> list[Figure]:
    """The same number in each city, beside what the smallest city takes for it."""
    own = sorted((figure for figure in figures if figure.what == what), key=lambda figure: figure.schools)
    known = [(figure.schools, figure.taken) for figure in own if figure.taken]
    name = f"{what.partition(',')[0]}, of that of the smallest city"
    return [
        Figure(
            name, schools, f"×{times(taken / known[0][1])}", f"≤ {at_most:g}×", taken <= at_most * known[0][1]
        )
        for schools, taken in known
    ]


def noted(figure: Figure, note: str) -> Figure:
    """The same with a word more beside the number."""
    return replace(figure, shown=f"{figure.shown}, {note}")


def seconds(value: float) -> str:
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"


def say(figures: Iterable[Figure]) -> None:
    """A part tells the program that has started it."""
    for figure in figures:
        sys.stdout.write(f"{MARK}{json.dumps(asdict(figure), ensure_ascii=False)}\n")
    sys.stdout.flush()


def heard(output: str) -> Iterator[Figure]:
    for line in output.splitlines():
        if line.startswith(MARK):
            yield Figure(**json.loads(line.removeprefix(MARK)))


def table(figures: list[Figure]) -> str:
    """A row for each number, a column for each size, and what is wanted at the largest of them."""
    sizes = sorted({figure.schools for figure in figures})
    heads = ["", *(f"{size} schools" for size in sizes), "aim", ""]
    lines = [heads, ["---"] * len(heads)]
    for what in dict.fromkeys(figure.what for figure in figures):
        own = {figure.schools: figure for figure in figures if figure.what == what}
        cells = [own[size].shown if size in own else "" for size in sizes]
        largest = own.get(sizes[-1])
        lines.append([what, *cells, largest.aim if largest else "", _verdict(largest)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _verdict(figure: Figure | None) -> str:
    if figure is None or figure.met is None:
        return ""
    return "met" if figure.met else "**missed**"
