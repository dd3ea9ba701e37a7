"""Papers of a practice (domain.md §5): the card, the expert's sheet, the protocol."""

from collections.abc import Callable
from typing import Any

import pytest

from best_practices import exports as city_exports
from best_practices.models import Practice, Review
from best_practices.workflow import PRACTICE
from portal.core.actor import Actor
from portal.core.errors import Conflict
from portal.school_practices import access, exports, services
from portal.school_practices.models import SchoolPractice
from tenants.models import School
from tests.cast import BY_KEY
from tests.documents.reading import is_whole, tables_of, text_of
from tests.practices.conftest import COMMENT
from tests.practices.test_journey_of_a_practice import handed_over, reviewed

ActorOf = Callable[..., Actor]


@pytest.mark.covers("T-35", "seed 6.1.shmo.9")
def test_the_card_has_every_part_and_is_not_printed_half_written(
    drafted: SchoolPractice, school5: School, inside: Any, actor: ActorOf
) -> None:
    with inside(school5):
        practice = access.practice_for(actor("boris"), drafted.uuid)
        content = exports.card_form(practice).docx()
        services.edit_practice(practice, by=actor("boris"), goal="коротко")
        half = access.practice_for(actor("boris"), drafted.uuid)
        with pytest.raises(Conflict, match="заполнено"):
            exports.card_form(half)
    text, (steps, results) = text_of(content), tables_of(content)
    assert not any(rubbish in text for rubbish in ("{{", "{%", "None", "Undefined"))
    for part in (
        drafted.title,
        "Школа: Школа № 5",
        "Авторы: Кравцов Борис Ильич",
        "Аннотация",
        "Проблема",
        "Новизна",
        "Риски и ограничения",
        drafted.goal,
    ):
        assert part in text
    assert (steps[0], len(steps)) == (["Шаг", "Содержание", "Инструмент", "Срок"], len(drafted.steps) + 1)
    assert (results[0], len(results)) == (
        ["Показатель", "До", "После", "Период", "Человек"],
        len(drafted.results) + 1,
    )
    assert all(cell for row in (*steps, *results) for cell in row), "an empty cell says «–»"


@pytest.mark.covers("T-36")
def test_the_sheet_hides_the_school_from_the_expert_and_sums_up(
    drafted: SchoolPractice, school5: School, inside: Any, actor: ActorOf, sheet: dict[str, Any]
) -> None:
    practice = reviewed(handed_over(drafted, school5, inside, actor, sheet), actor, [sheet, sheet])
    review = Review.objects.select_related("practice__school").get(
        practice=practice, expert=BY_KEY["nina"].uuid
    )
    content = city_exports.sheet_form(review).docx()
    text, (criteria,) = text_of(content), tables_of(content)
    assert "Школа № 5" not in text, "the sheet is what the expert has signed: one paper for every reader"
    assert is_whole(text.replace(COMMENT.strip(), ""))
    for part in (
        f"«{drafted.title}», школа не указана",
        "Тарасова Нина Юрьевна",
        "Школа № 7",
        "Итого: 39 из 50.",
        "Рекомендация: ",
        "Н. Ю. Тарасова",
    ):
        assert part in text
    assert criteria[0] == ["Критерий", "Балл (1–10)", "Комментарий"]
    assert [row[1:] for row in criteria[1:]] == [["8", "–"], ["7", "–"], ["8", "–"], ["9", "–"], ["7", "–"]]


@pytest.mark.covers("T-37")
def test_the_protocol_sums_up_and_leaves_the_chair_a_line(
    drafted: SchoolPractice, school5: School, inside: Any, actor: ActorOf, sheet: dict[str, Any]
) -> None:
    practice = reviewed(handed_over(drafted, school5, inside, actor, sheet), actor, [sheet, sheet])
    PRACTICE.move(practice, "recommend", by=actor("darya"))
    found = Practice.objects.select_related("school").get(pk=practice.pk)
    content = city_exports.protocol_form(found, actor("darya")).docx()
    text, (summary,) = text_of(content), tables_of(content)
    assert is_whole(text)
    for part in (
        "ПРОТОКОЛ",
        "г. Смоленск",
        f"{found.decided_on:%d.%m.%Y}",
        "Председатель: ____",
        "Секретарь: Литвинова Д. О.",
        "Д. О. Литвинова",
    ):
        assert part in text
    assert summary[0] == ["Практика", "Эксперт 1", "Эксперт 2", "Эксперт 3", "Среднее", "Решение"]
    assert summary[1] == [
        f"«{drafted.title}», Школа № 5",
        "Ефимов П. А.\n39",
        "Тарасова Н. Ю.\n39",
        "–",
        "39,0",
        "рекомендована",
    ]
