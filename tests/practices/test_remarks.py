"""Remarks tied to fields: written with a sheet and by the methodist, read beside their fields by the authors,
who answer each before the mended text leaves; the answers go with it.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from best_practices import services as city
from best_practices.fields import REMARKABLE
from best_practices.models import Practice, Remark, Review
from best_practices.workflow import PRACTICE
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.school_practices import access, services
from portal.school_practices.models import CityRemark, SchoolPractice
from portal.school_practices.remarks import RemarkAnswer
from portal.school_practices.standing import standing_of
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_records.models import Inbox
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.posts.rows import words_of
from tests.practices.conftest import COMMENT, expert
from tests.practices.offered import Acting, As, Inside
from tests.practices.sheets import hand_in
from tests.practices.test_journey_of_a_practice import handed_over
from tests.practices.test_pages import fields_of

NINA = {"steps": "Непонятно, кто ведёт третий шаг.", "results": "Нет чисел за вторую четверть."}
PAVEL = {"goal": "Цель не проверить: нет срока."}
OWN = {"title": "Слишком длинное название."}
MIDDLING = dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), 6)


def middling(**remarks: str) -> dict[str, Any]:
    return {
        "scores": MIDDLING,
        "comment": COMMENT,
        "recommendation": "revise",
        "remarks": tuple(remarks.items()),
    }


def returned(practice: Practice, actor: Acting) -> None:
    darya = actor("darya")
    PRACTICE.move(practice, "receive", by=darya)
    for key in ("nina", "pavel"):
        city.assign_expert(practice, expert(key), by=darya)
    PRACTICE.move(practice, "start_review", by=darya)
    for key, remarks in (("nina", NINA), ("pavel", PAVEL)):
        sheet = Review.objects.get(expert=BY_KEY[key].uuid, practice=practice)
        hand_in(sheet, middling(**remarks), by=actor(key))
    city.write_remarks(practice, OWN, by=darya)
    PRACTICE.move(practice, "return", by=darya, comment="Добавьте измеренный результат.")
    post.deliver_everything()


@pytest.fixture
def back(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: Acting, sheet: dict[str, Any]
) -> SchoolPractice:
    """Sent back with the remarks of two experts and of the methodist."""
    returned(handed_over(drafted, school5, inside, actor, sheet), actor)
    return drafted


def test_remarks_reach_the_school_with_the_return_by_field_and_without_their_authors(
    back: SchoolPractice, school5: School, inside: Inside
) -> None:
    with inside(school5):
        rows = list(CityRemark.objects.values_list("field", "text"))
        assert dict(rows) == NINA | PAVEL | OWN
        assert [field for field, _ in rows] == ["title", "goal", "steps", "results"], "as the text is read"
        letter = str(Inbox.objects.filter(kind="best_practices.answered").latest("pk").payload)
        assert standing_of(SchoolPractice.objects.get()).expected.startswith(
            "ответить на замечания (осталось 4)"
        )
    for review in Review.objects.all():
        assert str(review.uuid) not in letter
        assert str(review.expert) not in letter


def test_the_mended_text_leaves_when_each_remark_is_answered_and_takes_the_answers_along(
    back: SchoolPractice, school5: School, inside: Inside, actor: Acting
) -> None:
    boris, zhanna = actor("boris"), actor("zhanna")
    with inside(school5):
        *most, last = CityRemark.objects.all()
        said = {one.uuid: RemarkAnswer(is_mended=True) for one in most}
        practice = services.edit_practice(access.practice_for(boris, back.uuid), by=boris, answers=said)
        with pytest.raises(Conflict, match="каждое замечание"):
            SCHOOL_PRACTICE.move(practice, "resubmit", by=zhanna)
        short = {last.uuid: RemarkAnswer(words="..")}
        services.edit_practice(practice, by=boris, answers=short)
        with pytest.raises(Conflict, match="каждое замечание"):
            SCHOOL_PRACTICE.move(practice, "resubmit", by=zhanna)
        words = RemarkAnswer(words="Чисел ещё нет: четверть не кончилась.")
        services.edit_practice(practice, by=boris, answers={last.uuid: words})
        assert SchoolPractice.objects.get().remarks_waiting == 0
        SCHOOL_PRACTICE.move(practice, "resubmit", by=zhanna)
    post.deliver_everything()
    answers = {one.field: (one.is_mended, one.answer) for one in Remark.objects.all()}
    assert answers == {
        "title": (True, ""),
        "goal": (True, ""),
        "steps": (True, ""),
        "results": (False, "Чисел ещё нет: четверть не кончилась."),
    }
    assert Remark.objects.filter(answered_on=None).count() == 0


def test_an_answer_is_looked_through_for_people_before_it_leaves(
    back: SchoolPractice, school5: School, inside: Inside, actor: Acting
) -> None:
    boris = actor("boris")
    with inside(school5):
        said = {
            one.uuid: RemarkAnswer(True, "Первым попробовал ученик Петя.") for one in CityRemark.objects.all()
        }
        practice = services.edit_practice(access.practice_for(boris, back.uuid), by=boris, answers=said)
        with pytest.raises(Conflict, match="узнать человека"):
            SCHOOL_PRACTICE.move(practice, "resubmit", by=actor("zhanna"))


def test_the_author_reads_each_beside_its_field_and_an_answer_saves_itself(
    back: SchoolPractice, as_: As, content: dict[str, Any], school5: School, inside: Inside
) -> None:
    boris, page = as_("boris"), f"/s/5/practices/{back.uuid}/"
    shown = boris.get(f"{page}edit/")
    text = shown.content.decode().replace("\xa0", " ")
    places = [text.index(mark) for mark in ('name="goal"', PAVEL["goal"], 'name="tasks"')]
    assert places == sorted(places), "the remark stands below its own field"
    with inside(school5):
        one = CityRemark.objects.get(field="goal")
        version = SchoolPractice.objects.get().version
    typed = {
        **fields_of(content),
        "authors": [str(BY_KEY["boris"].person)],
        f"remark_{one.uuid.hex}_mended": "on",
        f"remark_{one.uuid.hex}_words": "Назвали срок: до конца четверти.",
        "tab": str(uuid4()),
        "version": str(version),
    }
    assert boris.post(f"{page}save/", typed, headers={"HX-Request": "true"}).status_code == 200
    with inside(school5):
        one.refresh_from_db()
        assert (one.is_mended, one.answer) == (True, "Назвали срок: до конца четверти.")
    assert "Назвали срок" in words_of(boris.get(page))
    refused = as_("zhanna").get(f"{page}hand-over/")
    assert NINA["steps"] in words_of(refused)
    assert PAVEL["goal"] not in words_of(refused), "it is answered"
    for name in ("nina", "pavel"):
        assert BY_KEY[name].last_name not in words_of(shown) + words_of(refused)


def test_an_expert_does_not_sign_a_remark_and_the_words_stay(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: Acting, as_: As, sheet: dict[str, Any]
) -> None:
    practice, darya = handed_over(drafted, school5, inside, actor, sheet), actor("darya")
    PRACTICE.move(practice, "receive", by=darya)
    review = city.assign_expert(practice, expert("nina"), by=darya)
    review = city.move_review(review, "accept", by=actor("nina"))
    signed = "Спросите меня, Тарасову, как это измерить."
    typed = {**dict.fromkeys(MIDDLING, "6"), "comment": COMMENT, "recommendation": "revise"}
    sent = {**typed, "remark_goal": signed, "version": review.version, "repeat_key": uuid4().hex}
    answer = as_("nina").post(f"/expertise/{review.uuid}/", sent)
    assert answer.status_code == 422
    assert signed in words_of(answer)
    assert "Уберите из замечаний свою фамилию" in words_of(answer)
    assert not Remark.objects.exists()
    body = {"verb": "submit", **MIDDLING, "comment": COMMENT, "recommendation": "revise"}
    for remarks, code in (({"nothing": "К чему это?"}, 422), ({"goal": "Нет срока."}, 200)):
        said = as_("nina").post(
            f"/api/v1/reviews/{review.uuid}/move/",
            {**body, "remarks": remarks},
            content_type="application/json",
            headers={"If-Match": f'"{review.version}"'},
        )
        assert said.status_code == code, said.content.decode()
    assert list(Remark.objects.values_list("field", "text")) == [("goal", "Нет срока.")]


def test_the_methodist_writes_and_mends_own_remarks_while_the_practice_is_judged(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: Acting, sheet: dict[str, Any]
) -> None:
    practice, darya = handed_over(drafted, school5, inside, actor, sheet), actor("darya")
    with pytest.raises(Conflict, match="пока практика"):
        city.write_remarks(practice, OWN, by=darya)
    PRACTICE.move(practice, "receive", by=darya)
    with pytest.raises(Forbidden):
        city.write_remarks(practice, OWN, by=actor("semyon"))
    with pytest.raises(Invalid):
        city.write_remarks(practice, {"licence": "другая"}, by=darya)
    city.write_remarks(practice, {**OWN, "goal": "Назовите срок."}, by=darya)
    first = Remark.objects.get(field="title").uuid
    city.write_remarks(practice, {"title": "Короче.", "goal": ""}, by=darya)
    (one,) = Remark.objects.all()
    assert (one.uuid, one.text) == (first, "Короче.")


Fetch = Callable[[str, str], Any]


def test_the_api_reads_and_answers_them(
    back: SchoolPractice, as_: As, school5: School, inside: Inside
) -> None:
    city_rows = as_("darya").get(f"/api/v1/practices/{Practice.objects.get().uuid}/remarks/").json()
    assert {row["field"]: row["text"] for row in city_rows} == NINA | PAVEL | OWN
    address = f"/s/5/api/v1/school-practices/{back.uuid}/remarks/"
    read = as_("boris").get(address)
    answers = [{"remark": row["uuid"], "is_mended": True} for row in read.json()]
    said = as_("boris").post(
        address, {"answers": answers}, content_type="application/json", headers={"If-Match": read["ETag"]}
    )
    assert said.status_code == 200, said.content.decode()
    assert all(row["is_mended"] for row in said.json())
    assert set(REMARKABLE) > {row["field"] for row in said.json()}
