"""`python -m tests.tables`: how many cells are read right, and which are not."""

from tests import environment  # noqa: F401, I001

import sys

import django

django.setup()

from portal.municipality import reference  # noqa: E402
from portal.municipality.reference_start import lines  # noqa: E402
from tests.tables.labelled import labelled  # noqa: E402


def lists_of_the_start() -> dict[str, reference.Catalogue]:
    """The city's lists as they begin: no database is asked."""
    found: dict[str, list[reference.Entry]] = {}
    for row in lines():
        typed = tuple(row["cases"].items())
        entry = reference.Entry(row["code"], row["title"], typed, tuple(row["words"]))
        found.setdefault(row["book"], []).append(entry)
    return {book: reference.Catalogue(entries) for book, entries in found.items()}


reference._stored = lists_of_the_start
for name in ("cells.tsv", "held_out.tsv", "unseen.tsv", "second_unseen.tsv"):
    rows = labelled(name)
    right = [row for row in rows if row.is_right]
    silent = [row for row in rows if row.is_wrong_in_silence]
    sys.stdout.write(f"{name}: {len(right)} of {len(rows)} right, {len(silent)} wrong in silence\n")
    for row in rows:
        if row not in right:
            mark = "!!" if row in silent else "  "
            sys.stdout.write(f"{mark} {row.column} {row.cell!r} {row.said} <> {row.expected}\n")
