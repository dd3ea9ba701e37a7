"""What schools handed over, its expertise, the published bank and its index."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce

from best_practices.content import PracticeContent
from best_practices.saved import SavedSearch, ToldPractice
from best_practices.states import GONE, Form, Nomination, PracticeState, Recommendation, ReviewState
from portal.accounts.models import Membership, User
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import Entity
from portal.core.privacy import YEAR, Privacy, along, by_case, for_days, ordinary, plain
from portal.core.sorting import SortKeyField
from portal.municipality.reference import subjects as known_subjects
from portal.search.models import (
    IndexedBlock,
    IndexedChange,
    IndexedDocument,
    IndexedMeaning,
    IndexedTerm,
    IndexedWord,
)
from tenants.models import School

_CONSENT = "Согласие авторов на распространение (T-29)"
_ARCHIVED = "затем методический отдел составляет акт, и по нему записи удаляет администратор портала"
_TAKEN_OFF = "карточку убирают отзыв школы или автора и решение методического отдела"


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
        subjects=("author_people",),
        basis=_CONSENT,
        keep=by_case(
            "Пока опубликована и 3 года после; список «не спрашивать» стирается с решением", _ARCHIVED
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
    without_third = plain(models.BooleanField("решается по двум листам", default=False))

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "практика"

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> PracticeContent:
        return PracticeContent.model_validate(self.content)


class ExpertQuerySet(models.QuerySet["ExpertCandidate"]):
    def serving(self) -> models.QuerySet[Any]:
        """Those who are in the pool and work in a school of the city today, each with the number of sheets
        that wait for them.
        """
        serves = Membership.objects.filter(
            Membership.valid_on(clock.today()), user=models.OuterRef("user")
        ).exclude(school=None)
        return (
            self.filter(models.Exists(serves), left_on=None)
            .select_related("user")
            .annotate(load=_sheets_that_wait())  # type: ignore[no-redef]  # the model names it for those who read
        )


def _sheets_that_wait() -> Coalesce:
    waiting = (
        Review.objects.filter(expert=models.OuterRef("user_id"), state=ReviewState.ASSIGNED)
        .order_by()
        .values("expert")
    )
    return Coalesce(models.Subquery(waiting.annotate(n=models.Count("pk")).values("n")), 0)


class ExpertCandidate(Entity):
    """The pool of experts: teachers who have asked for it or agreed to it themselves. Being an expert is a
    live assignment, not a role.

    Where they work is not copied here: it is asked of their memberships, of all of them.
    """

    privacy = Privacy(
        subjects=("user",),
        basis="Собственное согласие человека",
        keep=for_days("3 года после выхода", 3 * YEAR, "left_on"),
    )

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+", verbose_name="кто")
    subjects = plain(
        ArrayField(models.CharField(max_length=30), verbose_name="предметы", default=list, blank=True)
    )
    basis = ordinary(models.CharField("основание", max_length=250))
    left_on = plain(models.DateField("вышел", null=True))
    load: int
    """How many sheets wait: asked by `ExpertQuerySet.serving` only."""
    places: str
    """Names of the schools where they work: given by `selectors.with_schools` only."""

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = "эксперт"

    @property
    def subject_titles(self) -> str:
        return ", ".join(known_subjects().title(code) for code in self.subjects)


class ExpertProposal(Entity):
    """A school has proposed a teacher. Until the teacher has answered only the teacher sees it; then the row
    is gone.
    """

    privacy = Privacy(
        subjects=("user",),
        basis="Предложение школы",
        keep=for_days("До ответа человека, но не дольше года", YEAR),
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="кого")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", verbose_name="кто предлагает"
    )
    person = plain(models.UUIDField("сотрудник школы"))
    subjects = plain(
        ArrayField(models.CharField(max_length=30), verbose_name="предметы", default=list, blank=True)
    )
    basis = ordinary(models.CharField("почему", max_length=250))

    class Meta:
        verbose_name = "предложение эксперта"
        constraints = [models.UniqueConstraint(fields=["user", "school"], name="expert_proposed_once")]


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
    due_on = plain(models.DateField("срок"))
    state = plain(
        models.CharField(
            "состояние", max_length=12, choices=ReviewState.choices, default=ReviewState.ASSIGNED
        )
    )
    scores = plain(models.JSONField("баллы", default=dict))
    total = plain(models.PositiveSmallIntegerField("сумма", null=True))
    comment = ordinary(models.TextField("заключение", blank=True))
    recommendation = plain(
        models.CharField("рекомендация", max_length=8, choices=Recommendation.choices, blank=True)
    )
    submitted_at = plain(models.DateTimeField("оценено", null=True))
    gone_because = ordinary(models.CharField("почему снят", max_length=300, blank=True))

    class Meta:
        verbose_name = "экспертиза"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "revision", "expert"],
                condition=~models.Q(state__in=GONE),
                name="review_live_once",
            )
        ]

    @property
    def is_silent(self) -> bool:
        """The day has passed and there is no sheet."""
        return self.state == ReviewState.ASSIGNED and self.due_on < clock.today()

    @property
    def places(self) -> str:
        """Where the expert worked when the practice was assigned."""
        return ", ".join(self.expert_schools)


class BankQuerySet(models.QuerySet["BankPractice"]):
    def visible_to(self, by: Actor) -> "BankQuerySet":
        """Whoever reads the bank sees what stands in it; a practice that was taken off does not, whatever the
        index says.
        """
        return self if by.can("bank:read") or by.can("city_bank:read") or by.is_system else self.none()


class BankPractice(Entity):
    """The published card: a snapshot in a table of its own, which every school may read."""

    published = True
    privacy = Privacy(basis=_CONSENT, keep=by_case("Пока опубликована", _TAKEN_OFF))

    practice = plain(models.UUIDField("практика", unique=True))
    code = plain(models.CharField("номер", max_length=20, unique=True))
    title = plain(models.CharField("название", max_length=150))
    title_key = plain(SortKeyField(source="title"))
    annotation = plain(models.CharField("коротко", max_length=500))
    nomination = plain(models.CharField("номинация", max_length=2, choices=Nomination.choices))
    form = plain(models.CharField("форма", max_length=20, choices=Form.choices))
    kinds = plain(ArrayField(models.CharField(max_length=20), verbose_name="виды"))
    subjects = plain(ArrayField(models.CharField(max_length=40), verbose_name="предметы", default=list))
    content = plain(models.JSONField("содержание"))
    authors = ordinary(models.JSONField("авторы"))
    school_name = plain(models.CharField("школа", max_length=120))
    school_number = plain(models.PositiveSmallIntegerField("номер школы", null=True))
    published_on = plain(models.DateField("опубликована"))
    signs = plain(models.JSONField("итоги экспертизы", default=dict))

    objects = BankQuerySet.as_manager()

    class Meta:
        verbose_name = "практика банка"

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> PracticeContent:
        return PracticeContent.model_validate(self.content)


class BankDocument(IndexedDocument):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedDocument.Meta):
        verbose_name = "документ указателя"


class BankTerm(IndexedTerm):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedTerm.Meta):
        verbose_name = "слово указателя"


class BankBlock(IndexedBlock):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedBlock.Meta):
        verbose_name = "отрезок указателя"


class BankWord(IndexedWord):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedWord.Meta):
        verbose_name = "написание указателя"


class BankMeaning(IndexedMeaning):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedMeaning.Meta):
        verbose_name = "смысл практики"


class SearchWord(Entity):
    """A notion that teachers call differently: any of its names in a question brings the others. It is put
    away, never deleted.
    """

    published = True
    privacy = Privacy()

    names = plain(
        ArrayField(models.CharField(max_length=80), verbose_name="как говорят, самое обычное первым")
    )
    is_used = plain(models.BooleanField("поиск понимает", default=True))

    class Meta:
        verbose_name = "слово поиска"

    def __str__(self) -> str:
        return str(self.names[0])


class BankChange(IndexedChange):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedChange.Meta):
        verbose_name = "перемена указателя"


class PracticeOrder(Entity):
    """What a school has looked for and not found, and what the city has answered. Its uuid is of the school
    and the words: the same wish is one row.
    """

    privacy = Privacy(
        basis="Не персональные данные: кто из школы заказал, город не знает",
        keep=for_days("2 года", 2 * YEAR, "ordered_on"),
    )

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name="школа")
    text = plain(models.CharField("что нужно", max_length=200))
    key = plain(models.CharField("значимые слова", max_length=200, db_index=True))
    ordered_on = plain(models.DateField("заказано"))
    answered_on = plain(models.DateField("отвечено", null=True))
    answer = plain(models.CharField("ответ города", max_length=300, blank=True, db_default=""))
    card = plain(models.UUIDField("практика банка", null=True))

    class Meta:
        verbose_name = "заказ практики"

    def __str__(self) -> str:
        return self.text


class PracticeNumber(Entity):
    """The next number in the bank, per calendar year."""

    privacy = Privacy()

    year = plain(models.PositiveSmallIntegerField("год", unique=True))
    last = plain(models.PositiveIntegerField("последний", default=0))

    class Meta:
        verbose_name = "нумератор банка"


OWN = (SavedSearch, ToldPractice)
"""Stand in a file of their own; Django looks for tables here."""


def models_of_index() -> dict[str, Any]:
    """The four tables for the engine."""
    return {
        "document": BankDocument,
        "term": BankTerm,
        "block": BankBlock,
        "word": BankWord,
    }
