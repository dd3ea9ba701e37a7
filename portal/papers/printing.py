"""The PDF of a frozen paper: made of its stored Word file by a job, kept, handed out. A second request finds
the first one.
"""

from typing import Any

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import current_school, record_model
from portal.core.errors import Unavailable
from portal.documents import word_pdf
from portal.files.storing import keep
from tenants.jobs import city_job, school_job, whoever_asked


def pdf_is_available() -> bool:
    """PDF of a signed paper is made by LibreOffice where it is installed."""
    return word_pdf.available()


@transaction.atomic
def ask_for_pdf(paper: Any, *, by: Actor) -> Any:
    """Whoever may read the paper may have it as a PDF. What has failed is tried again. Raises Unavailable
    where there is no LibreOffice.
    """
    if not pdf_is_available():
        raise Unavailable("word_pdf_absent", "Здесь нельзя получить PDF этого документа. Скачайте файл Word.")
    asked, made = (
        record_model("PaperPdf")
        .objects.select_for_update()
        .get_or_create(paper=paper, defaults={"created_by": by.user})
    )
    if made or asked.trouble or asked.is_stuck:
        asked.trouble, asked.begun_at, asked.created_by = "", None, by.user
        asked.save_change("trouble", "begun_at", "created_by")
        job = make_pdf if current_school.get() else make_city_pdf
        job.later(
            by=by, key=f"paper:{asked.uuid}:{asked.version}", topic=paper.uuid, pdf_uuid=str(asked.uuid)
        )
    return asked


_SIGNED = whoever_asked(
    "a signed paper has its PDF, whoever signed it; it is handed out behind the door of its kind"
)


@school_job("papers.make_pdf", may=_SIGNED)
def make_pdf(*, by: Actor, pdf_uuid: str) -> None:
    """Safe to run again: what is made stays made."""
    _make(by, pdf_uuid)


@city_job("papers.make_city_pdf", may=_SIGNED)
def make_city_pdf(*, by: Actor, pdf_uuid: str) -> None:
    """The same for papers of the city."""
    _make(by, pdf_uuid)


def _make(by: Actor, pdf_uuid: str) -> None:
    rows = record_model("PaperPdf").objects
    asked = rows.select_related("paper__word").get(uuid=pdf_uuid)
    if not asked.is_waiting:
        return
    rows.filter(pk=asked.pk).update(begun_at=clock.now())
    word = asked.paper.word
    try:
        with word.content.open("rb") as stored:
            content = word_pdf.convert(stored.read())
    except Unavailable as refusal:
        rows.filter(pk=asked.pk).update(trouble=refusal.sentence[:300])
        return
    with transaction.atomic():
        stored = keep(f"{word.name.removesuffix('.docx')}.pdf", content, "pdf", by=by)
        rows.filter(pk=asked.pk).update(file=stored)
