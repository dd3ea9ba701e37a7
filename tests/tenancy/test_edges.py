"""The edge of the portal at every address: HEAD, an address of a button opened as a page, NUL, a foreign
Host, a question without end.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from config.edges import LONGEST_ADDRESS, LONGEST_QUESTION, cut_at_word
from tests.tenancy.test_every_url import CONTOURS, addresses, quiet

pytestmark = pytest.mark.covers("found A10")
AsPerson = Callable[[str], Client]
WHO = {"config.urls_city": "semyon", "config.urls_school": "anna"}


def said(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


@pytest.fixture(params=[pytest.param(row.values[:2], id=str(row.id)) for row in CONTOURS])
def place(request: pytest.FixtureRequest, as_: AsPerson) -> tuple[Client, dict[str, str]]:
    """A person of the contour and all its addresses."""
    module, prefix = request.param
    return quiet(as_(WHO[module])), {name: prefix + url for name, url in addresses(module).items()}


def test_every_address_answers_head_as_get_and_what_only_a_button_calls_has_its_page(
    place: tuple[Client, dict[str, str]],
) -> None:
    client, urls = place
    refused: dict[str, Any] = {}
    for name, url in urls.items():
        got, asked = client.get(url), client.head(url)
        refused |= {
            f"{verb} {name}": answer
            for verb, answer in (("GET", got), ("PUT", client.put(url)))
            if answer.status_code == 405
        }
        body = b"".join(asked.streaming_content) if asked.streaming else asked.content  # type: ignore[attr-defined]
        assert (name, asked.status_code, asked.get("Content-Type"), body) == (
            name,
            got.status_code,
            got.get("Content-Type"),
            b"",
        )

    assert len(refused) > 20
    for name, answer in refused.items():
        if "/api/" in answer.request["PATH_INFO"]:
            assert answer.json()["error"]["code"] == "method", name
        else:
            assert (name, said(answer).count("<h1>"), "Это адрес кнопки, а не страницы" in said(answer)) == (
                name,
                1,
                True,
            )
            assert answer["Allow"], name


def test_a_character_that_no_text_has_is_refused_everywhere(place: tuple[Client, dict[str, str]]) -> None:
    """In any field of a question, known to the page or not; in the names of fields, in the address, in
    cookies, in a form.
    """
    client, urls = place
    for name, url in urls.items():
        for question in ("q=a%00b", "page=1&subject=%00", "%00=1", "next=/%00"):
            assert (name, question, client.get(f"{url}?{question}").status_code) == (name, question, 400)
        assert (
            name,
            client.post(url, {"next": "/\x00", "key": "\x00", "email": "a\x00@b.example"}).status_code,
        ) == (name, 400)
    assert client.get("/bank/%00/").status_code == 400
    assert Client(headers={"cookie": 'look="\\000"'}).get("/help/").status_code == 400
    assert Client(headers={"cookie": 'estafeta="\\000\\000aaaaaaaa"'}).get("/s/5/").status_code == 400
    assert "Не получилось прочитать запрос" in said(client.get("/help/?q=%00"))


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:99999", "портал.рф", "a b", "[::1", "127.0.0.1\x00", "x" * 300, ""]
)
@pytest.mark.parametrize(
    "url", ["/", "/s/5/", "/accounts/login/", "/no/such/", "/s/5/api/v1/me/", "/healthz", "/static/no.css"]
)
def test_a_foreign_host_is_a_clean_400(host: str, url: str, as_: AsPerson) -> None:
    for verb in ("get", "post", "head"):
        answer = getattr(quiet(as_("anna")), verb)(url, headers={"host": host}, secure=verb == "get")
        assert answer.status_code == 400, (verb, url)
        assert host == "" or host not in said(answer)
    if "/api/" not in url:
        assert 'href="http://testserver/"' in said(quiet(as_("anna")).get(url, headers={"host": host}))


# ── A question without end ──────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("слово", "слово"),
        ("а" * LONGEST_QUESTION, "а" * LONGEST_QUESTION),
        ("а" * 700, "а" * LONGEST_QUESTION),
        ("уро ки " + "а" * 600, "уро ки"),
        ("аб " * 300, ("аб " * 167).strip()),
        ("а" * 499 + " " + "б" * 9, "а" * 499),
        ("а" * 500 + " бб", "а" * 500),
    ],
)
def test_a_question_is_cut_at_a_word(text: str, short: str) -> None:
    assert cut_at_word(text) == short


@pytest.mark.parametrize("url", ["/s/5/bank/", "/s/5/people/", "/s/5/pairs/", "/s/5/practices/"])
def test_a_long_question_is_cut_and_that_is_said(url: str, as_: AsPerson) -> None:
    answer = as_("anna").get(url, {"q": "как вести урок " * 700})
    assert answer.status_code == 200
    text = re.sub(r"\s+", " ", said(answer))
    assert f"Вопрос длиннее {LONGEST_QUESTION} знаков. Ищем по его началу, до слов «" in text
    assert len(answer.wsgi_request.GET["q"]) <= LONGEST_QUESTION
    assert answer.wsgi_request.GET["q"].split()[-1] in ("как", "вести", "урок")


def test_a_visitors_long_question_survives_sign_in_and_the_api_refuses_one(as_: AsPerson) -> None:
    leads = as_("").get("/s/5/bank/", {"q": "как вести урок " * 700})["Location"]
    assert len(leads) < LONGEST_ADDRESS
    refused = as_("anna").get("/s/5/api/v1/bank/practices/", {"q": "урок " * 200})
    assert refused.status_code == 422
    assert "Сократите" in refused.json()["error"]["fields"]["q"][0]


def test_an_address_without_end_has_its_page(as_: AsPerson) -> None:
    answer = as_("anna").get("/s/5/bank/", {"subject": "а" * 9000})
    assert answer.status_code == 414
    assert "Слишком длинный адрес" in said(answer)
    assert as_("anna").get("/s/5/api/v1/me/", {"x": "а" * 9000}).json()["error"]["code"] == "long_address"
