"""The whole way of a new school by clicks alone: from the department's draft to a practice that a teacher
elsewhere reads.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from portal.core import clock
from portal.documents.sheets import write_sheet
from portal.municipality.requisites import inn_with_control
from portal.staff.list_rows import COLUMNS
from tests.journeys.conftest import Visit
from tests.journeys.town import SCAN, Town, appears, fill, follow, move, phone, press, tick, today, workers
from tests.practices.conftest import COMMENT, content

pytestmark = pytest.mark.browser
__all__ = ["content"]

LONG = "Урок заканчивается вовремя, каждый успевает сделать свою работу и понимает, что получилось."
STAFF = {
    "first_name": "Анна", "middle_name": "Ивановна", "position": "учитель", "subjects": "математика",
    "hired_on": "26.08.2024", "rate": "1",
    "education_level": "высшее", "is_ped_education": "да",
}  # fmt: skip
MENTEE = STAFF | {
    "last_name": "Абрамова",
    "birth_date": dt.date(2002, 1, 1),
    "ped_stage_years": "0,2",
    "category": "нет",
    "email": "abramova@school.example",
}
MENTOR = STAFF | {
    "last_name": "Белова",
    "birth_date": dt.date(1980, 5, 5),
    "ped_stage_years": "20",
    "category": "высшая",
    "email": "belova@school.example",
}
WRONG = STAFF | {
    "last_name": "Ошибкина",
    "birth_date": "31.02.1990",
    "ped_stage_years": "1",
    "category": "нет",
    "email": "oshibkina@school.example",
}
CAMPAIGN = "Осень: охват и пары"


@pytest.fixture
def town(own_database: str, visit: Visit, settings: Any, tmp_path: Path) -> Iterator[Town]:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "config.mail.Kept", str(tmp_path)
    with workers(own_database, tmp_path):
        yield Town(visit, 91)


@pytest.mark.covers(
    "SM-17.open",
    "SM-17.activate",
    "SM-2.confirm",
    "SM-3.activate",
    "SM-4.approve",
    "SM-5.confirm",
    "SM-10.publish",
    "house: two contours",
)
def test_a_new_school_comes_to_a_practice_that_another_school_reads(
    town: Town, content: dict[str, Any]
) -> None:
    the_school_is_opened(town)
    principal = town.joins("gromova@school.example", "Громова", "Тамара")
    curator = a_curator_is_appointed(town, principal)
    the_act_is_approved(town, principal)
    the_staff_is_imported(curator, town)
    mentor, mentee = two_teachers_join(town, curator)
    the_school_is_said_to_work(town)
    pair = a_pair_is_made(town, principal, curator, mentor, mentee)
    a_programme_is_agreed(town, curator, mentor, mentee)
    a_meeting_is_held_and_confirmed_by_phone(town, mentor, mentee, pair)
    the_form_is_handed_over_and_accepted(town, principal)
    practice = a_practice_is_handed_over(town, principal, curator, mentor, content)
    the_city_publishes(town, content["title"])
    appears(principal, practice, principal.locator("main", has_text="Номер в банке города"))
    another_school_reads(town, content["title"])


def the_school_is_opened(town: Town) -> None:
    page = town.of("semyon", "/schools/new/")
    name = f"Школа № {town.number}"
    fill(
        page,
        number=str(town.number),
        short_name=name,
        full_name=f"МБОУ «{name}»",
        code=str(town.number),
        inn=inn_with_control("673190091"),
    )
    press(page, "Записать школу")
    follow(page, "Записать соглашение")
    fill(page, agreement_number="12", agreement_on=today())
    page.locator('main [name="agreed_counters"][value="school_practices"]').uncheck(force=True)
    press(page, "Записать соглашение")
    flows = page.locator("#counters, section:has(#counters)").first.inner_text()
    assert ("Сколько действующих пар" in flows, "Сколько практик" in flows) == (True, False), flows
    press(page, "Открыть школу")
    appears(page, page.url, page.get_by_role("link", name="Пригласить директора")).click()
    fill(page, name="Громова Тамара Ивановна", email="gromova@school.example")
    press(page, "Отправить приглашение")


def a_curator_is_appointed(town: Town, principal: Page) -> Page:
    town.next_step(principal, "Внесите заместителя")
    fill(
        principal,
        last_name="Ветрова",
        first_name="Ирина",
        birth_date="12.03.1980",
        hired_on="26.08.2024",
        rate="1",
        ped_stage_years="19",
        education_level="higher",
        category="none",
        email="vetrova@school.example",
    )
    press(principal, "Записать")
    town.next_step(principal, "Назначьте куратора")
    principal.locator('main [name="person"]').first.check(force=True)
    press(principal, "Подготовить приказ")
    follow(principal, "Зарегистрировать подписанный")
    fill(principal, number="1-н", signed_on=today())
    principal.set_input_files('[name="scan"]', SCAN)
    press(principal, "Зарегистрировать")
    return town.joins("vetrova@school.example", "Ветрова", "Ирина")


def the_act_is_approved(town: Town, principal: Page) -> None:
    town.next_step(principal, "Утвердите Положение")
    press(principal, "Подготовить из образца города")
    follow(principal, "Принято и согласовано")
    fill(principal, minutes_number="3", minutes_on=today(), union_on=today())
    press(principal, "Записать")
    follow(principal, "Утвердить приказом")
    fill(principal, number="2-од", approved_on=today())
    principal.set_input_files('[name="scan"]', SCAN)
    press(principal, "Утвердить")


def the_staff_is_imported(curator: Page, town: Town) -> None:
    """A list with a bad row: what is good is written, the bad one is downloaded to be mended."""
    town.next_step(curator, "Загрузите список сотрудников")
    table = write_sheet("Сотрудники", COLUMNS, [MENTEE, WRONG, MENTOR])  # type: ignore[list-item]
    curator.set_input_files(
        '[name="file"]', {"name": "список.xlsx", "mimeType": "application/octet-stream", "buffer": table}
    )
    press(curator, "Проверить файл")
    accept = curator.get_by_role("button", name="Принять 2 строки")
    appears(curator, curator.url, accept)
    assert "Дня «31.02.1990» нет в календаре" in curator.locator("main").inner_text().replace("\xa0", " ")
    with curator.expect_download() as errors:
        curator.get_by_role("link", name="Скачать строки с ошибками").click()
    assert errors.value.path().read_bytes().startswith(b"PK")
    press(curator, "Принять 2 строки")
    appears(curator, curator.url, curator.get_by_role("link", name="К сотрудникам"))


def two_teachers_join(town: Town, curator: Page) -> tuple[Page, Page]:
    town.next_step(curator, "Пригласите сотрудников")
    press(curator, "Пригласить всех, кого ещё не приглашали: 2")
    mentee = town.joins("abramova@school.example", "Абрамова", "Анна")
    mentor = town.joins("belova@school.example", "Белова", "Анна")
    for page in (mentee, mentor):
        town.next_step(page, "Подпишите согласие")
        own = page.url
        signs_consent(page, "processing")
    mentor.goto(own)
    signs_consent(mentor, "distribution")
    return mentor, mentee


def signs_consent(page: Page, kind: str) -> None:
    """A separate paper each: prepared, signed, its scan added by the person."""
    follow(page, to=f"/consent/{kind}/")
    if kind == "distribution":
        fill(page, resources="банк практик города")
        page.locator('main [name="data_allowed"]').first.check(force=True)
    press(page, "Подготовить документ")
    page.set_input_files('[name="scan"]', SCAN)
    press(page, "Записать согласие")


def the_school_is_said_to_work(town: Town) -> None:
    specialist = town.of("semyon")
    town.next_step(specialist, f"Школа № {town.number}: всё сделано", "/")
    move(specialist, "activate")


def a_pair_is_made(town: Town, principal: Page, curator: Page, mentor: Page, mentee: Page) -> str:
    mentee.goto(f"{town.home}needs/new/")
    fill(mentee, request="Не успеваю закончить урок вовремя.")
    tick(mentee, "difficulty_items", "psy_ped.discipline")
    press(mentee, "Записать потребность")
    mentor.goto(f"{town.home}mentors/new/")
    fill(mentor, confirmed_results="Ученики школы пять лет подряд призёры городских олимпиад.")
    tick(mentor, "strengths", "psy_ped.discipline")
    for name in ("willing", "no_disciplinary"):
        mentor.locator(f'main [name="{name}"]').check(force=True)
    press(mentor, "Отправить куратору")
    for words, page, verb in (
        ("Хочет быть наставником", curator, "recommend"),
        ("Подтвердите наставника", curator, "confirm"),
        ("Согласитесь с наставником", principal, "endorse"),
        ("Новая потребность", curator, "accept"),
    ):
        town.next_step(page, words)
        move(page, verb)
    town.next_step(curator, "Предложите наставника")
    follow(curator, "Предложить эту пару")
    press(curator, "Предложить и попросить согласия")
    pair = curator.url
    for page, words in ((mentor, "Вас просят стать наставником"), (mentee, "Вам предлагают наставника")):
        town.next_step(page, words)
        if page is mentee:
            page.locator('main [name="shows_profile"][value="yes"]').first.check(force=True)
            press(page, "Записать ответ")
        page.set_input_files('[name="scan"]', SCAN)
        press(page, "Записать согласие")
    town.next_step(curator, "Пара без психолога")
    move(curator, "skip_psychologist", "Ставка психолога вакантна")
    town.next_step(principal, "Подпишите приказ")
    fill(principal, pay_size="3000")
    principal.locator('main [name="pay_basis"]').first.check(force=True)
    press(principal, "Записать доплату")
    fill(principal, number="3-н", signed_on=today(), agreement_number="1", agreement_on=today())
    principal.set_input_files('[name="scan"]', SCAN)
    press(principal, "Зарегистрировать приказ")
    return pair


def a_programme_is_agreed(town: Town, curator: Page, mentor: Page, mentee: Page) -> None:
    town.next_step(mentor, "Напишите программу")
    assert mentor.locator('main [name="goals-0-difficulty"]').input_value() == "psy_ped.discipline", (
        "goals come from the difficulties that the mentee shows"
    )
    fill(
        mentor,
        title="Урок вовремя",
        length_reason="первая наша программа",
        **dict.fromkeys(("problem", "goal", "tasks", "expected", "evaluation"), LONG),
    )
    starts = mentor.locator('main [name="starts_on"]').input_value()
    for row in range(3):
        fill(
            mentor,
            **{
                f"activities-{row}-content": f"Дело {row + 1}",
                f"activities-{row}-starts_on": starts,
                f"activities-{row}-ends_on": starts,
            },
        )
    press(mentor, "Отправить на согласие")
    town.next_step(mentee, "программа готова")
    move(mentee, "ask_changes", "Добавьте, пожалуйста, взаимные уроки")
    town.next_step(mentor, "Программа вернулась")
    if "/edit/" not in mentor.url:
        follow(mentor, to="/edit/")
    press(mentor, "Отправить на согласие")
    town.next_step(mentee, "программа готова")
    move(mentee, "confirm")
    town.next_step(curator, "Утвердите программу")
    move(curator, "approve")


def a_meeting_is_held_and_confirmed_by_phone(town: Town, mentor: Page, mentee: Page, pair: str) -> None:
    """Planned for the first minutes of the day, so that it has been whenever the test runs; then two taps of
    each.
    """
    mentor.goto(f"{pair}meetings/new/")
    fill(mentor, topic="Конец урока", day=today(), time="00:00")
    press(mentor, "Назначить встречу")
    with phone(mentor), phone(mentee):
        town.next_step(mentor, "Конец урока")
        press(mentor, "Записать встречу")
        town.next_step(mentee, "Конец урока")
        press(mentee, "Всё так, подтверждаю")
        assert "Подтверждено обоими" in mentee.locator("main").inner_text()


def the_form_is_handed_over_and_accepted(town: Town, principal: Page) -> None:
    specialist = town.of("semyon", "/campaigns/new/")
    soon = f"{clock.today() + dt.timedelta(days=10):%d.%m.%Y}"
    fill(specialist, title=CAMPAIGN, open_from=today(), due_school=soon)
    tick(specialist, "indicators", "A01", "A02", "A05", "R04")
    press(specialist, "Подготовить кампанию")
    move(specialist, "open")
    town.next_step(principal, CAMPAIGN)
    press(principal, "Подписать и сдать форму")
    town.next_step(specialist, f"Школа № {town.number}: проверить форму", "/")
    press(specialist, "Принять форму")
    specialist.goto("/city/")
    row = specialist.locator("tbody tr", has_text=f"Школа № {town.number}").last
    told = {
        place: row.locator(f'td[data-l="{place}"]').inner_text()
        for place in ("Молодые с наставником", "Пары", "Форма")
    }
    assert told == {"Молодые с наставником": "1 из 1", "Пары": "1", "Форма": "принята"}, (
        "the portal has counted one young teacher and one pair"
    )


def a_practice_is_handed_over(
    town: Town, principal: Page, curator: Page, mentor: Page, content: dict[str, Any]
) -> str:
    mentor.goto(f"{town.home}practices/new/")
    told = {key: value for key, value in content.items() if isinstance(value, str)}
    tables = (("step", "steps", 3), ("result", "results", 1))
    rows = {
        f"{prefix}_{n}_{name}": str(value)
        for prefix, key, most in tables
        for n, row in enumerate(content[key][:most])
        for name, value in row.items()
    }
    fill(mentor, **told, tasks="\n".join(content["tasks"]), keywords=", ".join(content["keywords"]), **rows)
    tick(mentor, "kinds", *content["kinds"])
    for name in ("has_no_pupil_data", "has_image_consents"):
        mentor.locator(f'main [name="{name}"]').check(force=True)
    press(mentor, "Сохранить черновик")
    practice = mentor.url
    move(mentor, "submit")
    town.next_step(curator, content["title"])
    if not curator.url.endswith("/review/"):
        follow(curator, to="/review/")
    fill_sheet(curator)
    press(curator, "Записать оценку")
    move(curator, "accept")
    assert town.of("darya", "/practices/").locator("main", has_text=content["title"]).count() == 0, (
        "the city knows nothing of it yet"
    )
    town.next_step(principal, content["title"])
    if not principal.url.endswith("/hand-over/"):
        follow(principal, to="/hand-over/")
    press(principal, "Передать в город")
    return practice


def fill_sheet(page: Page) -> None:
    fill(page, **{f"c{n}": "8" for n in range(1, 6)}, comment=COMMENT)
    tick(page, "recommendation", "publish")


def the_city_publishes(town: Town, title: str) -> None:
    methodist = town.of("darya")
    experts = {"nina": "Тарасова", "pavel": "Ефимов"}
    for key in experts:
        expert = town.of(key, "/me/expert/")
        tick(expert, "subjects", "russian")
        expert.locator('main [name="agrees"]').check(force=True)
        press(expert, "Стать экспертом")
    town.next_step(methodist, title, "/")
    practice = methodist.url
    move(methodist, "receive")
    for name in experts.values():
        methodist.goto(practice)
        tick(methodist, "expert", choice_of(methodist, "expert", name))
        press(methodist, "Назначить эксперта")
    move(methodist, "start_review")
    for key in experts:
        expert = town.of(key)
        town.next_step(expert, title, "/")
        press(expert, "Согласиться", exact=False)
        fill_sheet(expert)
        press(expert, "Сдать лист")
    methodist.goto(practice)
    move(methodist, "recommend")
    specialist = town.of("semyon")
    town.next_step(specialist, title, "/")
    move(specialist, "publish")


def choice_of(page: Page, field: str, words: str) -> str:
    card = page.locator("main label.choice-card", has_text=words).first
    return card.locator(f'[name="{field}"]').get_attribute("value") or ""


def another_school_reads(town: Town, title: str) -> None:
    """By a question in other forms of the words than the text has, through the search box of every page."""
    teacher = town.of("gleb", "/s/12/")
    teacher.locator('header input[name="q"]').fill("практик наставничества молодых педагогов")
    teacher.keyboard.press("Enter")
    teacher.wait_for_url("**/find/?*")
    follow(teacher, title[:30])
    assert f"Школа № {town.number}" in teacher.locator("main").inner_text().replace("\xa0", " ")
    with teacher.expect_download() as paper:
        teacher.locator('main a[href$="/pdf/"] >> visible=true').first.click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")
