"""Text as the portal keeps it, whichever way it came: by a page, by the API, in a table."""

import re
from typing import Any

TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs without a shape that turn the direction of all that stands after them. They come along with what is
copied from messengers and file managers, mean nothing in Russian, and would let a title be read backwards in
a list, a letter or a file name.
"""

BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""A line's end as Word, PDF and others write it into what is copied."""
NO_TEXT = re.compile("[\x01-\x08\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
"""Signs that are in no text: one of them, kept, and no Excel or Word file with it can be made. (NUL is
refused: `config.edges`.)
"""


def plain(text: str) -> str:
    """A line's end is one sign, nothing turns the direction of other words, and every sign may stand in a
    file.
    """
    return BREAKS.sub("\n", NO_TEXT.sub("", TURNING.sub("", text)))


OPENING = re.compile(r'(?<![^\s(—–-])"')
INNER = str.maketrans({"«": "„", "»": "“", '"': "“"})


def quoted(text: str) -> str:
    """«Диктант „по-новому“»: quotes inside of quotes are of the other kind."""
    return f"«{OPENING.sub('„', text).translate(INNER)}»"


def whole_number(text: str, digits: int = 9) -> int | None:
    """The number that plain digits say, so many of them at most; None for anything else: «²» and «٣» are
    digits for Python, and no number here.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def plain_all(value: Any) -> Any:
    """The same for every text of a JSON body, keys excepted."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [plain_all(item) for item in value]
    return {key: plain_all(item) for key, item in value.items()} if isinstance(value, dict) else value
