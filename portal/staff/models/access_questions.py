"""Another school asks to let somebody of ours in again: whether we agree."""

from django.db import models

from portal.accounts.models import till_when
from portal.accounts.states import Change
from portal.core.privacy import YEAR, Privacy, for_days, ordinary, plain
from portal.staff.models.people import Person
from tenants.base import SchoolEntity


class AccessQuestion(SchoolEntity):
    """The person serves here, too, so nothing of the sign-in changes without the principal's word
    (docs/adr/0038). `consent` is the number under which the city waits.
    """

    privacy = Privacy(
        subjects=("person",), basis="Просьба другой школы этого человека", keep=for_days("1 год", YEAR)
    )

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="access_questions", verbose_name="сотрудник"
    )
    consent = plain(models.UUIDField("номер вопроса", unique=True))
    what = plain(models.CharField("что", max_length=8, choices=Change.choices))
    email = ordinary(models.EmailField("новая почта", blank=True))
    asked_by = plain(models.CharField("кто просит", max_length=120))
    reason = ordinary(models.CharField("причина", max_length=500))
    answer_due = plain(models.DateField("ждут ответа до", null=True))
    answered_at = plain(models.DateTimeField("отвечено", null=True))
    agrees = plain(models.BooleanField("согласны", null=True))

    class Meta:
        verbose_name = "вопрос о входе в портал"
        ordering = ["id"]

    @property
    def till_when(self) -> str:
        return till_when(self.answer_due)
