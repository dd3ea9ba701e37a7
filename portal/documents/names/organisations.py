"""Names of organisations in the genitive, as a proposal: a person looks at it once, and what was typed
wins.
"""

import re

from portal.documents.names.grammar import Case
from portal.documents.names.posts import chain_of, put_word

LAWFUL = (
    "муниципальн",
    "государственн",
    "федеральн",
    "частн",
    "областн",
    "автономн",
    "бюджетн",
    "казённ",
    "казенн",
)
"""With these a full name begins with a common word."""
SCHOOLS = frozenset(
    ["школа", "гимназия", "лицей", "сад", "центр", "корпус", "училище", "техникум", "колледж", "дом"]
)
"""A number anywhere after them is theirs: «детская школа искусств № 2»."""
DASH = re.compile(r"(\s+[-–—]\s+)")


def organisation_genitive(name: str) -> str:
    """«Школа № 5» → «школы № 5», «Муниципальное … учреждение «…»» → «муниципального … учреждения «…»».

    Only the head noun and what agrees with it change, on both sides of a dash; an abbreviation («МБОУ «СШ
    № 5»») stays as it is.
    """
    before, quote, quoted = " ".join(name.split()).partition("«")
    pieces = DASH.split(before)
    said = [_genitive(piece) if place % 2 == 0 else (piece, False) for place, piece in enumerate(pieces)]
    text = "".join(piece for piece, _ in said) + quote + quoted
    is_common = any(numbered for _, numbered in said) or name.lower().startswith(LAWFUL)
    return text[:1].lower() + text[1:] if is_common and not text.partition(" ")[0].isupper() else text


def common_genitive(name: str) -> str:
    """The same within a sentence that calls the body by what it is: «приказом управления образования»."""
    text = organisation_genitive(name)
    first = text.partition(" ")[0]
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def _genitive(text: str) -> tuple[str, bool]:
    """The piece in the genitive, and whether it is a common word with a number of its own («школы № 5»)."""
    words = text.split(" ")
    place, head = 0, ""
    while chain := chain_of([word.strip("()") for word in words[place:]]):
        for parts in chain:
            bare = head = words[place].strip("()")
            words[place] = words[place].replace(bare, put_word(bare, parts, Case.GENITIVE))
            place += 1
    after = words[place:] if head.lower() in SCHOOLS else words[place : place + 1]
    return " ".join(words), "№" in after
