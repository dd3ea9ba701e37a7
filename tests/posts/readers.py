"""Writes of readers about practices: a word, its change, its judgement, the author's answer."""

import tomllib
from typing import Any

from best_practices.models import BankPractice, Collection, Practice, PracticeFollow, PracticeThanks
from best_practices.services.collections import make_collection, put_card
from best_practices.services.followed import follow_practice
from best_practices.services.thanks import thank_authors
from tenants.models import School
from tests.cast import BY_KEY
from tests.database import ROOT as FOLDER
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.practices.readers import WORDS, methodist, published, said, shown, who

OWN, JUDGED = "/me/comments/", "/practices/comments/"
JUDGEMENT = "city:cardtalk+1 city:journalline+1 city:notice+1 city:practicecomment~"


def _card() -> BankPractice:
    path = min((FOLDER / "portal/demo/content/practices").glob("*.toml"))
    content: dict[str, Any] = tomllib.loads(path.read_text())
    return published({key: value for key, value in content.items() if key not in ("school", "authors")})


def comment_new(w: World) -> Scene:
    return Scene(f"{OWN}about/{_card().uuid}/", {"text": WORDS})


def comment(w: World) -> Scene:
    found = said(_card(), "boris")
    return Scene(f"{OWN}{found.uuid}/", {"text": "Написано иначе: вдвоём на уроке спокойнее."}, found)


def comment_withdraw(w: World) -> Scene:
    return Scene(f"{OWN}{said(_card(), 'boris').uuid}/withdraw/", page=OWN)


def comment_answer(w: World) -> Scene:
    asked = shown(_card(), is_question=True)
    return Scene(f"{OWN}{asked.uuid}/answer/", {"text": "Посещали по два урока в неделю, всего десять."})


def judge(w: World) -> Scene:
    found = said(_card())
    return Scene(f"{JUDGED}{found.uuid}/", {"word": "show", "reason": ""}, found)


def write_by_api(w: World) -> Scene:
    return Scene(f"/api/v1{OWN}", {"card": str(_card().uuid), "text": WORDS})


def change_by_api(w: World) -> Scene:
    found = said(_card(), "boris")
    return Scene(f"/api/v1{OWN}{found.uuid}/", {"text": "Написано иначе: спокойнее вдвоём."}, found)


def withdraw_by_api(w: World) -> Scene:
    found = said(_card(), "boris")
    return Scene(f"/api/v1{OWN}{found.uuid}/withdraw/", {}, found)


def answer_by_api(w: World) -> Scene:
    asked = shown(_card(), is_question=True)
    return Scene(f"/api/v1{OWN}{asked.uuid}/answer/", {"text": "Посещали по два урока в неделю."})


def judge_by_api(w: World) -> Scene:
    found = said(_card())
    return Scene(f"/api/v1/practice-comments/{found.uuid}/judge/", {"show": True}, found)


def _thanked(by: str) -> PracticeThanks:
    return thank_authors(_card_of_nina(), words=WORDS, by=who(by))


def _card_of_nina() -> BankPractice:
    """Of another school, so that Борис may thank."""
    card = _card()
    Practice.objects.update(author_people=[BY_KEY["nina"].person], school=School.objects.get(number=7))
    return card


def thank(w: World) -> Scene:
    return Scene(f"/me/thanks/about/{_card_of_nina().uuid}/", {"words": WORDS})


def thanks_back(w: World) -> Scene:
    return Scene(f"/me/thanks/{_thanked('boris').uuid}/back/", page="/me/thanks/")


def thank_by_api(w: World) -> Scene:
    return Scene("/api/v1/me/thanks/", {"card": str(_card_of_nina().uuid), "words": WORDS})


def thanks_back_by_api(w: World) -> Scene:
    found = _thanked("boris")
    return Scene(f"/api/v1/me/thanks/{found.uuid}/back/", {}, found)


_NEW, _SAME = "city:practicecomment+1", "city:practicecomment~"


def _gathered(of_city: bool = False) -> Collection:
    by = methodist() if of_city else who("boris")
    return put_card(make_collection(title="На осень", of_city=of_city, by=by), _card(), by=by)


def collection_new(w: World) -> Scene:
    return Scene("/me/collections/new/", {"title": "Практики на осень", "text": "Что попробовать в сентябре"})


def collect(w: World) -> Scene:
    typed = {"into": "new", "title": "Практики на осень", "note": "Взять таблицу наблюдений"}
    return Scene(f"/me/collections/about/{_card().uuid}/", typed)


def collection_edit(w: World) -> Scene:
    found = _gathered()
    return Scene(
        f"/me/collections/{found.uuid}/edit/", {"title": "На зиму", "text": "Что попробовать"}, found
    )


def collection_delete(w: World) -> Scene:
    found = _gathered()
    return Scene(f"/me/collections/{found.uuid}/delete/", page=f"/me/collections/{found.uuid}/")


def collection_arrange(w: World) -> Scene:
    found = _gathered()
    page = f"/me/collections/{found.uuid}/"
    typed = {"practice": str(found.items[0].practice), "act": "note", "note": "Взять таблицу"}
    return Scene(f"{page}arrange/", typed, found, page)


def collection_show(w: World) -> Scene:
    found = _gathered(of_city=True)
    page = f"/me/collections/{found.uuid}/"
    return Scene(f"{page}show/", {"show": "yes"}, found, page)


def collection_by_api(w: World) -> Scene:
    return Scene("/api/v1/me/collections/", {"title": "Практики на осень"})


def collection_change_by_api(w: World) -> Scene:
    found = _gathered()
    return Scene(f"/api/v1/me/collections/{found.uuid}/", {"title": "На зиму", "items": []}, found)


def collection_delete_by_api(w: World) -> Scene:
    found = _gathered()
    return Scene(f"/api/v1/me/collections/{found.uuid}/delete/", {}, found)


def collection_show_by_api(w: World) -> Scene:
    found = _gathered(of_city=True)
    return Scene(f"/api/v1/me/collections/{found.uuid}/show/", {"show": True}, found)


def _followed() -> PracticeFollow:
    return follow_practice(_card(), by=who("boris"))


def follow(w: World) -> Scene:
    return Scene(f"/me/followed/about/{_card().uuid}/", page="")


def follow_stop(w: World) -> Scene:
    return Scene(f"/me/followed/{_followed().uuid}/stop/", page="/me/followed/")


def follow_by_api(w: World) -> Scene:
    return Scene("/api/v1/me/followed/", {"card": str(_card().uuid)})


def follow_stop_by_api(w: World) -> Scene:
    found = _followed()
    return Scene(f"/api/v1/me/followed/{found.uuid}/stop/", {}, found)


_FOLLOWED, _STOPPED = "city:practicefollow+1", "city:practicefollow-1"
_MADE, _KEPT, _GONE = "city:collection+1", "city:collection~", "city:collection-1"
_ON_FRONT = "city:collection~ city:journalline+1 city:showncollection+1"
_THANKED = "city:cardtalk+1 city:outbox+1 city:practicethanks+1"
_BACK = "city:cardtalk-1 city:outbox+1 city:practicethanks-1"
ROWS = [
    Post("own_bank:follow", "boris", follow, _FOLLOWED, 302, contour="city"),
    Post("own_bank:follow_stop", "boris", follow_stop, _STOPPED, 404, contour="city"),
    Post(
        "expertise_api:own_followed", "boris", follow_by_api, _FOLLOWED, 201, 201, contour="city", api="post"
    ),
    Post(
        "expertise_api:own_follow_stop",
        "boris",
        follow_stop_by_api,
        _STOPPED,
        404,
        200,
        contour="city",
        api="post",
    ),
    Post("own_bank:collection_new", "boris", collection_new, _MADE, 302, contour="city"),
    Post("own_bank:collect", "boris", collect, _MADE, 302, contour="city"),
    Post("own_bank:collection_edit", "boris", collection_edit, _KEPT, ANOTHER, contour="city"),
    Post("own_bank:collection_delete", "boris", collection_delete, _GONE, 404, contour="city"),
    Post("own_bank:collection_arrange", "boris", collection_arrange, _KEPT, ANOTHER, contour="city"),
    Post("own_bank:collection_show", "darya", collection_show, _ON_FRONT, 302, contour="city"),
    Post(
        "expertise_api:own_collections",
        "boris",
        collection_by_api,
        _MADE,
        201,
        201,
        contour="city",
        api="post",
    ),
    Post(
        "expertise_api:own_collection",
        "boris",
        collection_change_by_api,
        _KEPT,
        ANOTHER,
        200,
        contour="city",
        api="put",
    ),
    Post(
        "expertise_api:own_collection_delete",
        "boris",
        collection_delete_by_api,
        _GONE,
        404,
        200,
        contour="city",
        api="post",
    ),
    Post(
        "expertise_api:own_collection_show",
        "darya",
        collection_show_by_api,
        _ON_FRONT,
        200,
        first=200,
        contour="city",
        api="post",
    ),
    Post("own_bank:thank", "boris", thank, _THANKED, 302, contour="city"),
    Post("own_bank:thanks_back", "boris", thanks_back, _BACK, 404, contour="city"),
    Post("expertise_api:own_thanks", "boris", thank_by_api, _THANKED, 201, 201, contour="city", api="post"),
    Post(
        "expertise_api:own_thanks_back",
        "boris",
        thanks_back_by_api,
        _BACK,
        404,
        200,
        contour="city",
        api="post",
    ),
    Post("own_bank:comment_new", "boris", comment_new, _NEW, 302, contour="city"),
    Post("own_bank:comment", "boris", comment, _SAME, ANOTHER, contour="city"),
    Post(
        "own_bank:comment_withdraw", "boris", comment_withdraw, "city:practicecomment-1", 404, contour="city"
    ),
    Post("own_bank:comment_answer", "boris", comment_answer, _NEW, 302, contour="city"),
    Post("expertise:comment", "darya", judge, JUDGEMENT, 302, contour="city"),
    Post("expertise_api:own_comments", "boris", write_by_api, _NEW, 201, 201, contour="city", api="post"),
    Post("expertise_api:own_comment", "boris", change_by_api, _SAME, ANOTHER, 200, contour="city", api="put"),
    Post(
        "expertise_api:own_comment_withdraw",
        "boris",
        withdraw_by_api,
        "city:practicecomment-1",
        404,
        200,
        contour="city",
        api="post",
    ),
    Post("expertise_api:comment_answer", "boris", answer_by_api, _NEW, 201, 201, contour="city", api="post"),
    Post(
        "expertise_api:comment_judge",
        "darya",
        judge_by_api,
        JUDGEMENT,
        200,
        first=200,
        contour="city",
        api="post",
    ),
]
