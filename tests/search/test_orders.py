"""«Заказать практику»: a named act in the school, a wish of the school in the city."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from best_practices.models import PracticeOrder
from best_practices.orders import wanted
from best_practices.search import ENGINE
from best_practices.services import order_practice
from portal.city_records.models import JournalLine
from portal.core.actor import Actor
from portal.core.errors import Forbidden, Invalid
from portal.school_records.models import DisclosureLine, Outbox
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.search import demo_bank

As = Callable[[str], Client]
Inside = Callable[[School], Any]


def test_from_an_empty_answer_to_the_methodist(
    school5: School, school12: School, inside: Inside, as_: As, actor: Callable[..., Actor]
) -> None:
    boris = as_("boris")
    empty = boris.get("/s/5/bank/?q=кружок+робототехники").content.decode()
    assert "/s/5/bank/order/?q=%D0%BA%D1%80%D1%83%D0%B6%D0%BE%D0%BA" in empty
    form = boris.get("/s/5/bank/order/?q=кружок+робототехники").content.decode()
    assert "Ваше имя: в город оно не уходит" in form.replace("\u00a0", " ")
    assert 'value="кружок робототехники"' in form
    sent = boris.post("/s/5/bank/order/", {"text": "кружок робототехники"}, follow=True)
    assert "Заказ ушёл" in sent.content.decode().replace("\u00a0", " ")
    again = as_("vera").post("/s/5/bank/order/", {"text": "Робототехника: кружок"}, follow=True)
    with inside(school5):
        line = DisclosureLine.objects.get(kind="best_practices.ordered")
        assert (line.actor, line.title) == (BY_KEY["boris"].uuid, "Заказ практики: кружок робототехники")
        assert Outbox.objects.get(kind="best_practices.ordered").payload == {
            "schema_version": 1,
            "text": "кружок робототехники",
        }
    assert "уже заказала" in again.content.decode().replace("\u00a0", " ")
    with inside(school12):
        assert order_practice("КРУЖОК по робототехнике", by=actor("gleb", school12))
    post.deliver_everything()
    post.deliver_everything()
    (one,) = wanted()
    assert (one.text, len(one.schools)) == ("кружок робототехники", 2)
    assert PracticeOrder.objects.filter(created_by=None).count() == 2
    post.deliver_everything()
    lines = (
        JournalLine.objects.filter(model="best_practices.PracticeOrder")
        .order_by("pk")
        .values_list("verb", "actor", "via")
    )
    assert list(lines) == [("practice_ordered", None, "post")] * 2
    page = " ".join(as_("darya").get("/practices/orders/").content.decode().replace("\u00a0", " ").split())
    assert "2 школы" in page
    assert as_("semyon").get("/practices/orders/").status_code == 403


def test_what_was_found_but_not_what_was_wanted_is_ordered_too(db: None, as_: As) -> None:
    card = demo_bank.card("p07_no_bench")
    card.save()
    ENGINE.rebuild([demo_bank.document_of(card)])
    boris = as_("boris")

    def page(address: str) -> str:
        return boris.get(address).content.decode().replace("\u00a0", " ")

    found = page("/s/5/bank/?q=crfvtqrf")
    assert "Не нашли нужного?" in found
    assert "/s/5/bank/order/?q=%D1%81%D0%BA%D0%B0%D0%BC%D0%B5%D0%B9%D0%BA%D0%B0" in found, "as it was meant"
    narrowed = page("/s/5/bank/?q=скамейка&subject=химия")
    assert "С такими условиями ничего нет" in narrowed
    assert "bank/order" not in narrowed, "what is wanted may be there, without conditions"


@pytest.mark.parametrize(("text", "says"), [("и в на", "Напишите"), ("щ" * 201, "200")])
def test_what_says_nothing_is_refused_at_its_field(
    text: str, says: str, school5: School, inside: Inside, actor: Callable[..., Actor]
) -> None:
    with inside(school5), pytest.raises(Invalid) as refused:
        order_practice(text, by=actor("boris"))
    assert says in " ".join(refused.value.fields["text"])


def test_the_city_orders_nothing(as_: As, actor: Callable[..., Actor]) -> None:
    with pytest.raises(Forbidden):
        order_practice("кружок", by=actor("darya"))
    assert as_("darya").get("/bank/order/").status_code == 404
    assert "bank/order" not in as_("darya").get("/bank/?q=зебра").content.decode()
