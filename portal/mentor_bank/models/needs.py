"""The mentee's educational order: what help is needed (Положение 2.2, 6.1)."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core import clock
from portal.core.actor import Actor
from portal.core.privacy import BY_ACT, Privacy, by_case, ordinary, plain
from portal.mentor_bank import difficulties
from portal.mentor_bank.states import MenteeCategory, MentoringForm, NeedState, Urgency
from portal.municipality.reference import catalogue
from portal.municipality.states import Book
from portal.staff.models import Person
from tenants.base import SchoolEntity


class NeedQuerySet(models.QuerySet["MenteeNeed"]):
    def visible_to(self, by: Actor) -> Self:
        """The school's leaders of mentoring see all needs, a person sees one's own."""
        if by.is_system or by.can("need:read"):
            return self
        return self.filter(person__user=by.user) if by.serves else self.none()


class MenteeNeed(SchoolEntity):
    """What a person wants to learn and from when. Renewed at least once a year (Положение 6.1, кур. (1))."""

    privacy = Privacy(
        subjects=("person",),
        basis="Согласие на обработку данных (T-28); участие в наставничестве добровольно",
        keep=by_case("3 года после закрытия", BY_ACT),
    )

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="mentee_needs", verbose_name="кому"
    )
    category = plain(models.CharField("кто", max_length=12, choices=MenteeCategory.choices))
    reason = plain(models.CharField("почему сейчас", max_length=30))
    request = ordinary(models.TextField("запрос", max_length=2000))
    difficulty_items = ordinary(
        ArrayField(models.CharField(max_length=40), verbose_name="затруднения", default=list, blank=True)
    )
    free_difficulty = ordinary(models.CharField("затруднение своими словами", max_length=200, blank=True))
    desired_form = plain(models.CharField("форма", max_length=20, choices=MentoringForm.choices, blank=True))
    desired_kinds = plain(
        ArrayField(models.CharField(max_length=14), verbose_name="виды", default=list, blank=True)
    )
    desired_mentor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="желанный наставник",
    )
    wanted_from = plain(models.DateField("с какого дня", null=True, blank=True))
    wanted_to = plain(models.DateField("до какого дня", null=True, blank=True))
    urgency = plain(
        models.CharField("насколько срочно", max_length=8, choices=Urgency.choices, default=Urgency.MONTH)
    )
    state = plain(
        models.CharField("состояние", max_length=10, choices=NeedState.choices, default=NeedState.NEW)
    )
    actualised_on = plain(models.DateField("подтверждена", default=clock.today))

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "потребность"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state__in=["new", "accepted", "matched"]),
                name="need_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Потребность: {self.person.short_name}"

    @property
    def reason_title(self) -> str:
        """As the city calls it now."""
        return catalogue(Book.NEEDS).title(self.reason)

    @property
    def difficulties(self) -> list[str]:
        """The difficulties in words."""
        return difficulties.titles(self.difficulty_items, self.free_difficulty)
