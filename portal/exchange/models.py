"""Shapes of the outbox and the inbox; each contour has one of each. They are queues, so the post may update
them.
"""

from django.db import models

from portal.core.entity import Entity
from portal.core.privacy import YEAR, Privacy, for_days, ordinary, plain


def _privacy(*ends: str) -> Privacy:
    return Privacy(
        basis="Перечень передаваемого согласован при подключении школы",
        keep=for_days("1 год после доставки", YEAR, *ends),
    )


class AbstractOutbox(Entity):
    """A letter written in the sender's transaction. `school` is the receiving school when the city writes."""

    privacy = _privacy("sent_at")

    kind = plain(models.CharField("вид", max_length=60))
    topic = plain(models.UUIDField("о чём"))
    school = plain(models.UUIDField("школа", null=True))
    payload = ordinary(models.JSONField("содержание"))
    sent_at = plain(models.DateTimeField("отправлено", null=True))
    attempts = plain(models.PositiveSmallIntegerField("попыток", default=0))
    trouble = plain(models.TextField("что помешало", blank=True))
    stopped = plain(models.BooleanField("остановлено", default=False))

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["id"], condition=models.Q(sent_at=None), name="%(app_label)s_unsent")]


class AbstractInbox(Entity):
    """A letter as it came. Its uuid is the sender's, so a second delivery changes nothing. `id` is the order
    of arrival.
    """

    privacy = _privacy("applied_at", "set_aside_at")

    kind = plain(models.CharField("вид", max_length=60))
    topic = plain(models.UUIDField("о чём"))
    school = plain(models.UUIDField("школа", null=True))
    payload = ordinary(models.JSONField("содержание"))
    sent_by = plain(models.UUIDField("кто отправил", null=True))
    written_at = plain(models.DateTimeField("написано"))
    applied_at = plain(models.DateTimeField("применено", null=True))
    attempts = plain(models.PositiveSmallIntegerField("попыток", default=0))
    trouble = plain(models.TextField("что помешало", blank=True))
    stopped = plain(models.BooleanField("остановлено", default=False))
    set_aside_at = plain(models.DateTimeField("отложено", null=True))

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["id"], condition=models.Q(applied_at=None), name="%(app_label)s_unapplied")
        ]
