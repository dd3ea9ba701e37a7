"""Names of files that a person can read, and the header by which they travel (RFC 6266, RFC 5987)."""

import re
from urllib.parse import quote

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
"""What no file system takes, and what turns a name around on the screen."""
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
_LETTERS = dict(zip(_CYRILLIC, _LATIN.split(), strict=True))
LONGEST = 120


def file_name(name: str) -> str:
    """The name as a file system takes it: no slashes, no doubled dots or spaces, not longer than a screen
    line; the ending stays.
    """
    clean = " ".join(_FORBIDDEN.sub(" ", name.replace("\u00a0", " ")).split())
    stem, dot, ending = clean.rpartition(".")
    if not dot:
        stem, ending = clean, ""
    stem = stem.rstrip(". ,")
    if len(stem) > LONGEST:
        stem = stem[:LONGEST].rpartition(" ")[0].rstrip(". ,") + "…"
    return (f"{stem}.{ending}" if ending else stem) or "файл"


def ascii_name(name: str) -> str:
    """The same in Latin letters, for programs which know no other."""
    latin = "".join(
        _one(letter)
        for letter in name.replace("№", "No").replace("…", "").replace("–", "-").replace("—", "-")
    )
    return re.sub(r"[^A-Za-z0-9 ._,()-]+", "", latin).strip() or "file"


def _one(letter: str) -> str:
    latin = _LETTERS.get(letter.lower(), letter).replace("_", "")
    return latin.capitalize() if letter.isupper() else latin


def disposition(name: str, *, inline: bool = False) -> str:
    """`attachment; filename="Prikaz No 3-n.docx"; filename*=UTF-8''…`"""
    clean = file_name(name)
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{ascii_name(clean)}\"; filename*=UTF-8''{quote(clean, safe='')}"
