"""A pair or group: one mentor, one or more mentees, a period, consents, an order (SM-3)."""

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core import clock
from portal.core.actor import Actor
from portal.core.privacy import BY_ACT, Privacy, along, by_case, ordinary, plain, sealed
from portal.local_acts.models import Order
from portal.mentor_bank.models import MenteeNeed, MentoringSettings
from portal.mentor_bank.states import MentoringForm, MentoringKind, PayBasis
from portal.mentoring.states import (
    OPEN_PAIRS,
    ClosingReason,
    Conclusion,
    ConsentState,
    PairRole,
    PairState,
    RoleModel,
    UnitKind,
)
from portal.school_records.models import StoredFile
from portal.staff.models import WORK, Person
from tenants.base import SchoolEntity

_BASIS = "Письменное согласие (T-06, T-07); ст. 351.8 ТК РФ"


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, by: Actor) -> Self:
        """Leaders of mentoring see every pair of the school; its people see their own."""
        if by.is_system or by.can("pair:read"):
            return self
        return self.of_person(by)

    def of_person(self, by: Actor) -> Self:
        """Pairs in which the actor is mentor or mentee, while the actor serves here."""
        if not by.serves:
            return self.none()
        mine = PairMentee.objects.filter(pair=models.OuterRef("pk"), mentee__user=by.user)
        return self.filter(models.Q(mentor__user=by.user) | models.Exists(mine))

    def open(self) -> Self:
        return self.filter(state__in=OPEN_PAIRS)

    def succeeding(self, pair: Any) -> Self:
        """Open pairs that were begun in the place of this one."""
        return self.open().filter(predecessor=pair)

    def with_names(self) -> Self:
        """Who the people of a pair are, in two queries."""
        return self.select_related("mentor").prefetch_related(mentees_by_name())

    def with_away(self) -> Self:
        """With `away` and `gone`: who of its people are away today or have left, known without a question of
        its own.
        """
        pair = models.OuterRef(models.OuterRef("pk"))  # two steps out: past the person
        mentees = PairMentee.objects.filter(pair=pair).values("mentee")
        theirs = models.Q(pk=models.OuterRef("mentor")) | models.Q(pk__in=mentees)
        people = Person.objects.filter(theirs).order_by()
        gone = people.exclude(pk__in=Person.objects.of_school())
        return self.annotate(
            away=ArraySubquery(people.away().values("pk")), gone=ArraySubquery(gone.values("pk"))
        )

    def with_people(self) -> Self:
        """Everything that a line about a pair shows, in four queries."""
        return self.with_names().prefetch_related("mentor__employments", "pair_mentees__mentee__employments")


def mentees_by_name() -> "models.Prefetch[Any]":
    """The mentees of pairs, in one query."""
    return models.Prefetch("pair_mentees", PairMentee.objects.select_related("mentee"))


class Pair(SchoolEntity):
    """One period of mentoring. `version` guards its pages; `state` is written by PAIR.move only."""

    privacy = Privacy(
        subjects=("mentor", "mentees"), basis=_BASIS, keep=by_case("5 лет после завершения пары", BY_ACT)
    )

    unit_kind = plain(
        models.CharField("пара или группа", max_length=6, choices=UnitKind.choices, default=UnitKind.PAIR)
    )
    form = plain(
        models.CharField("форма", max_length=20, choices=MentoringForm.choices, default=MentoringForm.TEACHER)
    )
    role_model = plain(
        models.CharField("ролевая модель", max_length=24, choices=RoleModel.choices, blank=True)
    )
    kinds = plain(
        ArrayField(models.CharField(max_length=14, choices=MentoringKind.choices), verbose_name="виды")
    )
    mentor = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="mentor_pairs", verbose_name="наставник"
    )
    subject_as_expert = plain(models.BooleanField("руководитель как сильный предметник", default=False))
    goal = ordinary(models.CharField("зачем пара", max_length=300, blank=True))
    channel = ordinary(models.CharField("канал связи", max_length=200, blank=True))
    schedule = ordinary(models.CharField("расписание встреч", max_length=300, blank=True))
    reaction_hours = plain(models.PositiveSmallIntegerField("отвечать за, часов", null=True, blank=True))
    selection = ordinary(models.CharField("по каким критериям выбран наставник", max_length=300, blank=True))
    mentee_gives = ordinary(models.CharField("чему научит наставляемый", max_length=200, blank=True))
    planned_from = plain(models.DateField("с"))
    planned_to = plain(models.DateField("по"))
    started_on = plain(models.DateField("действует с", null=True, blank=True))
    ended_on = plain(models.DateField("окончена", null=True, blank=True))
    state = plain(
        models.CharField("состояние", max_length=20, choices=PairState.choices, default=PairState.PROPOSED)
    )
    order = models.ForeignKey(
        Order,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="приказ",
    )
    agreement_number = plain(models.CharField("номер дополнительного соглашения", max_length=40, blank=True))
    agreement_on = plain(models.DateField("дата дополнительного соглашения", null=True, blank=True))
    agreement_scan = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pay_basis = plain(models.CharField("доплата", max_length=12, choices=PayBasis.choices, blank=True))
    pay_size = plain(models.DecimalField("размер", max_digits=9, decimal_places=2, null=True, blank=True))
    pay_act = plain(models.CharField("локальный акт об оплате", max_length=250, blank=True))
    waiver = ordinary(models.CharField("почему без промежуточного отчёта", max_length=300, blank=True))
    notice_side = plain(models.CharField("кто прекращает", max_length=10, blank=True))
    notice_on = plain(models.DateField("уведомление вручено", null=True, blank=True))
    notice_by = plain(models.UUIDField("кем подано", null=True, blank=True))
    ends_on = plain(models.DateField("прекратить с", null=True, blank=True))
    extended_by = plain(models.CharField("документы о новом сроке", max_length=250, blank=True))
    suspended_on = plain(models.DateField("приостановлена с", null=True, blank=True))
    closing_reason = plain(
        models.CharField("причина окончания", max_length=20, choices=ClosingReason.choices, blank=True)
    )
    predecessor = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
        verbose_name="вместо какой пары",
    )

    away: list[int]
    gone: list[int]
    mentees: Any = models.ManyToManyField(Person, through="PairMentee", related_name="mentee_pairs")
    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = "пара"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_to__gte=models.F("planned_from")), name="pair_period"
            )
        ]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return self.title

    @property
    def people(self) -> list[Any]:
        """The mentees, in the order they were added; prefetch `pair_mentees__mentee`."""
        return [row.mentee for row in self.pair_mentees.all()]

    def say_who_is_away(self) -> None:
        """To its people, by `with_away`: nobody asks for them one by one."""
        for person in (self.mentor, *self.people):
            person.known_away, person.known_left = person.pk in self.away, person.pk in self.gone

    def read_positions(self) -> None:
        """Of all its people by one question."""
        models.prefetch_related_objects([self.mentor, *self.people], WORK)

    @property
    def mentee(self) -> Any:
        """The (first) mentee."""
        return self.people[0]

    @property
    def mentee_word(self) -> str:
        """What the mentees of this pair are called: beside a woman's name no word stands in the masculine."""
        people = self.people
        return people[0].by_gender("наставляемый", "наставляемая") if len(people) == 1 else "наставляемые"

    @property
    def title(self) -> str:
        """«Кравцов Б. И. и Соколова В. А.»"""
        rest = f" и ещё {len(self.people) - 1}" if len(self.people) > 1 else ""
        return (
            f"{self.mentor.short_name} и {self.people[0].short_name}{rest}"
            if self.people
            else self.mentor.short_name
        )

    @property
    def kind_titles(self) -> str:
        return ", ".join(str(MentoringKind(code).label) for code in self.kinds)

    @property
    def form_title(self) -> str:
        return str(self.get_role_model_display() if self.role_model else self.get_form_display())

    @property
    def form_and_model(self) -> str:
        """«педагог — педагог, опытный педагог — молодой специалист»: form and role model as papers name
        them.
        """
        return ", ".join(
            str(word) for word in (self.get_form_display(), self.get_role_model_display()) if word
        )

    @property
    def begins_on(self) -> dt.date:
        """The first day of mentoring: by the order, before it by the proposal."""
        return self.started_on or self.planned_from

    @property
    def last_possible_day(self) -> dt.date:
        """By the school's own term, of three years at most. Whoever works by a longer one from before the
        school made it shorter works to the end of it.
        """
        return MentoringSettings.here().longest_until(self.begins_on)

    @property
    def may_be_longer(self) -> bool:
        """Whether there is a later day till which it can be extended."""
        return self.last_possible_day > max(self.planned_to, clock.today())

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_PAIRS

    def role_of(self, by: Actor) -> str:
        """«mentor», «mentee» or empty: the circumstance of the actor in this pair."""
        if not by.serves:
            return ""
        if by.is_person(self.mentor.user):
            return PairRole.MENTOR
        return PairRole.MENTEE if any(by.is_person(person.user) for person in self.people) else ""


class PairMentee(SchoolEntity):
    """A mentee of a pair, and the need from which the pair grew."""

    privacy = Privacy(subjects=("mentee",), basis=_BASIS, keep=along("pair", "Как пара"))

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="pair_mentees")
    mentee = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name="наставляемый"
    )
    need = models.ForeignKey(
        MenteeNeed,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pair_mentees",
        verbose_name="потребность",
    )

    class Meta:
        verbose_name = "наставляемый пары"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["pair", "mentee"], name="pair_mentee_once")]


class MentoringConsent(SchoolEntity):
    """T-06 or T-07: a person agrees in writing (SM-1). The reason of a refusal is seen by its author only."""

    privacy = Privacy(subjects=("person",), basis=_BASIS, keep=along("pair", "Как пара"))

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="mentoring_consents", verbose_name="чьё"
    )
    role = plain(models.CharField("в какой роли", max_length=8, choices=PairRole.choices))
    state = plain(
        models.CharField("состояние", max_length=10, choices=ConsentState.choices, default=ConsentState.DRAFT)
    )
    method = plain(
        models.CharField(
            "как подписано",
            max_length=12,
            choices=[("paper_scan", "на бумаге, скан"), ("kedo_sign", "файл из КЭДО")],
            blank=True,
        )
    )
    scan = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="скан",
    )
    asked_on = plain(models.DateField("попросили", null=True, blank=True))
    given_on = plain(models.DateField("дано", null=True, blank=True))
    answered_on = plain(models.DateField("ответ получен", null=True, blank=True))
    withdrawn_on = plain(models.DateField("отозвано", null=True, blank=True))
    shows_profile = plain(models.BooleanField("показать наставнику затруднения", null=True, default=None))
    wishes = ordinary(models.CharField("пожелания", max_length=300, blank=True))
    private_reason = sealed(models.TextField("причина отказа, только для себя", blank=True))

    class Meta:
        verbose_name = "согласие на наставничество"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["pair", "person"], name="mentoring_consent_once")]


class Compatibility(SchoolEntity):
    """The psychologist's conclusion on a pair (T-14): what others may see of it; notes live elsewhere
    (Положение 4.5).
    """

    privacy = Privacy(subjects=("pair",), basis=_BASIS, keep=along("pair", "Как пара"))

    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, related_name="compatibility")
    conclusion = plain(models.CharField("вывод", max_length=24, choices=Conclusion.choices))
    method = ordinary(models.CharField("методика", max_length=200, blank=True))
    advice = ordinary(models.TextField("рекомендации паре", blank=True))
    concluded_on = plain(models.DateField("дата"))
    by = plain(models.UUIDField("кто", null=True))

    class Meta:
        verbose_name = "заключение психолога"
