"""`docs/found.md`, printed: what the first walk found, and the test or the mechanism that closes the whole
kind of each.

Tests come from the marks `@pytest.mark.covers("found A1")`; the sentence beside them is written here, and
names the files it speaks of. An entry that waits for another issue says so: «left to: …». `python -m
tests.found` prints; `--check` says whether the committed paper is stale.
"""

import re
import sys
from collections.abc import Iterator

from tests.traceability import ROOT, promises

PAPER = ROOT / "docs" / "found.md"
LEFT = "left to: "
PEOPLE = LEFT + "the issue on people (periods of a person, real tables)."
CHAPTERS = {
    "A": "It stops, or stays open", "B": "It says what is not so", "C": "It shows too much",
    "D": "It loses what was typed", "E": "The page fails its reader",
    "F": "A person's life in time, and real tables", "G": "CI and checks",
}  # fmt: skip
FOUND: dict[str, tuple[str, str]] = {
    "A1": ("A killed worker never starts again", ""),
    "A2": ("«Снять сразу» does not take a right away", ""),
    "A3": ("Expertise has dead ends", LEFT + "the bank's issue, whole; here the methodist withdraws and "
        "replaces an expert in every state."),
    "A4": ("Ten bad sign-ins a minute lock the whole city out", ""),
    "A5": ("Eight POSTs of a byte a second hang the server",
           "nginx takes a body in first (`deploy/nginx.conf`), the server of the demo reads ahead: "
           "`tests/proxy/test_nginx.py` with the real nginx, `tests/platform/test_buffering.py`."),
    "A6": ("Kept answers stay for ever", ""),
    "A7": ("School files lie in the city's folder; files without a row stay", ""),
    "A8": ("A suspended school is still written", ""),
    "A9": ("A school can put any job into the owner's queue", ""),
    "A10": ("A bad Host is a 500; bare browser pages",
           "`config/edges.py`; `tests/tenancy/test_edges.py` asks every address with HEAD, PUT, NUL and a "
           "foreign host."),
    "A11": ("A failing school stops the deploy", ""),
    "B1": ("Registered papers are rewritten", ""),
    "B2": ("A paper is printed before its facts are asked", ""),
    "B3": ("T-11 swaps approval and agreement; cases of school names", ""),
    "B4": ("One figure, two numbers", ""),
    "B5": ("The city's page follows the newest campaign only", ""),
    "B6": ("«Закончить сбор» closes nothing", ""),
    "B7": ("The 409 page compares what did not change", ""),
    "B8": ("The pair's journal says «Пара: terminated»", LEFT + "the house's issue: words and news stand in "
        "the row of the table."),
    "B9": ("Sentences promise what is not so", ""),
    "B10": ("The baton is given to nobody", ""),
    "B11": ("traceability.md claims paragraphs that are not there",
           "`tests/paragraphs.py` says of each paragraph: done, waiting, or nothing asked; marks and bases "
           "are compared with the ids of the text."),
    "B12": ("The demo's story does not hold water for a teacher",
           "`portal/demo/seeding/checks.py` refuses a city in which a pair of one subject shares none, or "
           "an invitation lacks a state."),
    "C1": ("The read journal has holes", "Rows note themselves as they come from the database: "
        "`portal/core/reading.py`; each client of the tests compares every answer with "
           "the line (`tests/reading.py`)."),
    "C2": ("The methodist reads the staff of every school", ""),
    "C3": ("An expert can review a practice of the own second school", ""),
    "C4": ("Scans of orders are open by another address", ""),
    "C5": ("Password reset reveals accounts by time", ""),
    "D1": ("«Записать» pressed offline loses the text",
           "`portal/ui/front/js/press.js` sends every POST form; `tests/journeys/test_line_down.py` cuts "
           "the line."),
    "D2": ("Paste is cut in silence", ""),
    "D3": ("Nothing typed once can be mended", ""),
    "D4": ("A finished task shows a live form; carried files are lost", ""),
    "E1": ("Tables lose their last columns",
           "`tests/journeys/test_every_page.py` measures every page that the urls know at five widths and "
           "at 150 and 200 %."),
    "E2": ("Names stay as typed",
           "`portal/core/person_names.py`, one cleaning; `tests/platform/test_person_names.py` walks "
           "models, forms and serializers."),
    "E3": ("Lengths, amounts, goals, eleven phone screens",
           "One parser of amounts and free minutes (`portal/ui/forms.py`); "
           "`tests/pages/test_typed_with_ease.py`."),
    "E4": ("File names `practice-<uuid>.pdf`", ""),
    "E5": ("The home gives what one may not do", ""),
    "E6": ("Missing beside the look", ""),
    "E7": ("Small words and marks", ""),
    "F1": ("Nobody can change an account's name or mail", PEOPLE),
    "F2": ("A dismissal cannot be undone", PEOPLE),
    "F3": ("The same list a year later updates nothing", ""),
    "F4": ("Pairs past their last day stay active", PEOPLE),
    "F5": ("Two people, one mailbox",
           "`portal/staff/mailboxes.py`; `tests/workflows/test_staff_mailboxes.py`."),
           "F6": ("Preselected wrong corrections", ""), "F7": ("Real tables are not read", ""),
    "F8": ("Look-alike letters", ""), "F9": ("Patronymic «нет»", ""),
    "F10": ("«Ким Анна» and «Ким Анна Сергеевна»", ""),
    "F11": ("Cases of names", ""), "F12": ("Another text of the Положение", PEOPLE),
    "F13": ("The production calendar knows 2026 only", PEOPLE),
    "F14": ("Nights are by UTC", PEOPLE),
    "G1": ("Tests vanish silently", ""),
    "G2": ("axe pages are a table by hand", ""),
    "G3": ("Three jobs of nine are killed in tests", ""),
    "G4": ("Lints promised and absent", "`tests/architecture/test_sql_lints.py`: names and states past "
        "their writers, SQL time, SQL roles, keys between contours."),
    "G5": ("Deliberate faults caught by no test", ""),
    "G6": ("Two seedings give equal content; the chroot proof",
           "`deploy/local/twice.py` seeds one day into two databases and compares every table; a step of "
           "`.ci/run`, from a clean checkout as a fresh machine has it."),
}  # fmt: skip
"""Entry of `first-walk.md` → its title, and the sentence of what closes it ("" when the marked tests say
all).
"""
FILES = re.compile(r"`([\w./-]+/[\w./-]+)`")


def held() -> dict[str, list[str]]:
    """Entry → the tests marked with it."""
    return {
        promise.removeprefix("found "): tests
        for promise, tests in promises().items()
        if promise.startswith("found ")
    }


def open_entries() -> list[str]:
    """Entries with neither a test, nor a mechanism whose files exist, nor another issue that they are left
    to.
    """
    tests = held()
    return [
        entry
        for entry, (_, how) in FOUND.items()
        if entry not in tests and not how.startswith(LEFT) and not (how and FILES.search(how))
    ]


def paper() -> str:
    head = (
        "# What the first walk found, and what closes it\n\nPrinted by `make docs` from the marks `found` on "
        "tests and the table in `tests/found.py`; do not edit.\n"
    )
    return head + "".join(_chapter(letter, title) for letter, title in CHAPTERS.items())


def _chapter(letter: str, title: str) -> str:
    tests = held()
    rows = [
        f"| {entry} | {name} | {'<br>'.join(_closing(how, tests.get(entry, [])))} |"
        for entry, (name, how) in FOUND.items()
        if entry.startswith(letter)
    ]
    return "\n".join(
        [
            "",
            f"## {letter}. {title}",
            "",
            "| entry | what was found | what closes it |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _closing(how: str, tests: list[str]) -> Iterator[str]:
    if how:
        yield how
    yield from (f"`{test}`" for test in tests)


def main() -> int:
    text = paper()
    if "--check" in sys.argv:
        return 0 if PAPER.exists() and PAPER.read_text() == text else 1
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
