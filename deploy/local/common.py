"""Where things lie, and how these scripts speak: one line, in Russian, without a traceback."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
"""Everything made on this machine: databases, letters, files, stamps. Ignored by git; `make clean` removes
it.
"""


class CannotGoOn(Exception):
    """Nothing more can be done; the text says why and what helps."""


def say(text: str) -> None:
    """One line for the person at the terminal, at once."""
    print(text, flush=True)


def complain(error: CannotGoOn) -> int:
    """Tell why and give the exit code of a failure."""
    print(f"\n✗ {error}", file=sys.stderr, flush=True)
    return 1
