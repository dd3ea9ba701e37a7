"""Papers of mentoring as a personnel officer reads them (domain.md §5): names in cases, days, columns,
requisites, no holes.
"""

import datetime as dt
import json
from typing import Any

import pytest

from portal.core import clock
from portal.local_acts import services as acts
from portal.local_acts.models import Order
from portal.mentoring import services
from portal.mentoring.exports import pairs as exports
from portal.mentoring.models import Pair
from portal.papers import freezing as papers
from portal.staff import services as staff
from portal.staff.exports import consent_document
from portal.staff.models import Position
from tenants.context import in_city
from tests.documents.reading import is_whole, tables_of, text_of
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import who

pytestmark = pytest.mark.usefixtures("in_school5")


def consent_text(pair: Pair, key: str) -> str:
    text = text_of(exports.consent_form(scene.consent_of(pair, key)).docx())
    assert is_whole(text)
    return text


@pytest.mark.covers("T-06")
def test_the_mentor_agrees_in_writing_to_everything_the_law_names() -> None:
    text = consent_text(scene.asked(who), "boris")
    for part in (
        "Директору школы № 5",
        "Беловой Жанне Леонидовне",
        "от Кравцова Бориса Ильича",
        "учителя математики",
        "Я, Кравцов Борис Ильич, учитель математики, согласен выполнять с 23.11.2026 по 31.05.2027 работу "
        "по наставничеству",
        "– Соколовой Веры Андреевны, учителя математики.",
        "Цель наставничества: уверенно вести урок в 5 классе.",
        "Содержание работы: разработка",
        "Форма работы: педагог — педагог, опытный педагог — молодой специалист; виды: традиционное.",
        "Доплата (отметьте нужное):\n☐ устанавливается в размере ____",
        "☐ не устанавливается",
        "не менее чем за три рабочих дня (статья 351.8",
        "_______________ Б. И. Кравцов",
    ):
        assert part in text


@pytest.mark.covers("T-06")
def test_the_mentees_of_a_group_are_listed_and_the_last_ends_the_list() -> None:
    text = consent_text(scene.active_group(who), "boris")
    assert "– Соколовой Веры Андреевны, учителя математики;" in text
    assert "– Фоминой Ирины Павловны, педагога-психолога." in text
    assert "Доплата: 3 000 рублей в месяц." in text


@pytest.mark.covers("T-07", "found B2")
def test_boxes_left_to_the_pen_are_not_called_ticked() -> None:
    text = consent_text(scene.asked(who), "vera")
    assert "(отметьте нужное):\n☐ согласна;\n☐ не согласна." in text
    assert "отмечено" not in text


@pytest.mark.covers("T-07")
@pytest.mark.parametrize(("shows", "yes", "no"), [(True, "☒", "☐"), (False, "☐", "☒")])
def test_the_mentee_agrees_and_decides_about_the_difficulties(shows: bool, yes: str, no: str) -> None:
    text = consent_text(scene.agreed(who, shows_profile=shows, goal=""), "vera")
    assert f"{yes} согласна;" in text
    assert f"{no} не согласна." in text
    for part in (
        "от Соколовой Веры Андреевны",
        "согласна участвовать с 23.11.2026 по 31.05.2027",
        "с наставником Кравцовым Борисом Ильичом, учителем математики",
        "Цель: профессиональное развитие.",
        "23.11.2026",
        "В. А. Соколова",
    ):
        assert part in text


@pytest.mark.covers("T-08")
def test_the_order_assigns_by_the_table_of_the_domain() -> None:
    pair = scene.active_group(who)
    content = exports.order_form(pair.order, who("anna")).docx()  # type: ignore[arg-type]
    text, (assigned, acquainted) = text_of(content), tables_of(content)
    assert is_whole(text)
    for part in (
        "ПРИКАЗ",
        "23.11.2026",
        "№ 47-н",
        "г. Смоленск",
        "на основании: заявления-согласия наставника от 23.11.2026;",
        "за Соколовой Верой Андреевной, учителем математики, Фоминой Ириной Павловной, "
        "педагогом-психологом, наставником Кравцова Бориса Ильича, "
        "учителя математики.",
        "2. Наставникам представлять отчёты: промежуточный отчёт",
        "Доплату наставнику установить отдельным приказом",
        "4. Контроль за исполнением приказа возложить на Мельникову Анну Викторовну, заместителя директора",
        "Ж. Л. Белова",
    ):
        assert part in text
    assert assigned[0] == [
        "№",
        "Наставник",
        "Наставляемый",
        "Форма, модель",
        "Виды",
        "Период",
        "Цель программы",
    ]
    assert assigned[1] == [
        "1",
        "Кравцов Борис Ильич, учитель математики, высшая категория, стаж 21 год",
        "Соколова Вера Андреевна, учитель математики; Фомина Ирина Павловна, педагог-психолог; категория: "
        "молодой педагог",
        "педагог — педагог, опытный педагог — молодой специалист",
        "групповое",
        "23.11.2026 – 31.05.2027",
        "уверенно вести урок в 5 классе",
    ]
    assert {row[0] for row in acquainted[1:]} >= {
        "Кравцов Борис Ильич",
        "Соколова Вера Андреевна",
        "Фомина Ирина Павловна",
    }


@pytest.mark.covers("T-08", "found B3")
def test_the_grounds_of_a_group_are_said_once() -> None:
    text = text_of(exports.order_form(scene.active_group(who).order, who("anna")).docx())  # type: ignore[arg-type]
    assert (
        "на основании: заявления-согласия наставника от 23.11.2026; заявлений-согласий наставляемых от "
        "23.11.2026,\nПРИКАЗЫВАЮ" in text
    )


@pytest.mark.covers("T-09")
def test_the_agreement_fixes_content_term_form_and_pay() -> None:
    text = text_of(exports.agreement_form(scene.active(who)).docx())
    assert is_whole(text)
    for part in (
        "ДОПОЛНИТЕЛЬНОЕ СОГЛАШЕНИЕ № 12",
        "23.11.2026",
        "в лице директора Беловой Жанны Леонидовны, действующей на основании Устава",
        "Кравцов Борис Ильич, учитель математики, далее – Работник",
        "наставляемые: Соколова Вера Андреевна",
        "3. Срок выполнения работы: с 23.11.2026 по",
        "4. Доплата: 3 000 рублей в месяц. Условия выплаты: ежемесячно",
        "не менее чем за три рабочих дня",
        "6. Остальные условия трудового договора не меняются.",
        "Экземпляр соглашения получил:",
        "Б. И. Кравцов",
    ):
        assert part in text


@pytest.mark.covers("T-09")
def test_an_agreement_not_yet_signed_has_lines_to_write_on() -> None:
    text = text_of(exports.agreement_form(scene.with_order(who)).docx())
    assert "СОГЛАШЕНИЕ № ____" in text
    assert "4. Доплата (отметьте нужное):\n☐ устанавливается в размере ____" in text


PAY = [
    ({"pay_basis": "amount", "pay_size": 3500.5}, "3 500,50 рублей в месяц"),
    ({"pay_basis": "percent", "pay_size": 15}, "15 % ставки в месяц"),
    ({"pay_basis": "percent", "pay_size": 12.5}, "12,50 % ставки в месяц"),
]


@pytest.mark.covers("T-10", "seed 4.4.material")
@pytest.mark.parametrize(("facts", "size"), PAY, ids=[size for _, size in PAY])
def test_the_order_of_pay_says_who_how_much_from_when_to_when_and_why(
    facts: dict[str, Any], size: str
) -> None:
    pair = scene.active(who)
    Pair.objects.filter(pk=pair.pk).update(**facts)
    content = exports.pay_form(pay_order(pair), who("kira")).docx()
    text, (pay, _) = text_of(content), tables_of(content)
    assert is_whole(text)
    assert pay[0] == ["Фамилия, имя, отчество", "Размер", "С", "По", "Основание"]
    assert pay[1] == [
        "Кравцов Борис Ильич, учитель математики",
        size,
        "23.11.2026",
        "31.05.2027",
        "дополнительное соглашение от 23.11.2026 № 12",
    ]
    for part in (
        "приказа о закреплении от 23.11.2026 № 47-н",
        "дополнительного соглашения от 23.11.2026 № 12",
        "№ ____",
        "Источник выплаты: ",
    ):
        assert part in text


def pay_order(pair: Pair) -> Order:
    return Order.objects.get(code="T-10", subject=pair.uuid)


@pytest.mark.covers("T-10", "found B3")
def test_the_order_of_pay_is_registered_by_its_own_number() -> None:
    order = pay_order(scene.active(who))
    assert (order.state, order.people) == ("draft", [scene.person("boris").uuid])
    order = acts.register_order(
        order, number="48-н", signed_on=clock.today(), scan=scene.scan(), by=who("kira")
    )
    paper = papers.frozen(papers.KINDS["T-10"], order)
    assert "№ 48-н" in json.dumps(paper.text, ensure_ascii=False).replace("\xa0", " ")  # type: ignore[union-attr]


@pytest.mark.covers("T-10", "seed 4.4.material")
def test_without_pay_there_is_no_order_of_pay() -> None:
    facts = scene.order_facts(pay_basis="none_by_act", pay_act="Положение об оплате труда, п. 5")
    unpaid = services.register_pair_order(scene.with_order(who), by=who("zhanna"), **facts)
    assert not Order.objects.filter(code="T-10").exists()
    assert "4. Доплата: не устанавливается на основании: Положение об оплате труда, п. 5." in text_of(
        exports.agreement_form(unpaid).docx()
    )
    assert "Доплата не устанавливается на основании: Положение об оплате труда, п. 5." in text_of(
        exports.order_form(unpaid.order, who("anna")).docx()  # type: ignore[arg-type]
    )


@pytest.mark.covers("T-28")
def test_the_consent_to_processing_leaves_lines_for_what_the_portal_does_not_keep(school5: Any) -> None:
    with in_city():
        type(school5).objects.filter(pk=school5.pk).update(address="г. Смоленск, ул. Школьная, д. 5")
    consent = staff.prepare_consent(scene.person("boris"), "processing", by=who("anna"))
    text = text_of(consent_document(consent, who("anna")).content)  # type: ignore[attr-defined]
    assert is_whole(text)
    for part in (
        "Я, Кравцов Борис Ильич, зарегистрированный по адресу: ____",
        "документ, удостоверяющий личность: ____",
        "Оператор: Муниципальное бюджетное",
        "Цель обработки: участие",
        "Согласие действует по 23.11.2029.",
        "Б. И. Кравцов",
    ):
        assert part in text


@pytest.mark.covers("T-29")
def test_the_consent_to_distribution_names_addresses_data_and_bans() -> None:
    consent = staff.prepare_consent(
        scene.person("vera"),
        "distribution",
        by=who("vera"),
        resources="https://school5.example/mentors/ https://bank.example/",
        data_allowed=["name"],
        valid_until=dt.date(2027, 8, 31),
    )
    content = consent_document(consent, who("vera")).content  # type: ignore[attr-defined]
    text, (data,) = text_of(content), tables_of(content)
    assert is_whole(text)
    for part in (
        "ИНН 6731000005",
        "– https://school5.example/mentors/;",
        "– https://bank.example/.",
        "vera@estafeta.example",
        "действует по 31.08.2027",
    ):
        assert part in text
    assert data[0] == ["Персональные данные", "Разрешено к распространению", "Условия и запреты"]
    assert data[1] == ["фамилия, имя, отчество", "да", "–"]
    assert {row[1] for row in data[2:]} == {"нет"}


@pytest.mark.covers("T-06", "T-07", "T-08")
def test_surnames_that_do_not_decline_and_posts_of_two_words() -> None:
    vera, boris = scene.person("vera"), scene.person("boris")
    for person, last, first in ((vera, "Дюма", "Любовь"), (boris, "Черных", "Пётр")):
        person.last_name, person.first_name = last, first
        person.save_change("last_name", "first_name")
    Position.objects.filter(employment__person=vera).update(position="psychologist", subjects=[])
    pair = scene.active(who)
    assert "– Дюма Любови Андреевны, педагога-психолога." in consent_text(pair, "boris")
    assert "с наставником Черных Петром Ильичом, учителем математики" in consent_text(pair, "vera")
    text = text_of(exports.order_form(pair.order, who("anna")).docx())  # type: ignore[arg-type]
    assert (
        "за Дюма Любовью Андреевной, педагогом-психологом, наставником Черных Петра Ильича, учителя "
        "математики." in text
    )


@pytest.mark.covers("found F11")
def test_the_page_of_an_order_says_which_name_is_not_declined() -> None:
    """Nobody has said the gender of the mentee: nothing is guessed; once it is said, the name is declined."""
    nobody_knows = {"last_name": "Ким", "first_name": "Женя", "middle_name": "", "gender": ""}
    mentee = scene.person("vera")
    for name, value in nobody_knows.items():
        setattr(mentee, name, value)
    mentee.save_change(*nobody_knows)
    pair = scene.with_order(who)
    kind = papers.KINDS["T-08"]
    shown = papers.blocks_of(kind, pair.order, who("anna"))
    assert shown[0].pieces[0].text.startswith("Не склоняется: Ким Женя.")
    mentee.gender = "f"
    mentee.save_change("gender")
    told = papers.blocks_of(kind, pair.order, who("anna"))
    assert "Не склоняется" not in str(told)
    assert "Ким Женей" in str(told).replace("\xa0", " ")
