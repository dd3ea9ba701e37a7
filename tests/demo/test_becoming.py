"""One click makes one any of the demo's people; outside the demo the page does not exist."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.test import Client

from tests.cast import CAST


@pytest.mark.parametrize(("demo", "status"), [(True, 200), (False, 404)])
def test_the_page_lives_in_the_demo_only(demo: bool, status: int, settings: Any) -> None:
    settings.DEMO = demo
    assert Client().get("/demo/").status_code == status
    assert Client().get("/demo/letters/").status_code == status


def test_becoming_leads_to_the_persons_home(settings: Any) -> None:
    settings.DEMO = True
    client = Client()
    answer = client.post("/demo/become/", {"key": "darya"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_nobody_becomes_anybody_outside_the_demo(settings: Any) -> None:
    settings.DEMO = False
    client = Client()
    assert client.post("/demo/become/", {"key": CAST[0].key}).status_code == 404
    assert client.get("/s/5/").status_code == 302


def test_letters_are_read_in_russian_with_their_day_and_link(settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.EMAIL_FILE_PATH = True, str(tmp_path)
    words = "Здравствуйте!\n\nВы приглашены в «Эстафету»: http://127.0.0.1:8000/invitation/abc/\n"
    post = EmailBackend()
    post.send_messages(
        [EmailMessage(f"Приглашение {n}", words, "a@example.org", ["b@example.org"]) for n in (1, 2)]
    )
    shown = Client().get("/demo/letters/").content.decode()
    assert "Вы приглашены в «Эстафету»" in shown
    assert 'href="/invitation/abc/"' in shown
    assert shown.index("Приглашение 2") < shown.index("Приглашение 1")
