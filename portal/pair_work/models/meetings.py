"""Meetings of a pair: planned, recorded by one, confirmed by the other (SM-5, T-12)."""

from typing import Self

from django.db import models

from portal.core import clock
from portal.core.actor import Actor
from portal.core.privacy import Privacy, along, ordinary, plain, sealed
from portal.mentoring.models.pairs import Pair
from portal.mentoring.states import PairRole
from portal.pair_work.models.programmes import ProgrammeActivity
from portal.pair_work.states import MeetingFormat, MeetingState
from tenants.base import SchoolEntity

_BASIS = "Согласие на участие в наставничестве (T-06, T-07)"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, by: Actor) -> Self:
        """The journal is read by the curator; the pair sees its own."""
        if by.is_system or by.can("meeting:read"):
            return self
        return self.filter(pair__in=Pair.objects.of_person(by))


class Meeting(SchoolEntity):
    """One meeting. Recording is the recorder's own confirmation; `confirmed` locks the text."""

    privacy = Privacy(subjects=("pair",), basis=_BASIS, keep=along("pair", "Как пара"))

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="meetings")
    activity = models.ForeignKey(
        ProgrammeActivity,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name="дело плана",
    )
    planned_at = plain(models.DateTimeField("когда"))
    started_at = plain(models.DateTimeField("началась", null=True, blank=True))
    duration_min = plain(models.PositiveSmallIntegerField("минут", null=True, blank=True))
    format = plain(
        models.CharField("как", max_length=10, choices=MeetingFormat.choices, default=MeetingFormat.IN_PERSON)
    )
    place = ordinary(models.CharField("где или ссылка", max_length=200, blank=True))
    topic = ordinary(models.CharField("тема", max_length=200))
    content = ordinary(models.TextField("что делали", max_length=10_000, blank=True))
    recommendations = ordinary(models.TextField("рекомендации наставника", max_length=10_000, blank=True))
    task = ordinary(models.CharField("задание", max_length=500, blank=True))
    task_due = plain(models.DateField("задание до", null=True, blank=True))
    task_done = plain(models.BooleanField("задание сделано", default=False))
    feedback_mentee = plain(models.PositiveSmallIntegerField("полезно наставляемому", null=True, blank=True))
    feedback_mentor = plain(models.PositiveSmallIntegerField("полезно наставнику", null=True, blank=True))
    confirmed_by_mentor_at = plain(models.DateTimeField("подтвердил наставник", null=True, blank=True))
    confirmed_by_mentee_at = plain(models.DateTimeField("подтвердил наставляемый", null=True, blank=True))
    recorded_by = plain(models.CharField("кто записал", max_length=8, choices=PairRole.choices, blank=True))
    recorded_at = plain(models.DateTimeField("когда записано", null=True, blank=True))
    answer = ordinary(models.TextField("что было иначе", blank=True))
    moved_to = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="moved_from",
        verbose_name="перенесена на",
    )
    state = plain(
        models.CharField(
            "состояние", max_length=18, choices=MeetingState.choices, default=MeetingState.PLANNED
        )
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "встреча"
        ordering = ["-planned_at", "-id"]
        indexes = [models.Index(fields=["pair", "planned_at"]), models.Index(fields=["state", "planned_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(duration_min=None) | models.Q(duration_min__gte=5, duration_min__lte=480),
                name="meeting_duration",
            ),
            models.CheckConstraint(
                condition=models.Q(feedback_mentee=None)
                | models.Q(feedback_mentee__gte=1, feedback_mentee__lte=5),
                name="meeting_feedback_mentee",
            ),
            models.CheckConstraint(
                condition=models.Q(feedback_mentor=None)
                | models.Q(feedback_mentor__gte=1, feedback_mentor__lte=5),
                name="meeting_feedback_mentor",
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def happened_at(self) -> object:
        return self.started_at or self.planned_at

    @property
    def is_past(self) -> bool:
        return self.planned_at <= clock.now()

    @property
    def how(self) -> str:
        """«очно, 45 минут» when held, «очно» when planned."""
        label = str(self.get_format_display())
        return f"{label}, {self.duration_min} мин" if self.duration_min else label


class MeetingNote(SchoolEntity):
    """A reflection of one person on a meeting: nobody else sees it (domain.md §2.2)."""

    privacy = Privacy(
        subjects=("author",),
        basis=_BASIS,
        keep=along("meeting", "Пока не удалит автор, но не дольше самой встречи"),
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    author = plain(models.UUIDField("чья"))
    text = sealed(models.TextField("заметка", max_length=5000))

    class Meta:
        verbose_name = "личная заметка"
        constraints = [models.UniqueConstraint(fields=["meeting", "author"], name="meeting_note_own")]
