"""Words of teachers about a practice of the bank: seen by their writer at once, by all after the methodist,
and answered by the author.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from best_practices import talk
from best_practices.models import BankPractice, CardTalk, Practice, PracticeComment
from best_practices.services import comments as writing
from best_practices.workflow import PRACTICE
from portal.accounts.limits import COMMENTS
from portal.city_records.models import Notice
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible, TooMany
from portal.core.next_steps import steps_for
from tests.cast import BY_KEY
from tests.practices.readers import WORDS, methodist, published, said, shown, who

As = Callable[[str], Client]
ASKED = "Сколько уроков вы успевали посетить за четверть?"


@pytest.fixture
def card(content: dict[str, Any], db: None) -> BankPractice:
    return published(content)


def read(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def on_card(card: BankPractice, client: Client, school: int = 5) -> str:
    return read(client.get(f"/s/{school}/bank/{card.uuid}/"))


def test_it_is_seen_by_its_writer_at_once_and_by_all_after_the_methodist(card: BankPractice, as_: As) -> None:
    gleb, vera = as_("gleb"), as_("vera")
    assert f'href="/me/comments/about/{card.uuid}/"' in on_card(card, gleb, 12)
    form = read(gleb.get(f"/me/comments/about/{card.uuid}/"))
    assert "Орлов Г. С., " in form, "who will stand beside the words is said before they are written"
    assert gleb.post(f"/me/comments/about/{card.uuid}/", {"text": WORDS}).status_code == 302
    assert "на проверке" in read(gleb.get("/me/comments/"))
    assert WORDS in read(gleb.get("/me/comments/"))
    assert WORDS not in read(vera.get("/me/comments/"))
    assert WORDS not in on_card(card, vera)
    (row,) = PracticeComment.objects.all()
    darya = as_("darya")
    assert WORDS[:40] in read(darya.get("/practices/comments/"))
    judged = darya.post(f"/practices/comments/{row.uuid}/", {"word": "show", "version": row.version})
    assert judged.status_code == 302
    page = on_card(card, vera)
    assert WORDS in page
    assert "Орлов Г. С., " in page
    assert "показан всем" in read(gleb.get("/me/comments/"))
    notice = Notice.objects.get(recipient=BY_KEY["gleb"].uuid)
    assert "видят все" in notice.text


def test_a_declined_one_is_read_by_its_writer_with_the_reason(card: BankPractice, as_: As) -> None:
    row = said(card)
    with pytest.raises(Invalid) as refused:
        writing.judge_comment(row, show=False, reason=" ", by=methodist())
    assert refused.value.field == "reason"
    writing.judge_comment(row, show=False, reason="Назван ученик. Напишите без имени.", by=methodist())
    assert "Назван ученик" in read(as_("gleb").get("/me/comments/"))
    assert WORDS not in on_card(card, as_("vera"))
    assert "Назван ученик" in Notice.objects.get(recipient=BY_KEY["gleb"].uuid).text


def test_only_a_teacher_writes_and_only_the_methodist_judges(card: BankPractice, as_: As) -> None:
    for key in ("zoya", "darya"):
        with pytest.raises(Forbidden):
            said(card, key)
    row = said(card)
    for by in (
        who("gleb"),
        Actor(user=None, school=BY_KEY["boris"].uuid, permissions=methodist().permissions),
    ):
        with pytest.raises(Forbidden):
            writing.judge_comment(row, show=True, by=by)
    for step in (
        lambda: writing.change_comment(row, text="Чужое", is_question=False, by=who("vera")),
        lambda: writing.withdraw_comment(row, by=who("vera")),
    ):
        with pytest.raises(NotVisible):
            step()
    assert as_("gleb").get("/practices/comments/").status_code == 403
    assert as_("gleb").get(f"/practices/comments/{row.uuid}/").status_code == 404


def test_the_same_words_once_more_are_the_comment_that_is_there(card: BankPractice) -> None:
    assert said(card) == said(card)
    assert said(card, "vera").user_id == BY_KEY["vera"].uuid
    assert PracticeComment.objects.count() == 2


def test_there_is_a_bound_of_an_hour(card: BankPractice) -> None:
    for number in range(COMMENTS.amount):
        said(card, text=f"Слово {number}")
    with pytest.raises(TooMany):
        said(card, text="Последнее слово")
    said(card, "vera")
    assert PracticeComment.objects.count() == COMMENTS.amount + 1


def test_own_words_are_changed_before_they_are_judged_and_withdrawn_at_any_time(
    card: BankPractice, as_: As
) -> None:
    gleb, row = as_("gleb"), said(card)
    own = f"/me/comments/{row.uuid}/"
    empty = gleb.post(own, {"text": " ", "version": row.version})
    assert empty.status_code == 422
    assert gleb.post(own, {"text": ASKED, "is_question": "on", "version": row.version}).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.is_question) == (ASKED, True)
    assert gleb.post(own, {"text": WORDS, "version": 1}).status_code == 409
    writing.judge_comment(row, show=True, by=methodist())
    with pytest.raises(Conflict):
        writing.change_comment(row, text=WORDS, is_question=False, by=who("gleb"))
    assert gleb.get(own).status_code == 302
    assert ASKED in on_card(card, as_("vera"))
    assert gleb.post(f"{own}withdraw/").status_code == 302
    assert ASKED not in on_card(card, as_("vera"))
    assert not PracticeComment.objects.exists()


def test_the_author_answers_and_the_answer_is_marked(card: BankPractice, as_: As) -> None:
    row = shown(card, text=ASKED, is_question=True)
    boris = as_("boris")
    assert any(step.situation == "questions_to_author" for step in steps_for(who("boris")))
    assert "Ответить коллегам о вашей практике" in read(boris.get("/s/5/"))
    assert ASKED in read(boris.get("/me/comments/"))
    assert as_("vera").get(f"/me/comments/{row.uuid}/answer/").status_code == 404
    with pytest.raises(Forbidden):
        writing.answer_comment(row, text="По два в неделю", by=who("vera"))
    assert boris.post(f"/me/comments/{row.uuid}/answer/", {"text": "По два в неделю."}).status_code == 302
    assert "По два в неделю" not in on_card(card, as_("vera")), "an answer waits for the methodist, too"
    assert not any(step.situation == "questions_to_author" for step in steps_for(who("boris")))
    answer = PracticeComment.objects.get(answers=row)
    writing.judge_comment(answer, show=True, by=methodist())
    page = on_card(card, as_("vera"))
    assert "По два в неделю." in page
    assert re.search(r"автор ?</span>.*По два в неделю\.", page[page.index(ASKED) :])
    writing.judge_comment(row, show=False, reason="Вопрос не о практике", by=methodist())
    assert "По два в неделю." not in on_card(card, as_("vera")), (
        "an answer does not stand without its question"
    )
    with pytest.raises(Conflict):
        writing.answer_comment(row, text="Ещё раз", by=who("boris"))


def test_the_methodist_sees_the_queue_and_what_may_tell_of_people(card: BankPractice, as_: As) -> None:
    assert not any(step.situation == "comments_to_judge" for step in steps_for(methodist()))
    row = said(card, text="Получилось у Петровой Анны из 7Б, звоните 8-910-123-45-67.")
    said(card, "vera")
    (step,) = [one for one in steps_for(methodist()) if one.situation == "comments_to_judge"]
    assert "2 отзыва" in step.why
    page = read(as_("darya").get(f"/practices/comments/{row.uuid}/"))
    assert "могут узнать человека" in page
    for word in ("Петровой Анны", "7Б", "8-910-123-45-67"):
        assert f">{word}</mark>" in page
    assert "".join(piece.text for piece in talk.marked(row.text)) == row.text


def test_a_practice_taken_off_closes_the_talk_and_brings_it_back_with_itself(
    card: BankPractice, as_: As, actor: Callable[..., Actor]
) -> None:
    row = shown(card)
    said(card, "vera")
    practice = Practice.objects.get(practice=card.practice)
    PRACTICE.move(practice, "archive", by=actor("semyon"), comment="Устарела: стандарт сменился.")
    assert not CardTalk.objects.exists()
    assert as_("gleb").get(f"/me/comments/about/{card.uuid}/").status_code == 404
    assert "Практика снята с публикации" in read(as_("gleb").get("/me/comments/"))
    assert not any(step.situation == "comments_to_judge" for step in steps_for(methodist()))
    with pytest.raises(Conflict):
        writing.answer_comment(row, text="Отвечаю", by=who("boris"))
    Practice.objects.filter(pk=practice.pk).update(state="recommended")
    practice.refresh_from_db()
    PRACTICE.move(practice, "publish", by=actor("semyon"))
    assert [one["text"] for one in CardTalk.objects.get().rows] == [WORDS]


def test_a_card_asks_one_question_however_much_was_said(card: BankPractice, as_: As) -> None:
    vera = as_("vera")

    def asked() -> int:
        on_card(card, vera)
        with CaptureQueriesContext(connection) as queries:
            assert vera.get(f"/s/5/bank/{card.uuid}/").status_code == 200
        return len(queries)

    shown(card)
    few = asked()
    for number in range(9):
        shown(card, text=f"Слово {number}")
    assert asked() == few


def test_by_the_api(card: BankPractice, as_: As) -> None:
    gleb = as_("gleb")
    json: dict[str, Any] = {"content_type": "application/json"}
    made = gleb.post(
        "/api/v1/me/comments/", {"card": str(card.uuid), "text": ASKED, "is_question": True}, **json
    )
    assert made.status_code == 201, made.content
    own = f"/api/v1/me/comments/{made.json()['uuid']}/"
    assert gleb.get(own).json()["where"] == "на проверке"
    assert as_("vera").get(own).status_code == 404
    queue = as_("darya").get("/api/v1/practice-comments/").json()
    assert [one["text"] for one in queue["results"]] == [ASKED]
    judge = f"/api/v1/practice-comments/{made.json()['uuid']}/judge/"
    headers = {"If-Match": made["ETag"]}
    assert as_("gleb").post(judge, {"show": True}, headers=headers, **json).status_code == 404
    assert as_("darya").post(judge, {"show": True}, headers=headers, **json).json()["is_shown"] is True
    boris = as_("boris")
    (asked,) = boris.get("/api/v1/me/comments/asked/").json()
    assert (asked["who"], asked["is_answered"]) == ("Орлов Г. С.", False)
    answer = boris.post(f"/api/v1/me/comments/{asked['uuid']}/answer/", {"text": "По два."}, **json)
    assert (answer.status_code, answer.json()["answers"]) == (201, asked["uuid"])
    read_card = as_("vera").get(f"/s/5/api/v1/bank/{card.uuid}/").json()
    assert [one["text"] for one in read_card["comments"]] == [ASKED]
