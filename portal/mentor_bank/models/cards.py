"""The school's bank of mentors (SM-2)."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from portal.core.actor import Actor
from portal.core.privacy import BY_ACT, Privacy, by_case
from portal.mentor_bank import difficulties
from portal.mentor_bank.states import CardState, SupportArea
from tenants.base import SchoolEntity

SHOWN_IN_SCHOOL = (CardState.CONFIRMED, CardState.ACTIVE, CardState.PAUSED)
READY = (CardState.CONFIRMED, CardState.ACTIVE)
"""Cards whose mentors may be proposed (decisions.md, SM-2)."""


class CardQuerySet(models.QuerySet["MentorCard"]):
    def visible_to(self, by: Actor) -> Self:
        """Leaders see every card; each teacher sees confirmed mentors of the school and the own card."""
        if by.is_system or by.can("mentor_card:read"):
            return self
        if not by.serves:
            return self.none()
        return self.filter(models.Q(state__in=SHOWN_IN_SCHOOL) | models.Q(employee__user=by.user))


class MentorCard(SchoolEntity):
    """A mentor of the school: what is confirmed, what the person is strong in, how many mentees are
    welcome.
    """

    privacy = Privacy(
        subjects=("employee",),
        plain=(
            "employee",
            "willing",
            "no_disciplinary",
            "strengths",
            "support_areas",
            "max_mentees",
            "curator_word_on",
            "curator_word_by",
            "principal_word_on",
            "principal_word_by",
        ),
        ordinary=("confirmed_results", "topics", "waiver", "recommendation"),
        basis="Согласие на обработку данных (T-28)",
        keep=by_case("3 года после архива", BY_ACT),
    )

    employee = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, related_name="mentor_cards", verbose_name="кто"
    )
    willing = models.BooleanField("готов быть наставником", default=True)
    confirmed_results = models.TextField("подтверждённые результаты", max_length=3000)
    no_disciplinary = models.BooleanField("взысканий нет", default=True)
    recommendation = models.CharField("кто рекомендует и чем", max_length=250, blank=True)
    waiver = models.CharField("почему пороги не применяются", max_length=300, blank=True)
    strengths = ArrayField(
        models.CharField(max_length=40), verbose_name="в чём силён", default=list, blank=True
    )
    support_areas = ArrayField(
        models.CharField(max_length=24, choices=SupportArea.choices),
        verbose_name="направления помощи",
        default=list,
        blank=True,
    )
    topics = models.CharField("о чём спрашивать", max_length=250, blank=True)
    max_mentees = models.PositiveSmallIntegerField(
        "сколько наставляемых", default=2, validators=[MinValueValidator(1), MaxValueValidator(15)]
    )
    state = models.CharField(
        "состояние", max_length=12, choices=CardState.choices, default=CardState.CANDIDATE
    )
    curator_word_on = models.DateField("подтвердил куратор", null=True, blank=True)
    curator_word_by = models.UUIDField("кто из кураторов", null=True, blank=True)
    principal_word_on = models.DateField("подтвердил директор", null=True, blank=True)
    principal_word_by = models.UUIDField("кто из директоров", null=True, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = "карточка наставника"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=~models.Q(state__in=["archived", "rejected"]),
                name="mentor_card_one_live",
            ),
        ]

    def __str__(self) -> str:
        return self.employee.short_name

    @property
    def strength_titles(self) -> list[str]:
        return difficulties.titles(self.strengths)

    @property
    def area_titles(self) -> list[str]:
        return [str(SupportArea(code).label) for code in self.support_areas]
