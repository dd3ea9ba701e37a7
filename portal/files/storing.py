"""Accepting and giving out files: type by content, size, name; served only through a permission check."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse
from django.utils.module_loading import import_string

from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.errors import Invalid
from portal.core.text import plain
from portal.files.models import ScanState
from portal.files.names import disposition

OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, tuple[bytes, str]] = {
    "pdf": (b"%PDF-", "application/pdf"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "docx": (b"PK\x03\x04", OFFICE + "wordprocessingml.document"),
    "xls": (b"\xd0\xcf\x11\xe0", "application/vnd.ms-excel"),
    "ods": (b"PK\x03\x04", "application/vnd.oasis.opendocument.spreadsheet"),
    "csv": (b"", "text/csv"),
    "xlsx": (b"PK\x03\x04", OFFICE + "spreadsheetml.sheet"),
    "pptx": (b"PK\x03\x04", OFFICE + "presentationml.presentation"),
}
SCANS = ("pdf", "jpg", "png")
PRACTICE_FILES = ("pdf", "docx", "xlsx", "pptx", "jpg", "png")
MB = 2**20


def limit(most: int = 0, *, together: int = 1) -> int:
    """How large a file may be: the portal's own limit, a smaller one of the place, and the share of one
    request that carries several files.
    """
    share = (settings.REQUEST_MAX_BYTES - MB) // together if together > 1 else settings.UPLOAD_MAX_BYTES
    return min(settings.UPLOAD_MAX_BYTES, share // MB * MB, most or settings.UPLOAD_MAX_BYTES)


def too_large(most: int) -> str:
    """The one sentence about size: said by the page before the file is sent, by its form, and where it is
    kept.
    """
    return f"Файл больше {most // MB} МБ. Уменьшите его и выберите снова."


def kind_of(name: str, head: bytes, kinds: tuple[str, ...], field: str) -> str:
    """The kind by name and by first bytes, which must agree. Raises Invalid at the field."""
    ending = name.rsplit(".", 1)[-1].lower().replace("jpeg", "jpg")
    allowed = ", ".join(kinds)
    if ending not in kinds:
        raise Invalid("file_kind", f"Такой файл мы не принимаем. Подойдёт: {allowed}.", field)
    if not head.startswith(KINDS[ending][0]):
        raise Invalid(
            "file_content",
            f"Внутри файла «{name}» не то, что обещает его имя. Сохраните его как {allowed} и выберите "
            "снова.",
            field,
        )
    return ending


def store(
    upload: "UploadedFile[bytes]", *, by: Actor, kinds: tuple[str, ...] = SCANS, field: str = "file"
) -> Any:
    """Check and keep an uploaded file in this contour. Raises Invalid at `field`; returns the StoredFile."""
    name = name_of(upload)
    if not upload.size:
        raise Invalid("file_empty", "Файл пустой. Выберите другой.", field)
    if upload.size > limit():
        raise Invalid("file_size", too_large(limit()), field)
    content = upload.read()
    return keep(name, content, kind_of(name, content[:16], kinds, field), by=by)


def name_of(upload: "UploadedFile[bytes]") -> str:
    """The file's own name, without the folders of the person's computer."""
    return plain(upload.name or "файл").replace("\\", "/").rsplit("/", 1)[-1][-200:]


def keep(name: str, content: bytes, kind: str, *, by: Actor) -> Any:
    """Keep bytes which the portal itself made or has checked."""
    row = record_model("StoredFile")(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=KINDS[kind][1],
        size=len(content),
        scan=_scanned(content),
        created_by=by.user,
    )
    row.content.save(name, ContentFile(content), save=False)
    row.save()
    return row


def discard(stored: Any) -> None:
    """Forget a file that no row needs any more; its content goes when the deletion is committed."""
    storage, name = stored.content.storage, stored.content.name
    stored.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _scanned(content: bytes) -> str:
    """The place for a virus scanner: a dotted path in settings; without one the file stays «не
    проверялось».
    """
    if not settings.FILE_SCAN_HOOK:
        return ScanState.UNCHECKED
    verdict = import_string(settings.FILE_SCAN_HOOK)(content)
    if verdict == ScanState.INFECTED:
        raise Invalid("file_infected", "Проверка нашла в файле угрозу. Мы его не приняли.", "file")
    return str(verdict)


def download(stored: Any, *, inline: bool = False) -> FileResponse:
    """The answer with the file. Call it only behind the door of the object the file belongs to."""
    response = FileResponse(stored.content.open("rb"), content_type=stored.media_type)
    response["Content-Disposition"] = disposition(stored.name, inline=inline)
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
