"""The text of attached files is taken out in the background, and stays in the school as the files do."""

from uuid import UUID

from django.db import transaction

from portal.core.actor import Actor
from portal.documents.texts import FileText, Reading, text_of
from portal.school_practices.models import PracticeAttachment, SchoolPractice
from portal.school_practices.search import keep_words
from tenants.jobs import school_job, whoever_asked


@school_job("school_practices.read_file", may=whoever_asked("файл уже приложен, его текст читает портал"))
def read_file(*, by: Actor, attachment_uuid: str) -> None:
    """Read once more, it comes to the same. A file that was taken away meanwhile is not read."""
    attached = PracticeAttachment.objects.select_related("file").filter(uuid=UUID(attachment_uuid)).first()
    if attached is None:
        return
    with attached.file.content.open("rb") as stored:
        found = text_of(stored.read(), attached.file.name.rsplit(".", 1)[-1].lower())
    _keep(attached, found)


@transaction.atomic
def _keep(attached: PracticeAttachment, found: FileText) -> None:
    """The practice is locked first, as by whoever takes a file away."""
    practice = SchoolPractice.objects.select_for_update().filter(pk=attached.practice_id).first()
    rows = PracticeAttachment.objects.select_for_update().exclude(reading=found.outcome)
    kept = rows.filter(pk=attached.pk).first()
    if practice is not None and kept is not None:
        kept.reading, kept.text = found.outcome, found.text
        kept.save_change("reading", "text")
        keep_words(practice)


def read_waiting_files(by: Actor) -> None:
    """Each night: files that came before texts were read, and those whose work was lost."""
    for waiting in PracticeAttachment.objects.filter(reading=Reading.WAITS).order_by("pk"):
        read_file(by=by, attachment_uuid=str(waiting.uuid))
