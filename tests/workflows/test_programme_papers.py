"""What the programme (T-11) and the journal of meetings (T-12) say, of the pair that works by them."""

import io

import pytest
from openpyxl import load_workbook

from portal.core import clock
from portal.pair_work import services as work_services
from portal.pair_work.exports.programmes import programme_form
from portal.pair_work.exports.tables import meetings_table
from portal.pair_work.workflow import PROGRAMME
from portal.staff.models import PersonOffice
from tests.documents.reading import is_whole, stamps_of, tables_of, text_of
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import who

pytestmark = pytest.mark.usefixtures("in_school5")


@pytest.mark.covers("T-11", "seed 4.2.2", "found B3")
def test_the_programme_is_printed_whole() -> None:
    PersonOffice.objects.create(
        person=scene.person("anna"), office="curator", basis="приказ № 1", valid_from=clock.today()
    )
    programme = scene.running(who)
    work_services.mark_activity(programme, 1, by=who("vera"), mark="done", result="карта урока")
    PROGRAMME.move(programme, "correct", by=who("vera"), comment="Больше времени на наблюдение")
    work_services.submit_programme(programme, by=who("boris"), comment="Сдвинули вторую цель")
    programme.refresh_from_db()
    content = programme_form(programme).docx()
    text, (plan, corrections) = text_of(content), tables_of(content)
    assert is_whole(text)
    for part in (
        "Ролевая модель",
        "опытный педагог — молодой специалист",
        "Форма наставничества",
        "Участники и роли",
        "Кравцов Борис Ильич – наставник",
        "Соколова Вера Андреевна – наставляемая",
        "Персонализированная программа наставничества",
        "2026/27, редакция 2",
        "Наставник: Кравцов Борис Ильич, учитель математики",
        "Наставляемая: Соколова Вера Андреевна, учитель математики",
        "Срок реализации: с 23.11.2026 по 31.05.2027.",
        "Проблема",
        "Ожидаемые результаты",
        "Способы оценки",
        "Б. И. Кравцов",
        "В. А. Соколова",
    ):
        assert part in text
    agreed, approved = stamps_of(content)
    assert agreed[:2] == ["СОГЛАСОВАНО", "заместитель директора"]
    assert agreed[3] == "23.11.2026", "the curator has approved it in the portal on this day"
    assert approved == [
        "УТВЕРЖДАЮ",
        "директор школы № 5",
        "_____________ Ж. Л. Белова",
        "«____» ______________ 20____ г.",
    ]
    assert plan[0] == [
        "№",
        "Направление, затруднение",
        "Мероприятие (содержание)",
        "Форма",
        "Срок",
        "Ответственный",
        "Планируемый результат",
        "Отметка о выполнении",
        "Подтверждение",
    ]
    assert (len(plan), plan[1][0], plan[1][2], plan[1][7], plan[1][8]) == (
        4,
        "1",
        "Дело 1",
        "23.11.2026",
        "карта урока",
    )
    assert corrections == [
        ["Дата", "Редакция", "Что и почему изменено"],
        ["23.11.2026", "2", "Сдвинули вторую цель"],
    ]


@pytest.mark.covers("T-11")
def test_a_programme_without_changes_says_so() -> None:
    text = text_of(programme_form(scene.submitted(who)).docx())
    assert "Изменений не было." in text
    assert "«____» ______________ 20____ г." in text, "not approved yet: a day to be written"


@pytest.mark.covers("T-12")
def test_the_journal_of_meetings_has_the_columns_of_the_domain() -> None:
    meeting = scene.planned_meeting(who, scene.active(who))
    work_services.record_meeting(
        meeting,
        by=who("boris"),
        duration_min=45,
        content="Разобрали листы.",
        recommendations="Завести таймер.",
        task="Три урока",
    )
    answer = meetings_table(meeting.pair.meetings.all(), "Журнал встреч")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    shown = " ".join(str(cell) for row in rows for cell in row if cell is not None)
    for part in (
        "Тема",
        "Содержание",
        "Рекомендации",
        "Задание",
        "Листы самооценки",
        "Разобрали листы.",
        "Завести таймер.",
        "Три урока",
    ):
        assert part in shown
