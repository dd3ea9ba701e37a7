"""The engine through its interface, over real PostgreSQL, and over a real node of Elasticsearch."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.db import ProgrammingError, transaction
from pytest_django import DjangoAssertNumQueries

from portal.search.engine import NEWEST, Document, Engine, FacetCount, Found, Query
from portal.search.postgres import PostgresEngine
from tenants.context import in_school
from tenants.models import School
from tests.search.documents import document

YOUNG = document(
    "Наше наставничество начинается в августе. Каждый молодой педагог получает опытного коллегу.",
    title="Первый год в школе",
    subject=["physics"],
    nomination=["N1"],
)
LAB = document(
    "Опыты с маятником на уроках физики в девятом классе.",
    title="Маятник",
    subject=["physics"],
    nomination=["N2"],
)
CHOIR = document(
    "Школьный хор поёт каноны и народные песни.", title="Хор", subject=["music"], nomination=["N2"]
)
ALL = [YOUNG, LAB, CHOIR]


def uuids(engine: Engine, text: str, **filters: list[str]) -> list[uuid.UUID]:
    return [hit.uuid for hit in engine.search(Query(text, filters)).hits]


@pytest.fixture
def engine(each_engine: Engine) -> Engine:
    """Every test here is of both engines."""
    return each_engine


@pytest.fixture
def bank(engine: Engine) -> Engine:
    engine.index(ALL)
    return engine


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("наставничества молодых педагогов", YOUNG),
        ("наставнический", YOUNG),
        ("наставник", YOUNG),
        ("yfcnfdybxtcndj", YOUNG),
        ("настовничество", YOUNG),
        ("маятнком", LAB),
        ("наста\u0301вничество", YOUNG),
        ("кано\u0301ны", CHOIR),
        ("поет", CHOIR),
        ("КАНОНАМИ", CHOIR),
        ("начинающий учитель", YOUNG),
    ],
)
def test_is_found_first(bank: Engine, text: str, found: Document) -> None:
    assert uuids(bank, text)[:1] == [found.uuid]


def test_says_how_the_question_was_read(bank: Engine) -> None:
    typo = bank.search(Query("настовничество")).understood
    assert typo.corrected == {"настовничество": ("наставничество",)}
    assert bank.search(Query("vfznybr")).understood.layout_fixed == "маятник"
    assert "молодой педагог" in bank.search(Query("молодой специалист")).understood.synonyms
    plain = bank.search(Query("маятник")).understood
    assert (plain.lemmas, plain.corrected, plain.layout_fixed) == (("маятник",), {}, "")


def test_words_of_the_language_are_never_corrected(bank: Engine) -> None:
    assert bank.search(Query("маятники каньоны")).understood.corrected == {}


def test_latin_words_of_the_index_stay(bank: Engine) -> None:
    robots = document("Кружок программирует на Python и Scratch.")
    bank.index([robots])
    assert uuids(bank, "python") == [robots.uuid]
    assert bank.search(Query("python")).understood.layout_fixed == ""


@pytest.mark.parametrize("text", ["", '"', "«»", "…"])
def test_no_words_are_no_question(bank: Engine, text: str) -> None:
    assert bank.search(Query(text)).total == len(ALL)


@pytest.mark.parametrize("text", ["dgh", "ju'"])
def test_abbreviations_survive_the_wrong_layout(bank: Engine, text: str) -> None:
    exam = document("Готовим к ВПР и ОГЭ с сентября.")
    bank.index([exam])
    assert uuids(bank, text) == [exam.uuid]


def test_abbreviation_finds_its_full_name_but_below_itself(bank: Engine) -> None:
    full = document("Школьное методическое объединение собирается по средам.")
    short = document("Протокол ШМО за сентябрь, план на октябрь.")
    bank.index([full, short])
    assert uuids(bank, "шмо")[:2] == [short.uuid, full.uuid]


def test_quotes_ask_for_a_phrase(bank: Engine) -> None:
    assert set(uuids(bank, "маятник хор")) == {LAB.uuid, CHOIR.uuid}
    assert uuids(bank, '"маятник хор"') == []
    assert uuids(bank, "«уроки физики» хор") == [LAB.uuid]
    assert uuids(bank, "«опыт с маятником» хор") == [LAB.uuid]
    assert uuids(bank, "«физика урока»") == []
    assert uuids(bank, "«хор школьный»") == []  # the end of a title and the beginning of a text are no phrase


def test_a_minus_excludes(bank: Engine) -> None:
    assert uuids(bank, "маятник хор -хор") == [LAB.uuid]
    assert uuids(bank, "уроки -маятники") == []
    assert uuids(bank, "маятник хор -«народные песни»") == [LAB.uuid]
    assert set(uuids(bank, "-хор")) == {YOUNG.uuid, LAB.uuid}
    assert uuids(bank, "урок-маятник - хор")[:1] == [LAB.uuid]
    (hit,) = bank.search(Query("маятник -хор")).hits
    assert [mark.text for mark in hit.highlights["title"] if mark.is_match] == ["Маятник"]


@pytest.mark.parametrize(
    "text", ["ывапролджэ", "«ывапролджэ»", "«ывапролджэ» хор", "«хор ывапролджэ» -педагог"]
)
def test_what_means_nothing_finds_nothing(bank: Engine, text: str) -> None:
    nothing = bank.search(Query(text))
    assert (nothing.total, list(nothing.hits), nothing.facets) == (0, [], {})


def test_all_words_stand_first_and_it_is_said_when_none_has_them(engine: Engine) -> None:
    both = document("Маятник " + "вода " * 300 + "и хор.")
    one = document("Маятник, маятник, маятник.")
    engine.index([both, one, *(document(f"Вода и хор {n}") for n in range(3))])
    found = engine.search(Query("маятник хор"))
    assert [hit.uuid for hit in found.hits][:1] == [both.uuid]
    assert found.whole == 1
    assert engine.search(Query("маятник флейта")).whole == 0
    assert engine.search(Query("маятник флейта")).total == 2


def test_first_letters_that_are_mostly_of_another_word_are_not_the_word(engine: Engine) -> None:
    """«Наставничество» answers a question about a «наставник»; where the bank speaks of both, it is not said
    to be the word, and is not lifted for it. Another name is the word.
    """
    near = document("Школьное методическое объединение и наставничество " + "вода " * 60)
    loud = document("ШМО, ШМО, ШМО.")
    engine.index([near, loud, *(document(f"Вода {n}") for n in range(3))])
    asked = Query("ШМО наставники")
    found = engine.search(asked)
    assert ([hit.uuid for hit in found.hits][:1], found.whole) == ([near.uuid], 1), "nobody has the word"
    engine.index([document("Мой наставник."), *(document(f"Наставничество {n}") for n in range(3))])
    found = engine.search(asked)
    assert (near.uuid in {hit.uuid for hit in found.hits}, found.whole) == (True, 0)
    assert next(hit.uuid for hit in found.hits) == loud.uuid
    both = document("Школьное методическое объединение и наставник " + "вода " * 60)
    engine.index([both])
    found = engine.search(asked)
    assert (next(hit.uuid for hit in found.hits), found.whole) == (both.uuid, 1)


def test_a_document_with_a_common_word_of_a_long_question_is_no_answer(engine: Engine) -> None:
    told = document("Наставник разбирает конфликт в классе с родителями пятиклассника.")
    other = [document(f"Урок {n}: в классе тихо.") for n in range(40)]
    engine.index([told, *other])
    found = engine.search(Query("наставник разбирает конфликт родителей пятиклассника в классе"))
    assert ([hit.uuid for hit in found.hits], found.total) == ([told.uuid], 1)


def test_words_of_a_long_name_count_only_together(engine: Engine) -> None:
    full = document("Школьное методическое объединение собирается по средам.")
    part = document("Школьное здание, методическая тема, объединение усилий.", title="")
    lone = document("Методическая копилка кабинета.")
    engine.index([full, lone])
    assert uuids(engine, "шмо") == [full.uuid]
    engine.index([part])
    assert lone.uuid not in uuids(engine, "шмо")


def test_first_letters_serve_no_synonym(engine: Engine) -> None:
    engine.index([document("Подопечные растения на окне."), document("Учёба и учение.")])
    assert uuids(engine, "педагог") == []


def test_totals_and_counts_are_exact_whatever_their_size(engine: Engine) -> None:
    every = [
        document(f"Урок {number}, вода и песок.", nomination=["N1" if number % 2 else "N2"])
        for number in range(700)
    ]
    engine.index(every)
    found = engine.search(Query("урок вода", limit=10))
    assert (found.total, found.whole) == (700, 700)
    assert list(found.facets["nomination"]) == [FacetCount("N1", 350), FacetCount("N2", 350)]
    pages = [engine.search(Query("урок вода", offset=offset, limit=30)) for offset in range(0, 720, 30)]
    assert [hit.uuid for page in pages for hit in page.hits] == list(
        dict.fromkeys(hit.uuid for page in pages for hit in page.hits)
    )
    assert sum(len(page.hits) for page in pages) == 700
    picked = engine.search(Query("урок", {"nomination": ["N1"]}))
    assert (picked.total, list(picked.facets["nomination"])) == (350, list(found.facets["nomination"]))


@pytest.mark.parametrize("text", ["", "урок"])
def test_newest_first(engine: Engine, text: str) -> None:
    days = [dt.date(2026, 3, 1), dt.date(2026, 5, 1), dt.date(2026, 4, 1)]
    every = [replace(document(f"Урок {n}"), day=day) for n, day in enumerate(days)]
    engine.index(every)
    found = engine.search(Query(text, order=NEWEST))
    assert [hit.uuid for hit in found.hits] == [every[1].uuid, every[2].uuid, every[0].uuid]


def test_a_slip_in_one_document_does_not_switch_correction_off(engine: Engine) -> None:
    engine.index([document(f"Наставничество в школе {n}") for n in range(12)])
    engine.index([slipped := document("Настовничество и чай.")])
    found = engine.search(Query("настовничество", limit=50))
    assert found.total == 13
    assert found.hits[0].uuid == slipped.uuid
    assert found.understood.corrected == {"настовничество": ("настовничество", "наставничество")}


def test_what_was_typed_is_one_press_away(bank: Engine) -> None:
    assert bank.search(Query("настовничество", as_typed=True)).total == 0
    assert bank.search(Query("vfznybr", as_typed=True)).understood.layout_fixed == ""


def test_stop_words_only_find_nothing_and_empty_shows_the_catalogue(bank: Engine) -> None:
    stop = bank.search(Query("и в на"))
    assert (list(stop.hits), stop.understood.only_stop_words) == ([], True)
    empty = bank.search(Query("  ?! ", {"nomination": ["N2"]}))
    assert {hit.uuid for hit in empty.hits} == {LAB.uuid, CHOIR.uuid}
    assert (empty.total, empty.understood.is_empty) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        "маятник " * 1250,
        "'; DROP TABLE x; --",
        "%маятник_\\",
        "%(terms)s {document}",
        "$1 \x00 маятник",
        "a" * 10_000,
    ],
)
def test_any_text_is_an_ordinary_question(bank: Engine, text: str) -> None:
    assert bank.search(Query(text)).total == ("маятник" in text)


def test_rare_words_weigh_more(engine: Engine) -> None:
    common = [document(f"Урок и класс, день {number}. Урок. Урок.") for number in range(8)]
    rare = document("Один урок про вулканы среди прочих занятий обычного дня нашего класса.")
    engine.index([*common, rare])
    assert uuids(engine, "урок вулкан")[0] == rare.uuid


def test_title_weighs_more_than_body(engine: Engine) -> None:
    body = document("Рассказ о вулканах у костра.", title="Вечер")
    title = document("Рассказ о поездке у костра.", title="Вулканы")
    engine.index([body, title])
    assert uuids(engine, "вулканы") == [title.uuid, body.uuid]


def test_filters_and_counts(bank: Engine) -> None:
    found = bank.search(Query("маятник хор наставничество", {"subject": ["physics"]}))
    assert {hit.uuid for hit in found.hits} == {YOUNG.uuid, LAB.uuid}
    assert found.total == 2
    assert list(found.facets["subject"]) == [FacetCount("physics", 2), FacetCount("music", 1)]
    assert list(found.facets["nomination"]) == [FacetCount("N1", 1), FacetCount("N2", 1)]
    assert uuids(bank, "маятник хор", subject=["physics", "music"], nomination=["N2"]) == uuids(
        bank, "маятник хор"
    )


@pytest.mark.parametrize("text", ["", "наставник", "-школа"])
def test_only_among_those_that_are_named(bank: Engine, text: str) -> None:
    """What a question finds does not change: it is only looked at in part, counted and faceted so, too."""
    whole = bank.search(Query(text, limit=200))
    found = [hit.uuid for hit in whole.hits]
    named = frozenset([*found[::2], uuid.uuid4()])
    part = bank.search(Query(text, limit=200, among=named))
    assert found[::2]
    assert [hit.uuid for hit in part.hits] == found[::2]
    assert part.total == len(found[::2])
    assert bank.search(Query(text, among=frozenset())).total == 0


def test_pages_follow_each_other(engine: Engine) -> None:
    engine.index([document(f"Урок {number}") for number in range(7)])
    pages = [engine.search(Query("урок", offset=offset, limit=3)) for offset in (0, 3, 6)]
    assert [len(page.hits) for page in pages] == [3, 3, 1]
    assert len({hit.uuid for page in pages for hit in page.hits}) == 7
    assert {page.total for page in pages} == {7}


def test_highlights_are_marked_words(bank: Engine) -> None:
    (hit,) = bank.search(Query("маятники на уроке")).hits
    assert [mark.text for mark in hit.highlights["title"] if mark.is_match] == ["Маятник"]
    assert [mark.text for mark in hit.highlights["body"] if mark.is_match] == ["маятником", "уроках"]
    assert "".join(mark.text for mark in hit.highlights["body"]) == LAB.fields["body"].text


def test_a_long_text_gives_the_fragment_around_the_words(engine: Engine) -> None:
    engine.index([document("Вода. " * 300 + "Вулканы и маятники рядом. " + "Вода. " * 300)])
    (hit,) = engine.search(Query("вулкан маятник")).hits
    shown = "".join(mark.text for mark in hit.highlights["body"])
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "Вулканы и маятники рядом" in shown
    assert len(shown.split()) < 45


def test_indexing_again_replaces_and_removing_forgets(bank: Engine) -> None:
    bank.index([Document(LAB.uuid, "Гироскоп", {}, LAB.facets)])
    assert uuids(bank, "маятник") == []
    assert uuids(bank, "гироскоп") == [LAB.uuid]
    bank.remove([LAB.uuid, uuid.uuid4()])
    assert uuids(bank, "гироскоп") == []
    assert bank.search(Query("")).total == 2
    assert bank.suggest("гирос") == []


def test_counts_stay_exact_through_changes(bank: Engine) -> None:
    fresh = bank.search(Query("наставничество"))
    bank.index(ALL)
    bank.remove([CHOIR.uuid])
    bank.index([CHOIR])
    again = bank.search(Query("наставничество"))
    assert fits(again, bank) == fits(fresh, bank)
    assert bank.rebuild(iter(ALL)) == 3
    assert fits(bank.search(Query("наставничество")), bank) == fits(fresh, bank)


def fits(found: Found, bank: Engine) -> list[tuple[uuid.UUID, float]]:
    """Elasticsearch counts deleted documents among the frequencies of words until it has tidied up."""
    return [(hit.uuid, hit.score if isinstance(bank, PostgresEngine) else 0) for hit in found.hits]


def test_suggest_continues_the_last_word(bank: Engine) -> None:
    assert bank.suggest("опытного мая") == ["опытного маятник", "опытного маятником"]
    assert bank.suggest("vfzn") == ["маятник", "маятником"]
    assert bank.suggest("%") == []


def test_a_school_may_search_and_may_not_write(
    bank: Engine, school5: School, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with in_school(school5):
        bank.search(Query("хор"))  # the role is set with the first statement
        with django_assert_num_queries(3 if isinstance(bank, PostgresEngine) else 4):
            assert uuids(bank, "настовничество") == [YOUNG.uuid]
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            bank.remove([LAB.uuid])
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            bank.index([LAB])
