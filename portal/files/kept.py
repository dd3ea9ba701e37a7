"""Files of a refused form: kept with the attempt, put back into the next one, forgotten when it succeeds, or
by the night after a day (`Privacy.keep`, and the sweeping of files that no row names).

The page of a refusal asks for keeping (`ask`), the middleware keeps after the refused transaction is rolled
back (`keep_asked`) and puts the files back before the next attempt is looked at (`restore`): views, forms and
services see an ordinary upload.
"""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.http import HttpRequest

from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.errors import Invalid
from portal.files.storing import KINDS, discard, keep, name_of

MARK, AWAY = "-kept", "-away"
"""`scan-kept` carries the number of the kept file of the field `scan`; `scan-away` says that it is not wanted
any more.
"""


class UploadRequest(HttpRequest):
    """What keeping puts on a request. For annotations only: Django makes plain requests."""

    kept_uploads: dict[str, UUID]
    uploads_to_keep: dict[str, "tuple[UUID, UploadedFile[bytes]]"]


def restore(request: UploadRequest, by: Actor) -> None:
    """Put the kept files of this person and form among the uploads, unless another was chosen or the kept one
    was taken away.
    """
    request.kept_uploads, request.uploads_to_keep = {}, {}
    for name in [name for name in request.POST if name.endswith(MARK)]:
        field, number = name.removesuffix(MARK), _uuid(request.POST[name])
        if field in request.FILES or request.POST.get(f"{field}{AWAY}") or number is None or by.user is None:
            continue
        row = _rows(request, by).filter(uuid=number, field=field).select_related("file").first()
        if row is not None:
            request.kept_uploads[field] = row.uuid
            with row.file.content.open("rb") as content:
                request.FILES[field] = SimpleUploadedFile(row.file.name, content.read(), row.file.media_type)


def ask(request: HttpRequest, field: str, upload: "UploadedFile[bytes]") -> UUID | None:
    """The page of a refusal wants this file kept. Returns its number, or None when it cannot be kept (too
    large, nobody's).
    """
    by: Actor | None = getattr(request, "actor", None)
    if by is None or by.user is None or not 0 < (upload.size or 0) <= settings.UPLOAD_MAX_BYTES:
        return None
    known: UUID | None = getattr(request, "kept_uploads", {}).get(field)
    if known is not None:
        return known
    asked = request.__dict__.setdefault("uploads_to_keep", {})
    number, _ = asked.setdefault(field, (uuid4(), upload))
    return UUID(str(number))


@transaction.atomic
def keep_asked(request: UploadRequest, by: Actor) -> None:
    """After the refusal was rolled back: the files of the attempt, instead of those which an earlier one has
    left in the same fields.
    """
    for field, (number, upload) in getattr(request, "uploads_to_keep", {}).items():
        upload.seek(0)
        name, ending = name_of(upload), name_of(upload).rsplit(".", 1)[-1].lower()
        try:
            stored = keep(name, upload.read(), ending if ending in KINDS else "pdf", by=by)
        except Invalid:  # the scanner has found a threat: the file is asked for again
            continue
        _forget(_rows(request, by).filter(field=field))
        row = {"person": by.user, "route": request.path_info[:300], "field": field}
        record_model("KeptUpload").objects.create(uuid=number, file=stored, created_by=by.user, **row)


def forget_used(request: UploadRequest, by: Actor) -> None:
    """The form was accepted: what an earlier attempt has left is not needed any more."""
    if getattr(request, "kept_uploads", None) or any(name.endswith(MARK) for name in request.POST):
        _forget(_rows(request, by))


def _rows(request: UploadRequest, by: Actor) -> Any:
    return record_model("KeptUpload").objects.filter(person=by.user, route=request.path_info[:300])


def _forget(rows: Any) -> None:
    for row in rows.select_related("file"):
        row.delete()
        discard(row.file)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
