"""Names of the hidden fields that every POST form carries; the middleware of the house reads the same."""

from portal.core.text import whole_number

REPEAT_KEY = "repeat_key"
VERSION = "version"
CAME_FROM = "came_from"
"""On the page of a refusal: where its form had been opened. What answers no GET cannot be returned to."""
UNREADABLE = -1
"""What stands for a version that is not a number: no record has it, so the form is stale."""


def read_version(sent: object) -> int | None:
    """The version a form or a header carries; None when it carries none, UNREADABLE when it is nonsense."""
    text = str(sent if sent is not None else "").strip()
    if not text:
        return None
    number = whole_number(text)
    return UNREADABLE if number is None else number
