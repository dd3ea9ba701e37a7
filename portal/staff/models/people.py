"""The people of a school. What they do in it, and when, are periods: `employments.py`, `absences.py`."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from django.db import models

from portal.core import clock
from portal.core.actor import Actor
from portal.core.once import once_a_page
from portal.core.person_names import FIRST, LAST, MIDDLE, Named, PersonNameField
from portal.core.privacy import BY_ACT, Privacy, by_case, ordinary, plain
from portal.core.sorting import SortKeyField, folded
from portal.documents.names import detect_gender, needs_gender
from portal.municipality.reference import DEPUTY
from portal.staff.age_bands import AgeBand
from portal.staff.models.absences import Absence
from portal.staff.models.employments import LABOUR, Employment, Position, service_rank
from portal.staff.models.names import FormerName
from portal.staff.models.stages import WorkStage
from portal.staff.models.stays import GuestStay
from portal.staff.states import Category, EducationLevel, Gender
from tenants.base import SchoolEntity

WORK = "employments"
"""What is prefetched where the work of people is shown: their periods, each with its positions."""


@dataclass(frozen=True)
class Post:
    """What a person is called by work: «учитель математики», and its cases that the city has typed over."""

    title: str
    cases: dict[str, str] = field(default_factory=dict)


class PersonManager(models.Manager["Person"]):
    """A card that was found to be another's lies under that one (`merged_into`): nobody chooses, counts or
    finds it. Rows that are only ever added keep its key, and read it through the relation.
    """

    def get_queryset(self) -> "PersonQuerySet":
        return PersonQuerySet(self.model, using=self._db).filter(merged_into=None)


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, by: Actor) -> Self:
        """Whom the actor may see: those who see names of staff see all, every person sees oneself."""
        if by.is_system or by.can("person:read_names"):
            return self
        return self.filter(user=by.user) if by.serves else self.none()

    def employed(self, on: dt.date | None = None) -> Self:
        """Those whom the school employs on the day (today, if none is named), at work or away."""
        return self.filter(_has(Employment.objects.on(on or clock.today())))

    def away(self, on: dt.date | None = None) -> Self:
        """Those of them who are away for long on the day: nothing is asked of them, and no figure counts
        them.
        """
        return self.employed(on).filter(_has(Absence.objects.on(on or clock.today())))

    def working(self, on: dt.date | None = None) -> Self:
        """Those who work in the school on the day: employed, and not away. Figures of people ask this."""
        return self.employed(on).exclude(_has(Absence.objects.on(on or clock.today())))

    def young(self, on: dt.date | None = None, *, by_city: bool = False) -> Self:
        """Молодые педагоги of the day: by the service of the period that holds it, and by the term of the
        school, or of the city where the city counts.
        """
        day = on or clock.today()
        return self.filter(_has(Employment.objects.on(day).young(day, by_city=by_city)))

    def of_age(self, band: AgeBand, on: dt.date | None = None) -> Self:
        """Those whose age on the day is within the band; whose day of birth is not known is in none."""
        return self.filter(birth_date__range=band.born(on or clock.today()))

    def not_left(self, on: dt.date | None = None) -> Self:
        """Those whom the school employs, or has hired from a later day on: the list of people."""
        return self.filter(_has(Employment.objects.not_over(on or clock.today())))

    def available(self, on: dt.date | None = None) -> Self:
        """Those of them who are not away: who may be chosen and waited for."""
        return self.not_left(on).exclude(_has(Absence.objects.on(on or clock.today())))

    def staying(self, on: dt.date | None = None) -> Self:
        """Guests of the day: no figure of staff counts them."""
        return self.filter(_has(GuestStay.objects.on(on or clock.today())))

    def of_school(self, on: dt.date | None = None) -> Self:
        """Staff and guests of today or of days to come: who has something to do with the school."""
        day = on or clock.today()
        stays = _has(GuestStay.objects.not_over(day))
        return self.filter(models.Q(_has(Employment.objects.not_over(day))) | models.Q(stays))

    def at_hand(self, on: dt.date | None = None) -> Self:
        """Who may be chosen and waited for: staff who are not away, and guests in the days of their stay."""
        day = on or clock.today()
        employed = models.Q(_has(Employment.objects.not_over(day)))
        away = models.Q(_has(Absence.objects.on(day)))
        return self.filter((employed & ~away) | models.Q(_has(GuestStay.objects.on(day))))

    def taking_part(self, on: dt.date | None = None) -> Self:
        """Who works or stays in the school on the day: a pair goes on while its people do."""
        day = on or clock.today()
        employed = models.Q(_has(Employment.objects.on(day)))
        away = models.Q(_has(Absence.objects.on(day)))
        return self.filter((employed & ~away) | models.Q(_has(GuestStay.objects.on(day))))

    def named(self, text: str) -> Self:
        """Those in whose name each word is, as they are called now or were before."""
        found = self
        for word in folded(text).split():
            before = FormerName.objects.filter(name_key__contains=word)
            found = found.filter(models.Q(name_key__contains=word) | models.Q(_has(before)))
        return found

    def in_order_of_work(self, on: dt.date | None = None) -> Self:
        """With `hired` and `service`, by which a list is put in order: of the period that is not over, or of
        the one that holds the day.
        """
        periods = _periods(on).filter(person=models.OuterRef("pk"))
        first = periods.order_by("started_on", "pk")
        return self.annotate(
            hired=models.Subquery(first.values("started_on")[:1]),
            service=models.Subquery(first.values(rank=service_rank())[:1]),
        )

    def holding(self, position: str, on: dt.date | None = None) -> Self:
        """Those who have the position today, or are hired for it; on a past day, those of the day."""
        return self.filter(_has(_with_post(on, "position", position)))

    def teaching(self, subject: str, on: dt.date | None = None) -> Self:
        """The same of a subject."""
        return self.filter(_has(_with_post(on, "subjects", [subject])))


def _periods(on: dt.date | None) -> "models.QuerySet[Employment]":
    return Employment.objects.on(on) if on else Employment.objects.not_over(clock.today())


def _with_post(on: dt.date | None, column: str, value: Any) -> "models.QuerySet[Employment]":
    """Periods with such a position: of now, or as it was on the day, where that is known."""
    if on is not None and on < clock.today():
        stages = WorkStage.of_day(on).filter(posts__contains=[{column: value}])
        return Employment.objects.on(on).filter(pk__in=stages.values("employment"))
    name = "positions__subjects__contains" if column == "subjects" else "positions__position"
    return _periods(on).filter(**{name: value})


def _has(periods: "models.QuerySet[Any]") -> models.Exists:
    """One of these periods is the person's."""
    return models.Exists(periods.filter(person=models.OuterRef("pk")))


@dataclass(frozen=True)
class Presence:
    """How somebody who has not left stands to the school today."""

    has_begun: bool
    away_since: dt.date | None


@once_a_page
def presences() -> dict[int, Presence]:
    """Of everybody who has not left the school, today, guests too: one question a page, whoever is asked
    about.
    """
    today = clock.today()
    away = Absence.objects.on(today).filter(person=models.OuterRef("person")).values("started_on")
    rows = Employment.objects.not_over(today).order_by()
    work = rows.values_list("person", "started_on", models.Subquery(away[:1]))
    nobody_is_away = models.Value(None, output_field=models.DateField())
    stays = GuestStay.objects.not_over(today).order_by()
    found = work.union(stays.values_list("person", "started_on", nobody_is_away), all=True)
    latest_first = sorted(found, key=lambda row: row[1] or dt.date.min, reverse=True)
    return {pk: Presence(start is None or start <= today, since) for pk, start, since in latest_first}


@once_a_page
def stays_now() -> dict[int, GuestStay]:
    """Guests of today and of days to come, each with the stay that is nearest: one question a page. A page
    shows the person anyway, so these rows note nobody.
    """
    columns = ("id", "person_id", "kind", "home", "home_number", "post", "started_on", "ended_on")
    rows = GuestStay.objects.not_over(clock.today()).order_by("-started_on").values(*columns)
    return {values["person_id"]: GuestStay(**values) for values in rows}


class Person(Named, SchoolEntity):
    """A person who works (or worked) in the school. `user` appears when the person accepts the invitation."""

    privacy = Privacy(
        subjects=("uuid",),
        basis=LABOUR,
        keep=by_case("Пока работает в школе и 3 года после увольнения", BY_ACT),
    )

    last_name = ordinary(PersonNameField("фамилия", part=LAST, max_length=100))
    first_name = ordinary(PersonNameField("имя", part=FIRST, max_length=100))
    middle_name = ordinary(PersonNameField("отчество", part=MIDDLE, max_length=100, blank=True))
    name_key = ordinary(SortKeyField(source="full_name"))
    match_key = ordinary(SortKeyField(source="match_source"))
    gender = ordinary(models.CharField("пол", max_length=1, choices=Gender.choices, blank=True))
    birth_date = ordinary(models.DateField("дата рождения", null=True, blank=True))
    education_level = ordinary(
        models.CharField("образование", max_length=10, choices=EducationLevel.choices, blank=True)
    )
    is_ped_education = plain(models.BooleanField("педагогическое образование", default=True))
    category = ordinary(
        models.CharField("категория", max_length=16, choices=Category.choices, default=Category.NONE)
    )
    category_on = ordinary(models.DateField("дата категории", null=True, blank=True))
    category_until = ordinary(models.DateField("категория действует по", null=True, blank=True))
    email = ordinary(models.EmailField("почта", blank=True))
    user = plain(models.UUIDField("вход в портал", null=True, blank=True))
    name_override = ordinary(models.JSONField("имя в падежах", default=dict, blank=True))
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name="объединён с карточкой",
    )

    known_away: bool | None = None
    known_left: bool | None = None
    """Told by a page that has them at hand."""
    objects = PersonManager.from_queryset(PersonQuerySet)()

    class Meta:
        verbose_name = "сотрудник"
        ordering = ["name_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=~models.Q(user=None), name="person_user_once"),
            models.UniqueConstraint(
                fields=["match_key"],
                condition=models.Q(birth_date__isnull=False, merged_into=None),
                name="person_name_and_birth_once",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def by_gender(self, male: str, female: str) -> str:
        """The word of a role that fits the person; the general one («наставляемый») where nobody knows."""
        known = self.gender or detect_gender(self.last_name, self.first_name, self.middle_name).value
        return female if known == Gender.FEMALE else male

    @property
    def asks_gender(self) -> bool:
        """Whether papers cannot decline the name until somebody says whose it is."""
        name = (self.last_name, self.first_name, self.middle_name)
        return needs_gender(*name, gender=self.gender)

    @property
    def address(self) -> str:
        """How we address the person: name and patronymic."""
        return f"{self.first_name} {self.middle_name}".strip()

    @property
    def match_source(self) -> str:
        """What tells one person from another in a list: full name without ё, and the day of birth."""
        return match_source(self.full_name, self.birth_date)

    @property
    def work(self) -> Employment | None:
        """The period of work of today, else the first to come, else the last one. Reads `employments`:
        prefetch them in lists.
        """
        periods = sorted(self.employments.all(), key=lambda one: one.started_on or dt.date.min)
        going_on = [one for one in periods if not one.is_over]
        return next(iter(going_on or reversed(periods)), None)

    def work_on(self, day: dt.date) -> Employment | None:
        """The period that holds the day. Reads `employments`: prefetch them in lists."""
        return next((one for one in self.employments.all() if one.holds(day)), None)

    def works_until(self, day: dt.date) -> dt.date | None:
        """The last day of the work that goes on from the day without a gap; None where it has no end, or
        where nobody works then. Reads `employments`: prefetch them in lists.
        """
        last: dt.date | None = None
        while (work := self.work_on(day if last is None else last + dt.timedelta(days=1))) is not None:
            if work.ended_on is None:
                return None
            last = work.ended_on
        return last

    @property
    def positions(self) -> list[Position]:
        """What the person does in that period, the first one first."""
        work = self.work
        return work.posts if work else []

    @property
    def stay(self) -> GuestStay | None:
        """Of a guest, who does not work here: the days of today, else those to come."""
        return self._stay_beside(self.work)

    def _stay_beside(self, work: Employment | None) -> GuestStay | None:
        works_today = work is not None and work.holds(clock.today())
        return None if works_today else stays_now().get(self.pk)

    @property
    def hired_on(self) -> dt.date | None:
        return self.work.started_on if self.work else None

    @property
    def dismissed_on(self) -> dt.date | None:
        """The last day of work, where it is known."""
        return self.work.ended_on if self.work else None

    @property
    def ped_stage_years(self) -> Decimal | None:
        """Service as it has grown till today; None where nobody has stated it."""
        return self.work.service() if self.work else None

    @property
    def is_young(self) -> bool:
        """Молодой педагог: by service of today; unknown service is not young."""
        return self.work is not None and self.work.is_young()

    @property
    def rate(self) -> Decimal:
        """Of the first position."""
        first = next(iter(self.positions), None)
        return first.rate if first else Decimal(1)

    @property
    def hours_week(self) -> int | None:
        first = next(iter(self.positions), None)
        return first.hours_week if first else None

    @property
    def has_left(self) -> bool:
        """No period of work holds today or begins later."""
        return self.pk not in presences() if self.known_left is None else self.known_left

    @property
    def is_away(self) -> bool:
        """Away for long today."""
        return self.away_since is not None if self.known_away is None else self.known_away

    @property
    def away_since(self) -> dt.date | None:
        found = presences().get(self.pk)
        return found.away_since if found else None

    @property
    def is_available(self) -> bool:
        """Of the school, and not away: whose move it may be."""
        return not self.has_left and not self.is_away

    @property
    def post(self) -> Post:
        """First position with its subjects, as it is said of the person today. Reads `employments` once."""
        work = self.work
        if (stay := self._stay_beside(work)) is not None:
            return Post(stay.title)
        first = next(iter(work.posts if work else ()), None)
        return Post(first.title, first.cases) if first else Post("")

    @property
    def position_title(self) -> str:
        """«учитель математики и физики»"""
        return self.post.title

    @property
    def is_deputy(self) -> bool:
        """True for a deputy principal: only such a person may be the curator (Положение 6.1)."""
        return any(one.position == DEPUTY for one in self.positions)


def match_source(full_name: str, birth_date: dt.date | None) -> str:
    """Full name without ё and the day of birth, as they are compared."""
    return f"{folded(' '.join(full_name.split()))}|{birth_date.isoformat() if birth_date else ''}"
