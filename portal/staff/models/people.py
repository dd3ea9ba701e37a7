"""Who works in the school: the person and the positions."""

import datetime as dt
from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from portal.core import clock
from portal.core.actor import Actor
from portal.core.person_names import FIRST, LAST, MIDDLE, PersonNameField
from portal.core.privacy import BY_ACT, Privacy, along, by_case
from portal.core.sorting import SortKeyField, folded
from portal.documents.names import detect_gender
from portal.municipality.reference import DEPUTY, POSITIONS, SUBJECTS, SUBJECTS_GENITIVE
from portal.staff.states import (
    Category,
    DismissalReason,
    EducationLevel,
    Gender,
)
from tenants.base import SchoolEntity

YOUNG_UP_TO_YEARS = Decimal(3)
"""Молодой педагог: up to three years of pedagogical service (domain.md §3.3)."""
LABOUR = "Трудовые отношения (ТК РФ гл. 14; 152-ФЗ ст. 6 ч. 1 п. 5)"


class EmployeeQuerySet(models.QuerySet["Employee"]):
    def visible_to(self, by: Actor) -> Self:
        """Whom the actor may see: those who see names of staff see all, every person sees oneself."""
        if by.is_system or by.can("employee:read_names"):
            return self
        return self.filter(user=by.user) if by.serves else self.none()

    def working(self, on: dt.date | None = None) -> Self:
        """Those who work in the school on the day: today, if none is named."""
        return self.filter(models.Q(dismissed_on=None) | models.Q(dismissed_on__gt=on or clock.today()))

    def young(self) -> Self:
        """Молодые педагоги: service of three years or less."""
        return self.filter(ped_stage_years__lte=YOUNG_UP_TO_YEARS)


class Employee(SchoolEntity):
    """A person who works (or worked) in the school. `user` appears when the person accepts the invitation."""

    privacy = Privacy(
        subjects=("uuid",),
        plain=("user", "ped_stage_years", "is_ped_education", "rate", "hours_week"),
        ordinary=(
            "last_name",
            "first_name",
            "middle_name",
            "name_key",
            "match_key",
            "gender",
            "birth_date",
            "hired_on",
            "dismissed_on",
            "dismissal_reason",
            "education_level",
            "category",
            "category_on",
            "email",
            "name_override",
        ),
        basis=LABOUR,
        keep=by_case("Пока работает в школе и 3 года после увольнения", BY_ACT),
    )

    last_name = PersonNameField("фамилия", part=LAST, max_length=100)
    first_name = PersonNameField("имя", part=FIRST, max_length=100)
    middle_name = PersonNameField("отчество", part=MIDDLE, max_length=100, blank=True)
    name_key = SortKeyField(source="full_name")
    match_key = SortKeyField(source="match_source")
    gender = models.CharField("пол", max_length=1, choices=Gender.choices, blank=True)
    birth_date = models.DateField("дата рождения", null=True, blank=True)
    hired_on = models.DateField("дата приёма", null=True, blank=True)
    dismissed_on = models.DateField("дата увольнения", null=True, blank=True)
    dismissal_reason = models.CharField(
        "причина увольнения", max_length=20, choices=DismissalReason.choices, blank=True
    )
    ped_stage_years = models.DecimalField(
        "педагогический стаж, лет",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(60)],
    )
    education_level = models.CharField(
        "образование", max_length=10, choices=EducationLevel.choices, blank=True
    )
    is_ped_education = models.BooleanField("педагогическое образование", default=True)
    category = models.CharField("категория", max_length=16, choices=Category.choices, default=Category.NONE)
    category_on = models.DateField("дата категории", null=True, blank=True)
    rate = models.DecimalField("ставка", max_digits=3, decimal_places=2, default=Decimal(1))
    hours_week = models.PositiveSmallIntegerField("часов в неделю", null=True, blank=True)
    email = models.EmailField("почта", blank=True)
    user = models.UUIDField("вход в портал", null=True, blank=True)
    name_override = models.JSONField("имя в падежах", default=dict, blank=True)

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        verbose_name = "сотрудник"
        ordering = ["name_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=~models.Q(user=None), name="employee_user_once"
            ),
            models.UniqueConstraint(
                fields=["match_key"],
                condition=~models.Q(birth_date=None),
                name="employee_name_and_birth_once",
            ),
            models.CheckConstraint(
                condition=models.Q(rate__gte=Decimal("0.05"), rate__lte=Decimal("2.50")), name="employee_rate"
            ),
            models.CheckConstraint(
                condition=models.Q(dismissed_on=None)
                | models.Q(hired_on=None)
                | models.Q(dismissed_on__gte=models.F("hired_on")),
                name="employee_dismissed_after_hired",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def short_name(self) -> str:
        initials = " ".join(f"{part[0]}." for part in (self.first_name, self.middle_name) if part)
        return f"{self.last_name} {initials}".strip()

    def by_gender(self, male: str, female: str) -> str:
        """The word that fits the person: by the card, else by the name; the first one where nothing tells."""
        known = self.gender or detect_gender(self.last_name, self.first_name, self.middle_name)
        return female if known == Gender.FEMALE else male

    @property
    def address(self) -> str:
        """How we address the person: name and patronymic."""
        return f"{self.first_name} {self.middle_name}".strip()

    @property
    def match_source(self) -> str:
        """What tells one person from another in a list: full name without ё, and the day of birth."""
        return match_source(self.full_name, self.birth_date)

    @property
    def is_young(self) -> bool:
        """Молодой педагог: service of three years or less; unknown service is not young."""
        return self.ped_stage_years is not None and self.ped_stage_years <= YOUNG_UP_TO_YEARS

    @property
    def is_working(self) -> bool:
        return self.dismissed_on is None or self.dismissed_on > clock.today()

    @property
    def position_title(self) -> str:
        """First position with its subjects: «учитель математики и физики». Reads `positions`: prefetch it in
        lists.
        """
        first = next(iter(sorted(self.positions.all(), key=lambda position: position.pk)), None)
        return first.title if first else ""

    @property
    def is_deputy(self) -> bool:
        """True for a deputy principal: only such a person may be the curator (Положение 6.1)."""
        return any(position.position == DEPUTY for position in self.positions.all())


def match_source(full_name: str, birth_date: dt.date | None) -> str:
    """Full name without ё and the day of birth, as they are compared."""
    return f"{folded(' '.join(full_name.split()))}|{birth_date.isoformat() if birth_date else ''}"


class EmployeePosition(SchoolEntity):
    """A position of an employee; one may have several (совместительство)."""

    privacy = Privacy(
        plain=("employee", "position", "subjects", "rate"),
        basis=LABOUR,
        keep=along("employee", "Как дело сотрудника"),
    )

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="positions", verbose_name="сотрудник"
    )
    position = models.CharField("должность", max_length=40, choices=list(POSITIONS.items()))
    subjects = ArrayField(
        models.CharField(max_length=30, choices=list(SUBJECTS.items())),
        verbose_name="предметы",
        default=list,
        blank=True,
    )
    rate = models.DecimalField("ставка", max_digits=3, decimal_places=2, default=Decimal(1))

    class Meta:
        verbose_name = "должность сотрудника"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "position"], name="employee_position_once")
        ]

    @property
    def title(self) -> str:
        """«учитель русского языка и литературы»; other positions stand alone."""
        name = POSITIONS.get(self.position, self.position)
        if self.position != "teacher" or not self.subjects:
            return name
        words = [SUBJECTS_GENITIVE.get(code, code) for code in self.subjects]
        return f"{name} {', '.join(words[:-1])}{' и ' if len(words) > 1 else ''}{words[-1]}"

    @property
    def subject_titles(self) -> str:
        return ", ".join(SUBJECTS.get(code, code) for code in self.subjects)
