"""The PDF of an act: made by a job, kept, handed out. A second request for the same edition finds the first
one.
"""

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Unavailable
from portal.files.storing import keep
from portal.local_acts.exports import ACT, act_pdf, pdf_is_available
from portal.local_acts.models import ActPdf, LocalAct
from portal.papers import freezing as papers
from tenants.jobs import school_job


@transaction.atomic
def ask_for_pdf(act: LocalAct, *, by: Actor) -> ActPdf:
    """Whoever may read the act may have it as a PDF. What has failed is tried again. Raises Unavailable where
    there is no LibreOffice.
    """
    if papers.frozen(ACT, act) is not None:
        raise Conflict("frozen", "Положение уже утверждено: его PDF берут рядом с подписанным документом.")
    if not pdf_is_available():
        raise Unavailable("word_pdf_absent", "Здесь нельзя получить PDF этого документа. Скачайте файл Word.")
    asked, made = ActPdf.objects.select_for_update().get_or_create(
        act=act, edition=act.version, defaults={"created_by": by.user}
    )
    if made or asked.trouble or asked.is_stuck:
        asked.trouble, asked.begun_at, asked.created_by = "", None, by.user
        asked.save_change("trouble", "begun_at", "created_by")
        make_pdf.later(
            by=by, key=f"pdf:{asked.uuid}:{asked.version}", topic=act.uuid, pdf_uuid=str(asked.uuid)
        )
    return asked


def _leave(*, by: Actor, pdf_uuid: str) -> None:
    """Whoever reads the act may ask again."""
    ActPdf.objects.filter(uuid=pdf_uuid, file=None).update(
        trouble="Тот, кто просил этот PDF, больше не работает в школе. Попросите его ещё раз."
    )


@school_job("local_acts.make_pdf", may=lambda by: by.can("local_act:read"), otherwise=_leave)
def make_pdf(*, by: Actor, pdf_uuid: str) -> None:
    """Safe to run again: what is made stays made."""
    asked = ActPdf.objects.select_related("act").get(uuid=pdf_uuid)
    if not asked.is_waiting:
        return
    ActPdf.objects.filter(pk=asked.pk).update(begun_at=clock.now())
    try:
        name, content = act_pdf(asked.act)
    except Unavailable as refusal:
        ActPdf.objects.filter(pk=asked.pk).update(trouble=refusal.sentence[:300])
        return
    with transaction.atomic():
        stored = keep(name, content, "pdf", by=by)
        ActPdf.objects.filter(pk=asked.pk).update(file=stored)
