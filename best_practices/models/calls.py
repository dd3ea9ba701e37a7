"""Calls of the city: a practice that several schools have ordered is looked for until a day."""

from django.db import models

from portal.core import clock
from portal.core.entity import Entity
from portal.core.privacy import Privacy, by_case, plain

LONGEST_CALL, LONGEST_WORDS = 200, 1_000


class CallQuerySet(models.QuerySet["PracticeCall"]):
    def open(self) -> "CallQuerySet":
        """Those that schools may still answer, the nearest day first."""
        return self.filter(closed_on=None, due_on__gte=clock.today()).order_by("due_on", "pk")


class PracticeCall(Entity):
    """«Объявлен поиск»: what practice is looked for, till which day. Which schools have ordered it stands in
    their orders and is not published. It is closed by the answer to those orders.
    """

    published = True
    privacy = Privacy(
        basis="Не персональные данные: кто заказал, здесь не названо",
        keep=by_case(
            "Пока ищут и после, для отчёта",
            "затем методический отдел составляет акт, и по нему записи удаляет администратор портала",
        ),
    )

    text = plain(models.CharField("что ищем", max_length=LONGEST_CALL))
    words = plain(models.TextField("что в ней важно", max_length=LONGEST_WORDS, blank=True))
    due_on = plain(models.DateField("ждём до"))
    announced_on = plain(models.DateField("объявлен"))
    closed_on = plain(models.DateField("закрыт", null=True))

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "поиск практики"

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.closed_on is None and self.due_on >= clock.today()
