"""«Что дальше»: in each situation the page says what to do, why, and leads to a page that opens."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.mentor_bank.workflow import NEED
from portal.mentoring.models import Pair
from portal.mentoring.workflow import PAIR
from portal.pair_work import services as work_services
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.workflow import MEETING, PROGRAMME
from portal.staff.models import PersonOffice
from tests.home import tasks
from tests.workflows import mentoring_scenes as scene

As = Callable[[str], Client]
Who = Callable[[str], Actor]


def _held(who: Who) -> Meeting:
    meeting = work_services.plan_meeting(
        scene.running(who).pair, by=who("boris"), planned_at=scene.earlier_today(), topic="Конец урока"
    )
    return work_services.record_meeting(
        meeting, by=who("boris"), duration_min=45, content="Смотрели конец урока."
    )


def _past(who: Who) -> Meeting:
    return work_services.plan_meeting(
        scene.running(who).pair, by=who("vera"), planned_at=scene.earlier_today(), topic="Конец урока"
    )


def _disputed(who: Who) -> Meeting:
    return MEETING.move(
        _held(who), "dispute", by=who("vera"), comment="Встречались не сорок минут, а двадцать."
    )


def _returned(who: Who) -> Programme:
    return PROGRAMME.move(
        scene.confirmed(who), "return", by=who("anna"), comment="Добавьте срок второй цели."
    )


def _accepted(who: Who) -> Any:
    return NEED.move(scene.a_need(who), "accept", by=who("anna"))


def _leaving(who: Who) -> Any:
    """A notice that ends today."""
    with clock.at(clock.now() - dt.timedelta(days=10)):
        pair = scene.active(who)
        scene.give_notice(pair, by=who("boris"), ends_on=clock.today() + dt.timedelta(days=10))


def _nothing(who: Who) -> None:
    """The school as it was opened: nobody has done anything yet."""
    PersonOffice.objects.filter(office="curator").delete()


def _replaced(who: Who) -> Any:
    scene.a_card(who, "lev")
    pair = scene.active(who)
    return scene.replace_mentor(
        pair, by=who("anna"), successor=scene.person("lev"), planned_from=clock.today()
    )


def _not_replaced(who: Who) -> Any:
    return scene.refuse_consent(scene.consent_of(_replaced(who), "lev"), by=who("lev"))


def _paused(days: int) -> Callable[[Who], Any]:
    def pause(who: Who) -> Any:
        PAIR.move(scene.active(who), "suspend", by=who("anna"), comment="длинный отпуск")
        return Pair.objects.update(suspended_on=clock.today() - dt.timedelta(days=days))

    return pause


SITUATIONS = [
    ("boris", scene.asked, "Вас просят стать наставником", "/pair-consents/", "Ответить"),
    ("boris", scene.active, "Напишите программу", "/programme/", "Написать программу"),
    ("boris", _returned, "Программа вернулась", "/edit/", "Поправить программу"),
    ("boris", _past, "Как прошла встреча", "/record/", "Записать встречу"),
    ("boris", _disputed, "было иначе", "/record/", "Исправить запись"),
    ("vera", scene.asked, "Вам предлагают наставника", "/pair-consents/", "Ответить"),
    ("vera", scene.submitted, "программа готова", "/programmes/", "Посмотреть программу"),
    ("vera", _held, "встреча «Конец урока»", "/confirm/", "Подтвердить"),
    ("vera", scene.active, "Договоритесь о встрече", "/meetings/new/", "Назначить встречу"),
    ("anna", scene.a_need, "Новая потребность", "/needs/", "Посмотреть"),
    ("anna", _accepted, "Предложите наставника", "/propose/", "Подобрать"),
    ("anna", scene.proposed, "Предложена пара", "/pairs/", "Посмотреть пару"),
    ("anna", scene.confirmed, "Утвердите программу", "/programmes/", "Посмотреть программу"),
    ("anna", _not_replaced, "Новая пара не сложилась", "/pairs/", "Открыть пару"),
    ("anna", _paused(93), "Пауза дольше трёх месяцев", "/pairs/", "Открыть пару"),
    ("irina", scene.agreed, "Заключение", "/conclude/", "Дать заключение"),
    ("zhanna", scene.with_order, "Подпишите приказ", "/register/", "К приказу"),
    ("zhanna", _leaving, "Прекращение", "/pairs/", "Открыть пару"),
    ("zhanna", _nothing, "Утвердите Положение", "/acts/", "К Положению"),
    ("zhanna", _nothing, "Назначьте куратора", "/curator/", "Назначить"),
]


@pytest.mark.parametrize(
    ("key", "begin", "title", "link", "button"), SITUATIONS, ids=[f"{row[0]}: {row[2]}" for row in SITUATIONS]
)
def test_the_page_says_what_why_and_where(
    key: str,
    begin: Callable[[Who], Any],
    title: str,
    link: str,
    button: str,
    who: Who,
    school5: Any,
    inside: Any,
    as_: As,
) -> None:
    with inside(school5):
        begin(who)
    found = [task for task in tasks(as_(key).get("/s/5/").content.decode()) if title in task.title]
    assert found, title
    assert link in found[0].url
    assert found[0].button == button
    assert len(found[0].why) > 10
    assert as_(key).get(found[0].url, follow=True).status_code == 200


@pytest.mark.parametrize("begin", [_replaced, _paused(92)], ids=["a new pair is coming", "three months"])
def test_what_is_not_stuck_is_nobodys_move(
    begin: Callable[[Who], Any], who: Who, school5: Any, inside: Any, as_: As
) -> None:
    with inside(school5):
        begin(who)
    titles = " ".join(task.title for task in tasks(as_("anna").get("/s/5/").content.decode()))
    assert "сложилась" not in titles
    assert "Пауза дольше" not in titles


def test_a_term_that_passed_is_a_day_and_never_a_reproach(
    who: Who, school5: Any, inside: Any, as_: As
) -> None:
    with inside(school5):
        _held(who)
    for later, words in ((2, "до "), (7, "сегодня последний день"), (9, "ждёт вас с ")):
        with clock.at(clock.now() + dt.timedelta(days=later)):
            page = as_("vera").get("/s/5/").content.decode()
        assert words in page.replace("\xa0", " ")
        assert "опоздание" not in page
    waits = as_("boris").get("/s/5/").content.decode()
    assert "Соколова В. А." in waits.replace("\xa0", " ")
    assert "due-yours" not in waits


def test_who_holds_nothing_reads_a_calm_sentence(as_: As) -> None:
    for key, url in (("lev", "/s/5/"), ("zoya", "/")):
        page = as_(key).get(url).content.decode()
        assert [task for task in tasks(page) if "соглас" not in task.title] == []


def test_beside_the_tasks_stand_three_numbers_of_ones_own_object(
    who: Who, school5: Any, inside: Any, as_: As
) -> None:
    with inside(school5):
        meeting = _held(who)
        later = clock.now() + dt.timedelta(days=2)
        work_services.plan_meeting(
            meeting.pair, by=who("boris"), planned_at=later, topic="Листы самооценки", place="кабинет 214"
        )
    mine = as_("boris").get("/s/5/").content.decode().replace("\xa0", " ")
    for words in (
        "Ваша пара",
        "Соколова Вера Андреевна",
        "Следующая встреча",
        "кабинет 214, «Листы самооценки»",
        "Дела программы",
        "0 из 3",
    ):
        assert words in mine
    for key in ("anna", "zhanna"):
        page = as_(key).get("/s/5/").content.decode().replace("\xa0", " ")
        for words in (
            "Школа сейчас",
            "Молодые педагоги с наставником",
            "1 из 1",
            "Пары с утверждённой программой",
        ):
            assert words in page
    assert 'aria-label="Рядом"' not in as_("irina").get("/s/5/").content.decode()


def test_advice_may_be_put_off_for_a_month(school5: Any, as_: As) -> None:
    client, says = as_("anna"), "пока нет наставника"
    assert says in client.get("/s/5/").content.decode().replace("\xa0", " ")
    assert client.post("/s/5/mentoring/advice/without_mentor/later/").status_code == 302
    assert says not in client.get("/s/5/").content.decode().replace("\xa0", " ")
    assert client.post("/s/5/mentoring/advice/unknown/later/").status_code == 404
    with clock.at(clock.now() + dt.timedelta(days=31)):
        assert says in client.get("/s/5/").content.decode().replace("\xa0", " ")


def test_late_evenings_are_an_advice_for_their_author_only(
    who: Who, school5: Any, inside: Any, as_: As
) -> None:
    with inside(school5):
        with clock.at(clock.now() - dt.timedelta(days=10)):
            pair = scene.running(who).pair
        for days in (3, 2, 1):
            evening = clock.local(clock.now()).replace(hour=21, minute=30) - dt.timedelta(days=days)
            with clock.at(evening):
                meeting = work_services.plan_meeting(
                    pair, by=who("boris"), planned_at=evening - dt.timedelta(hours=5), topic="Конец урока"
                )
                work_services.record_meeting(
                    meeting, by=who("boris"), duration_min=45, content="Смотрели конец урока."
                )
    says = "после девяти вечера"
    assert says in as_("boris").get("/s/5/").content.decode()
    assert says not in as_("vera").get("/s/5/").content.decode()
    assert says not in as_("anna").get("/s/5/").content.decode()
