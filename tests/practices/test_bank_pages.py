"""The bank as a teacher of another school meets it."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from best_practices import search
from best_practices.models import BankPractice
from portal.core.actor import Actor
from portal.demo.cast import uuid_of
from portal.search.engine import Query
from tests.things import card_in_bank

AsPerson = Callable[[str], Client]


@pytest.fixture
def bank(content: dict[str, Any], db: None) -> Callable[[int], list[BankPractice]]:
    """Put some cards into the bank, as publishing does."""

    def fill(count: int) -> list[BankPractice]:
        cards = []
        for number in range(count):
            cards.append(
                card_in_bank(
                    content,
                    practice=uuid_of("test practice", str(number)),
                    code=f"ЛП-2026-{number + 1:04d}",
                    title=content["title"] if number == 0 else f"Практика номер {number}",
                )
            )
        search.ENGINE.index([search.document_of(card) for card in cards])
        return cards

    return fill


def test_a_teacher_of_another_school_finds_reads_and_downloads(
    bank: Callable[[int], list[BankPractice]], as_: AsPerson
) -> None:
    card = bank(3)[0]
    gleb = as_("gleb")
    found = gleb.get("/s/12/bank/", {"q": "наставничества молодых педагогов"})
    assert found.status_code == 200
    assert card.title[:30] in found.content.decode().replace("\xa0", " ")
    assert "<mark>" in found.content.decode()
    page = gleb.get(f"/s/12/bank/{card.uuid}/")
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1
    pdf = gleb.get(f"/s/12/bank/{card.uuid}/pdf/")
    text = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf.content)).pages)
    assert card.code in text.replace("\xad", "-")
    assert "выходные билеты" in " ".join(text.lower().split())


def test_a_link_of_a_colleague_opens_at_the_own_school(
    bank: Callable[[int], list[BankPractice]], as_: AsPerson
) -> None:
    card = bank(1)[0]
    address = f"/bank/{card.uuid}/"
    assert f"http://testserver{address}" in as_("gleb").get(f"/s/12{address}").content.decode()
    for opened in (address, f"{address}pdf/", "/bank/?q=%D1%83%D1%80%D0%BE%D0%BA"):
        answer = as_("boris").get(opened)
        assert (answer.status_code, answer["Location"]) == (302, f"/s/5{opened}")
        assert as_("boris").get(answer["Location"]).status_code == 200
        assert as_("darya").get(opened).status_code == 200
    assert as_("zoya").get(address).status_code == 403


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("yfcnfdybxtcndj", "раскладка"),
        ("и в на", "служебные слова"),
        ("синхрофазотрон", "пока нет"),
        ("x" * 10_000, "пока нет"),
    ],
)
def test_a_question_that_went_wrong_gets_a_sentence(
    query: str, expected: str, bank: Callable[[int], list[BankPractice]], as_: AsPerson
) -> None:
    bank(1)
    answer = as_("gleb").get("/s/12/bank/", {"q": query})
    assert answer.status_code == 200
    shown = answer.content.decode().replace("\xa0", " ")
    assert expected in shown
    assert ("Сохранить поиск" in shown) == (query != "и в на"), "what finds nothing for ever is not saved"


def test_every_answer_marks_words_that_a_person_reads_and_the_question_is_repeated(
    bank: Callable[[int], list[BankPractice]], as_: AsPerson
) -> None:
    bank(3)
    page = (
        as_("gleb")
        .get("/s/12/bank/", {"q": "наставничества молодых педагогов"})
        .content.decode()
        .replace("\xa0", " ")
    )
    results = page.split('<li class="result">')[1:]
    assert len(results) == 3
    assert all("<mark>" in result.split('class="why"')[1] for result in results)
    assert "Искали слова «наставничества», «молодых», «педагогов» во всех формах" in " ".join(page.split())
    assert "Описать практику" in page


@pytest.mark.parametrize("query", ["Кравцов", "кравцова бориса", "ЛП-2026-0002", "школа № 7", "лицей 7"])
def test_a_practice_is_found_by_its_author_number_and_school(
    query: str, content: dict[str, Any], as_: AsPerson, db: None
) -> None:
    strange = [{"full_name": "Ким Анна Олеговна", "position": "учитель", "role": ""}]
    wanted = card_in_bank(content, code="ЛП-2026-0002", school_number=7, school_name="Лицей № 7")
    other = [
        card_in_bank(content, code=f"ЛП-2026-00{number}", authors=strange, title=f"Другая практика {number}")
        for number in (11, 12)
    ]
    search.ENGINE.index([search.document_of(card) for card in (*other, wanted)])
    page = as_("gleb").get("/s/12/bank/", {"q": query}).content.decode()
    first = page.split('<li class="result">')[1]
    assert str(wanted.uuid) in first


def test_parts_of_a_question_are_said_and_the_newest_may_stand_first(
    bank: Callable[[int], list[BankPractice]], as_: AsPerson
) -> None:
    cards = bank(3)
    BankPractice.objects.filter(pk=cards[2].pk).update(published_on=dt.date(2030, 1, 1))
    search.ENGINE.rebuild(search.document_of(card) for card in BankPractice.objects.all())
    gleb = as_("gleb")
    page = gleb.get("/s/12/bank/", {"q": "наставничество синхрофазотрон"}).content.decode()
    assert "Всех слов вместе нет ни в одной практике" in page.replace("\xa0", " ")
    newest = gleb.get("/s/12/bank/", {"q": "наставничество", "order": "newest"}).content.decode()
    assert str(cards[2].uuid) in newest.split('<li class="result">')[1]
    assert '<b aria-current="true">Сначала новые</b>' in newest


def test_a_correction_can_be_refused(bank: Callable[[int], list[BankPractice]], as_: AsPerson) -> None:
    bank(3)
    gleb = as_("gleb")
    mended = gleb.get("/s/12/bank/", {"q": "настовничество"}).content.decode()
    assert "Искать «настовничество»" in mended.replace("\xa0", " ")
    literal = gleb.get("/s/12/bank/", {"q": "настовничество", "as": "typed"}).content.decode()
    assert "Такой практики в банке пока нет" in literal.replace("\xa0", " ")
    assert "Исправлять опечатки" in literal.replace("\xa0", " ")


def test_a_practice_taken_off_is_gone_from_everything_at_once(
    bank: Callable[[int], list[BankPractice]], content: dict[str, Any], as_: AsPerson
) -> None:
    """By a word that it alone has: from the answer, the totals, the counts, suggestions and corrections."""
    bank(2)
    lone = card_in_bank(
        {**content, "title": "Кинопанорама"},
        code="ЛП-2026-0900",
        title="Кинопанорама",
        subjects=["astronomy"],
    )
    search.ENGINE.index([search.document_of(lone)])
    gleb = as_("gleb")
    assert str(lone.uuid) in gleb.get("/s/12/bank/", {"q": "кинопанорама"}).content.decode()
    assert search.ENGINE.suggest("кинопан") == ["кинопанорама"]
    search.ENGINE.remove([lone.uuid])
    found, shown = search.search_bank(Actor.system(school=None), "кинопанорама", {})
    assert (found.total, found.whole, shown) == (0, 0, [])
    assert search.ENGINE.suggest("кинопан") == []
    assert search.ENGINE.search(Query("кинопонорама")).understood.corrected == {}
    every = search.ENGINE.search(Query(""))
    assert every.total == 2
    assert "astronomy" not in {count.value for count in every.facets["subject"]}


def test_a_facet_that_chooses_nothing_is_left_out(
    bank: Callable[[int], list[BankPractice]], as_: AsPerson
) -> None:
    cards = bank(3)
    assert "<summary>Форма</summary>" not in as_("gleb").get("/s/12/bank/").content.decode()
    BankPractice.objects.filter(pk=cards[0].pk).update(form="head_teacher")
    search.ENGINE.rebuild(search.document_of(card) for card in BankPractice.objects.all())
    assert "<summary>Форма</summary>" in as_("gleb").get("/s/12/bank/").content.decode()


@pytest.mark.parametrize(
    ("key", "address", "status"),
    [
        ("gleb", "/s/12/bank/", 200),
        ("darya", "/bank/", 200),
        ("gleb", "/s/5/bank/", 404),
        ("gleb", "/bank/", 302),
        ("zoya", "/bank/", 403),
        ("", "/s/12/bank/", 302),
    ],
)
def test_who_reads_the_bank_and_where(key: str, address: str, status: int, as_: AsPerson) -> None:
    assert as_(key).get(address).status_code == status


def test_the_page_asks_the_same_number_of_questions_for_three_and_thirty(
    bank: Callable[[int], list[BankPractice]], as_: AsPerson
) -> None:
    gleb, counts = as_("gleb"), []
    for size in (3, 30):
        BankPractice.objects.all().delete()
        search.ENGINE.rebuild([])
        bank(size)
        gleb.get("/s/12/bank/", {"q": "практика"})
        with CaptureQueriesContext(connection) as queries:
            gleb.get("/s/12/bank/", {"q": "практика"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_word_being_typed_is_continued_from_the_published_bank(
    bank: Callable[[int], list[BankPractice]], as_: AsPerson
) -> None:
    bank(1)
    gleb = as_("gleb")

    def lines(typed: str) -> str:
        answer = gleb.get("/s/12/bank/suggest/", {"q": typed})
        assert answer.status_code == 200
        return answer.content.decode().strip()

    assert '<option value="молодых наставничество"></option>' in lines("Молодых наставнич")
    for nothing in ("", "н", "молодых ", "%", "_", "1" * 5_000, "<script>", "ыыыы"):
        assert lines(nothing) == "", nothing
    box = gleb.get("/s/12/more/").content.decode()
    assert 'list="q-head-s"' in box
    assert 'hx-get="/s/12/bank/suggest/"' in box
    assert as_("zoya").get("/bank/suggest/?q=мол").status_code == 403
