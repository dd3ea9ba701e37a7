"""The published bank, how schools call its notions, and what they order of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from best_practices.content import PracticeContent
from best_practices.models.calls import PracticeCall
from best_practices.states import Form, Nomination
from portal.core.actor import Actor
from portal.core.entity import Entity
from portal.core.privacy import YEAR, Privacy, by_case, for_days, ordinary, plain
from portal.core.sorting import SortKeyField
from tenants.models import School

_CONSENT = "Согласие авторов на распространение (T-29)"
_TAKEN_OFF = "снимают отзыв школы или автора и методический отдел; остаются номер, название и внедрения"


class BankQuerySet(models.QuerySet["BankPractice"]):
    def visible_to(self, by: Actor) -> "BankQuerySet":
        """Whoever reads the bank sees what stands in it; a practice that was taken off does not, whatever the
        index says.
        """
        return self if by.can("bank:read") or by.can("city_bank:read") or by.is_system else self.none()


class Standing(models.Manager["BankPractice"]):
    """Cards that stand in the bank; `every` are those that were taken off, too."""

    def get_queryset(self) -> BankQuerySet:
        return BankQuerySet(self.model, using=self._db).filter(archived_on=None)

    def visible_to(self, by: Actor) -> BankQuerySet:
        return self.get_queryset().visible_to(by)


class BankPractice(Entity):
    """The published card: a snapshot in a table of its own, which every school may read. One that was taken
    off keeps its number and title, and nothing else of the text and its authors.
    """

    published = True
    privacy = Privacy(basis=_CONSENT, keep=by_case("Пока опубликована", _TAKEN_OFF))

    practice = plain(models.UUIDField("практика", unique=True))
    code = plain(models.CharField("номер", max_length=20, unique=True))
    revision = plain(models.PositiveSmallIntegerField("редакция", default=1, db_default=1))
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

    archived_on = plain(models.DateField("снята с публикации", null=True))

    objects = Standing()
    every = BankQuerySet.as_manager()
    grade = ""
    """How well it is proved, in words: given by `counted.with_grades` where cards are listed."""

    class Meta:
        verbose_name = "практика банка"

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> PracticeContent:
        return PracticeContent.model_validate(self.content)


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
    call = models.ForeignKey(
        PracticeCall,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="orders",
        verbose_name="поиск",
    )

    class Meta:
        verbose_name = "заказ практики"

    def __str__(self) -> str:
        return self.text
