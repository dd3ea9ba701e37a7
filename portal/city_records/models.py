"""Concrete records of the contour: the shapes live in libraries without tables."""

from django.db import models

from portal.audit.models import AbstractJournalLine, AbstractReadLine, AbstractRepeatKey
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


class AskedQuestion(AbstractAskedQuestion):
    class Meta(AbstractAskedQuestion.Meta):
        verbose_name = "вопрос поиску"
