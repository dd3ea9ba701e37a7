"""A process of its own that takes the text out of a PDF, Word or PowerPoint file, and is allowed little
memory and little time.

Such a file is a program of somebody's: an endless page, a zip of a kilobyte that unpacks to a disk, a
picture that asks for all the memory. So it ends this process, and the parent says that the file is not read.
Run as a script by `portal.documents.texts`: the kind is the argument, the file comes by stdin, JSON leaves by
stdout. Imports nothing of the portal.
"""

import io
import json
import re
import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from defusedxml.ElementTree import iterparse

MEMORY, SECONDS = 768 * 2**20, 20
ENOUGH = 10
"""Seconds of the processor after which no page is begun any more: what is read by then is kept."""
LONGEST, PAGES = 200_000, 300
"""Letters and pages (slides) that are taken of a file."""
UNPACKED = 50 * 2**20
"""Bytes of one part of a Word or PowerPoint file: a text of a thousand pages takes a third of it."""
PASSWORD, BROKEN = 3, 4
"""Exit codes that the parent puts into words."""
OLE = b"\xd0\xcf\x11\xe0"
"""A Word or PowerPoint file with a password begins so."""
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""Word keeps the text of a text box once more for old programs."""
TEXT = {f"{WORDS}t", f"{DRAWN}t"}
BREAK = {f"{WORDS}p", f"{DRAWN}p", f"{WORDS}br", f"{DRAWN}br", f"{WORDS}tab", f"{WORDS}cr"}
SLIDE = re.compile(r"ppt/slides/slide(\d{1,6})\.xml")


class _Closed(Exception):
    pass


def main(kind: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdf  # its absence is a fault of ours, and no fault of the file

    content = sys.stdin.buffer.read()
    pages = _of_pdf(content, pypdf.PdfReader) if kind == "pdf" else _of_office(content, kind)
    try:
        text, is_whole = _taken(pages)
    except _Closed:
        return PASSWORD
    except Exception:  # whatever a library says of a hostile file, and that memory has run out
        return BROKEN
    json.dump({"text": text, "whole": is_whole}, sys.stdout, ensure_ascii=True)
    return 0


def _taken(pages: Iterator[str]) -> tuple[str, bool]:
    """The text of the pages up to the bounds, and whether it is all of it."""
    taken: list[str] = []
    length = 0
    for number, page in enumerate(pages, start=1):
        taken.append(page[: LONGEST - length])
        length += len(page)
        if length >= LONGEST or number > PAGES or time.process_time() > ENOUGH:
            return "\n".join(taken), False
    return "\n".join(taken), True


def _of_pdf(content: bytes, opened: Any) -> Iterator[str]:
    reader = opened(io.BytesIO(content))
    # a file may be closed for changes only: everybody reads it without a password
    if reader.is_encrypted and not reader.decrypt(""):
        raise _Closed
    for page in reader.pages:
        yield page.extract_text()


def _of_office(content: bytes, kind: str) -> Iterator[str]:
    if content.startswith(OLE):
        raise _Closed
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in _parts(archive.namelist(), kind):
            if archive.getinfo(name).file_size > UNPACKED:
                raise ValueError("a part is too large")
            with archive.open(name) as part:
                yield from _paragraphs(part)
            yield "\n"


def _parts(names: list[str], kind: str) -> list[str]:
    """Where the text stands: one document, or the slides in their order."""
    if kind == "docx":
        return ["word/document.xml"]
    slides = ((int(found[1]), name) for name in names if (found := SLIDE.fullmatch(name)))
    return [name for _, name in sorted(slides)]


def _paragraphs(part: IO[bytes]) -> Iterator[str]:
    """A file that declares entities or names others is refused, they are never read."""
    said: list[str] = []
    aside = 0
    for event, element in iterparse(part, ("start", "end"), forbid_dtd=True):
        if element.tag == TWICE:
            aside += 1 if event == "start" else -1
        elif event == "end" and not aside and element.tag in TEXT:
            said.append(element.text or "")
        elif event == "end" and element.tag in BREAK:
            said.append("\n" if element.tag.endswith("}p") else " ")
        if event == "end" and element.tag.endswith("}p"):
            yield "".join(said)
            said.clear()
            element.clear()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
