"""What the methodist teaches the search."""

from best_practices.models import SearchWord
from best_practices.services import change_search_word
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


ROWS = [
    Post("practice_orders:new", "boris", order, "disclosureline+1 outbox+1", 302),
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
