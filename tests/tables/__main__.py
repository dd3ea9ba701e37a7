"""`python -m tests.tables`: how many cells are read right, and which are not."""

from tests import environment  # noqa: F401, I001

import sys

import django

django.setup()

from tests.tables.labelled import labelled  # noqa: E402

for name in ("cells.tsv", "held_out.tsv", "unseen.tsv", "second_unseen.tsv"):
    rows = labelled(name)
    right = [row for row in rows if row.is_right]
    silent = [row for row in rows if row.is_wrong_in_silence]
    sys.stdout.write(f"{name}: {len(right)} of {len(rows)} right, {len(silent)} wrong in silence\n")
    for row in rows:
        if row not in right:
            mark = "!!" if row in silent else "  "
            sys.stdout.write(f"{mark} {row.column} {row.cell!r} {row.said} <> {row.expected}\n")
