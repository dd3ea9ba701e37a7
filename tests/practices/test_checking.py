"""`/verify/`: anybody checks a certificate without signing in; nobody guesses codes, no robot keeps them."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.limits import CROWD, WRONG_CODE
from portal.certificates import codes
from portal.certificates.models import Certificate
from portal.certificates.states import CertificateState
from portal.certificates.views import checking
from portal.city_records.models import ReadLine
from portal.core import clock
from tests.cast import BY_KEY
from tests.tenancy.rows import row

AsPerson = Callable[[str], Client]
ANYBODY = Client()


@pytest.fixture
def certificate(db: None) -> Certificate:
    cache.clear()
    made: Certificate = row(
        Certificate,
        1,
        code=codes.new_code(),
        name="Кравцов Борис Ильич",
        deed="за практику «Урок вдвоём»",
        ground="practice:1:secret",
        holder=BY_KEY["boris"].uuid,
        state="valid",
        revoked_because="",
    )
    return made


def said(answer: Any) -> str:
    return str(answer.content.decode().replace("\u00a0", " "))


@pytest.mark.covers("T-27")
def test_anybody_reads_what_the_paper_says_and_no_more(certificate: Certificate) -> None:
    answer = ANYBODY.get(f"/verify/{certificate.spaced_code}/")
    assert answer.status_code == 200
    page = said(answer)
    for words in ("Сертификат действует", "Кравцов Борис Ильич", "за практику", certificate.number):
        assert words in page, words
    for words in (str(certificate.holder), str(certificate.uuid), "secret", BY_KEY["boris"].email):
        assert words not in page, words


def test_the_three_answers_and_their_codes(certificate: Certificate) -> None:
    where = f"/verify/{certificate.code}/"
    Certificate.objects.update(
        state=CertificateState.REVOKED, revoked_on=clock.today(), revoked_because="Текст чужой"
    )
    revoked = ANYBODY.get(where)
    assert revoked.status_code == 200
    assert "Сертификат отозван" in said(revoked)
    assert "Текст чужой" in said(revoked)
    assert "Сертификат действует" not in said(revoked)
    Certificate.objects.update(state=CertificateState.REPLACED)
    assert "заменён новым" in said(ANYBODY.get(where))
    for unknown in (codes.new_code(), "AAAA-AAAA-AAAA", "кто-нибудь", "%00x", "a" * 400):
        answer = ANYBODY.get(f"/verify/{unknown}/")
        assert answer.status_code in (400, 404), unknown
        assert "Кравцов" not in said(answer)
    assert "Такого сертификата нет" in said(ANYBODY.get(f"/verify/{codes.new_code()}/"))


def test_all_answers_ask_the_same_of_the_database(certificate: Certificate) -> None:
    asked = []
    for code in (certificate.code, codes.new_code(), "XXXX-XXXX-XXXX", "zz"):
        ANYBODY.get(f"/verify/{code}/")
        with CaptureQueriesContext(connection) as queries:
            ANYBODY.get(f"/verify/{code}/")
        asked.append([one["sql"] for one in queries if "certificates_certificate" in one["sql"]])
    assert [len(one) for one in asked] == [1, 1, 1, 1]


@pytest.mark.parametrize("address", ["/verify/", "/verify/7K3M-PX4A-T9CE/", "/verify/?code=1"])
@pytest.mark.usefixtures("certificate")
def test_no_robot_keeps_it_and_only_reading_is_let_in(address: str) -> None:
    answer = ANYBODY.get(address)
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex' in said(answer)
    head = ANYBODY.head(address)
    assert (head.status_code, head.content) == (answer.status_code, b"")
    refused = ANYBODY.post(address)
    assert refused.status_code == 405
    assert refused["Allow"] == "GET, HEAD"


def test_a_code_is_read_however_it_was_typed(certificate: Certificate) -> None:
    russian = certificate.code.translate(str.maketrans("ACEHKMPTXY34", "АСЕНКМРТХУЗЧ"))
    for typed in (
        certificate.spaced_code.lower(),
        certificate.code,
        f"  {russian.lower()} ",
        "-".join(russian),
    ):
        answer = ANYBODY.get("/verify/", {"code": typed})
        assert answer.status_code == 302, typed
        assert answer["Location"] == f"/verify/{certificate.spaced_code}/"
    other = "2" if certificate.code[3] != "2" else "3"
    slip = certificate.code[:3] + other + certificate.code[4:]
    for wrong in (slip, "", "7K3M"):
        answer = ANYBODY.get("/verify/", {"code": wrong})
        assert answer.status_code == 422, wrong
    assert slip in said(ANYBODY.get("/verify/", {"code": slip})), "what was typed stays"
    assert "описка" in said(ANYBODY.get("/verify/", {"code": slip}))


def test_guessing_is_stopped_and_holds_up_nobody_who_is_right(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert WRONG_CODE.amount == CROWD
    monkeypatch.setattr(checking, "WRONG_CODE", replace(WRONG_CODE, fixed=5))
    answers = [ANYBODY.get(f"/verify/{codes.new_code()}/").status_code for _ in range(7)]
    assert answers == [404] * 5 + [429] * 2
    right = ANYBODY.get(f"/verify/{certificate.code}/")
    assert right.status_code == 200
    elsewhere = Client(REMOTE_ADDR="198.51.100.4")
    assert elsewhere.get(f"/verify/{codes.new_code()}/").status_code == 404
    cache.clear()


def test_a_program_checks_without_a_key_and_is_counted_with_people(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = ANYBODY.get(f"/api/v1/verify/{certificate.spaced_code.lower()}/")
    told = answer.json()
    assert (told["name"], told["state"], told["replaced_by"]) == ("Кравцов Борис Ильич", "valid", "")
    assert not {"uuid", "version", "holder", "ground", "person"} & set(told)
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert ANYBODY.post(f"/api/v1/verify/{certificate.code}/").status_code == 405
    monkeypatch.setattr(checking, "WRONG_CODE", replace(WRONG_CODE, fixed=2))
    assert ANYBODY.get(f"/verify/{codes.new_code()}/").status_code == 404
    wrong = [ANYBODY.get(f"/api/v1/verify/{codes.new_code()}/") for _ in range(2)]
    assert [(one.status_code, one.json()["error"]["code"]) for one in wrong] == [
        (404, "no_certificate"),
        (429, "too_many"),
    ]
    cache.clear()


def test_the_holder_sees_that_somebody_has_checked(certificate: Certificate, as_: AsPerson) -> None:
    for client in (ANYBODY, as_("zoya"), as_("boris")):
        assert "Сертификат действует" in said(client.get(f"/verify/{certificate.code}/"))
    lines = ReadLine.objects.filter(subjects=[certificate.holder]).order_by("pk")
    assert [line.actor for line in lines] == [None, BY_KEY["zoya"].uuid], "one's own is no reading"
    page = said(as_("boris").get("/me/"))
    assert page.count("проверка сертификата") == 2


def test_a_slip_is_no_other_certificate() -> None:
    """One wrong sign, or two neighbours that have changed places, is always seen; but 2 and Y, the ends."""
    for _ in range(20):
        code = codes.new_code()
        assert codes.read_code(codes.spaced(code)) == code
        for place, sign in enumerate(code):
            for other in set(codes.ALPHABET) - {sign}:
                assert codes.read_code(code[:place] + other + code[place + 1 :]) == ""
        ends = {codes.ALPHABET[0], codes.ALPHABET[-1]}
        for place, (one, two) in enumerate(pairwise(code)):
            if one != two and {one, two} != ends:
                turned = code[:place] + two + one + code[place + 2 :]
                assert codes.read_code(turned) == "", (code, turned)
    assert len({codes.new_code() for _ in range(2000)}) == 2000
