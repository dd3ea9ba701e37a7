"""What schools handed over, and the sheets of its expertise."""

import datetime as dt
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from best_practices.content import PracticeContent
from best_practices.models.calls import PracticeCall
from best_practices.states import GONE, Ahead, PracticeState, Recommendation, Refusal, ReviewState
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import Entity
from portal.core.privacy import Privacy, along, by_case, ordinary, plain
from tenants.models import School

_CONSENT = "Согласие авторов на распространение (T-29)"
_ARCHIVED = "затем методический отдел составляет акт, и по нему записи удаляет администратор портала"


class PracticeQuerySet(models.QuerySet["Practice"]):
    def visible_to(self, by: Actor) -> "PracticeQuerySet":
        """City officials see all that was handed over; an expert what was assigned; others nothing."""
        if by.can("practice:read") or by.is_system:
            return self
        if by.user is None:
            return self.none()
        own = Review.objects.filter(practice=models.OuterRef("pk"), expert=by.user).exclude(state__in=GONE)
        return self.filter(models.Exists(own))


class Practice(Entity):
    """A practice in the city's hands (SM-10 B). Its text is the frozen revision which the school handed
    over.
    """

    privacy = Privacy(
        subjects=("author_people", "reserve"),
        basis=_CONSENT,
        keep=by_case(
            "Пока опубликована и 3 года после; список «не спрашивать» и резерв стираются с решением",
            _ARCHIVED,
        ),
    )

    practice = plain(models.UUIDField("номер в школе", unique=True))
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name="школа")
    revision = plain(models.PositiveSmallIntegerField("редакция", default=1))
    title = plain(models.CharField("название", max_length=150))
    content = plain(models.JSONField("содержание"))
    authors = ordinary(models.JSONField("авторы"))
    author_people = plain(ArrayField(models.UUIDField(), verbose_name="номера авторов в школе", default=list))
    school_total = plain(models.DecimalField("балл школы", max_digits=4, decimal_places=1, null=True))
    school_reviewed_on = plain(models.DateField("оценена в школе", null=True))
    state = plain(
        models.CharField(
            "состояние", max_length=20, choices=PracticeState.choices, default=PracticeState.SUBMITTED
        )
    )
    remarks = ordinary(models.TextField("замечания", blank=True))
    code = plain(models.CharField("номер в банке", max_length=20, blank=True))
    decided_on = plain(models.DateField("дата решения", null=True))
    not_ask = ordinary(ArrayField(models.UUIDField(), verbose_name="не спрашивать", default=list))
    school_told_whom = plain(
        models.BooleanField("школа назвала, кого не спрашивать", default=False, db_default=False)
    )
    reserve = ordinary(
        ArrayField(models.UUIDField(), verbose_name="резерв экспертов", default=list, db_default=[])
    )
    """Who is invited, in this order, when an expert is silent, declines or is replaced, and when two sheets
    differ: uuids of users.
    """
    without_third = plain(models.BooleanField("решается по двум листам", default=False))
    ahead = plain(
        models.CharField(
            "чего ждёт", max_length=8, choices=Ahead.choices, blank=True, default="", db_default=""
        )
    )
    ahead_on = plain(models.DateField("до какого дня", null=True))
    """As the authors were told last (`standing.py`)."""
    call = models.ForeignKey(
        PracticeCall,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="practices",
        verbose_name="на какой поиск отвечает",
    )
    is_blind = False
    """An expert's copy, in memory (`blinding.for_experts`): it is read, never saved."""

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "практика"

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> PracticeContent:
        return PracticeContent.model_validate(self.content)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises TypeError for a copy without names: it would take the place of what the school has sent."""
        if self.is_blind:
            raise TypeError("a blind copy of a practice is not saved")
        super().save(*args, **kwargs)


class Review(Entity):
    """An expert's assignment and sheet (T-36)."""

    privacy = Privacy(
        subjects=("expert",), basis="Собственное согласие эксперта", keep=along("practice", "Как практика")
    )

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="reviews")
    revision = plain(models.PositiveSmallIntegerField("редакция", default=1))
    expert = ordinary(models.UUIDField("эксперт"))
    expert_schools = ordinary(
        ArrayField(models.CharField(max_length=120), verbose_name="где работает эксперт", default=list)
    )
    stage = plain(
        models.CharField(
            "ступень",
            max_length=12,
            choices=[("municipal", "экспертиза"), ("arbitration", "третий эксперт")],
            default="municipal",
        )
    )
    answer_due_on = plain(models.DateField("ответить до", null=True))
    due_on = plain(models.DateField("срок"))
    """Of the sheet: from the consent on, it is counted anew."""
    state = plain(
        models.CharField("состояние", max_length=12, choices=ReviewState.choices, default=ReviewState.INVITED)
    )
    reminded = plain(
        ArrayField(
            models.CharField(max_length=8), verbose_name="о чём напомнили", default=list, db_default=[]
        )
    )
    """`terms.Mark`s of the present term."""
    instead_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="вместо кого",
    )
    scores = plain(models.JSONField("баллы", default=dict))
    total = plain(models.PositiveSmallIntegerField("сумма", null=True))
    comment = ordinary(models.TextField("заключение", blank=True))
    recommendation = plain(
        models.CharField("рекомендация", max_length=8, choices=Recommendation.choices, blank=True)
    )
    submitted_at = plain(models.DateTimeField("оценено", null=True))
    refusal = plain(
        models.CharField(
            "причина отказа", max_length=8, choices=Refusal.choices, blank=True, default="", db_default=""
        )
    )
    gone_because = ordinary(models.CharField("почему снят", max_length=300, blank=True))

    class Meta:
        verbose_name = "экспертиза"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "revision", "expert"],
                # whoever was replaced is not asked about this revision again
                condition=~models.Q(state__in=(ReviewState.DECLINED, ReviewState.WITHDRAWN)),
                name="review_live_once",
            )
        ]

    @property
    def waits_until(self) -> dt.date | None:
        """The last day of what the expert is asked for now: of the answer, then of the sheet."""
        terms = {
            ReviewState.INVITED: self.answer_due_on or self.due_on,
            ReviewState.ACCEPTED: self.due_on,
        }
        return terms.get(ReviewState(self.state))

    @property
    def is_silent(self) -> bool:
        """The day has passed and there is no answer, or no sheet."""
        until = self.waits_until
        return until is not None and until < clock.today()

    @property
    def places(self) -> str:
        """Where the expert worked when the practice was assigned."""
        return ", ".join(self.expert_schools)


class PracticeNumber(Entity):
    """The next number in the bank, per calendar year."""

    privacy = Privacy()

    year = plain(models.PositiveSmallIntegerField("год", unique=True))
    last = plain(models.PositiveIntegerField("последний", default=0))

    class Meta:
        verbose_name = "нумератор банка"
