"""A reader of the bank asks for its catalogue; it is gathered and set in the background, seen as it goes, and
kept for a month. Asked for again while it is being made, it is the same one.
"""

from uuid import UUID

from django.db import transaction
from django.http import QueryDict
from django.utils.text import Truncator

from best_practices.catalogue import catalogue_of, chosen
from best_practices.models import BankCatalogue
from best_practices.models.catalogues import LONGEST_QUESTION, LONGEST_TITLE
from best_practices.own_bank import reader_of_bank
from best_practices.questions import Asked
from portal.accounts.actors import memberships_of
from portal.accounts.models import User
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Invalid, NotVisible
from portal.documents.catalogue import catalogue_pdf
from portal.documents.pdf import PdfError
from portal.files.storing import keep
from tenants.jobs import city_job, whoever_asked

MOST_A_DAY = 20
NO_RIGHT = "Банк вам больше не открыт, поэтому каталог не собран."
NOT_SET = "Каталог не удалось сверстать. Мы уже знаем; попробуйте выбрать меньше практик."


@transaction.atomic
def ask_catalogue(asked: Asked, *, by: Actor) -> BankCatalogue:
    """The catalogue of what answers the question. Raises NotVisible, Invalid (too long a question), Conflict
    (nothing answers; too many in one day).
    """
    if by.user is None:
        raise NotVisible
    if len(asked.query) > LONGEST_QUESTION:
        raise Invalid("long", "В поиске слишком много слов и условий: снимите часть и попросите снова.")
    user = User.objects.select_for_update().get(pk=by.user)
    today = BankCatalogue.objects.filter(user=user, asked_on=clock.today()).order_by("-pk")
    for known in today:
        if known.query == asked.query and known.is_waiting and not known.is_stuck:
            return known
    if len(today) >= MOST_A_DAY:
        raise Conflict("many", f"За день печатают до {MOST_A_DAY} каталогов. Прежние ещё у вас.")
    many = len(chosen(asked))
    if not many:
        raise Conflict("nothing", "По этим условиям в банке ничего нет: печатать нечего.")
    made = BankCatalogue.objects.create(
        user=user,
        query=asked.query,
        title=_title(asked),
        asked_on=clock.today(),
        many=many,
        created_by=user.pk,
    )
    print_catalogue.later(by=by, key=f"catalogue:{made.uuid}", catalogue_uuid=str(made.uuid))
    return made


def _title(asked: Asked) -> str:
    """Which practices it holds, in words."""
    return Truncator(asked.in_words).chars(LONGEST_TITLE) if asked.query else "Все практики"


def question_of(catalogue: BankCatalogue) -> Asked:
    return Asked.of(QueryDict(catalogue.query))


_ASKED = whoever_asked("the right of whoever asked is looked at while it is made, in the city and in schools")


@city_job("best_practices.print_catalogue", may=_ASKED)
def print_catalogue(*, by: Actor, catalogue_uuid: str) -> None:
    """Safe to run again: what is made stays made."""
    rows = BankCatalogue.objects.filter(uuid=UUID(catalogue_uuid))
    found = rows.select_related("user").first()
    if found is None or not found.is_waiting:
        return
    reader = reader_of_bank(found.user, memberships_of(found.user)) if found.user.is_active else None
    if reader is None:
        rows.update(trouble=NO_RIGHT)
        return
    asked = question_of(found)
    uuids = chosen(asked)
    rows.update(begun_at=clock.now(), many=len(uuids), done=0)
    printed = catalogue_of(reader, asked, uuids, lambda done: _tell(found, done))
    try:
        content = catalogue_pdf(printed)
    except PdfError:
        rows.update(trouble=NOT_SET)
        raise
    with transaction.atomic():
        if rows.select_for_update().filter(file=None).exists():
            rows.update(file=keep(file_name_of(found), content, "pdf", by=reader), many=printed.many)


def _tell(catalogue: BankCatalogue, done: int) -> None:
    BankCatalogue.objects.filter(pk=catalogue.pk).update(done=done)


def file_name_of(catalogue: BankCatalogue) -> str:
    """«Каталог практик 30.11.2026, математика.pdf»"""
    words = f", {catalogue.title}" if catalogue.query else ""
    return f"Каталог практик {catalogue.asked_on:%d.%m.%Y}{words}.pdf"
