"""What views hand to components: small immutable things with words in them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.core.workflow import M, Place, Workflow


@dataclass(frozen=True)
class Step:
    """A stretch of a lane. `kind`: done, now, stop or empty (still ahead)."""

    title: str
    note: str = ""
    kind: str = ""


def lane_of(
    titles: Sequence[tuple[str, str]],
    current: str,
    *,
    stopped: str = "",
    note: str = "",
    notes: Mapping[str, str] | None = None,
) -> list[Step]:
    """Steps of a lane from (code, title) in order; `stopped` is the title of a refusal in place of the
    current one.

    `notes` are the dates of the other steps by code: of those behind, and of the last one when its day is
    already known.
    """
    codes = [code for code, _ in titles]
    at = codes.index(current) if current in codes else len(codes)
    kinds = ["done" if i < at else "" for i in range(len(codes))]
    dated = {code: text for code, text in (notes or {}).items() if code in codes[:at] or code == codes[-1]}
    steps = [
        Step(title, dated.get(code, ""), kind) for (code, title), kind in zip(titles, kinds, strict=True)
    ]
    if at < len(steps):
        steps[at] = Step(stopped or steps[at].title, note, "stop" if stopped else "now")
    return steps


def walk_of(
    workflow: Workflow[M], obj: M, *, note: str = "", notes: Mapping[str, str] | None = None
) -> list[Step]:
    """The lane of an object, as the rows of its workflow place it; `notes` by the titles of the steps."""
    place = workflow.at(obj).lane
    if not isinstance(place, Place):
        return []
    if not place.step and place.stopped:
        return [Step(place.stopped, note, "stop")]
    titles = [(title, title) for title in workflow.steps]
    return lane_of(titles, place.step, stopped=place.stopped, note=note, notes=notes)


@dataclass(frozen=True)
class Table:
    """A small table, and what a chart draws of it: `plot` are the numbers of the drawn columns (0 is the
    label).
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    plot: Sequence[int] = (1,)
    units: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a journal."""

    moment: dt.datetime | dt.date | str
    text: str
    who: str = ""
    note: str = ""


@dataclass(frozen=True)
class Kpi:
    """A number worth looking at."""

    name: str
    value: object
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Empty:
    """Why it is empty, and the first step."""

    title: str
    text: str = ""
    url: str = ""
    button: str = ""


@dataclass(frozen=True)
class Facet:
    """One value of a facet of a search: its number, and the address that adds or removes it."""

    label: str
    url: str
    count: int | None = None
    picked: bool = False


@dataclass(frozen=True)
class Press:
    """A second thing to do at once, by a POST: the button (none without `label`), and what was done of it
    already.
    """

    label: str
    url: str
    fields: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True)
class Concern:
    """What needs attention: the thing, the reason, how urgent in a word (`kind`: bad, warn), and the one
    thing to do.

    `about` is the uuid of whom it is about, `brief` the reason in two words for that one's line in a table.
    """

    title: str
    why: str
    url: str
    button: str
    word: str
    kind: str = "warn"
    icon: str = "exclamation-triangle"
    about: UUID | None = None
    brief: str = ""
    press: Press | None = None
    do_url: str = ""
    """Where the button leads, when that is another page than the thing's own."""


@dataclass(frozen=True)
class Difference:
    """One field of a stale form: what was typed and what is stored now, in words, each value by itself.

    `field` is bound to what was typed; a whole table has none: it is carried as it was typed.
    """

    name: str
    label: str
    mine: Sequence[str]
    theirs: Sequence[str]
    field: Any = None
