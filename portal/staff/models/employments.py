"""The periods for which the school employs somebody, and what the person does in them."""

import datetime as dt
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Cast, JSONObject, Round

from portal.core import clock
from portal.core.privacy import Privacy, along, ordinary, plain
from portal.municipality.reference import TEACHER_POSITION, positions, subjects
from portal.staff.models.young import city_years, young_years, young_years_of_query
from portal.staff.periods import DAYS, days_of, full_months, holds, months_after
from portal.staff.states import PositionKind
from tenants.base import SchoolEntity

LABOUR = "Трудовые отношения (ТК РФ гл. 14; 152-ФЗ ст. 6 ч. 1 п. 5)"
MONTHS = 12


POSTS = ("pk", "uuid", "kind", "position", "subjects", "rate", "hours_week")


class EmploymentManager(models.Manager["Employment"]):
    """A period comes with its positions: where people are shown, what they do is shown, too."""

    def get_queryset(self) -> "EmploymentQuerySet":
        posts = Position.objects.filter(employment=models.OuterRef("pk")).order_by("pk")
        columns: dict[str, Any] = {name: name for name in POSTS} | {"rate": Cast("rate", models.TextField())}
        return EmploymentQuerySet(self.model, using=self._db).annotate(
            read_posts=ArraySubquery(posts.values(post=JSONObject(**columns)))
        )


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def on(self, day: dt.date) -> Self:
        """Those that hold the day."""
        return self.filter(days_of(day))

    def not_over(self, day: dt.date) -> Self:
        """Those that hold the day or begin later."""
        return self.filter(models.Q(ended_on=None) | models.Q(ended_on__gte=day))

    def young(self, day: dt.date, *, by_city: bool = False) -> Self:
        """Those by whose statement service is still within the term on the day; the same as
        `Employment.is_young`. The term is the school's, or the city's where the city counts.
        """
        years = models.Value(city_years()) if by_city else young_years_of_query(day)
        return self.alias(young_until=_within(years)).filter(young_until__gte=day)


def _within(years: Any) -> models.Expression:
    """The last day on which service is within the term: months are counted as people count them."""
    stated = Cast(Round(models.F("stage_years") * MONTHS), models.IntegerField())
    left = models.Func(
        years * MONTHS - stated,
        template="make_interval(months => %(expressions)s)",
        output_field=models.DurationField(),
    )
    return Cast(models.F("stage_on") + left, models.DateField())


def service_rank() -> models.Expression:
    """The greater the longer somebody has served: by it a list is put in order."""
    long_after = models.Value(dt.date(2200, 1, 1), output_field=models.DateField())
    return models.ExpressionWrapper(
        long_after - _within(models.Value(city_years())), output_field=models.DurationField()
    )


class Employment(SchoolEntity):
    """A period of work in the school: `ended_on` is the last day of it, the day of the dismissal. Service is
    what was stated on a day, and grows with the calendar.
    """

    privacy = Privacy(subjects=("person",), basis=LABOUR, keep=along("person", "Как дело сотрудника"))

    person = models.ForeignKey(
        "staff.Person", on_delete=models.CASCADE, related_name="employments", verbose_name="сотрудник"
    )
    started_on = ordinary(models.DateField("принят", null=True, blank=True))
    basis = ordinary(models.CharField("основание приёма", max_length=250, blank=True))
    ended_on = ordinary(models.DateField("последний рабочий день", null=True, blank=True))
    end_basis = ordinary(models.CharField("основание увольнения", max_length=250, blank=True))
    end_reason = ordinary(models.CharField("причина увольнения", max_length=30, blank=True))
    stage_years = plain(
        models.DecimalField(
            "педагогический стаж, лет",
            max_digits=4,
            decimal_places=1,
            null=True,
            blank=True,
            validators=[MinValueValidator(0), MaxValueValidator(60)],
        )
    )
    stage_on = plain(models.DateField("стаж на день", null=True, blank=True))

    objects = EmploymentManager.from_queryset(EmploymentQuerySet)()

    class Meta:
        verbose_name = "работа в школе"
        ordering = ["started_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None)
                | models.Q(started_on=None)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="employment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(stage_years=None, stage_on=None)
                | models.Q(stage_years__isnull=False, stage_on__isnull=False),
                name="employment_service_is_dated",
            ),
            ExclusionConstraint(
                name="employment_one_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
            ),
        ]

    @property
    def posts(self) -> "list[Position]":
        """What the person does in it, the first one first."""
        read = self.__dict__.get("read_posts")
        if read is None:
            return list(self.positions.order_by("pk"))
        return [Position(**{**post, "rate": Decimal(post["rate"])}, employment=self) for post in read]

    def holds(self, day: dt.date) -> bool:
        return holds(day, self.started_on, self.ended_on)

    def shares_days(self, first: dt.date, last: dt.date) -> bool:
        """Whether a day from the first to the last is within it."""
        return (self.started_on is None or self.started_on <= last) and (
            self.ended_on is None or self.ended_on >= first
        )

    @property
    def is_over(self) -> bool:
        """Its last day lies behind."""
        return self.ended_on is not None and self.ended_on < clock.today()

    @property
    def words(self) -> str:
        """«с 01.09.2020 по 31.08.2024»."""
        since = f"с {self.started_on:%d.%m.%Y} " if self.started_on else ""
        return f"{since}по {self.ended_on:%d.%m.%Y}" if self.ended_on else since.strip() or "без дат"

    def service(self, on: dt.date | None = None) -> Decimal | None:
        """Years of pedagogical service on the day (today, if none is named), to a tenth; None where nobody
        has stated it.
        """
        if self.stage_years is None or self.stage_on is None:
            return None
        day = on or clock.today()
        until = min(day, self.ended_on) if self.ended_on else day
        grown = Decimal(full_months(self.stage_on, until)) / MONTHS
        return max((self.stage_years + grown).quantize(Decimal("0.1"), ROUND_DOWN), Decimal(0))

    def is_young(self, on: dt.date | None = None) -> bool:
        """Молодой педагог of the day; whoever's service is not known is none. The same as `young` of a
        query.
        """
        if self.stage_years is None or self.stage_on is None:
            return False
        stated = int((self.stage_years * MONTHS).quantize(Decimal(1), ROUND_HALF_UP))
        day = on or clock.today()
        return day <= months_after(self.stage_on, young_years(day) * MONTHS - stated)


class Position(SchoolEntity):
    """A position of a period of work; one may have several (совместительство)."""

    privacy = Privacy(subjects=(), basis=LABOUR, keep=along("employment", "Как дело сотрудника"))

    employment = models.ForeignKey(
        Employment, on_delete=models.CASCADE, related_name="positions", verbose_name="работа в школе"
    )
    kind = plain(
        models.CharField("вид", max_length=12, choices=PositionKind.choices, default=PositionKind.MAIN)
    )
    position = plain(models.CharField("должность", max_length=40))
    subjects = plain(
        ArrayField(models.CharField(max_length=30), verbose_name="предметы", default=list, blank=True)
    )
    rate = plain(models.DecimalField("ставка", max_digits=3, decimal_places=2, default=Decimal(1)))
    hours_week = plain(models.PositiveSmallIntegerField("часов в неделю", null=True, blank=True))

    class Meta:
        verbose_name = "должность сотрудника"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["employment", "position"], name="employment_position_once"),
            models.CheckConstraint(
                condition=models.Q(rate__gte=Decimal("0.05"), rate__lte=Decimal("2.50")), name="position_rate"
            ),
        ]

    @property
    def title(self) -> str:
        """«учитель русского языка и литературы»; other positions stand alone."""
        return positions().title(self.position) + self._of_what

    @property
    def cases(self) -> dict[str, str]:
        """The title in the cases that the city has typed over; papers decline the rest by rules."""
        entry = positions().entries.get(self.position)
        return {case: typed + self._of_what for case, typed in entry.cases.items()} if entry else {}

    @property
    def _of_what(self) -> str:
        if self.position != TEACHER_POSITION or not self.subjects:
            return ""
        words = [subjects().genitive(code) for code in self.subjects]
        return f" {', '.join(words[:-1])}{' и ' if len(words) > 1 else ''}{words[-1]}"

    @property
    def short_rate(self) -> Decimal:
        """The rate without empty places: 1, 0.5, 0.75."""
        return self.rate.normalize()

    @property
    def subject_titles(self) -> str:
        return ", ".join(subjects().title(code) for code in self.subjects)
