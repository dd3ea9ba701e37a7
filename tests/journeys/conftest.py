"""A real server on a database of its own, and a real browser. Everybody signs in as in the demo: by choosing
who to be.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from portal.accounts.actors import actor_in, memberships_of
from portal.accounts.models import User
from portal.core.actor import Actor
from tenants.context import in_city
from tenants.models import School
from tests.cast import BY_KEY
from tests.database import ROOT
from tests.left_out import chromium

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PHONE, DESK, HIGH = 390, 1280, 900
WIDTHS = (PHONE, 768, 1024, 1093, DESK)
LARGE = {"vision": "black-on-white", "size": "200"}
ENLARGED = ((DESK, LARGE | {"size": "150"}), (DESK, LARGE), (PHONE, LARGE | {"spacing": "wide"}))
VEIL = "document.documentElement.style.opacity = 0"
"""A page that is only measured need not be painted: a quarter less work for a width, two fifths less time."""
UNVEIL = "document.documentElement.style.opacity = ''"
RUN_AXE = """async () => {
    const root = document.documentElement, veil = root.style.opacity;
    root.style.opacity = "";
    const sounds = Boolean(document.querySelector("audio, video"));
    const { violations } = await axe.run({ resultTypes: ["violations"], preload: sounds });
    root.style.opacity = veil;
    return violations;
}"""
"""What axe loads beforehand serves its rule of sounds only: where nothing sounds, nothing is loaded."""
MEASURE = (ROOT / "tests/journeys/measure.js").read_text()


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """The failures are in the assertions."""


def settled(page: Page, timeout: int = 30_000) -> None:
    """A form that was pressed is answered: its page has moved on, or stands there with what is wrong."""
    page.locator("form[data-sent]").first.wait_for(state="detached", timeout=timeout)
    page.wait_for_load_state()


@dataclass
class Visit:
    """A browser that walks the portal as different people."""

    browser: Browser
    base: str
    findings: list[str] = field(default_factory=list)
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    sessions: dict[Page, CDPSession] = field(default_factory=dict)

    def as_(self, key: str, look: str = "theme=light", width: int = DESK) -> Page:
        """A page of the person; each person has one session for the whole journey."""
        if key not in self.contexts:
            self.contexts[key] = self.browser.new_context(
                base_url=self.base, locale="ru-RU", reduced_motion="reduce"
            )
            page = self.contexts[key].new_page()
            page.goto("/demo/")
            page.locator(f'button[name="key"][value="{key}"]').click()
            settled(page)
            page.close()
        self.contexts[key].add_cookies([{"name": "look", "value": look, "url": self.base}])
        page = self.contexts[key].new_page()
        page.set_viewport_size({"width": width, "height": HIGH})
        page.on("pageerror", lambda error: self.findings.append(f"script: {error}"))
        return page

    def look_over(self, page: Page, widths: tuple[int, ...] = (PHONE, DESK), look: str = "") -> None:
        """Notes what axe finds at the page's full height, and what cannot be reached at the width."""
        for width in widths:
            self.resize(page, width)
            self.hear_axe(page, width, self.fits(page, width, look), look)
        page.set_viewport_size({"width": DESK, "height": HIGH})

    def look_everywhere(self, page: Page) -> None:
        """Every width of design, axe at the narrowest and at the widest, and the large letters of the
        low-vision scheme. Each size is set once, for a page that changes its width costs as much as what is
        asked of it; the window stays narrow, as the next page wants it first.
        """
        page.evaluate(VEIL)
        for width in WIDTHS:
            self.resize(page, width)
            height = self.fits(page, width)
            if width in (PHONE, DESK):
                self.hear_axe(page, width, height)
        for width, letters in ENLARGED:
            self.resize(page, width)
            self.fits(page, width, letters=letters)
        page.evaluate(UNVEIL)

    def resize(self, page: Page, width: int, height: int = HIGH) -> None:
        """Past Playwright, whose own way moves the browser's window too: 14 ms of work instead of 24."""
        if page not in self.sessions:
            self.sessions[page] = page.context.new_cdp_session(page)
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.sessions[page].send("Emulation.setDeviceMetricsOverride", size)

    def fits(self, page: Page, width: int, look: str = "", letters: Mapping[str, str] | None = None) -> int:
        """Notes what is cut or cannot be reached at this width; answers how high the page is."""
        told = page.evaluate(MEASURE, {"width": width, "letters": letters})
        where = self.place(page, width, " ".join((look, *(letters or {}).values())))
        self.findings += [f"{where}: {found}" for found in told["found"]]
        return int(told["height"])

    def hear_axe(self, page: Page, width: int, height: int, look: str = "") -> None:
        """axe sees the page at its full height. To the person's next pages it comes by itself."""
        self.resize(page, width, max(HIGH, height))
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(AXE.read_text())
            page.context.add_init_script(path=AXE)
        for found in page.evaluate(RUN_AXE):
            nodes = "; ".join(f"{node['target']} {node['failureSummary']}" for node in found["nodes"][:3])
            self.findings.append(f"{self.place(page, width, look)}: {found['id']}: {nodes}")

    def place(self, page: Page, width: int, look: str) -> str:
        return f"{page.url.removeprefix(self.base)} at {width} {look}"

    def open(self, page: Page, url: str) -> None:
        answer = page.goto(url)
        if answer is None or answer.status != 200:
            self.findings.append(f"{url}: {answer.status if answer else 'no answer'}")


@pytest.fixture
def portal(own_database: str, settings: Any) -> Iterator[str]:
    """The address of a running portal."""
    settings.DEMO = True
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for the tests of a file: to start it costs as much as two pages."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in this thread
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        connections.close_all()  # connections opened under playwright's loop are others than the thread's own
        browser.close()


@pytest.fixture
def visit(browser: Browser, portal: str) -> Iterator[Visit]:
    """People of this test alone; at the end there must be no finding on any page that was looked over."""
    visit = Visit(browser, portal)
    yield visit
    connections.close_all()
    for context in browser.contexts:
        context.close()
    assert not visit.findings, "\n".join(visit.findings)


@pytest.fixture
def who(own_database: str) -> Callable[[str], Actor]:
    """The actor of a person in the person's own place; what it does is committed."""

    def make(key: str) -> Actor:
        person = BY_KEY[key]
        with in_city():
            place = School.objects.get(number=person.school) if person.school else None
            user = User.objects.get(pk=person.uuid)
            return actor_in(user, memberships_of(user), place)

    return make
