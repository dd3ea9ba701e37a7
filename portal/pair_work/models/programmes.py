"""The personalised programme of a pair: goals from difficulties, a plan of activities, frozen revisions
(SM-4).
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core.actor import Actor
from portal.core.privacy import Privacy, along, ordinary, plain
from portal.core.school_year import SchoolYear
from portal.mentor_bank import difficulties
from portal.mentoring.models.pairs import Pair
from portal.pair_work.states import (
    EDITABLE,
    Achieved,
    ActivityBlock,
    ActivityMark,
    ProgrammeState,
    Responsible,
    WorkForm,
)
from portal.staff.models import Person
from tenants.base import SchoolEntity

_BASIS = "Согласие на участие в наставничестве (T-06, T-07)"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, by: Actor) -> Self:
        """Leaders see programmes of the school, people of a pair their own."""
        if by.is_system or by.can("programme:read"):
            return self
        return self.filter(pair__in=Pair.objects.of_person(by))


class Programme(SchoolEntity):
    """One plan of one pair for one school year. `revision` counts submitted texts, `version` guards the
    forms.
    """

    privacy = Privacy(subjects=("pair",), basis=_BASIS, keep=along("pair", "Как пара"))

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="programmes")
    year = plain(models.PositiveSmallIntegerField("учебный год"))
    title = ordinary(models.CharField("название", max_length=150))
    problem = ordinary(models.TextField("с чего начинаем", max_length=5000))
    goal = ordinary(models.TextField("цель", max_length=5000))
    tasks = ordinary(models.TextField("задачи", max_length=5000))
    expected = ordinary(models.TextField("что получится", max_length=5000))
    evaluation = ordinary(models.TextField("как поймём, что получилось", max_length=5000))
    roles = ordinary(models.CharField("роли", max_length=300, blank=True))
    frequency = plain(models.CharField("как часто", max_length=100))
    place = plain(models.CharField("где", max_length=100, blank=True))
    channel = plain(models.CharField("как на связи", max_length=100, blank=True))
    difficulty_items = ordinary(
        ArrayField(models.CharField(max_length=40), verbose_name="затруднения", default=list)
    )
    free_difficulty = plain(models.CharField("затруднение своими словами", max_length=200, blank=True))
    starts_on = plain(models.DateField("с"))
    ends_on = plain(models.DateField("по"))
    length_reason = ordinary(models.CharField("почему такой срок", max_length=300, blank=True))
    state = plain(
        models.CharField(
            "состояние", max_length=16, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT
        )
    )
    revision = plain(models.PositiveSmallIntegerField("редакция", default=0))
    agreed_revisions = plain(
        ArrayField(
            models.PositiveSmallIntegerField(),
            verbose_name="редакции, по которым пара работала",
            default=list,
        )
    )
    marks_before = ordinary(models.JSONField("отметки плана до уточнения", default=list))
    submitted_on = plain(models.DateField("отправлена", null=True, blank=True))
    recommended_on = plain(models.DateField("рекомендована ШМО", null=True, blank=True))
    approved_on = plain(models.DateField("утверждена", null=True, blank=True))
    approved_by = plain(models.UUIDField("кем утверждена", null=True, blank=True))
    answer = ordinary(models.TextField("что поправить", blank=True))

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "программа"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "year"], condition=~models.Q(state="cancelled"), name="programme_one_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="programme_period"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def school_year(self) -> SchoolYear:
        return SchoolYear(self.year)

    @property
    def difficulties(self) -> list[str]:
        return difficulties.titles(self.difficulty_items, self.free_difficulty)

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def mode(self) -> str:
        """«раз в неделю, кабинет 214, MAX»."""
        return ", ".join(part for part in (self.frequency, self.place, self.channel) if part)


class ProgrammeGoal(SchoolEntity):
    """A goal that answers one difficulty; rated by both at the end."""

    privacy = Privacy(subjects=("programme",), basis=_BASIS, keep=along("programme", "Как программа"))

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="goals")
    number = plain(models.PositiveSmallIntegerField("№"))
    difficulty = ordinary(models.CharField("затруднение", max_length=40))
    target = ordinary(models.CharField("что изменится", max_length=500))
    indicator = ordinary(models.CharField("по чему увидим", max_length=250, blank=True))
    baseline = plain(models.PositiveSmallIntegerField("было", null=True, blank=True))
    target_level = plain(models.PositiveSmallIntegerField("хотим", null=True, blank=True))
    actual = plain(models.PositiveSmallIntegerField("стало", null=True, blank=True))
    mentor_rating = plain(
        models.CharField("оценка наставника", max_length=6, choices=Achieved.choices, blank=True)
    )
    mentee_rating = plain(
        models.CharField("оценка наставляемого", max_length=6, choices=Achieved.choices, blank=True)
    )

    class Meta:
        verbose_name = "цель программы"
        ordering = ["number", "id"]

    @property
    def difficulty_title(self) -> str:
        return difficulties.title(self.difficulty, self.programme.free_difficulty)


def responsible_words(pair: Pair) -> list[tuple[str, str]]:
    """Who may answer for a line of the plan of this pair, as choices."""
    return [
        (code, pair.mentee_word if code == Responsible.MENTEE else str(label))
        for code, label in Responsible.choices
    ]


class ProgrammeActivity(SchoolEntity):
    """A line of the plan: what, how, when, by whom; marked when done."""

    privacy = Privacy(subjects=("programme",), basis=_BASIS, keep=along("programme", "Как программа"))

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="activities")
    number = plain(models.PositiveSmallIntegerField("№"))
    goal_number = plain(models.PositiveSmallIntegerField("к какой цели", null=True, blank=True))
    block = plain(models.CharField("направление", max_length=12, choices=ActivityBlock.choices))
    content = ordinary(models.CharField("что делаем", max_length=500))
    work_form = plain(models.CharField("как", max_length=16, choices=WorkForm.choices))
    starts_on = plain(models.DateField("с"))
    ends_on = plain(models.DateField("по"))
    responsible = plain(
        models.CharField("кто", max_length=14, choices=Responsible.choices, default=Responsible.BOTH)
    )
    expected = ordinary(models.CharField("что получится", max_length=300, blank=True))
    mark = plain(
        models.CharField("отметка", max_length=10, choices=ActivityMark.choices, default=ActivityMark.PLANNED)
    )
    done_on = plain(models.DateField("сделано", null=True, blank=True))
    marked_by = plain(models.UUIDField("кем отмечено", null=True, blank=True))
    result = ordinary(models.CharField("что вышло", max_length=300, blank=True))

    class Meta:
        verbose_name = "дело программы"
        ordering = ["number", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="activity_period"
            )
        ]

    @property
    def responsible_word(self) -> str:
        """Who does it, in the word that fits the people of the pair."""
        return dict(responsible_words(self.programme.pair))[self.responsible]


class ProgrammeRevision(SchoolEntity):
    """A text as it was submitted: never changes (T-11 v. n)."""

    append_only = True
    privacy = Privacy(subjects=("programme",), basis=_BASIS, keep=along("programme", "Как программа"))

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="revisions")
    number = plain(models.PositiveSmallIntegerField("редакция"))
    content = ordinary(models.JSONField("текст"))
    reason = ordinary(models.TextField("что и почему изменилось", blank=True))

    class Meta:
        verbose_name = "редакция программы"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_revision_once")
        ]


class ProgrammeConfirmation(SchoolEntity):
    """A person of the pair agrees with one revision."""

    append_only = True
    privacy = Privacy(subjects=("person",), basis=_BASIS, keep=along("programme", "Как программа"))

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="confirmations")
    revision = plain(models.PositiveSmallIntegerField("редакция"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "согласие с программой"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "revision", "person"], name="programme_confirmed_once"
            )
        ]
