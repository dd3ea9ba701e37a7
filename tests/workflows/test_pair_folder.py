"""«Папка пары»: for each reader exactly the papers that the reader may open at their own addresses."""

import io
import zipfile
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.cabinet.exports.folder import pair_folder
from portal.core import clock
from portal.documents import word_pdf
from portal.documents.forms import Form
from portal.documents.word import WordError
from portal.files.folders import LIST, Folder, Item
from portal.local_acts import services as acts
from portal.local_acts.models import Order
from portal.mentoring import services
from portal.mentoring.access import pair_for
from portal.mentoring.models import MentoringConsent, Pair
from portal.pair_work import services as work_services
from portal.pair_work.models import Programme
from portal.pair_work.workflow import PROGRAMME
from portal.papers import printing
from portal.school_records.models import FrozenPaper, ReadLine
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import Visitor, who

pytestmark = pytest.mark.usefixtures("in_school5")
PEOPLE = ("zhanna", "anna", "kira", "lev", "irina", "boris", "vera")
As = Callable[[str], Visitor]


@pytest.fixture(autouse=True)
def scans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each scan is another file, so that one is not taken for another."""
    numbers = count(1)
    monkeypatch.setattr(
        scene,
        "scan",
        lambda name="scan.pdf": SimpleUploadedFile(name, b"%%PDF-1.4\n%d\n%%%%EOF\n" % next(numbers)),
    )


def in_the_making() -> Pair:
    return scene.asked(who)


def before_the_order() -> Pair:
    return scene.with_order(who)


def changed(order: Order, number: str) -> None:
    made = acts.amend_order(order, changes="Слова «5 классе» заменить словами «6 классе»", by=who("kira"))
    acts.register_order(made, number=number, signed_on=clock.today(), scan=scene.scan(), by=who("zhanna"))


def corrected(programme: Programme) -> None:
    PROGRAMME.move(programme, "correct", by=who("vera"), comment="Больше времени")
    work_services.submit_programme(programme, by=who("boris"), comment="Сдвинули цель")
    PROGRAMME.move(programme, "confirm", by=who("vera"))


def with_everything() -> Pair:
    """Everything signed and scanned; the programme was corrected once, the order changed by another one; a
    meeting is planned.
    """
    facts = scene.order_facts(agreement_scan=scene.store(scene.scan(), by=who("zhanna")))
    pair = services.register_pair_order(scene.with_order(who), by=who("zhanna"), **facts)
    order, pay = Order.objects.get(pk=pair.order_id), Order.objects.get(code="T-10", subject=pair.uuid)  # type: ignore[misc]
    acts.register_order(pay, number="48-н", signed_on=clock.today(), scan=scene.scan(), by=who("zhanna"))
    changed(order, "49-н")
    programme = work_services.submit_programme(scene.written(who, pair), by=who("boris"))
    programme = PROGRAMME.move(programme, "confirm", by=who("vera"))
    corrected(PROGRAMME.move(programme, "approve", by=who("anna")))
    scene.planned_meeting(who, pair, 3)
    return Pair.objects.get(pk=pair.pk)


def printed() -> None:
    """The PDF of whatever is signed."""
    for paper in FrozenPaper.objects.all():
        asked = printing.ask_for_pdf(paper, by=who("anna"))
        printing.make_pdf(by=who("anna"), pdf_uuid=str(asked.uuid))


SCENES = {
    "in the making": in_the_making,
    "before the order": before_the_order,
    "with everything": with_everything,
}


def addresses_of(pair: Pair) -> Iterator[str]:
    """Every address that gives out a paper of the pair."""
    root = f"/s/5/pairs/{pair.uuid}"
    yield f"{root}/meetings.xlsx"
    yield from (f"{root}/papers/{code}/" for code in ("T-08", "T-09", "T-10"))
    yield from (f"{root}/scans/{what}/" for what in ("order", "T-09"))
    for consent in MentoringConsent.objects.filter(pair=pair):
        yield from (f"/s/5/pair-consents/{consent.uuid}/{part}/" for part in ("word", "scan"))
    for order in Order.objects.exclude(state="cancelled"):
        yield from (f"/s/5/orders/{order.uuid}/{part}/" for part in ("word", "scan"))
    yield from (f"/s/5/programmes/{programme.uuid}/word/" for programme in pair.programmes.all())
    for paper in FrozenPaper.objects.all():
        yield from (f"/s/5/papers/{paper.uuid}/{part}/" for part in ("word", "pdf/file"))


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def opened(answer: Any) -> dict[str, bytes]:
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(content_of(answer))) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def files_at(urls: list[str], client: Visitor) -> dict[str, tuple[bytes, str]]:
    """What this reader is given at the addresses: content, and the name by which a draft or a table made anew
    is known.
    """
    answers = {url: client.get(url) for url in urls}
    return {
        url: (content_of(answer), name_of(answer))
        for url, answer in answers.items()
        if answer.status_code == 200
    }


def name_of(answer: Any) -> str:
    return unquote(str(answer.headers["Content-Disposition"]).rpartition("UTF-8''")[2])


@pytest.mark.parametrize("begin", SCENES)
@pytest.mark.covers("found E6", "found C4")
def test_in_the_folder_is_what_its_reader_may_open_and_nothing_else(
    begin: str, visits: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = count(1)
    monkeypatch.setattr(word_pdf, "available", lambda: True)
    monkeypatch.setattr(word_pdf, "convert", lambda given, **_: b"%%PDF-1.7 %d" % next(numbers))
    pair = SCENES[begin]()
    printed()
    urls = list(addresses_of(pair))
    sizes = {}
    for key in PEOPLE:
        client = visits(key)
        given = files_at(urls, client)
        folder = opened(client.get(f"/s/5/pairs/{pair.uuid}/folder.zip"))
        told = folder.pop(LIST).decode("utf-8-sig")
        contents, names = {content for content, _ in given.values()}, {name for _, name in given.values()}
        strange = [name for name, content in folder.items() if content not in contents and name not in names]
        assert strange == [], f"{key}: в папке лежит то, чего по адресам не открыть"
        left = [
            url
            for url, (content, name) in given.items()
            if content not in folder.values() and name not in folder
        ]
        assert [url for url in left if not url.endswith("meetings.xlsx") or pair.meetings.exists()] == [], (
            f"{key}: в папке не всё"
        )
        assert all(name in told for name in folder)
        assert "Не вошло" not in told
        sizes[key] = len(folder)
    assert sizes["anna"] == max(sizes.values()) > sizes["irina"]
    assert sizes["boris"] >= sizes["vera"]


@pytest.mark.covers("found E6")
def test_the_names_are_those_of_the_papers(visits: As) -> None:
    pair = scene.active(who)
    assert set(opened(visits("anna").get(f"/s/5/pairs/{pair.uuid}/folder.zip"))) == {
        LIST,
        "Согласие наставника, Кравцов Б. И.docx",
        "Согласие наставника, Кравцов Б. И., скан.pdf",
        "Согласие быть в паре, Соколова В. А.docx",
        "Согласие быть в паре, Соколова В. А., скан.pdf",
        f"Приказ № 47-н от {clock.today():%d.%m.%Y} О закреплении Кравцов Б. И. и Соколова В. А.docx",
        f"Приказ № 47-н от {clock.today():%d.%m.%Y} О закреплении Кравцов Б. И. и Соколова В. А., скан.pdf",
        "Дополнительное соглашение, Кравцов Б. И.docx",
        "Приказ О доплате за наставничество Кравцов Б. И., проект.docx",
    }
    noted = {
        str(uuid) for line in ReadLine.objects.filter(page__endswith="/folder.zip") for uuid in line.subjects
    }
    assert {str(scene.person(key).uuid) for key in ("boris", "vera")} <= noted


def queries_of(pair: Pair, key: str) -> tuple[int, int]:
    by = who(key)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = pair_folder(pair_for(by, pair.uuid), by)
    return len(asked), len(opened(answer))


@pytest.mark.covers("found E6")
def test_more_signed_papers_cost_no_more_queries() -> None:
    pair = with_everything()
    before = {key: queries_of(pair, key) for key in ("anna", "boris")}
    changed(Order.objects.get(pk=pair.order_id), "50-н")  # type: ignore[misc]
    corrected(Programme.objects.get(pair=pair))
    for key, (queries, files) in before.items():
        now = queries_of(pair, key)
        assert (now[0], now[1] > files) == (queries, True), key


@pytest.mark.covers("found E6")
def test_what_cannot_be_made_or_read_is_said_inside(visits: As, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = scene.active(who)
    scan = Order.objects.get(pk=pair.order_id).scan  # type: ignore[misc]
    assert scan is not None
    scan.content.storage.delete(scan.content.name)  # type: ignore[arg-type]

    def broken(self: Form, **_: Any) -> bytes:
        raise WordError("the template and the form do not fit")

    monkeypatch.setattr(Form, "docx", broken)
    folder = opened(visits("anna").get(f"/s/5/pairs/{pair.uuid}/folder.zip"))
    told = folder[LIST].decode("utf-8-sig").partition("Не вошло:")[2]
    assert "скан.pdf: файл не открылся" in told
    assert "О доплате" in told
    assert len([line for line in told.splitlines() if line]) == 2
    assert "Согласие наставника, Кравцов Б. И.docx" in folder


def test_two_papers_of_one_name_are_told_apart() -> None:
    folder = Folder("Папка")
    for _ in range(3):
        folder.add(Item("Согласие / Ким А. С.", lambda: b"1", "docx"))
    folder.add(Item("Согласие / Ким А. С.", lambda: b"1", "docx", "Прежние редакции"))
    assert [name for name in opened(folder.answer()) if name != LIST] == [
        "Согласие Ким А. С.docx",
        "Согласие Ким А. С. (2).docx",
        "Согласие Ким А. С. (3).docx",
        "Прежние редакции/Согласие Ким А. С.docx",
    ]
