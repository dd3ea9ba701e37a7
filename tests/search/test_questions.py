"""Questions as teachers type them, on the practices of the demo: which practice stands first, and how the
question was read. A kind that was mended once stays mended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from best_practices.models import BankPractice
from best_practices.search import ENGINE
from portal.search.engine import Engine, Found, Query
from portal.search.postgres import PostgresEngine
from tests.search import demo_bank
from tests.search.elastic_node import Node
from tests.search.two_engines import followed

FIVE, REVERSE, MAP, THREE, LABS, ACID = (
    "p01_five_minutes",
    "p02_reverse_board",
    "p03_one_question_map",
    "p04_three_notebooks",
    "p05_two_labs",
    "p06_first_acid",
)
BENCH, MASTER, THIRD, PARENTS, DEPUTY, HOUR = (
    "p07_no_bench",
    "p08_master_from_factory",
    "p09_third_in_pair",
    "p10_parents_rehearsal",
    "p11_director_deputy",
    "p12_student_hour",
)
FIRST = (
    ("физра", BENCH),
    ("физкультура", BENCH),
    ("физкультура скамейка", BENCH),
    ("англ", REVERSE),
    ("английский язык", REVERSE),
    ("классный руководитель", PARENTS),
    ("класный руководитель", PARENTS),
    ("класная руководительница", PARENTS),
    ("классрук", PARENTS),
    ("классныйруководитель", PARENTS),
    ("родсобрание", PARENTS),
    ("родительскле собрание", PARENTS),
    ("разговор с радителями", PARENTS),
    ("как провести первое родительское собрание молодому учителю", PARENTS),
    ("молодой учитель боится родителей", PARENTS),
    ("шмо", THREE),
    ("ifvj", THREE),
    ("выгорание учителя", THREE),
    ("тетрадь взаимопосещения", THREE),
    ("завуч", DEPUTY),
    ("завучь", DEPUTY),
    ("дирректор", DEPUTY),
    ("директор", DEPUTY),
    ("псехолог", THIRD),
    ("педогог-психолог", THIRD),
    ("формирующее оценивание", FIVE),
    ("фармирующее оценивание", FIVE),
    ("формирущее оценивание", FIVE),
    ("обратная связь", FIVE),
    ("обратная свзяь", FIVE),
    ("обратнаясвязь", FIVE),
    ("«обратная связь»", FIVE),
    ("хочу найти практику про обратную связь на уроке математики", FIVE),
    ("химия опыты", ACID),
    ("химия опфты", ACID),
    ("ПЕРВАЯ КИСЛОТА", ACID),
    ("лобараторная работа", ACID),
    ("   физика    ", LABS),
    ("физика?!", LABS),
    ("«физика", LABS),
    ("реверсивное наставничество", REVERSE),
    ("реферсивное наставничество", REVERSE),
    ("доска наоборот", REVERSE),
    ("дисциплина на уроке", BENCH),
    ("дисцеплина", BENCH),
    ("cкамейка", BENCH),  # the first letter is Latin
    ("мастер с завода", MASTER),
    ("что делать если ученики не слушают", MASTER),
    ("шумный класс", HOUR),
    ("школа № 9", THREE),
    ("школа 12", HOUR),
    ("школа №12", HOUR),
    ("школа номер 12", HOUR),
    ("сош 12", HOUR),
    ("12-я школа", HOUR),
    ("мбоу сош №12", HOUR),
    ("лицей 7", LABS),
    ("ЛП-2026-0001", FIVE),
    ("лп-2026-0001", FIVE),
    ("kg-2026-0001", FIVE),
    ("Кравцов", FIVE),
    ("кравцова", FIVE),
    ("Борис Ильич", FIVE),
    ("Кравцов Б.И.", FIVE),
    ("Кравцов Б. И.", FIVE),
    ("дежурная парта", "s1_duty_desk"),
    ("плн разговор с родителями", PARENTS),
    ("😀 скамейка", BENCH),
    ("100% скамейка", BENCH),
    ("скамейка " * 1200, BENCH),
)
READ: tuple[tuple[str, dict[str, tuple[str]]], ...] = (
    ("оге", {"оге": ("огэ",)}),
    ("еге", {"еге": ("егэ",)}),
    ("класный руководитель", {"класный": ("классный",)}),
    ("дисцеплина", {"дисцеплина": ("дисциплина",)}),
    ("обратная свзяь", {"свзяь": ("связь",)}),
    ("малодой педагог", {"малодой": ("молодой",)}),
    ("мастеркласс", {"мастеркласс": ("мастер класс",)}),
    ("нас тавник", {"нас тавник": ("наставник",)}),
    ("пурочка", {"пурочка": ("поурочка",)}),
    ("взоимопосещение", {"взоимопосещение": ("взаимопосещение",)}),
    ("взаимопосещения", {}),
    ("математика", {}),
    ("наставника", {}),
    ("диктор", {}),
    ("«дисцеплина»", {"дисцеплина": ("дисциплина",)}),
    ("+дисцеплина", {}),  # meant as it stands
)
KEYBOARD = (
    ("yfcnfdybr", "наставник"),
    ("vfntvfnbrf", "математика"),
    ("'rpfvty", "экзамен"),
    ("dgh", "впр"),
    ("ju'", "огэ"),
    ("b[", "их"),
    ("k.,jt", "любое"),
    ("ct,z", "себя"),
    ("word ", ""),
    ("e-mail", ""),
    ("the", ""),
    ("Quizizz 5", ""),
    ("zoom", ""),
    ("' or 1=1 --", ""),
    ("урок vfntvfnbrb", ""),
)
UNKNOWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("урок в zoom", ("zoom",)),
    ("ученики курят вейпы", ("курят", "вейпы")),
    ("школа № 77", ("№ 77",)),
    ("kahoot", ("kahoot",)),
    ("физра", ()),
    ("наставнечество", ()),
)


@pytest.fixture
def bank(engine: PostgresEngine) -> PostgresEngine:
    """What is understood of a question is read by PostgreSQL for both engines; they part after it, as the
    next two tests see.
    """
    engine.index(demo_bank.documents().values())
    return engine


def asked(bank: Engine, text: str) -> Found:
    return bank.search(Query(text[:2_000], limit=3))


def test_what_teachers_type_finds_what_they_mean(each_engine: Engine) -> None:
    each_engine.index(demo_bank.documents().values())
    names = {document.uuid: name for name, document in demo_bank.documents().items()}
    found = {text[:80]: [names[hit.uuid] for hit in asked(each_engine, text).hits] for text, _ in FIRST}
    wrong = {text: found[text[:80]] for text, name in FIRST if found[text[:80]][:1] != [name]}
    assert not wrong
    assert len(FIRST) + len(READ) + len(KEYBOARD) >= 60


@pytest.mark.elasticsearch
def test_both_engines_read_and_find_alike_what_teachers_type(bank: PostgresEngine, node: Node) -> None:
    both = followed(bank, node)
    both.index(demo_bank.documents().values())
    told = [text for rows in (FIRST, READ, KEYBOARD, UNKNOWN) for text, _ in rows]
    for text in ["", *told]:
        query = Query(text[:2_000], limit=50)
        found, here = both.search(query), bank.search(query)
        assert replace(found, hits=(), asked=None) == replace(here, hits=(), asked=None), text
        assert {(hit.uuid, hit.title) for hit in found.hits} == {(hit.uuid, hit.title) for hit in here.hits}
        shown = {hit.uuid: hit.highlights for hit in here.hits}
        assert {hit.uuid: hit.highlights for hit in found.hits} == shown, text
    assert not both.asked.troubles
    both.forget()


@pytest.mark.parametrize(("text", "corrected"), READ)
def test_what_was_mended_is_said(bank: PostgresEngine, text: str, corrected: dict[str, tuple[str]]) -> None:
    assert {typed: tuple(words)[:1] for typed, words in asked(bank, text).understood.corrected.items()} == (
        corrected
    )


@pytest.mark.parametrize(("text", "fixed"), KEYBOARD)
def test_the_other_keyboard(bank: PostgresEngine, text: str, fixed: str) -> None:
    assert asked(bank, text).understood.layout_fixed == fixed


@pytest.mark.parametrize(("text", "unknown"), UNKNOWN)
def test_words_that_nobody_has_are_told(bank: PostgresEngine, text: str, unknown: tuple[str, ...]) -> None:
    assert asked(bank, text).understood.unknown == unknown


@pytest.mark.parametrize("text", ["%", "😀", "___", "\x07\x1b[", "\u202e", "— … !"])
def test_no_words_show_the_bank(bank: PostgresEngine, text: str) -> None:
    found = asked(bank, text)
    assert (found.total, found.understood.is_empty) == (len(demo_bank.documents()), True)


def test_words_are_said_as_they_were_typed(bank: PostgresEngine) -> None:
    assert asked(bank, "математика и наставники").understood.words == ("математика", "наставники")
    assert asked(bank, "школа № 9").understood.words == ("школа", "№ 9")


def test_the_page_says_what_was_mended_refused_and_not_asked(db: None, as_: Callable[[str], Client]) -> None:
    cards = [demo_bank.card(stem) for stem in (BENCH, PARENTS)]
    for card in cards:
        card.save()
    ENGINE.rebuild(demo_bank.document_of(card) for card in BankPractice.objects.order_by("pk"))

    def page(address: str) -> str:
        return as_("darya").get(address).content.decode().replace("\u00a0", " ")

    told = page("/bank/?q=Скомейка+и+радителями+в+zoom")
    assert "Слова «скомейка» в банке нет, искали" in told
    assert "«zoom»" in told
    assert "нет ни в одной практике: искали остальное" in " ".join(told.split())
    one = "q=%2B%D0%A1%D0%BA%D0%BE%D0%BC%D0%B5%D0%B9%D0%BA%D0%B0+"  # «+Скомейка »
    assert one in told, "each correction has its own refusal"
    refused = page("/bank/?q=%2BСкомейка+и+радителями")
    assert ("«скомейка» в банке нет, искали" in refused, "«радителями» в банке нет" in refused) == (
        False,
        True,
    )
    assert "В запросе нет слов, показан весь банк" in page("/bank/?q=😀")
    assert "В запросе нет слов" not in page("/bank/?q=-скамейка")
    given = as_("darya").get("/api/v1/bank/?q=скамейка+zoom").json()
    assert (given["unknown"], given["total"]) == (["zoom"], 1)
