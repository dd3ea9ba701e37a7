"""Several files as one: a zip with names that a person can read, and a list of what is in it and what could
not be put in.
"""

import tempfile
import zipfile
from dataclasses import dataclass
from typing import IO, Any

from django.http import FileResponse

from portal.core import clock
from portal.core.errors import DomainError
from portal.files.answers import leaving
from portal.files.names import file_name
from portal.files.storing import KINDS

IN_MEMORY = 8 * 2**20
CHUNK = 2**16
LIST = "Что в папке.txt"
ENDINGS = {media_type: ending for ending, (_, media_type) in KINDS.items()}
NOT_OPENED = "файл не открылся, скажите об этом поддержке портала"
LOST = (DomainError, OSError, ValueError, RuntimeError)
"""What may go wrong with one paper; the others are given all the same."""


@dataclass(frozen=True)
class Item:
    """One file of a folder: stored, or made when it is put in. `name` is without an ending; `inside` is the
    folder within.
    """

    name: str
    content: Any
    """A stored file, or a function that makes the bytes."""
    ending: str = ""
    inside: str = ""


class Folder:
    """Put in with `add`; `answer` gives it out. On disk as soon as it is large."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed with the answer)
        # papers and scans are packed already
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED)
        self._names: list[str] = []
        self._lost: list[str] = []

    def add(self, item: Item) -> None:
        """A paper that cannot be made or read is named in the list, and nothing else is lost with it."""
        name = self._free(item)
        try:
            self._write(name, item.content)
        except LOST as trouble:
            said = trouble.sentence if isinstance(trouble, DomainError) else NOT_OPENED
            self._lost.append(f"{name}: {said}")
        else:
            self._names.append(name)

    def _free(self, item: Item) -> str:
        """The name by the one rule of names; two papers of one name are told apart by a number."""
        ending = item.ending or ENDINGS.get(item.content.media_type, "bin")
        taken = {name.casefold() for name in (*self._names, LIST)}
        for number in range(1, len(taken) + 2):
            name = file_name(f"{item.name}{f' ({number})' if number > 1 else ''}.{ending}")
            path = f"{file_name(item.inside)}/{name}" if item.inside else name
            if path.casefold() not in taken:
                break
        return path

    def _write(self, name: str, content: Any) -> None:
        if callable(content):
            self._zip.writestr(self._entry(name), content())
            return
        with content.content.open("rb") as stored, self._zip.open(self._entry(name), "w") as written:
            for chunk in iter(lambda: stored.read(CHUNK), b""):
                written.write(chunk)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        return zipfile.ZipInfo(name, clock.local(clock.now()).timetuple()[:6])

    def answer(self, *lines: str) -> FileResponse:
        """The zip as an answer; `lines` begin its list."""
        said = [
            self.title,
            *lines,
            "",
            *(self._names or ["Документов, которые вам можно открыть, пока нет."]),
        ]
        said += ["", "Не вошло:", *self._lost] if self._lost else []
        self._zip.writestr(self._entry(LIST), "\ufeff" + "\r\n".join([*said, ""]))
        self._zip.close()
        self._file.seek(0)
        return leaving(self._file, f"{self.title}.zip", "application/zip")
