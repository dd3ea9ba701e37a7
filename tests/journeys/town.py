"""The browsers of the people of one story, and the few things that people do over and over."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Page

from portal.core import clock
from tests import database
from tests.journeys.conftest import PHONE, Visit, settled

PASSWORD = "синий трамвай едет"
SCAN: Any = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
PATIENCE = 90_000
"""Milliseconds for what goes by post and in the background: a machine may be slow, a lost letter never comes.
"""


@contextmanager
def workers(name: str, letters: Path) -> Iterator[None]:
    """Both background workers, as in the demo; letters go to files that the demo shows."""
    urls = {"DATABASE_URL": database.app_url(name), "DATABASE_OWNER_URL": database.owner_url(name)}
    env = {
        **os.environ,
        **urls,
        "DEMO": "1",
        "DEMO_LETTERS": str(letters),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    with (letters / "workers").open("w") as log:
        commands = [[sys.executable, "manage.py", "worker", *owner] for owner in ((), ("--owner",))]
        running = [
            subprocess.Popen(command, cwd=database.ROOT, env=env, stdout=log, stderr=log)
            for command in commands
        ]
        try:
            yield
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=30)


class Town:
    """Each person has a browser of their own and keeps the page they stand on."""

    def __init__(self, visit: Visit, number: int) -> None:
        self.visit, self.number, self.home = visit, number, f"/s/{number}/"
        self.pages: dict[str, Page] = {}

    def of(self, key: str, url: str = "") -> Page:
        """A person of the demo city."""
        page = self.pages.get(key) or self.visit.as_(key)
        self.pages[key] = page
        if url:
            page.goto(url)
        return page

    def joins(self, email: str, last: str, first: str, middle: str = "Ивановна") -> Page:
        """Open the letter to the address in a clean browser and accept."""
        context = self.visit.browser.new_context(
            base_url=self.visit.base, locale="ru-RU", reduced_motion="reduce"
        )
        page = self.pages[email] = context.new_page()
        letter = page.locator("main .sheet", has_text=email).locator('a[href^="/invitation/"]').first
        appears(page, "/demo/letters/", letter).click()
        fill(
            page,
            email=email,
            last_name=last,
            first_name=first,
            middle_name=middle,
            password=PASSWORD,
            password_again=PASSWORD,
        )
        press(page, "Принять приглашение")
        page.wait_for_url(f"**{self.home}")
        return page

    def next_step(self, page: Page, words: str, home: str = "") -> None:
        """Take the baton from «Что дальше»: by this page alone a person knows that it is their move."""
        step = appears(page, home or self.home, page.locator("main .next a", has_text=words).first)
        with page.expect_navigation(timeout=PATIENCE):
            step.click()


@contextmanager
def phone(page: Page) -> Iterator[Page]:
    """The person takes a phone out of the pocket."""
    before = page.viewport_size or {"width": 1280, "height": 900}
    page.set_viewport_size({"width": PHONE, "height": 800})
    yield page
    page.set_viewport_size(before)


def appears(page: Page, url: str, what: Locator) -> Locator:
    """What came by post or was done in the background is seen after one of the next reloads."""
    for _ in range(PATIENCE // 500):
        try:
            page.goto(url)
        except Error:  # the page of a running job reloads itself at the same moment
            page.wait_for_load_state()
        if what.count():
            return what
        page.wait_for_timeout(500)
    raise AssertionError(f"{what} did not appear at {url}: {page.locator('main').inner_text()[:1500]}")


def fill(page: Page, **values: str) -> None:
    """Type or choose by the names of fields; a folded part of the form is opened first."""
    for name, value in values.items():
        field = page.locator(f'main [name="{name}"]').first
        for summary in field.locator("xpath=ancestor::details[not(@open)]/summary").all():
            summary.click()
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def tick(page: Page, name: str, *values: str) -> None:
    """Boxes and circles; the circle itself may be drawn by its label."""
    for value in values:
        page.locator(f'main [name="{name}"][value="{value}"]').check(force=True)


def follow(page: Page, words: str = "", *, to: str = "") -> None:
    """A link that the person sees, by its words or by where it leads."""
    links = page.locator(
        f'main a[href$="{to}"] >> visible=true' if to else "main a >> visible=true", has_text=words
    )
    with page.expect_navigation(timeout=PATIENCE):
        links.first.click()


def press(page: Page, label: str, *, exact: bool = True) -> None:
    """Press the button and see that nothing was refused. Not `exact`: its name goes on for those who hear."""
    _sent(page, page.locator("main").get_by_role("button", name=label, exact=exact).first, label)


def move(page: Page, verb: str, why: str = "") -> None:
    """A button of the workflow, with its reason if it asks one."""
    button = page.locator(f'button[name="verb"][value="{verb}"]')
    if not button.first.is_visible():
        page.locator("main details", has=button).last.locator("summary").first.click()
    if why:
        page.locator("main form", has=button).first.locator("textarea").fill(why)
    _sent(page, button.first, verb)


def _sent(page: Page, button: Locator, name: str) -> None:
    if button.evaluate("e => e.form?.getAttribute('method')") != "post":
        with page.expect_navigation(timeout=PATIENCE):
            button.click()
        return
    button.click()
    settled(page, PATIENCE)
    refused = page.locator("main .err-sum, main .code-big")
    said = (
        " | ".join(page.locator("main h1, main .err-sum, main .notice").all_inner_texts())
        if refused.count()
        else ""
    )
    assert not said, f"{name} at {page.url}: {said[:900]}"


def today() -> str:
    return f"{clock.today():%d.%m.%Y}"
