"""The shape of a notice: what happened, for whom, where to look."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core.entity import Entity
from portal.core.privacy import YEAR, Privacy, for_days, ordinary, plain


class AbstractNotice(Entity):
    """A short message to one person in one contour. No personal data beyond a name and a link (domain.md
    §9).
    """

    privacy = Privacy(
        subjects=("about",), basis="Необходимо для работы портала", keep=for_days("1 год", YEAR)
    )

    recipient = ordinary(models.UUIDField("кому"))
    code = plain(models.CharField("о чём", max_length=60))
    text = ordinary(models.CharField("текст", max_length=300))
    url = plain(models.CharField("куда", max_length=300, blank=True))
    about = plain(ArrayField(models.UUIDField(), verbose_name="о ком", default=list))
    read_at = plain(models.DateTimeField("прочитано", null=True))

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["recipient", "-created_at"])]
