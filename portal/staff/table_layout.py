"""Where the list is in a book, and which column is what: by the words of the header and by what the columns
hold. Pure.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from portal.core import clock
from portal.core.errors import Invalid
from portal.core.sorting import folded
from portal.documents.books import Line, Sheet, bad
from portal.documents.sheets import Cell, as_text
from portal.staff.cells import understand
from portal.staff.cells.column_words import COLUMN_TITLES, WHOLE_NAME
from portal.staff.cells.text import tidy, tokens_of

HEAD_WITHIN, HEADER_ROWS = 60, 3
SAMPLES = 3
LOOKED_AT = 30
EXACT, BEGINS, CONTENT, REMEMBERED, CHOSEN, UNKNOWN = (
    "exact",
    "begins",
    "content",
    "remembered",
    "chosen",
    "unknown",
)
IGNORED = "ignored"
ABSENCE = re.compile(
    r"отпуск|декрет|по уходу за|длительн\w* отсутств|больничн|нетрудоспособн|командировк|отсутству|прерв"
)
"""A heading in which stands why people under it are away: it is no part of a header."""
BY_CONTENT = (WHOLE_NAME, "email", "position", "education_level", "category", "subjects")
"""What is recognised by its words alone; numbers are not."""


MISSING = (
    "Без фамилии, имени, даты рождения и должности людей не записать: укажите, в каких столбцах они стоят. "
    "Если такого столбца в файле нет, добавьте его и загрузите файл снова."
)


@dataclass
class SeenColumn:
    """A column of the file: `key` of ours, «ignored», or "" when nobody has said yet; `how` it is known."""

    place: int
    title: str
    key: str = ""
    how: str = UNKNOWN
    samples: list[str] = field(default_factory=list)


@dataclass
class Layout:
    """What was found in a file, as it is kept with the upload. `first` is the number of the first row under
    the header.
    """

    sheet: int
    sheet_title: str
    first: int
    columns: list[SeenColumn]
    others: list[str] = field(default_factory=list)
    """Sheets that look like lists of people too and are not read."""

    @property
    def keys(self) -> dict[str, int]:
        return {column.key: column.place for column in self.columns if column.key and column.key != IGNORED}

    @property
    def missing(self) -> list[str]:
        """What nobody can be told from another without."""
        keys = self.keys
        named = WHOLE_NAME in keys or {"last_name", "first_name"} <= set(keys)
        needed = [] if named else [WHOLE_NAME]
        return needed + [key for key in ("birth_date", "position") if key not in keys]

    @property
    def is_certain(self) -> bool:
        """Nothing to ask a person about: every column is known by its name."""
        known = all(column.how in (EXACT, REMEMBERED, CHOSEN) for column in self.columns)
        return known and not self.missing and not self.others

    def choose(self, chosen: Mapping[int, str]) -> None:
        """What a person has said of each column, by its place. Raises Invalid at the field of the column."""
        taken: set[str] = set()
        for column in self.columns:
            key = chosen.get(column.place, column.key)
            if key != IGNORED and key in taken:
                raise Invalid(
                    "column_twice", "Этот столбец уже выбран выше. Оставьте один.", f"c{column.place}"
                )
            taken.add(key)
            if key != column.key or not column.key:
                column.key, column.how = key, CHOSEN
        if self.missing:
            raise Invalid("columns_missing", MISSING, f"c{self.columns[0].place}")

    def stored(self) -> dict[str, Any]:
        """Without the samples: they are people's, and the file has them."""
        return {**asdict(self), "columns": [{**asdict(column), "samples": []} for column in self.columns]}


def restored_layout(stored: Mapping[str, Any]) -> Layout:
    """The opposite of `stored`."""
    columns = [SeenColumn(**column) for column in stored["columns"]]
    return Layout(**{**stored, "columns": columns})


def heading(text: str) -> str:
    """The words of a header as they are remembered."""
    return folded(" ".join(tidy(text).split()))[:200]


def find_layout(sheets: Sequence[Sheet], remembered: Mapping[str, str]) -> Layout:
    """The sheet with the best header; a hidden one only when no other has any. Raises Invalid at «file»."""
    found = [
        (not sheet.hidden, len(layout.keys), place, layout)
        for place, sheet in enumerate(sheets)
        if (layout := _of_sheet(place, sheet, remembered))
    ]
    if not found:
        raise bad(
            "sheet_columns",
            "Не нашли в файле таблицу с людьми: ни по заголовкам, ни по содержанию столбцов. Нужны хотя бы "
            "имена, даты рождения и должности.",
        )
    found.sort(key=lambda one: (one[0], one[1], -one[2]), reverse=True)
    best = found[0][3]
    best.others = [layout.sheet_title for shown, _, _, layout in found[1:] if shown and not layout.missing]
    return best


def _of_sheet(place: int, sheet: Sheet, remembered: Mapping[str, str]) -> Layout | None:
    lines = sheet.lines[: HEAD_WITHIN + LOOKED_AT]
    at, titles, after = _header(lines, remembered)
    body = sheet.lines[after:]
    if at < 0:
        return None
    width = max((len(line.cells) for line in lines), default=0)
    columns = []
    for column in range(width):
        title = titles[column] if column < len(titles) else ""
        samples = _samples(body, column)
        if not title and not samples:
            continue
        key, how = _by_title(title, remembered)
        columns.append(SeenColumn(column, title[:120], key, how, samples))
    _without_doubles(columns)
    _by_content(columns, body)
    layout = Layout(place, sheet.title, body[0].number if body else 0, columns)
    return layout if body and len(layout.keys) >= 2 else None


def _samples(body: Sequence[Line], column: int) -> list[str]:
    """Three different values of people; a row that counts columns, and a heading alone in its row, are
    none.
    """
    found: list[str] = []
    for line in body:
        shown = as_shown(line.cells[column])[:60] if column < len(line.cells) else ""
        if not shown or shown in found or line.cells[column] == column + 1:
            continue
        if sum(bool(as_shown(cell)) for cell in line.cells) > 1:
            found.append(shown)
        if len(found) == SAMPLES:
            break
    return found


def with_samples(layout: Layout, sheet: Sheet) -> Layout:
    """The stored layout has none: they are read from the file again."""
    body = [line for line in sheet.lines if line.number >= layout.first]
    for column in layout.columns:
        column.samples = _samples(body, column.place)
    return layout


def as_shown(value: Cell) -> str:
    """A cell as a person sees it; nothing where even that fails."""
    try:
        return as_text(value)
    except (ValueError, OverflowError):
        return ""


def _header(lines: Sequence[Line], remembered: Mapping[str, str]) -> tuple[int, list[str], int]:
    """Where the header is, its titles, and the place of the first line under it. Without any header: the
    first line with a whole name.
    """
    best: tuple[int, list[str], int] = (-1, [], 0)
    score = 1
    for at, line in enumerate(lines[:HEAD_WITHIN]):
        titles = [as_shown(cell) for cell in line.cells]
        after, rows = at + 1, HEADER_ROWS
        while True:
            count = _known_among(titles, remembered)
            if count > score or (best[0] == at and count == score):
                best, score = (at, titles, after), count
            rows -= 1
            both = _two_rows(titles, lines[after]) if rows and after < len(lines) else None
            if both is None:
                break
            titles, after = both, after + 1
    return best if best[0] >= 0 else _without_header(lines)


def _known_among(titles: Sequence[str], remembered: Mapping[str, str]) -> int:
    """How many columns the titles tell; those that are not loaded count beside two of ours at least."""
    keys = [key for title in titles if (key := _by_title(title, remembered)[0])]
    ours = set(keys) - {IGNORED}
    asked = keys.count(IGNORED) + sum(map(_says_both, titles))
    return len(ours) + asked if len(ours) > 1 else len(ours)


def _two_rows(titles: list[str], below: Line) -> list[str] | None:
    """A header of two rows: «Стаж» over «общий» and «пед.». The second has words only, and none where the
    first has said it all.
    """
    under = [as_shown(cell) for cell in below.cells]
    filled = [place for place, text in enumerate(under) if text]

    def title_at(place: int) -> str:
        return titles[place] if place < len(titles) else ""

    if not filled or any(not isinstance(below.cells[place], str) for place in filled):
        return None
    if len(filled) == 1 and not _says_more(title_at(filled[0]), under[filled[0]], filled[0]):
        return None
    if len(filled) > 1 and any(title_at(place) and title_at(place + 1) for place in filled):
        return None
    named = [place for place in filled if place < len(titles) and _by_title(titles[place], {})[0] in NAMES]
    if named or len(filled) > len([title for title in titles if title]) + 3:
        return None
    out, over = [], ""
    for place in range(max(len(titles), len(under))):
        above = titles[place] if place < len(titles) else ""
        over = above or over
        own = under[place] if place < len(under) else ""
        out.append(_of_two(above or over, own) if own else above)
    return out


def _says_more(title: str, word: str, place: int) -> bool:
    """A word alone under a title that is part of the header: «общий» under «Стаж». The heading of a section
    stands first, and a value of the column is no title.
    """
    if not place or not title or ABSENCE.search(folded(word)):
        return False
    if _says_both(f"{title} {word}"):
        return True
    if EXACT in (_by_title(f"{title} {word}", {})[1], _by_title(word, {})[1]):
        return True
    key, how = _by_title(title, {})
    return how == EXACT and key != IGNORED and not understand(key, word, clock.today()).is_certain


def _of_two(above: str, own: str) -> str:
    """«Стаж» over «пед.» is read together; «Сведения о работе» over «Стаж» says nothing more than «Стаж»."""
    together = f"{above} {own}".strip()
    whole, alone = (_by_title(title, {})[1] for title in (together, own))
    return own if whole != EXACT and alone == EXACT else together


NAMES = (WHOLE_NAME, "last_name", "first_name")


def _without_header(lines: Sequence[Line]) -> tuple[int, list[str], int]:
    for at, line in enumerate(lines[:HEAD_WITHIN]):
        if any(_fits(WHOLE_NAME, cell) for cell in line.cells):
            above = [as_shown(cell) for cell in lines[at - 1].cells] if at else []
            return at, above if sum(map(bool, above)) > 1 else [], at
    return -1, [], 0


def _by_title(title: str, remembered: Mapping[str, str]) -> tuple[str, str]:
    """The key of ours for the words of a header."""
    said = heading(title)
    if said in remembered:
        return remembered[said], REMEMBERED
    if _says_both(said):
        return "", UNKNOWN
    tokens = tokens_of(said)
    found = COLUMN_TITLES.of(tokens) if tokens else frozenset()
    if len(found) == 1:
        return next(iter(found)), EXACT
    first, _ = COLUMN_TITLES.begins(tokens)
    if len(first) == 1 and len(said) <= 80:
        return next(iter(first)), BEGINS
    return "", UNKNOWN


def _says_both(title: str) -> bool:
    """«Стаж общий / педагогический» in one column: a person says what of it is loaded."""
    return all(word in folded(title) for word in ("стаж", "общ", "пед"))


def _without_doubles(columns: list[SeenColumn]) -> None:
    """Of two columns for one thing the surer stays; the other one is asked about."""
    order = (CHOSEN, REMEMBERED, EXACT, BEGINS)
    taken: dict[str, SeenColumn] = {}
    for column in sorted((one for one in columns if one.key), key=lambda one: order.index(one.how)):
        if column.key != IGNORED and taken.setdefault(column.key, column) is not column:
            column.key, column.how = "", UNKNOWN


def _by_content(columns: list[SeenColumn], body: Sequence[Line]) -> None:
    """What no name has told is told by what stands there."""
    keys = {column.key for column in columns}
    named = WHOLE_NAME in keys or {"last_name", "first_name"} <= keys
    free = [column for column in columns if not column.key]
    dated: list[tuple[int, SeenColumn]] = []
    for column in free:
        values = [
            line.cells[column.place]
            for line in body[:LOOKED_AT]
            if column.place < len(line.cells) and as_shown(line.cells[column.place])
        ]
        for key in BY_CONTENT:
            if key not in keys and not (key == WHOLE_NAME and named) and _hold(key, values):
                column.key, column.how = key, CONTENT
                keys.add(key)
                break
        else:
            years = sorted(year for value in values if (year := _year_of(value)))
            if years and len(years) >= len(values) * 0.8:
                dated.append((years[len(years) // 2], column))
    _name_dates(sorted(dated, key=lambda one: one[0]), keys)


def _year_of(value: Cell) -> int | None:
    """The year of a day, written or typed; a bare number is none."""
    if isinstance(value, str | dt.date):
        answer = understand("birth_date", value, clock.today())
        day = answer.value if answer.is_certain else None
        return day.year if isinstance(day, dt.date) else None
    return None


def _name_dates(dated: list[tuple[int, SeenColumn]], keys: set[str]) -> None:
    """The earlier of two columns of days is that of births, where most are grown up."""
    for year, column in dated:
        if "birth_date" not in keys and year <= clock.today().year - 25:
            column.key, column.how = "birth_date", CONTENT
        elif "hired_on" not in keys:
            column.key, column.how = "hired_on", CONTENT
        keys.add(column.key)


def _hold(key: str, values: Sequence[Cell]) -> bool:
    fit = sum(_fits(key, value) for value in values)
    return bool(values) and fit >= 0.7 * len(values)


def _fits(key: str, value: Cell) -> bool:
    """A word that says so much by itself: «нет» and «1» say nothing."""
    text = as_shown(value)
    if not isinstance(value, str) or len(re.findall(r"[^\W\d_]", text)) < 4:
        return False
    answer = understand(key, value, clock.today())
    if not answer.is_certain or not answer.value:
        return False
    return bool(answer.value[2]) if key == WHOLE_NAME else answer.value != "none"
