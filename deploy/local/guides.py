"""`make guides`: the pictures of docs/guides and README, taken anew from the running demo (`make demo` in another window) by Chromium."""

import fcntl
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from deploy.local.places import LOCAL, ROOT, CannotGoOn, complain, say
from tests.left_out import chromium

FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic", "--disable-gpu"]


@dataclass(frozen=True)
class Shot:
    """One picture: where it goes, who looks (a key of portal/demo/cast.py), at what, how large in pixels."""

    file: str
    person: str
    address: str
    size: tuple[int, int] = (1280, 860)


SHOTS = (
    Shot("docs/shots/city.png", "semyon", "/city/", (1280, 900)),
    Shot("docs/guides/ru/next.png", "boris", "/s/5/"),
    Shot("docs/guides/ru/practices.png", "zhanna", "/s/5/practices/"),
)


def main() -> int:
    try:
        take(_address())
    except CannotGoOn as error:
        return complain(error)
    return 0


def take(base: str) -> None:
    """All of them. Raises CannotGoOn when there is no browser or a page does not answer."""
    path = chromium()
    if path is None:
        raise CannotGoOn("Нужен Chromium: apt-get install -y chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for shot in SHOTS:
            _take_one(browser, base, shot)
            say(shot.file)
        browser.close()


def _take_one(browser: Browser, base: str, shot: Shot) -> None:
    width, height = shot.size
    context = browser.new_context(base_url=base, locale="ru-RU", reduced_motion="reduce", viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto("/demo/")
    page.locator(f'button[name="key"][value="{shot.person}"]').click()
    page.wait_for_load_state()
    answer = page.goto(shot.address)
    if answer is None or answer.status != 200:
        raise CannotGoOn(f"{shot.address}: страница не ответила ({answer.status if answer else 'нет ответа'})")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=ROOT / Path(shot.file))
    context.close()


def _address() -> str:
    """Where the demo of this folder answers: it holds its lock as long as it lives."""
    note = LOCAL / "demo.lock"
    if note.exists():
        with note.open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock.read().split(" ")[0].rstrip("/")
    raise CannotGoOn("Сначала запустите демо-город в другом окне: make demo")


if __name__ == "__main__":
    sys.exit(main())
