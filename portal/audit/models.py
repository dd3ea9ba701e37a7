"""Shapes of the journals; `school_records` and `city_records` make tables of them. Journals only grow: no
UPDATE, no DELETE.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core.entity import Entity
from portal.core.privacy import YEAR, Privacy, for_days, ordinary, plain

JOB = "job"
"""Whose the repeat keys of background work are: by them a job is done once, however late its second letter
comes.
"""
_KEEP = for_days("5 лет", 5 * YEAR)


class AbstractJournalLine(Entity):
    """Who changed what: one line per creation, edit and transition."""

    append_only = True
    privacy = Privacy(basis="152-ФЗ ст. 19: учёт действий с персональными данными", keep=_KEEP)

    actor = ordinary(models.UUIDField("кто", null=True))
    via = plain(models.CharField("чем", max_length=20, default="session"))
    verb = plain(models.CharField("что сделано", max_length=80))
    model = plain(models.CharField("с чем", max_length=80))
    object_uuid = plain(models.UUIDField("с какой записью"))
    source = plain(models.CharField("было", max_length=40, blank=True))
    target = plain(models.CharField("стало", max_length=40, blank=True))
    changes = ordinary(models.JSONField("какие поля", default=dict))
    comment = ordinary(models.TextField("пояснение", blank=True))
    request_id = plain(models.CharField("номер обращения", max_length=40, blank=True))

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["object_uuid", "created_at"])]


class AbstractReadLine(Entity):
    """Who looked at whose personal data: one line per page, uuids only, never names."""

    append_only = True
    privacy = Privacy(basis="152-ФЗ ст. 19: учёт действий с персональными данными", keep=_KEEP)

    actor = ordinary(models.UUIDField("кто смотрел", null=True))
    page = plain(models.CharField("какую страницу", max_length=200))
    subjects = plain(ArrayField(models.UUIDField(), verbose_name="чьи данные"))
    request_id = plain(models.CharField("номер обращения", max_length=40, blank=True))

    class Meta:
        abstract = True


class AbstractDisclosureLine(Entity):
    """What left the school: by whom, to whom, on which basis. The school shows it as «что и когда ушло из
    школы».
    """

    append_only = True
    privacy = Privacy(
        subjects=("actor",), basis="152-ФЗ ст. 14: субъект вправе знать, кому переданы данные", keep=_KEEP
    )

    actor = ordinary(models.UUIDField("кто передал", null=True))
    kind = plain(models.CharField("вид письма", max_length=60))
    title = plain(models.CharField("что передано", max_length=250))
    object_uuid = plain(models.UUIDField("запись"))
    letter = plain(models.UUIDField("письмо"))
    recipient = plain(models.CharField("кому", max_length=250))
    basis = plain(models.CharField("основание", max_length=250))
    carries = plain(models.CharField("что внутри", max_length=500, blank=True))

    class Meta:
        abstract = True


class AbstractRepeatKey(Entity):
    """The answer given to a POST, kept 24 hours, so that its repetition gets the same answer and does
    nothing.
    """

    privacy = Privacy(
        subjects=("shown",),
        basis="Необходимо для работы портала",
        keep=for_days("24 часа; отметки о выполненных работах остаются", 1, spare={"person": JOB}),
    )

    person = plain(models.CharField("кто", max_length=64))
    route = plain(models.CharField("адрес", max_length=300))
    key = plain(models.CharField("ключ", max_length=80))
    body_hash = plain(models.CharField("отпечаток", max_length=64))
    status = plain(models.PositiveSmallIntegerField("ответ"))
    location = plain(models.CharField("куда", max_length=500, blank=True))
    flash = ordinary(models.JSONField("сообщения", default=list))
    body = ordinary(models.BinaryField("тело", default=bytes))
    content_type = plain(models.CharField("тип", max_length=80, blank=True))
    etag = plain(models.CharField("отпечаток версии", max_length=80, blank=True, default="", db_default=""))
    shown = plain(ArrayField(models.UUIDField(), verbose_name="чьи данные в теле", default=list))

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["person", "route", "key", "body_hash"], name="%(app_label)s_repeat_once"
            )
        ]
