"""The school's bank of mentors (SM-2)."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from portal.core.actor import Actor
from portal.core.privacy import BY_ACT, Privacy, by_case, ordinary, plain
from portal.mentor_bank import difficulties
from portal.mentor_bank.states import CardState, SupportArea
from portal.staff.models import Person
from tenants.base import SchoolEntity

SHOWN_IN_SCHOOL = (CardState.CONFIRMED, CardState.ACTIVE, CardState.PAUSED)
READY = (CardState.CONFIRMED, CardState.ACTIVE)


class CardQuerySet(models.QuerySet["MentorCard"]):
    def ready(self) -> Self:
        """Cards whose mentors may be proposed today: confirmed, and at work (decisions.md, SM-2)."""
        return self.filter(state__in=READY, person__in=Person.objects.at_hand())

    def visible_to(self, by: Actor) -> Self:
        """Leaders see every card; each teacher sees confirmed mentors of the school and the own card; a guest
        the own one.
        """
        return self._shown(by, "state")

    def visible_on_day(self, by: Actor) -> Self:
        """Of rows with `state_then`: what colleagues did not see on the day, that somebody was not confirmed
        at first, they do not see of it later.
        """
        return self.visible_to(by)._shown(by, "state_then")

    def _shown(self, by: Actor, state: str) -> Self:
        if by.is_system or by.can("mentor_card:read"):
            return self
        if not by.serves:
            return self.none()
        shown = models.Q(person__user=by.user)
        if by.can("pair:propose_own"):
            shown |= models.Q(**{f"{state}__in": SHOWN_IN_SCHOOL})
        return self.filter(shown)


class MentorCard(SchoolEntity):
    """A mentor of the school: what is confirmed, what the person is strong in, how many mentees are
    welcome.
    """

    privacy = Privacy(
        subjects=("person",),
        basis="Согласие на обработку данных (T-28)",
        keep=by_case("3 года после архива", BY_ACT),
    )

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="mentor_cards", verbose_name="кто"
    )
    willing = plain(models.BooleanField("готов быть наставником", default=True))
    confirmed_results = ordinary(models.TextField("подтверждённые результаты", max_length=3000))
    no_disciplinary = plain(models.BooleanField("взысканий нет", default=True))
    recommendation = ordinary(models.CharField("кто рекомендует и чем", max_length=250, blank=True))
    waiver = ordinary(models.CharField("почему пороги не применяются", max_length=300, blank=True))
    strengths = plain(
        ArrayField(models.CharField(max_length=40), verbose_name="в чём силён", default=list, blank=True)
    )
    support_areas = plain(
        ArrayField(
            models.CharField(max_length=24, choices=SupportArea.choices),
            verbose_name="направления помощи",
            default=list,
            blank=True,
        )
    )
    topics = ordinary(models.CharField("о чём спрашивать", max_length=250, blank=True))
    max_mentees = plain(
        models.PositiveSmallIntegerField(
            "сколько наставляемых", default=2, validators=[MinValueValidator(1), MaxValueValidator(15)]
        )
    )
    state = plain(
        models.CharField("состояние", max_length=12, choices=CardState.choices, default=CardState.CANDIDATE)
    )
    curator_word_on = plain(models.DateField("подтвердил куратор", null=True, blank=True))
    curator_word_by = plain(models.UUIDField("кто из кураторов", null=True, blank=True))
    principal_word_on = plain(models.DateField("подтвердил директор", null=True, blank=True))
    principal_word_by = plain(models.UUIDField("кто из директоров", null=True, blank=True))

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = "карточка наставника"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=~models.Q(state__in=["archived", "rejected"]),
                name="mentor_card_one_live",
            ),
        ]

    def __str__(self) -> str:
        return self.person.short_name

    @property
    def strength_titles(self) -> list[str]:
        return difficulties.titles(self.strengths)

    @property
    def area_titles(self) -> list[str]:
        return [str(SupportArea(code).label) for code in self.support_areas]
