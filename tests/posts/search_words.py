"""What the methodist teaches the search."""

from best_practices.models import PracticeOrder, SearchWord
from best_practices.services import change_search_word
from portal.core import clock
from tests.posts.mentoring_forming import ROOT
from tests.posts.rows import ANOTHER, Post, Scene, World


def word_new(w: World) -> Scene:
    return Scene("/practices/words/new/", {"names": "юннаты\r\nюные зоологи"})


def word(w: World) -> Scene:
    found = SearchWord.objects.earliest("pk")
    return Scene(
        f"/practices/words/{found.uuid}/",
        {"names": "ШМО\r\nшкольное методобъединение учителей"},
        found,
        later=lambda: change_search_word(found, ["ШМО", "школьная кафедра"], by=w.who("darya")),
    )


def word_use(w: World) -> Scene:
    found = SearchWord.objects.earliest("pk")
    return Scene(
        f"/practices/words/{found.uuid}/use/",
        {"used": "no"},
        found,
        page=f"/practices/words/{found.uuid}/",
        later=lambda: change_search_word(found, ["ШМО", "школьная кафедра"], by=w.who("darya")),
    )


def order(w: World) -> Scene:
    return Scene(f"{ROOT}bank/order/", {"text": "Как вести кружок робототехники"})


def _ordered(w: World) -> PracticeOrder:
    five, text = w.school5, "Как вести кружок робототехники"
    return PracticeOrder.objects.create(
        school=five, text=text, key="вести кружок робототехника", ordered_on=clock.today()
    )


def answer(w: World) -> Scene:
    found = _ordered(w)
    return Scene(f"/practices/orders/{found.uuid}/", {"words": "Ищем того, кто расскажет"}, found)


def order_by_api(w: World) -> Scene:
    return Scene(f"{ROOT}api/v1/practice-orders/", {"text": "Как вести кружок робототехники"})


def answer_by_api(w: World) -> Scene:
    found = _ordered(w)
    return Scene(
        f"/api/v1/practice-orders/{found.uuid}/answer/", {"words": "Ищем того, кто расскажет"}, found
    )


ANSWERED = "city:journalline+1 city:outbox+1 city:practiceorder~"
ROWS = [
    Post("practice_orders:new", "boris", order, "disclosureline+1 orderwaiter+1 outbox+1", 302),
    Post(
        "practice_orders_api:orders",
        "boris",
        order_by_api,
        "disclosureline+1 orderwaiter+1 outbox+1",
        200,
        201,
        api="post",
    ),
    Post("expertise:order", "darya", answer, ANSWERED, contour="city"),
    Post(
        "expertise_api:order_answer", "darya", answer_by_api, ANSWERED, first=200, contour="city", api="post"
    ),
    Post(
        "expertise:word_new",
        "darya",
        word_new,
        "city:cityfacts+1 city:journalline+1 city:searchword+1",
        422,
        contour="city",
    ),
    Post(
        "expertise:word",
        "darya",
        word,
        "city:cityfacts+1 city:journalline+1 city:searchword~",
        ANOTHER,
        contour="city",
    ),
    Post(
        "expertise:word_use",
        "darya",
        word_use,
        "city:cityfacts+1 city:journalline+1 city:searchword~",
        ANOTHER,
        contour="city",
    ),
]
