"""One rule for one paper, whichever address leads to it: its page, Word, PDF, scan, API, the lists, and the
journal of reading.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import resolve

from portal.documents import word_pdf
from portal.papers import freezing as papers
from portal.papers import printing
from portal.school_records.models import ReadLine
from tests.tenancy.test_every_url import addresses
from tests.workflows.acting import Visitor, who
from tests.workflows.signed_papers import SIGNED

pytestmark = pytest.mark.usefixtures("in_school5")
PEOPLE = ("zhanna", "anna", "kira", "lev", "irina", "boris", "vera")
READERS = {
    "T-00": "zhanna anna kira",
    "T-02": "zhanna anna kira lev irina boris vera",
    "T-04": "zhanna anna kira",
    "T-06": "anna boris",
    "T-07": "anna vera",
    "T-08": "zhanna anna kira boris vera",
    "T-09": "zhanna anna kira boris",
    "T-10": "zhanna anna kira boris",
    "T-11": "zhanna anna lev boris vera",
    "T-28": "anna kira vera",
    "T-29": "anna kira vera",
    "T-30": "anna kira vera",
}
"""Paper → who reads it: who signs, prepares and keeps it, and the people it names. The principal has the
offices of a school, not its consents.
"""
OWN = {
    "T-00": "anna",
    "T-02": "",
    "T-04": "anna",
    "T-06": "boris",
    "T-07": "vera",
    "T-08": "boris vera",
    "T-09": "boris",
    "T-10": "boris",
    "T-11": "boris vera",
    "T-28": "vera",
    "T-29": "vera",
    "T-30": "vera",
}
"""Paper → whose own it is: who takes part in it, whatever offices there are («Мои документы»)."""
API = {
    "T-00": "orders",
    "T-02": "local-acts",
    "T-04": "orders",
    "T-06": "pair-consents",
    "T-07": "pair-consents",
    "T-08": "orders",
    "T-10": "orders",
    "T-11": "programmes",
    "T-28": "personal-consents",
    "T-29": "personal-consents",
    "T-30": "personal-consents",
}
LISTS = {"orders": "/s/5/orders/", "programmes": "/s/5/programmes/", "local-acts": "/s/5/acts/"}
GIVES_PAPER = re.compile(
    r"_?(word|paper|scan|pdf|pdf_file|withdrawal)$|local_acts:(act|order)$|(mentoring|staff):consent$|pair_work:programme$"
)
ELSEWHERE = {
    "school_practices:word",
    "bank:pdf",
    "bank:word",
    "bank_api:pdf",
    "bank_api:word",
    "local_acts:act_pdf",
    "local_acts:act_pdf_file",
}
"""Of practices: tests/practices; a published one is everybody's. The PDF of a draft act: test_act_pdf.py."""


def answered(client: Visitor, url: str) -> int:
    return client.get(url).status_code  # type: ignore[no-any-return]


@pytest.mark.parametrize("code", SIGNED)
@pytest.mark.covers("found C4")
def test_a_paper_is_read_by_its_readers_at_every_address(
    code: str, visits: Callable[[str], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_pdf, "available", lambda: True)
    monkeypatch.setattr(word_pdf, "convert", lambda given, **_: b"%PDF-1.7")
    signed = SIGNED[code](who)
    paper = papers.frozen(papers.KINDS[code], signed.obj)
    printing.make_pdf(by=who("anna"), pdf_uuid=str(paper.pdf.uuid))  # type: ignore[union-attr]
    own = [f"/s/5/papers/{paper.uuid}/{part}" for part in ("word/", "pdf/", "pdf/file/")]  # type: ignore[union-attr]
    api = [f"/s/5/api/v1/{API[code]}/{signed.obj.uuid}/"] if code in API else []
    people = {str(uuid) for uuid in whose(signed.obj)}
    clients, readers = {key: visits(key) for key in PEOPLE}, READERS[code].split()
    assert {
        resolve(url.removeprefix("/s/5"), "config.urls_school").view_name
        for url in (*signed.words, *signed.pages, *signed.others)
    } == WALKED[code]
    wrong = []
    for url in (*signed.words, *signed.pages, *signed.others, *own, *api):
        answers = {key: answered(clients[key], url) for key in PEOPLE}
        if answers != {key: 200 if key in readers else 404 for key in PEOPLE}:
            wrong.append((url, answers))
        if code != "T-02" and not people <= noted_of(url):
            wrong.append((url, "the reading is not noted"))  # type: ignore[arg-type]
    mine = f"/s/5/own-papers/{paper.uuid}/"  # type: ignore[union-attr]
    for url in (mine, f"{mine}word/", f"{mine}pdf/"):
        opened = [key for key in PEOPLE if answered(clients[key], url) == 200]
        if sorted(opened) != sorted(OWN[code].split()):
            wrong.append((url, opened))  # type: ignore[arg-type]
    assert wrong == []
    for url in lists_of(code):
        assert [
            key for key in PEOPLE if str(signed.obj.uuid) in clients[key].get(url).content.decode()
        ] == readers, url


def lists_of(code: str) -> list[str]:
    """Where papers of the kind are listed: in the API, on a page."""
    return (
        [f"/s/5/api/v1/{API[code]}/", *([LISTS[API[code]]] if API[code] in LISTS else [])]
        if code in API
        else []
    )


def noted_of(url: str) -> set[str]:
    """Whose data the journal of reading says were read at the address."""
    return {
        str(uuid)
        for line in ReadLine.objects.filter(page__endswith=url.removeprefix("/s/5"))
        for uuid in line.subjects
    }


def whose(obj: Any) -> list[Any]:
    """The people whose data the paper shows."""
    pair = (
        getattr(obj, "pair", None)
        if type(obj).__name__ == "Programme"
        else obj
        if type(obj).__name__ == "Pair"
        else None
    )
    if pair is not None:
        return [pair.mentor.uuid, *(person.uuid for person in pair.people)]
    if hasattr(obj, "named"):
        return list(obj.people)
    return [obj.person.uuid] if hasattr(obj, "person") else []  # a local act is about nobody


OF_PAPERS = {
    "papers:word",
    "papers:pdf",
    "papers:pdf_file",
    "staff:own_paper",
    "staff:own_paper_word",
    "staff:own_paper_pdf",
}
"""Addresses of every paper that was signed."""


def test_every_address_that_gives_out_a_paper_is_walked() -> None:
    """By the names of the addresses: a new one of this kind must be among those that the scenes name."""
    known = {name for name in addresses("config.urls_school") if GIVES_PAPER.search(name)} - ELSEWHERE
    assert known == set().union(*WALKED.values()) | OF_PAPERS


_ORDER = {"local_acts:order", "local_acts:order_word", "local_acts:order_scan"}
_CONSENT = {"mentoring:consent", "mentoring:consent_paper", "mentoring:consent_scan"}
_PERSONAL = {"staff:consent", "staff:consent_word", "staff:consent_scan"}
WALKED: dict[str, set[str]] = {
    "T-00": _ORDER,
    "T-02": {"local_acts:act", "local_acts:act_word", "local_acts:act_scan"},
    "T-04": _ORDER,
    "T-06": _CONSENT,
    "T-07": _CONSENT,
    "T-08": {*_ORDER, "mentoring:pair_paper", "mentoring:pair_scan"},
    "T-09": {"mentoring:pair_paper", "mentoring:pair_scan"},
    "T-10": {*_ORDER, "mentoring:pair_paper"},
    "T-11": {"pair_work:programme", "pair_work:programme_paper"},
    "T-28": _PERSONAL,
    "T-29": _PERSONAL,
    "T-30": {"staff:consent_withdrawal"},
}
"""Paper → the addresses at which its scene is asked for."""
