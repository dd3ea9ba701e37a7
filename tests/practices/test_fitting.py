"""Practices that fit the difficulties and goals of a programme: proposed with the reason, taken in three
presses, and nothing of the mentee leaves the school.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from best_practices.fitting_needs import DIFFICULTY, GOAL, Need, fitting_needs
from best_practices.models import BankPractice, PracticeEvidence
from best_practices.search import ENGINE, document_of
from portal.core.actor import Actor
from portal.pair_work.models import Programme
from portal.pair_work.selectors.fitting import fitting_practices
from portal.school_records.models import Outbox
from tenants.context import in_city
from tests.things import card_in_bank
from tests.workflows import adoption_scenes as adoptions
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import Visitor, in_school5, visits, who
from tests.workflows.practice_scenes import content

__all__ = ["in_school5", "visits"]
pytestmark = pytest.mark.usefixtures("in_school5")
DISCIPLINE = "Дисциплина на уроке без крика: правила, о которых договорились"
SECRET = "заикание"


def published(title: str, keywords: tuple[str, ...] = (), **more: Any) -> BankPractice:
    """A practice that says nothing else than its title and keywords."""
    number = BankPractice.objects.count() + 1
    few: dict[str, Any] = {"tasks": [], "steps": content()["steps"], "results": [], "subjects": []}
    words = {name: "Рассказ." for name, value in content().items() if isinstance(value, str)}
    told = {**content(), **words, **few, "keywords": list(keywords), "title": title, "annotation": "Коротко."}
    told |= {name: content()[name] for name in ("nomination", "form", "licence") if name in content()}
    with in_city():
        card = card_in_bank(told, code=f"ЛП-2026-{number:04d}", **more)
        ENGINE.index([document_of(card)])
    return card


def strange(count: int) -> None:
    """Practices about something else, so that words are rare."""
    for number in range(count):
        published(f"Ярмарка ремёсел номер {number}", ("гончарный круг",))


def proved(card: BankPractice, grade: str) -> None:
    ranks = {"reviewed": 1, "repeated": 3, "proved": 4}
    with in_city():
        PracticeEvidence.objects.create(practice=card.practice, grade=grade, rank=ranks[grade])


def a_programme(**more: Any) -> Programme:
    return scene.written(who, **more)


def test_each_practice_is_proposed_with_the_difficulty_or_goal_it_speaks_of() -> None:
    strange(4)
    card = published(DISCIPLINE, ("дисциплина",))
    other = published("Формирующее оценивание без отметок", ("оценивание",))
    found = fitting_practices(who("anna"), a_programme())
    assert {one.card.uuid for one in found} == {card.uuid, other.uuid}
    reasons = {one.card.uuid: one.reasons for one in found}
    assert reasons[card.uuid] == ("затруднение: «Дисциплина на уроке»",)
    assert reasons[other.uuid] == ("затруднение: «Формирующее оценивание»",)


def test_a_goal_is_a_reason_too_and_of_equals_the_proved_one_stands_first() -> None:
    strange(4)
    plain = published("Конспект урока вдвоём: опорный конспект", ("конспект",))
    repeated = published("Конспект урока по частям: опорный конспект", ("конспект",))
    proved(plain, "reviewed")
    proved(repeated, "repeated")
    needs = [Need(DIFFICULTY, "Публичное выступление"), Need(GOAL, "Конспект урока")]
    found = fitting_needs(who("boris"), needs)
    assert [one.card.uuid for one in found] == [repeated.uuid, plain.uuid]
    assert found[0].reasons == ("цель: «Конспект урока»", "доказано: повторена другой школой")
    assert found[1].reasons == ("цель: «Конспект урока»",)


def test_a_word_in_passing_or_half_a_need_is_no_reason() -> None:
    strange(4)
    published("Урок в музее", ("музей",))
    assert fitting_needs(who("boris"), [Need(DIFFICULTY, "Дисциплина на уроке")]) == []
    assert fitting_needs(who("boris"), [Need(DIFFICULTY, "и в на")]) == []
    assert fitting_needs(who("boris"), []) == []


def test_what_is_taken_off_or_in_the_programme_already_is_not_proposed() -> None:
    strange(4)
    card, programme = published(DISCIPLINE, ("дисциплина",), school_number=12), a_programme()
    assert [one.card.uuid for one in fitting_practices(who("boris"), programme)] == [card.uuid]
    adoptions.taken(who, card, programme)
    assert fitting_practices(who("boris"), adoptions.fresh(programme)) == []
    Programme.objects.filter(pk=programme.pk).update(state="completed")
    assert fitting_practices(who("boris"), adoptions.fresh(programme)) == [], "the programme is over"
    with in_city():
        card.delete()
    assert fitting_needs(who("boris"), [Need(DIFFICULTY, "Дисциплина на уроке")]) == [], "a stale index"


def test_as_many_questions_for_many_needs_and_practices_as_for_few() -> None:
    strange(4)
    published(DISCIPLINE, ("дисциплина",))

    def asked(needs: list[Need]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert fitting_needs(who("boris"), needs)
        return len(queries)

    one = [Need(DIFFICULTY, "Дисциплина на уроке")]
    few = asked(one)
    for number in range(20):
        published(f"{DISCIPLINE} {number}", ("дисциплина",))
    assert asked([*one, *(Need(GOAL, f"Конспект урока {n}") for n in range(12))]) == few


def test_on_the_page_the_mentor_takes_it_in_three_presses_and_others_read_why(
    visits: Callable[[str], Visitor], as_: Callable[[str], Client]
) -> None:
    strange(4)
    card, programme = published(DISCIPLINE, ("дисциплина",), school_number=12), a_programme()
    address, into = f"/s/5/programmes/{programme.uuid}/", f"/s/5/bank/{card.uuid}/take/{programme.uuid}/"
    pages = {key: visits(key).get(address).content.decode() for key in ("boris", "vera", "anna")}
    for key, page in pages.items():
        assert "Подходящие практики" in page, key
        assert "Дисциплина на\u00a0уроке" in page or "Дисциплина на уроке" in page, key
        assert (into in page) == (key == "boris"), key
    with in_city():
        boris = as_("boris")
        assert boris.get(into).status_code == 200, "the first press"
        sent = boris.post(into, {"revision": str(card.revision), "version": str(programme.version)})
        assert sent.status_code == 302, "the second"
        told = boris.get(f"/s/5/api/v1/programmes/{programme.uuid}/fitting/")
        assert (told.status_code, told.json()) == (200, [])
    assert adoptions.fresh(programme).adoptions.get().card == card.uuid


def test_whoever_may_not_read_the_difficulties_sees_nothing(
    visits: Callable[[str], Visitor],
) -> None:
    strange(4)
    published(DISCIPLINE, ("дисциплина",))
    programme = a_programme()
    for address in (
        f"/s/5/programmes/{programme.uuid}/",
        f"/s/5/api/v1/programmes/{programme.uuid}/fitting/",
    ):
        assert [visits(key).get(address).status_code for key in ("irina", "gleb")] == [404, 404]
        assert visits("boris").get(address).status_code == 200
    stranger = Actor(user=uuid4(), school=who("boris").school, offices=frozenset(), permissions=frozenset())
    assert fitting_needs(stranger, [Need(DIFFICULTY, "Дисциплина на уроке")]) == []


def test_nothing_of_the_mentee_leaves_the_school(
    visits: Callable[[str], Visitor], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither a letter, nor a question that is counted, nor a line of a journal of the city, nor a log."""
    strange(4)
    card = published(f"Работа с ребёнком, у которого {SECRET}", (SECRET,))
    programme = a_programme()
    Programme.objects.filter(pk=programme.pk).update(
        free_difficulty=SECRET, difficulty_items=[*programme.difficulty_items]
    )
    letters = Outbox.objects.count()
    with caplog.at_level("INFO"):
        page = visits("boris").get(f"/s/5/programmes/{programme.uuid}/").content.decode()
    assert str(card.uuid) in page, "it is asked for"
    assert Outbox.objects.count() == letters
    assert SECRET not in caplog.text
    told = [row for row in rows_of_city(SECRET) if row not in ("bankpractice", *INDEX)]
    assert told == []
    assert rows_of_school(SECRET) == ["pair_work_programme"]


INDEX = ("bankdocument", "bankterm", "bankword")


def rows_of_city(word: str) -> list[str]:
    return [name.removeprefix("best_practices_") for name in _holding("public", word)]


def rows_of_school(word: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
    return _holding(schema, word)


def _holding(schema: str, word: str) -> list[str]:
    """Tables in which a row holds the word."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r' "
            "AND has_table_privilege(oid, 'SELECT') ORDER BY relname",
            [schema],
        )
        names = [name for (name,) in cursor.fetchall()]
        found = []
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{schema}"."{name}" t WHERE t::text LIKE %s', [f"%{word}%"])
            found += [name] if cursor.fetchone() != (0,) else []
    return found
