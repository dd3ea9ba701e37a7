"""«Заказать практику»: a named act in the school, a wish of the school in the city."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from best_practices import bank
from best_practices.models import Practice, PracticeOrder
from best_practices.orders import orders_of_school, wanted
from best_practices.search import ENGINE
from best_practices.services import answer_order, order_practice
from portal.city_records.models import JournalLine
from portal.city_records.models import Outbox as OutboxOfCity
from portal.core.actor import Actor
from portal.core.errors import Forbidden, Invalid
from portal.school_records.models import DisclosureLine, Notice, Outbox
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.search import demo_bank
from tests.things import card_in_bank
from tests.workflows.practice_scenes import content

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
        assert order_practice("КРУЖОК по робототехнике", by=actor("gleb", school12))[1]
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


def read(answer: Any) -> str:
    """The words of a page."""
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


@pytest.fixture
def ordered(school5: School, school12: School, inside: Inside, actor: Callable[..., Actor]) -> PracticeOrder:
    """Two schools wait for the same, one of them for something else, too."""
    for school, key, text in (
        (school5, "boris", "кружок робототехники"),
        (school12, "gleb", "Робототехника: кружок"),
        (school12, "gleb", "первый родительский сход"),
    ):
        with inside(school):
            order_practice(text, by=actor(key, school))
    post.deliver_everything()
    return PracticeOrder.objects.earliest("pk")


def test_the_methodist_answers_and_every_school_that_waits_hears(
    ordered: PracticeOrder, school5: School, school12: School, inside: Inside, as_: As
) -> None:
    darya, form = as_("darya"), f"/practices/orders/{ordered.uuid}/"
    assert "ждут: 3 заказа" in read(darya.get("/"))
    shown = read(darya.get(form))
    assert shown.count("обототехник") >= 3
    assert "родительский" not in shown
    words = {"words": "Снимаем ролик с тем, кто ведёт.", "version": str(ordered.version)}
    sent = darya.post(form, words, follow=True)
    assert "Ответ ушёл: 2 школам" in read(sent)
    assert [one.text for one in wanted()] == ["первый родительский сход"]
    assert "Снимаем ролик" in read(darya.get("/practices/orders/"))
    late = darya.post(form, {"words": "Иначе.", "version": str(ordered.version)}, follow=True)
    assert late.status_code == 409
    assert "уже ответили" in read(late)
    assert OutboxOfCity.objects.filter(kind="best_practices.order_answered").count() == 2
    post.deliver_everything()
    for school, key in ((school5, "boris"), (school12, "gleb")):
        with inside(school):
            (notice,) = Notice.objects.filter(code="order_answered")
            assert (notice.recipient, notice.url) == (BY_KEY[key].uuid, f"/s/{school.number}/bank/order/")
        page = read(as_(key).get(f"/s/{school.number}/bank/order/"))
        assert "Снимаем ролик с тем, кто ведёт." in page
        assert ("ждём ответа" in page) == (school == school12), "the other order waits still"
    assert JournalLine.objects.filter(verb="order_answered", actor=BY_KEY["darya"].uuid).count() == 2


def test_a_practice_that_has_appeared_is_named_and_gone_from_the_answer_when_withdrawn(
    ordered: PracticeOrder, school5: School, inside: Inside, as_: As, actor: Callable[..., Actor]
) -> None:
    card = card_in_bank({**content(), "title": "Робот в пятом классе"}, code="ЛП-2026-0044")
    with pytest.raises(Invalid) as refused:
        answer_order(ordered, words="", code="ЛП-2026-9999", by=actor("darya"))
    assert set(refused.value.fields) == {"code"}
    with pytest.raises(Invalid) as refused:
        answer_order(ordered, words="  ", by=actor("darya"))
    assert set(refused.value.fields) == {"words"}
    assert answer_order(ordered, words="", code=" лп-2026-0044 ", by=actor("darya")) == 2
    post.deliver_everything()
    with inside(school5):
        notice = Notice.objects.get(code="order_answered")
        assert notice.url == f"/s/5/bank/{card.uuid}/"
        assert "Робот в пятом классе" in notice.text
    boris = as_("boris")
    assert f"/s/5/bank/{card.uuid}/" in boris.get("/s/5/bank/order/").content.decode()
    answers = as_("darya").get("/practices/orders/").content.decode()
    assert f'href="/bank/{card.uuid}/"' in answers, "the methodist opens what was named"
    bank.take_off(Practice(practice=card.practice))
    assert "сейчас не в банке" in read(as_("darya").get("/practices/orders/"))
    page = boris.get("/s/5/bank/order/").content.decode()
    assert f"/s/5/bank/{card.uuid}/" not in page
    assert "сейчас не в банке" in page.replace("\u00a0", " ")


def test_an_order_that_the_school_has_forgotten_is_made_anew(
    ordered: PracticeOrder, school5: School, inside: Inside, actor: Callable[..., Actor]
) -> None:
    """Its boxes are swept after a year, the city keeps two."""
    answer_order(ordered, words="Пока некому.", by=actor("darya"))
    post.deliver_everything()
    with inside(school5):
        assert order_practice("кружок робототехники", by=actor("boris")) == (ordered.uuid, False)
        Outbox.objects.filter(kind="best_practices.ordered").delete()
        assert order_practice("кружок робототехники", by=actor("boris"))[1]
        (mine,) = orders_of_school()
        assert mine.answered_on is None, "the old answer is of the old order"
    post.deliver_everything()
    ordered.refresh_from_db()
    assert (ordered.answered_on, ordered.answer) == (None, "")


def test_by_the_api(ordered: PracticeOrder, school5: School, as_: As) -> None:
    boris, darya, orders = as_("boris"), as_("darya"), "/s/5/api/v1/practice-orders/"
    again = boris.post(orders, {"text": "робототехника кружок"}, content_type="application/json")
    assert (again.status_code, again.json()["uuid"]) == (200, str(ordered.uuid))
    new = boris.post(orders, {"text": "проектная неделя"}, content_type="application/json")
    assert (new.status_code, new.json()["answered_on"]) == (201, None)
    assert [one["text"] for one in boris.get(orders).json()] == ["проектная неделя", "кружок робототехники"]
    url = f"/api/v1/practice-orders/{ordered.uuid}/"
    etag = darya.get(url).headers["ETag"]
    assert (
        darya.post(f"{url}answer/", {"words": "Будет."}, content_type="application/json").status_code == 428
    )
    said = darya.post(
        f"{url}answer/", {"words": "Будет."}, content_type="application/json", headers={"If-Match": etag}
    )
    assert (said.status_code, said.json()["answer"]) == (200, "Будет.")
    for key, status in (("semyon", 404), ("nina", 404)):
        assert as_(key).get(url).status_code == status
    post.deliver_everything()
    assert boris.get(orders).json()[1]["answer"] == "Будет."
