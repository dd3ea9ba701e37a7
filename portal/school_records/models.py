"""Concrete records of the contour: the shapes live in libraries without tables."""

from django.db import models

from portal.audit.models import (
    AbstractDisclosureLine,
    AbstractJournalLine,
    AbstractReadLine,
    AbstractRepeatKey,
)
from portal.core.entity import Entity
from portal.core.privacy import YEAR, Privacy, for_days, plain
from portal.exchange.models import AbstractInbox, AbstractOutbox
from portal.files.models import AbstractKeptUpload, AbstractStoredFile
from portal.notify.models import AbstractNotice
from portal.papers.models import AbstractFrozenPaper, AbstractPaperPdf
from portal.search.tally import AbstractAskedQuestion


class JournalLine(AbstractJournalLine):
    class Meta(AbstractJournalLine.Meta):
        verbose_name = "строка журнала"


class ReadLine(AbstractReadLine):
    class Meta(AbstractReadLine.Meta):
        verbose_name = "строка журнала чтения"


class RepeatKey(AbstractRepeatKey):
    class Meta(AbstractRepeatKey.Meta):
        verbose_name = "ответ на повтор"


class Outbox(AbstractOutbox):
    class Meta(AbstractOutbox.Meta):
        verbose_name = "исходящее письмо"


class Inbox(AbstractInbox):
    class Meta(AbstractInbox.Meta):
        verbose_name = "входящее письмо"


class Notice(AbstractNotice):
    class Meta(AbstractNotice.Meta):
        verbose_name = "уведомление"


class StoredFile(AbstractStoredFile):
    class Meta(AbstractStoredFile.Meta):
        verbose_name = "файл"


class FrozenPaper(AbstractFrozenPaper):
    class Meta(AbstractFrozenPaper.Meta):
        verbose_name = "подписанный документ"


class PaperPdf(AbstractPaperPdf):
    class Meta(AbstractPaperPdf.Meta):
        verbose_name = "PDF подписанного документа"


class KeptUpload(AbstractKeptUpload):
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="файл")

    class Meta(AbstractKeptUpload.Meta):
        verbose_name = "файл непринятой формы"


class DisclosureLine(AbstractDisclosureLine):
    class Meta(AbstractDisclosureLine.Meta):
        verbose_name = "строка журнала передачи"


class Numerator(Entity):
    """The next number of a series, per school and calendar year (orders, minutes)."""

    privacy = Privacy()

    series = plain(models.CharField("ряд", max_length=40))
    year = plain(models.PositiveSmallIntegerField("год"))
    last = plain(models.PositiveIntegerField("последний номер", default=0))

    class Meta:
        verbose_name = "нумератор"
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="numerator_one_per_year")]


class SentReminder(Entity):
    """A reminder that was already sent: time reminds once of each thing. Advice that its reader has put off
    is kept so too (`not_now.…`).
    """

    privacy = Privacy(keep=for_days("1 год", YEAR))

    code = plain(models.CharField("о чём", max_length=60))
    subject = plain(models.UUIDField("запись"))

    class Meta:
        verbose_name = "отправленное напоминание"
        constraints = [models.UniqueConstraint(fields=["code", "subject"], name="sent_reminder_once")]


class AskedQuestion(AbstractAskedQuestion):
    class Meta(AbstractAskedQuestion.Meta):
        verbose_name = "вопрос поиску"
