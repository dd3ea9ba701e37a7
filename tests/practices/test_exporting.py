"""A published practice to take along: PDF and Word with its number, edition, evidence, citation, QR code; the
short address on paper.
"""

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from django.test import Client
from docx import Document
from docx.oxml.ns import qn

from best_practices.citing import citation, short_address, short_name
from best_practices.models import BankPractice, PracticeEvidence
from portal.core import clock
from portal.documents.qr import qr_rows
from tests.things import card_in_bank

As = Callable[[str], Client]
HOSTILE = '#panic("x") $x$ *жирно* @ссылка <метка> \\ «[скобки]» {{ 7*7 }} 😀 漢字'


@pytest.fixture
def card(content: dict[str, Any], db: None) -> BankPractice:
    found = card_in_bank({**content, "title": HOSTILE}, code="ЛП-2026-0007", revision=3)
    PracticeEvidence.objects.create(
        practice=found.practice,
        grade="repeated",
        rank=3,
        reasons=["Сработала: 2 школы."],
        cost={"word": "мало: около 8 ч наставника", "source": "по ответам: 2 школы"},
        effect={"word": "не измеряли", "source": "чисел нет ни у автора, ни у других"},
        in_work=1,
        ever=4,
        outcomes={"worked": 2, "failed": 1},
    )
    return found


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def words_of_pdf(content: bytes) -> str:
    return flat(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


def words_of_word(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    return flat(" ".join(paragraph.text for paragraph in document.paragraphs))


SAID = (
    "ЛП-2026-0007",
    "редакция 3",
    "повторена другой школой",
    "Сработала: 2 школы.",
    "мало: около 8 ч наставника",
    "Сейчас в работе, всего: 1, 4",
    "Не сработала: 1",
    "Как цитировать",
    "Кравцов Б. И.",
    "*жирно*",
    "#panic(",
    "{{ 7*7 }}",
)


@pytest.mark.parametrize(("kind", "read"), [("pdf", words_of_pdf), ("word", words_of_word)])
def test_a_reader_takes_the_practice_along(
    kind: str, read: Callable[[bytes], str], card: BankPractice, as_: As
) -> None:
    answer = as_("gleb").get(f"/s/12/bank/{card.uuid}/{kind}/")
    assert answer.status_code == 200
    said = read(answer.content)
    assert [words for words in SAID if words not in said] == []
    assert short_address(card) in said.replace(" ", "")
    ending = {"pdf": "pdf", "word": "docx"}[kind]
    assert f".{ending}" in answer.headers["Content-Disposition"]
    assert as_("zoya").get(f"/bank/{card.uuid}/{kind}/").status_code == 403
    by_api = as_("gleb").get(f"/s/12/api/v1/bank/{card.uuid}/{kind}/", headers={"Accept": "application/pdf"})
    assert (by_api.status_code, by_api.headers["Content-Type"]) == (200, answer.headers["Content-Type"])
    card.delete()
    assert as_("gleb").get(f"/s/12/bank/{card.uuid}/{kind}/").status_code == 404


def test_the_picture_in_word_has_words_and_the_page_says_how_to_cite(card: BankPractice, as_: As) -> None:
    gleb = as_("gleb")
    document = Document(io.BytesIO(gleb.get(f"/s/12/bank/{card.uuid}/word/").content))
    [shape] = document.inline_shapes
    assert "QR-код" in shape._inline.find(qn("wp:docPr")).get("descr")
    page = flat(gleb.get(f"/s/12/bank/{card.uuid}/").content.decode())
    assert "Как цитировать" in page
    assert "практика наставничества № ЛП-2026-0007, редакция 3" in page
    told = gleb.get(f"/s/12/api/v1/bank/{card.uuid}/").json()
    assert told["address"] == short_address(card)
    assert told["citation"] == citation(card, clock.today())


def test_the_short_address_leads_to_the_page_whoever_comes(card: BankPractice, as_: As) -> None:
    assert short_address(card).endswith("/p/2026-0007/")
    assert len(qr_rows(short_address(card))) <= 37, "a code that a telephone reads from paper"
    boris = as_("boris")
    answer = boris.get("/p/2026-0007/", follow=True)
    assert answer.redirect_chain[-1] == (f"/s/5/bank/{card.uuid}/", 302)
    assert answer.status_code == 200
    assert boris.get("/p/2026-9999/").status_code == 404
    assert as_("zoya").get("/p/2026-0007/", follow=True).status_code == 403
    assert as_("").get("/p/2026-0007/").status_code == 302


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Кравцов Борис Ильич", "Кравцов Б. И."),
        ("Ким Алексей", "Ким А."),
        ("Алиев Руслан Магомед оглы", "Алиев Руслан Магомед оглы"),
        ("Шевченко", "Шевченко"),
        ("", ""),
    ],
)
def test_initials_only_where_the_parts_of_a_name_are_certain(full: str, short: str) -> None:
    assert short_name(full) == short


def test_four_authors_are_the_first_and_others(content: dict[str, Any], db: None) -> None:
    names = ["Кравцов Борис Ильич", "Ким Алексей", "Шевченко Олег Иванович", "Юсупова Анна Павловна"]
    card = card_in_bank(content, authors=[{"full_name": name, "position": ""} for name in names])
    assert citation(card, clock.today()).startswith("Кравцов Б. И. и др. ")
    card.authors = card.authors[:2]
    assert citation(card, clock.today()).startswith("Кравцов Б. И., Ким А. ")
