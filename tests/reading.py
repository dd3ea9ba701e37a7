"""Whom an answer shows, against whom the read journal says that it has shown (docs/adr/0020).

Every client of the fixture `as_` compares the two after each of its answers, so each test of a page, of a
file and of the API is a test of the journal, whatever else it is about; `tests/tenancy/test_reading.py` walks
all addresses.
"""

import html
import io
import re
import threading
import zipfile
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pypdf
from django.test import Client

from tenants import middleware
from tests.cast import BY_KEY, CastMember

WOMAN, MAN = "(?:а|ы|е|у|ой|ою)", "(?:а|у|ым|ом|ем|е)?"
NOBODY = re.compile(r"^((/s/[^/]+)?(/api/v1)?/bank/|(/api/v1)?/me/catalogues/|/ui/)")
"""Cards of the bank, and the catalogue that is printed of them: their authors have consented to be named to
everybody (T-29). The page of components: its people are made up.
"""
ANOTHER_STEM = {"Лев": "(?:Лев|Льв)", "Павел": "(?:Павел|Павл)"}


def _forms(word: str) -> str:
    """The word in any case."""
    if word in ANOTHER_STEM:
        return ANOTHER_STEM[word] + MAN
    if word[-1] in "ая":
        return re.escape(word[:-1]) + "(?:а|я|ы|и|е|у|ю|ой|ей|ою)"
    return re.escape(word.rstrip("ьй")) + "(?:ь|й|а|я|у|ю|ым|ом|ем|е)?"


def _pattern(person: CastMember) -> re.Pattern[str]:
    named = rf"{_forms(person.last_name)}|{_forms(person.first_name)}\s+{_forms(person.middle_name)}"
    return re.compile(rf"\b(?:{named})\b|{person.uuid}|{person.person}")


PATTERNS = {key: _pattern(person) for key, person in BY_KEY.items()}
BEGINNINGS = {
    key: (p.last_name[:4], p.middle_name[:4], str(p.uuid), str(p.person)) for key, p in BY_KEY.items()
}
"""Without any of these no form of the person can be in a text: asked first, because it is a hundred times
cheaper.
"""


def text_of(answer: Any) -> str:
    """All that an answer says, of whatever kind it is."""
    if answer.streaming:
        content = b"".join(answer.streaming_content)
        answer.streaming_content = iter([content])
    else:
        content = answer.content
    if content[:4] == b"PK\x03\x04":
        return _of_zip(content)
    if content[:5] == b"%PDF-":
        return _of_pdf(content)
    said = html.unescape(content.decode(errors="replace"))
    return (
        said.encode().decode("unicode_escape")
        if "json" in answer.get("Content-Type", "") and r"\u04" in said
        else said
    )


def _of_zip(content: bytes) -> str:
    """A book, a paper, or a folder of them with their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [packed.read(name).decode() for name in packed.namelist() if name.endswith((".xml", ".txt"))]
        inner = [
            _of_zip(packed.read(name)) for name in packed.namelist() if name.endswith((".docx", ".xlsx"))
        ]
    plain = (part.replace("</w:p>", "\n").replace("</si>", "\n").replace("</c>", "\n") for part in parts)
    return "\n".join((*inner, *(html.unescape(re.sub(r"<[^>]+>", "", part)) for part in plain)))


def _of_pdf(content: bytes) -> str:
    try:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    except pypdf.errors.PdfReadError:
        return ""


def people_in(text: str) -> set[str]:
    """Keys of the cast who are named in the text in full, shortly, in any case, or by a number of theirs."""
    plain = text.replace("\xa0", " ")
    near = [
        key for key, beginnings in BEGINNINGS.items() if any(beginning in plain for beginning in beginnings)
    ]
    return {key for key in near if PATTERNS[key].search(plain)}


def people_of(subjects: Iterable[UUID]) -> set[str]:
    """Keys of the cast among the subjects of a line."""
    noted = set(subjects)
    return {key for key, person in BY_KEY.items() if noted & {person.uuid, person.person}}


class Line(threading.local):
    """Whom the last line of the journal names, in this thread."""

    subjects: frozenset[UUID] = frozenset()


last = Line()
write = middleware.note_reading  # type: ignore[attr-defined]


def note(*args: Any, **kwargs: Any) -> set[UUID]:
    """Stands before the writer of the journal and remembers what it has written."""
    last.subjects = frozenset(write(*args, **kwargs))
    return set(last.subjects)


def _flash_of(answer: Any) -> str:
    """What was said of the act before: it waits for the next page, whichever it is."""
    return " ".join(re.findall(r'class="toast-e".*?<span>(.*?)</span>', text_of(answer), re.S))


class Reader(Client):
    """A client that will not see a person whom the journal does not name."""

    key = ""
    noted: frozenset[str] = frozenset()

    sent: frozenset[str] = frozenset()

    def generic(self, method: str, path: str, data: Any = "", *rest: Any, **more: Any) -> Any:  # type: ignore[override]
        typed = data.decode(errors="replace") if isinstance(data, bytes) else data
        self.sent = frozenset(people_in(f"{path} {typed}"))
        return super().generic(method, path, data, *rest, **more)

    def request(self, **request: Any) -> Any:
        last.subjects = frozenset()
        answer = super().request(**request)
        self.noted = frozenset(people_of(last.subjects))
        if self.key and not NOBODY.match(request["PATH_INFO"]):
            unnoted = people_in(text_of(answer)) - self.noted - {self.key}
            if (
                answer.status_code == 409
                # what the reader has typed is given back, and the flash of the own act just done is said with
                # it
            ):
                unnoted -= self.sent | people_in(_flash_of(answer))
            assert not unnoted, (
                f"{request['REQUEST_METHOD']} {request['PATH_INFO']} показывает людей, которых нет в "
                f"журнале чтения: {sorted(unnoted)}"
            )
        return answer
