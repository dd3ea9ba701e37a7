"""The printed catalogue of the bank: chosen as the search chooses, made in the background, one's own."""

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from django.test import Client

from best_practices.catalogue import catalogue_of, chosen
from best_practices.models import BankCatalogue, BankPractice, PracticeEvidence
from best_practices.printing import MOST_A_DAY, NO_RIGHT, ask_catalogue, print_catalogue
from best_practices.questions import Asked
from best_practices.search import ENGINE, document_of
from portal.accounts.models import Membership
from portal.core.actor import Actor
from portal.core.errors import Conflict
from portal.demo.cast import uuid_of
from portal.documents.catalogue import Catalogue, catalogue_pdf
from tests.cast import BY_KEY
from tests.queued import do_queued
from tests.things import card_in_bank

As = Callable[[str], Client]
PRINT = "best_practices.print_catalogue"
HOSTILE = '#panic("x") $x$ *жирно* <метка> \\ 😀 漢字'


@pytest.fixture
def bank(content: dict[str, Any], db: None) -> list[BankPractice]:
    """Two nominations, three subjects, one practice of none; one that is proved."""
    told: tuple[tuple[str, str, list[str]], ...] = (
        (HOSTILE, "N2", ["физика", "алгебра"]),
        ("Ярмарка вопросов", "N2", ["биология"]),
        ("Арка без предмета", "N2", []),
        ("Первый месяц", "N1", ["алгебра"]),
    )
    cards = []
    for number, (title, nomination, subjects) in enumerate(told, 1):
        said = {**content, "title": title, "nomination": nomination, "subjects": subjects}
        cards.append(card_in_bank(said, code=f"ЛП-2026-{number:04d}", practice=uuid_of("printed", title)))
    ENGINE.index([document_of(card) for card in cards])
    PracticeEvidence.objects.create(practice=cards[3].practice, grade="repeated", rank=3)
    return cards


def asked(**picked: list[str]) -> Asked:
    every = {facet: picked.get(facet, []) for facet in Asked.FACETS}
    return Asked("", every)


def nobody(done: int) -> None:
    """Nobody is told how far it is."""


def printed(content: bytes) -> str:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    return " ".join(" ".join(pages).replace("\u00a0", " ").split())


def test_it_stands_by_nomination_and_subject_and_then_by_title(bank: list[BankPractice]) -> None:
    told: list[int] = []
    found = catalogue_of(Actor.system(), asked(), chosen(asked()), told.append)
    assert [section.title for section in found.sections] == [
        "Опытный педагог — молодой специалист",
        "Предметное наставничество",
    ]
    second = found.sections[1]
    assert [part.subject for part in second.parts] == ["алгебра", "биология", "Для любого предмета"]
    [entry] = second.parts[0].entries
    assert (entry.title, entry.others, entry.code) == (HOSTILE, "физика", "ЛП-2026-0001")
    assert (entry.school, entry.authors) == ("Школа № 5", "Кравцов Б. И.")
    assert entry.address.endswith("/p/2026-0001/")
    [first] = found.sections[0].parts[0].entries
    assert first.grade == "повторена другой школой"
    assert (found.many, told) == (4, [4])


def test_it_holds_what_the_conditions_choose_and_nothing_that_was_taken_off(bank: list[BankPractice]) -> None:
    assert len(chosen(asked(subject=["алгебра"]))) == 2
    assert len(chosen(asked(subject=["алгебра"], nomination=["N1"]))) == 1
    uuids = chosen(asked())
    bank[1].delete()
    found = catalogue_of(Actor.system(), asked(), uuids, nobody)
    assert found.many == 3
    assert "биология" not in [part.subject for section in found.sections for part in section.parts]


def test_the_paper_has_contents_tags_and_whatever_a_title_holds(bank: list[BankPractice]) -> None:
    found = catalogue_of(Actor.system(), asked(), chosen(asked()), nobody)
    content = catalogue_pdf(found)
    reader, said = pypdf.PdfReader(io.BytesIO(content)), printed(content)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "Содержание" in said
    assert said.count("Ярмарка вопросов") == 2, "in the contents and in its place"
    assert "#panic(" in said
    assert "*жирно*" in said
    assert len(reader.outline) >= 2, "a program shows the headings"
    for words in ("ЛП-2026-0004", "повторена другой школой", "Также: физика", "Практик: 4"):
        assert words in said
    assert "Каталог" in printed(catalogue_pdf(Catalogue.sample()))


def test_from_the_bank_to_the_file(bank: list[BankPractice], as_: As) -> None:
    gleb = as_("gleb")
    new = "/me/catalogues/new/?subject=%D0%B0%D0%BB%D0%B3%D0%B5%D0%B1%D1%80%D0%B0"
    assert new in gleb.get("/s/12/bank/", {"subject": "алгебра"}).content.decode()
    assert "2 практики" in gleb.get(new).content.decode().replace("\u00a0", " ")
    answer = gleb.post(new, follow=True)
    page = answer.redirect_chain[-1][0]
    assert "Ждём очереди" in answer.content.decode()
    again = gleb.post(new, follow=True)
    assert again.redirect_chain[-1][0] == page, "it is being made already"
    assert gleb.get(f"{page}file/").status_code == 404
    assert "Ждём очереди" in gleb.get(page, headers={"HX-Request": "true"}).content.decode()
    assert do_queued(PRINT) == 1
    ready = gleb.get(page).content.decode()
    assert f"{page}file/" in ready
    file = gleb.get(f"{page}file/")
    content = b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert "Первый месяц" in printed(content)
    assert "Ярмарка вопросов" not in printed(content)
    assert page in gleb.get("/me/catalogues/").content.decode()
    for key in ("boris", "darya"):
        assert as_(key).get(page).status_code == 404
        assert as_(key).get(f"{page}file/").status_code == 404
    row = BankCatalogue.objects.get()
    print_catalogue(by=Actor.system(), catalogue_uuid=str(row.uuid))
    assert BankCatalogue.objects.get().file_id == row.file_id, "what is made stays made"


def test_nothing_to_print_too_many_a_day_and_no_right(
    bank: list[BankPractice], as_: As, actor: Callable[..., Actor]
) -> None:
    darya = as_("darya")
    empty = darya.get("/me/catalogues/new/?q=зебра")
    assert "Печатать нечего" in empty.content.decode().replace("\u00a0", " ")
    assert darya.post("/me/catalogues/new/?q=зебра").status_code == 409
    assert as_("zoya").post("/me/catalogues/new/").status_code == 403
    by = actor("gleb")
    for number in range(MOST_A_DAY):
        BankCatalogue.objects.create(
            user_id=BY_KEY["gleb"].uuid, query=f"q=урок{number}", asked_on=bank[0].published_on, trouble="был"
        )
    with pytest.raises(Conflict) as refused:
        ask_catalogue(asked(), by=by)
    assert refused.value.code == "many"
    BankCatalogue.objects.all().delete()
    made = ask_catalogue(asked(), by=by)
    Membership.objects.filter(user=BY_KEY["gleb"].uuid).delete()
    assert do_queued(PRINT) == 1
    made.refresh_from_db()
    assert (made.trouble, made.file_id) == (NO_RIGHT, None)


def test_by_the_api(bank: list[BankPractice], as_: As) -> None:
    darya, own = as_("darya"), "/api/v1/me/catalogues/"
    made = darya.post(own, {"nomination": ["N1"]}, content_type="application/json")
    assert (made.status_code, made.json()["many"], made.json()["is_ready"]) == (201, 1, False)
    one = f"{own}{made.json()['uuid']}/"
    assert darya.get(f"{one}file/").status_code == 404
    do_queued(PRINT)
    assert darya.get(one).json()["is_ready"]
    assert darya.get(f"{one}file/").headers["Content-Type"] == "application/pdf"
    assert [row["uuid"] for row in darya.get(own).json()] == [made.json()["uuid"]]
    assert as_("semyon").get(one).status_code == 404
    assert as_("zoya").post(own, {}, content_type="application/json").status_code == 403
