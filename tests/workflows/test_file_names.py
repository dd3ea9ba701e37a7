"""Whatever is downloaded has a name that a person can read, in both spellings of the header."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from tests.database import ROOT
from tests.tenancy.test_every_url import addresses
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import Visitor, who
from tests.workflows.signed_papers import SIGNED

As = Callable[[str], Visitor]
DAY = "23.11.2026"
HEADER = re.compile(r'(attachment|inline); filename="([\x20-\x7e]+)"; filename\*=UTF-8\'\'(\S+)')
UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}")
GIVES_FILE = re.compile(
    r"[:_](word|paper|scan|pdf_file|withdrawal|table|sample|mend|attachment|protocol|sheet|folder|download_recovery_codes)$|bank:pdf"
)
"""Addresses that answer with a file; lists with `?export=xlsx` are found by their views."""
NAMES: dict[str, str] = {
    "local_acts:order_word": "Приказ № 1-н от 23.11.2026 О назначении куратора ",
    "local_acts:order_scan": "scan.pdf",
    "local_acts:act_word": "Положение",
    "local_acts:act_scan": "scan.pdf",
    "mentoring:consent_paper": "Согласие наставника, Кравцов Б. И.docx",
    "mentoring:consent_scan": "scan.pdf",
    "mentoring:pair_paper": "Дополнительное соглашение, Кравцов Б. И.docx",
    "mentoring:pair_scan": "scan.pdf",
    "pair_work:programme_paper": "Программа наставничества, Кравцов Б. И. и Соколова В. А., редакция 1.docx",
    "cabinet:pair_folder": "Папка пары Кравцов Б. И. и Соколова В. А. 23.11.2026.zip",
    "pair_work:pair_meetings_table": "Журнал встреч, Кравцов Б. И. 23.11.2026.xlsx",
    "staff:consent_word": "Согласие на обработку данных, Соколова В. А.docx",
    "staff:consent_scan": "scan.pdf",
    "staff:consent_withdrawal": "Отзыв согласия, Соколова В. А.docx",
    "staff:import_sample": "Образец списка сотрудников.xlsx",
    "papers:word": "Отзыв согласия, Соколова В. А.docx",
}
LISTS = {
    "/s/5/people/": "Сотрудники 23.11.2026.xlsx",
    "/s/5/pairs/": "Пары 23.11.2026.xlsx",
    "/s/5/needs/": "Потребности 23.11.2026.xlsx",
    "/s/5/mentors/": "Наставники школы 23.11.2026.xlsx",
    "/s/5/programmes/": "Программы 23.11.2026.xlsx",
    "/s/5/meetings/": "Журнал встреч 23.11.2026.xlsx",
    "/s/5/offices/": "Должности в портале 23.11.2026.xlsx",
    "/s/5/orders/": "Приказы 23.11.2026.xlsx",
    "/s/5/forms/": "Формы для города 23.11.2026.xlsx",
    "/s/5/practices/": "Практики школы 23.11.2026.xlsx",
    "/practices/": "Практики школ 23.11.2026.xlsx",
    "/campaigns/": "Кампании мониторинга 23.11.2026.xlsx",
    "/people/": "Люди города 23.11.2026.xlsx",
    "/schools/": "Школы города 23.11.2026.xlsx",
    "/certificates/": "Сертификаты 23.11.2026.xlsx",
    "/city/": "Город сегодня 23.11.2026.xlsx",
}
ELSEWHERE = {
    "school_practices:remove_attachment": "takes a file away and gives none",
    "papers:pdf_file": "the name of its Word file: test_frozen_papers.py",
    "local_acts:act_pdf_file": "test_act_pdf.py",
    "bank:pdf": "tests/practices/test_bank_pages.py",
    "bank:word": "tests/practices/test_exporting.py",
    "bank_api:word": "tests/practices/test_exporting.py",
    "staff:import_mend": "«Строки с ошибками.xlsx»: test_staff_pages.py",
    "school_practices:word": "tests/practices/test_frozen_papers.py",
    "school_practices:attachment": "the name that the author gave: tests/practices",
    "expertise:sheet": "tests/practices/test_frozen_papers.py",
    "expertise_api:sheet": "an expert's assignment, no file",
    "expertise:protocol": "tests/practices/test_frozen_papers.py",
    "staff:own_paper": "the page of a paper, no file",
    "staff:own_paper_word": "the name that the frozen file has: test_frozen_papers.py",
    "expertise:word": "a page about a word of the search, no file",
    "mfa_download_recovery_codes": "the library's own text file",
}


def name_of(answer: Any) -> str:
    """The readable name; the other spelling holds the same in Latin letters."""
    found = HEADER.fullmatch(answer.headers["Content-Disposition"])
    assert found, answer.headers.get("Content-Disposition")
    name = unquote(found[3])
    assert found[2].rpartition(".")[2] == name.rpartition(".")[2]
    assert not UUID.search(name)
    return name


@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers("found E4")
def test_files_of_a_school_and_of_the_city_have_names_that_a_person_can_read(visits: As) -> None:
    clients = {key: visits(key) for key in ("zhanna", "anna", "vera", "boris", "semyon")}
    asked: dict[str, str] = {}
    for code in ("T-02", "T-04", "T-06", "T-09", "T-11", "T-30"):
        signed = SIGNED[code](who)
        asked |= dict.fromkeys(
            (*signed.words, *(url for url in signed.others if "scan" in url)), signed.reader
        )
        if code == "T-30":
            asked |= {
                signed.words[0].replace("withdrawal", "word"): "vera",
                signed.words[0].replace("withdrawal", "scan"): "vera",
            }
        if code == "T-11":
            asked |= {
                f"/s/5/pairs/{signed.obj.pair.uuid}/{file}": "boris"
                for file in ("meetings.xlsx", "folder.zip")
            }
        scene.Pair.objects.update(state="completed")
        scene.MentoringConsent.objects.filter(state="draft").update(state="expired")
    asked |= {"/s/5/people/import/sample/": "anna"}
    shown = {name_of(clients[key].get(url)) for url, key in asked.items()}
    assert {name for name in NAMES.values() if not any(one.startswith(name) for one in shown)} == set(), shown
    for url, name in LISTS.items():
        assert (
            name_of(clients["semyon" if not url.startswith("/s/") else "anna"].get(f"{url}?export=xlsx"))
            == name
        )


def test_every_address_that_gives_a_file_is_named() -> None:
    found = {
        name
        for module in ("config.urls_school", "config.urls_city")
        for name in addresses(module)
        if GIVES_FILE.search(name)
    }
    assert found == NAMES.keys() | ELSEWHERE.keys()


@pytest.mark.covers("found E4")
def test_files_leave_by_two_doors_only() -> None:
    """Nobody else writes the header, so nobody can forget the name; an export without a row in LISTS is
    seen.
    """
    sources = {
        path: path.read_text()
        for room in ("portal", "best_practices", "config", "tenants")
        for path in (ROOT / room).rglob("*.py")
    }
    writers = {
        str(path.relative_to(ROOT))
        for path, text in sources.items()
        if re.search(r"Content-Disposition|FileResponse\(|as_attachment|content_disposition", text)
    }
    assert writers <= {"portal/files/answers.py", "portal/files/storing.py", "config/api_docs.py"}, (
        "config/api_docs.py gives a script to the page, not a file to a person"
    )
    exports = sum(
        len(re.findall(r"\bexport=|return overview_xlsx", text))
        for path, text in sources.items()
        if "views" in str(path)
    )
    assert exports == len(LISTS)
