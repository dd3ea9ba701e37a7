"""Which practice has grown out of a programme."""

from django.db import models

from portal.core.privacy import Privacy, along
from portal.pair_work.models.programmes import Programme
from portal.school_practices.models import SchoolPractice
from tenants.base import SchoolEntity


class ProgrammePractice(SchoolEntity):
    """The draft that was made from a programme: one, however often it is asked for; without the draft there
    is nothing to remember.
    """

    privacy = Privacy(basis="Как программа", keep=along("programme", "Как программа"))

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="told_as", verbose_name="программа"
    )
    practice = models.OneToOneField(
        SchoolPractice, on_delete=models.CASCADE, related_name="+", verbose_name="практика"
    )

    class Meta:
        verbose_name = "практика из программы"
