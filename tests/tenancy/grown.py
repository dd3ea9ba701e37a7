"""Rows of the city's lists that are asked by number, for `test_lists.py`."""

from best_practices.models import PracticeOrder
from portal.certificates.models import Certificate
from portal.city_records.models import AskedQuestion
from portal.core import clock
from tenants.models import School
from tests.cast import BY_KEY
from tests.tenancy.rows import row, word


def a_certificate(number: int) -> None:
    row(Certificate, number, holder=BY_KEY["nina"].uuid, name=f"Ряд {word(number)}", ground=f"дело {number}")


def an_order(number: int) -> None:
    row(
        PracticeOrder,
        number,
        school=School.objects.get(number=5),
        text=f"заказ {number}",
        key=f"заказ {number}",
        ordered_on=clock.today(),
    )


def a_question(number: int) -> None:
    AskedQuestion.objects.create(
        asked_on=clock.today(),
        text=f"вопрос {number}",
        asked=2,
        opened=1,
        places=9,
        unknown=[f"слово{number}"],
    )
    AskedQuestion.objects.create(
        asked_on=clock.today(), text=f"открытый {number}", found=9, opened=1, places=9
    )
