"""`deploy/nginx.conf` in a real nginx: slow senders, the client's address, refusals in words; and what the
server bears without it.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from portal.accounts.browsers import fingerprint
from tests import database
from tests.proxy.conftest import NAME, Deployed

pytestmark = pytest.mark.covers("found A5")
SENDERS, PAGE = 50, "/s/5/pairs/"


@contextmanager
def a_byte_a_second(senders: list[socket.socket]) -> Iterator[None]:
    """The senders go on until the end of the block."""
    done = threading.Event()

    def send() -> None:
        while not done.wait(1):
            for sender in senders:
                with suppress(OSError):  # without a proxy the last of them are told to come again
                    sender.sendall(b"a")

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def seconds(portal: Deployed, url: str = PAGE) -> float:
    began = time.perf_counter()
    answer, _ = portal.ask(url)
    assert answer.status == 200
    return time.perf_counter() - began


def answers_among_slow_senders(portal: Deployed) -> int:
    """Within a second on a quiet machine; on a busy one within twice what the page takes by itself. Returns
    how many senders were sent away.
    """
    alone = max(seconds(portal) for _ in range(4))
    senders = portal.slow_senders(SENDERS)
    with a_byte_a_second(senders):
        time.sleep(1.5)
        among = sorted(seconds(portal) for _ in range(5))
    sent_away = sum(is_answered(sender) for sender in senders)
    for sender in senders:
        sender.close()
    assert among[-2] < max(1, 2 * alone), (alone, among)
    return sent_away


def is_answered(sender: socket.socket) -> bool:
    sender.setblocking(False)
    try:
        return bool(sender.recv(20))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    except ConnectionError:  # the answer was overtaken by the end of the connection
        return True


def test_fifty_slow_senders_do_not_hold_up_a_teachers_page(proxied: Deployed) -> None:
    assert answers_among_slow_senders(proxied) == 0, (
        "nginx waits for whole bodies, the server sees none of them"
    )


def test_nor_where_there_is_no_proxy(bare: Deployed) -> None:
    """More senders than threads: some are told to come again, and the page is answered."""
    assert 0 < answers_among_slow_senders(bare) < SENDERS


@pytest.mark.covers("found A4")
def test_the_clients_address_is_the_clients(proxied: Deployed, teacher: tuple[str, str]) -> None:
    """It has spoofed a header, and is counted where it is."""
    page, text = proxied.ask("/accounts/login/", Cookie="", from_="127.0.0.9")
    assert page.status == 200
    token = (
        next(value for name, value in page.getheaders() if name.lower() == "set-cookie")
        .split(";")[0]
        .partition("=")[2]
    )
    form = f"csrfmiddlewaretoken={token}&login=nobody@school.example&password=wrong"
    headers = {
        "Cookie": f"csrftoken={token}",
        "Content_Type": "application/x-www-form-urlencoded",
        "Referer": f"https://{NAME}/",
        "X_Forwarded_For": "9.9.9.9",
    }
    answer, text = proxied.ask("/accounts/login/", "POST", body=form, from_="127.0.0.9", **headers)
    assert "не подошли друг к другу" in text, (answer.status, text[:300])
    with psycopg.connect(database.app_url(teacher[0])) as connection:
        keys = [
            key
            for (key,) in connection.execute(
                "SELECT cache_key FROM city_cache WHERE cache_key LIKE '%%tries:sign_in:%%'"
            )
        ]
    assert keys == [f":1:tries:sign_in:127.0.0.9_{fingerprint('nobody@school.example')}"]


def is_a_kind_413(portal: Deployed) -> None:
    """The sender has sent everything and still reads the answer. What is just allowed comes through to a form
    that does not take it.
    """
    for extra, status in ((1, 413), (5 * 2**20, 413), (0, 403)):
        answer, text = portal.ask(
            "/s/5/practices/new/",
            "POST",
            body=b"0" * (settings.REQUEST_MAX_BYTES + extra),
            Content_Type="text/plain",
        )
        assert answer.status == status, text[:500]
        if status == 413:
            assert ("Файл слишком большой" in text, "рядом с полем написано" in text) == (True, True)


def test_a_body_over_the_limit_is_a_kind_413(proxied: Deployed) -> None:
    is_a_kind_413(proxied)


def test_a_body_over_the_limit_without_a_proxy(bare: Deployed) -> None:
    is_a_kind_413(bare)


def test_everything_else_comes_through(proxied: Deployed) -> None:
    head, body = proxied.ask(PAGE, "HEAD")
    assert (head.status, body) == (200, "")
    long, text = proxied.ask("/s/5/bank/?q=" + "%D1%83%D1%80%D0%BE%D0%BA+" * 2000)
    assert (long.status, "Вопрос длиннее" in text) == (200, True)
    api, text = proxied.ask("/s/5/api/v1/me/")
    assert (api.status, api.getheader("Content-Type")) == (200, "application/json")
    with open(f"{proxied.base}/static/app.0123456789ab.css", "w") as file:
        file.write("body {}")
    static, text = proxied.ask("/static/app.0123456789ab.css")
    assert (static.status, text, "immutable" in (static.getheader("Cache-Control") or "")) == (
        200,
        "body {}",
        True,
    )
    with pytest.raises(OSError):  # a foreign name is not answered at all
        proxied.ask("/", Host="evil.example")


def test_a_server_that_is_down_has_its_page(proxied: Deployed) -> None:
    """The last one: the server is ended."""
    assert proxied.server is not None
    proxied.server.terminate()
    proxied.server.wait(timeout=30)
    answer, text = proxied.ask(PAGE)
    assert (answer.status, "Портал сейчас не отвечает" in text) == (502, True)


def test_the_log_of_the_proxy_holds_no_secret_and_no_surname(proxied: Deployed) -> None:
    for url in (
        "/invitation/s3cret-of-a-letter/",
        "/feed/s3cret-of-a-feed/?q=1",
        "/searches/stop/s3cret-of-a-letter/",
        "/accounts/address/s3cret-of-a-letter/",
        "/accounts/password/reset/key/1-s3cret/?next=/",
        "/s/5/people/?q=%D0%A1%D0%BE%D0%BA%D0%BE%D0%BB%D0%BE%D0%B2%D0%B0",
    ):
        proxied.ask(url, Referer=f"https://{NAME}/invitation/s3cret-of-a-letter/")
    seen = until_it_says(Path(proxied.base) / "estafeta.log", 'GET /s/5/people/"')
    assert "GET /invitation/***" in seen
    assert "s3cret" not in seen
    assert "%D0" not in seen


def until_it_says(log: Path, words: str) -> str:
    """nginx writes its line after the answer has gone."""
    until = time.monotonic() + 10
    while words not in (seen := log.read_text()) and time.monotonic() < until:
        time.sleep(0.1)
    assert words in seen, seen[-500:]
    return seen
