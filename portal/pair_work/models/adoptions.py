"""A practice of the city's bank in a programme of this school: which text of it, and what came of it."""

from typing import Self

from django.db import models

from best_practices.outcomes import Outcome
from portal.core.actor import Actor
from portal.core.privacy import Privacy, along, ordinary, plain
from portal.mentoring.models.pairs import Pair
from portal.pair_work.models.programmes import Programme
from tenants.base import SchoolEntity

_BASIS = "Согласие на участие в наставничестве (T-06, T-07)"


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def visible_to(self, by: Actor) -> Self:
        """Whoever sees the programme sees which practices were taken into it."""
        if by.is_system or by.can("programme:read"):
            return self
        return self.filter(programme__pair__in=Pair.objects.of_person(by))

    def live(self) -> Self:
        """Those that were not taken out again."""
        return self.filter(dropped_on=None)

    def to_tell(self) -> Self:
        """The programme is over, and nobody has said yet how the practice worked."""
        return self.live().exclude(ended_on=None).filter(outcome="")


class Adoption(SchoolEntity):
    """A practice that a pair has taken into its programme: it pins the practice and its revision, comes into
    force with the text of the programme, ends with the programme, and is asked about once.
    """

    privacy = Privacy(subjects=("programme",), basis=_BASIS, keep=along("programme", "Как программа"))

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="adoptions", verbose_name="программа"
    )
    practice = plain(models.UUIDField("практика"))
    card = plain(models.UUIDField("карточка банка"))
    code = plain(models.CharField("номер в банке", max_length=20))
    title = plain(models.CharField("название практики", max_length=150))
    revision = plain(models.PositiveSmallIntegerField("редакция практики"))
    is_own = plain(models.BooleanField("практика своей школы", default=False))
    taken_on = plain(models.DateField("взята"))
    in_force_on = plain(models.DateField("согласована в программе", null=True))
    ended_on = plain(models.DateField("закончилась с программой", null=True))
    dropped_on = plain(models.DateField("убрана", null=True))
    outcome = plain(models.CharField("как сработала", max_length=8, choices=Outcome.choices, blank=True))
    measured = plain(models.JSONField("что измерили", default=list))
    hours = plain(models.PositiveSmallIntegerField("часов ушло у наставника", null=True))
    words = ordinary(models.TextField("что помогло или помешало", max_length=1000, blank=True))
    told_on = plain(models.DateField("когда ответили", null=True))
    told_by = plain(models.UUIDField("кто ответил", null=True))
    names_school = plain(models.BooleanField("школу можно назвать", default=False, db_default=False))
    """The principal's word."""
    sent_on = plain(models.DateField("ответ передан городу", null=True))
    sent_words = plain(models.BooleanField("слова переданы", default=False, db_default=False))

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "внедрение практики"
        ordering = ["taken_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "practice"],
                condition=models.Q(dropped_on=None),
                name="adoption_once_in_a_programme",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="") | ~models.Q(ended_on=None), name="adoption_told_at_the_end"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> str:
        """Where it is now, in words."""
        if self.dropped_on:
            return "убрана из программы"
        if self.outcome:
            return str(self.get_outcome_display())
        if self.ended_on:
            return "программа закончилась, ждём ответа"
        return "в программе" if self.in_force_on else "в тексте, который ещё согласуют"
