"""The shape of a notice: what happened, for whom, where to look."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core.entity import Entity
from portal.core.privacy import YEAR, Privacy, for_days


class AbstractNotice(Entity):
    """A short message to one person in one contour. No personal data beyond a name and a link (domain.md
    §9).
    """

    privacy = Privacy(
        subjects=("about",),
        plain=("code", "url", "read_at", "about"),
        ordinary=("recipient", "text"),
        basis="Необходимо для работы портала",
        keep=for_days("1 год", YEAR),
    )

    recipient = models.UUIDField("кому")
    code = models.CharField("о чём", max_length=60)
    text = models.CharField("текст", max_length=300)
    url = models.CharField("куда", max_length=300, blank=True)
    about = ArrayField(models.UUIDField(), verbose_name="о ком", default=list)
    read_at = models.DateTimeField("прочитано", null=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["recipient", "-created_at"])]
