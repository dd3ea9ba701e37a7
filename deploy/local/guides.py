"""`make guides`: the pictures of docs/guides and README, taken anew from the running demo (`make demo` in
another window) by Chromium.
"""

import fcntl
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from deploy.local.common import LOCAL, ROOT, CannotGoOn, complain, say
from tests.left_out import chromium

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
]


PHONE = (390, 844)


@dataclass(frozen=True)
class Shot:
    """One picture: where it goes, who looks (a key of portal/demo/cast.py), at what, by which links from
    there, how large in pixels.
    """

    file: str
    person: str
    address: str
    links: tuple[str, ...] = ()
    size: tuple[int, int] = (1280, 860)

    @property
    def path(self) -> Path:
        return ROOT / "docs" / f"{self.file}.png"


SHOTS = (
    Shot("shots/city", "semyon", "/city/", size=(1280, 900)),
    Shot("guides/ru/next", "boris", "/s/5/"),
    Shot("guides/ru/practices", "zhanna", "/s/5/practices/"),
    Shot("guides/ru/shots/principal-next", "zhanna", "/s/5/"),
    Shot("guides/ru/shots/principal-order", "zhanna", "/s/5/", ("К приказу",)),
    Shot("guides/ru/shots/principal-form", "zhanna", "/s/5/", ("Проверить и подписать",)),
    Shot(
        "guides/ru/shots/principal-hand-over",
        "zhanna",
        "/s/5/practices/",
        ("Репетиция родительского собрания", "Передать в город"),
    ),
    Shot("guides/ru/shots/curator-next", "anna", "/s/5/"),
    Shot("guides/ru/shots/curator-match", "anna", "/s/5/", ("Подобрать",)),
    Shot("guides/ru/shots/curator-pairs", "anna", "/s/5/pairs/"),
    Shot("guides/ru/shots/curator-programme", "anna", "/s/5/", ("Посмотреть программу",)),
    Shot("guides/ru/shots/mentor-programme", "boris", "/s/5/programmes/", ("Соколова",)),
    Shot("guides/ru/shots/mentor-record", "boris", "/s/5/", ("Записать встречу",), PHONE),
    Shot("guides/ru/shots/mentee-confirm", "vera", "/s/5/", ("Подтвердить",), PHONE),
    Shot("guides/ru/shots/mentee-pair", "vera", "/s/5/pairs/", ("Кравцов",)),
    Shot("guides/ru/shots/expert-sheet", "nina", "/expertise/", ("Директор и новый завуч",)),
    Shot("guides/ru/shots/methodist-next", "darya", "/"),
    Shot("guides/ru/shots/methodist-decide", "darya", "/practices/", ("Один опыт на две школы",)),
    Shot("guides/ru/shots/city-school", "semyon", "/schools/", ("Школа № 16",)),
    Shot("guides/ru/shots/city-form", "semyon", "/", ("Проверить форму",)),
    Shot("guides/ru/shots/bank", "gleb", "/s/12/bank/?q=наставничества+молодых+педагогов"),
)


def main() -> int:
    try:
        take(_address())
    except CannotGoOn as error:
        return complain(error)
    return 0


def take(base: str) -> None:
    """All of them; those that could not be taken are named at the end. Raises CannotGoOn."""
    path = chromium()
    if path is None:
        raise CannotGoOn("Нужен Chromium: apt-get install -y chromium")
    troubles = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for shot in SHOTS:
            try:
                _take_one(browser, base, shot)
                say(f"{shot.path.relative_to(ROOT)}: {shot.path.stat().st_size // 1024} КБ")
            except CannotGoOn as trouble:
                troubles.append(str(trouble))
        browser.close()
    if troubles:
        raise CannotGoOn("Не удалось снять:\n" + "\n".join(troubles))


def _take_one(browser: Browser, base: str, shot: Shot) -> None:
    width, height = shot.size
    context = browser.new_context(
        base_url=base, locale="ru-RU", reduced_motion="reduce", viewport={"width": width, "height": height}
    )
    try:
        page = context.new_page()
        page.goto("/demo/")
        with page.expect_navigation():
            page.locator(f'button[name="key"][value="{shot.person}"]').click()
        _answered(page.goto(shot.address), shot)
        for link in shot.links:
            _follow(page, link, shot)
        page.wait_for_load_state("networkidle")
        shot.path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=shot.path)
    finally:
        context.close()


def _follow(page: Page, link: str, shot: Shot) -> None:
    """Go by the first link with these words, as a person would. Raises CannotGoOn when there is none."""
    found = page.locator("main").get_by_role("link", name=link).first
    if not found.count():
        raise CannotGoOn(f"{shot.file}: на странице {page.url} нет ссылки «{link}»")
    _answered(page.goto(str(found.get_attribute("href"))), shot)


def _answered(answer: Response | None, shot: Shot) -> None:
    if answer is None or answer.status != 200:
        raise CannotGoOn(f"{shot.file}: страница не ответила ({answer.status if answer else 'нет ответа'})")


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
