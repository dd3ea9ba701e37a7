"""Every page that the urls know, opened by whoever may, with one object of each kind: nothing is cut at any
width or size without a way to it, axe finds nothing at the page's full height, each form waits for the line
and cuts no paste. A new page is walked by itself, or fails until an object is named.
"""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal import auth as codes_auth
from allauth.mfa.totp.internal import auth as totp_auth
from django.test import RequestFactory
from playwright.sync_api import Page

from best_practices.own_bank import stop_key
from config import urls_school
from config.errors import already_saved, foreign_host, not_answering, server_error
from portal.accounts.models import User
from portal.core.actor import Actor
from portal.ui.shortcuts import ERROR_PAGES, error_page
from tests.cast import BY_KEY
from tests.database import ROOT
from tests.journeys import scenes, scenes_of_city
from tests.journeys.conftest import Visit
from tests.journeys.long_words import WORD
from tests.journeys.town import PASSWORD, fill
from tests.journeys.walk import PARAMETER, Contour, routes, walk
from tests.practices.conftest import content

pytestmark = [pytest.mark.browser, pytest.mark.covers("found E1", "found G2", "found D1", "found D2")]
__all__ = ["content"]
FILE, PART = "файл, не страница", "часть страницы: видна на странице, которая её спрашивает"
STAFF5 = ("anna", "zhanna", "boris", "vera", "lev", "irina", "kira")
STAFF12 = ("timur", "olga", "gleb")
CITY = ("semyon", "darya", "nina", "elena", "zoya", "")
IN_SCHOOL = {
    "bank:suggest": PART,
    "school_practices:suggest": PART,
    "school_practices:writing": PART,
    "papers:word": FILE,
    "papers:pdf_file": FILE,
    "staff:own_paper_word": FILE,
    "staff:own_paper_pdf": FILE,
    "local_acts:act_pdf_file": FILE,
    "mentoring:pair_paper": FILE,
    "cabinet:pair_folder": FILE,
    "mentoring:pair_scan": FILE,
    "school_practices:attachment": FILE,
}
ONLY_LISTS = "в школе без дел объектов ещё нет: списки и формы"
GATE = "проверено ниже, в воротах: открывается после входа с паролем и вторым шагом"
OWN_SAFETY = (
    "/accounts/2fa/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/reauthenticate/",
)
NOWHERE = "страница «только по приглашению»: одна на все адреса, проверена ниже"
IN_CITY = {
    **dict.fromkeys(
        (
            "account_confirm_email",
            "account_confirm_login_code",
            "account_email",
            "account_email_verification_sent",
            "account_set_password",
            "account_signup",
        ),
        NOWHERE,
    ),
    **dict.fromkeys(
        (
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_deactivate_totp",
            "mfa_reauthenticate",
            "mfa_authenticate",
            "account_reset_password_from_key",
            "account_change_password",
            "account_reauthenticate",
            "invitation",
            "invitation_link",
            "address_stop",
            "address_link",
        ),
        GATE,
    ),
    "mfa_download_recovery_codes": FILE,
    "resume": "пусто без отправленной формы: проверено в tests/pages/test_accounts_gate.py",
    "municipality:progress": PART,
    "bank:suggest": PART,
    **dict.fromkeys(
        ("papers:word", "papers:pdf", "papers:pdf_file"), "те же страницы, что в школе: пройдены там"
    ),
    "alive": FILE,
    "ready": FILE,
    "expertise:protocol": FILE,
    "expertise:sheet": FILE,
    "own_bank:read_feed": FILE,
    "own_bank:catalogue_file": FILE,
    "card:short": "ведёт на страницу практики: tests/practices/test_exporting.py",
    "certificates:pdf": FILE,
    "own_bank:stop": GATE,
}


def school5(who: Callable[[str], Actor], content: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Contour:
    return Contour(
        "config.urls_school",
        "/s/5/",
        STAFF5,
        {**scenes_of_city.the_city(content), **scenes.the_school(who, content, monkeypatch)},
        IN_SCHOOL,
    )


def check(visit: Visit, page: Page) -> None:
    visit.look_everywhere(page)
    forms(visit, page)


FORMS = """() => { const sent = [], found = [];
    window.fetch = (address, options) => {
        if (options?.method === "POST") sent.push(1);
        return new Promise(() => {});
    };
    const posts = [...document.forms].filter(form => form.getAttribute("method")?.toLowerCase() === "post");
    for (const form of posts) {
        if (!form.noValidate)
            found.push(`${form.action}: novalidate is missing, the browser would speak its own language`);
        form.noValidate = true;
        const before = sent.length;
        form.requestSubmit(form.querySelector("button:not([type=button])") ?? undefined);
        if (sent.length !== before + 1) found.push(`${form.action}: does not wait for the line`);
    }
    for (const field of document.querySelectorAll("input, textarea"))
        if (field.maxLength > -1) found.push(`${field.name}: cuts a paste at ${field.maxLength}`);
    for (const field of document.querySelectorAll("[data-signs]")) {
        field.value = "я ".repeat(Number(field.dataset.signs) / 2 + 1000);
        field.dispatchEvent(new InputEvent("input", {bubbles: true}));
        if (!document.getElementById(`${field.id}_signs`)?.textContent.startsWith("Лишних знаков: 1"))
            found.push(`${field.name}: does not say how much is over`);
    }
    return found }"""


def forms(visit: Visit, page: Page) -> None:
    """The last thing done on a page: its forms are pressed, and their fields overfilled."""
    visit.findings += [f"{page.url.removeprefix(visit.base)}: {found}" for found in page.evaluate(FORMS)]


def walk_all(visit: Visit, contour: Contour, more: list[tuple[str, str]]) -> None:
    found = walk(contour)
    visit.findings += found.unopened
    opened: dict[str, Page] = {}
    for key, address in sorted({*found.pages, *more}):
        page = opened.get(key) or visit.as_(key) if key else opened.get(key) or visitor(visit)
        opened[key] = page
        visit.open(page, address)
        check(visit, page)


def visitor(visit: Visit) -> Page:
    return visit.browser.new_context(base_url=visit.base, locale="ru-RU", reduced_motion="reduce").new_page()


def test_every_page_of_a_school(
    who: Callable[[str], Actor], content: dict[str, Any], visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    contour = school5(who, content, monkeypatch)
    ready = contour.objects["people/import/<uuid:pk>/"][0]
    homes = [(key, "/s/5/") for key in STAFF5]
    more = [
        ("anna", f"/s/5/{address}")
        for address in (
            f"people/import/{ready}/?show=good",
            "people/?q=щщщ",
            "pairs/?q=Никого&state=terminated",
            "bank/?q=наставничества+молодых+педагогов",
            "bank/?q=зебра",
        )
    ]
    walk_all(visit, contour, [*homes, *more])


def test_every_page_of_a_school_where_nothing_was_done_yet(own_database: str, visit: Visit) -> None:
    """Lists and homes that say why they are empty; pages of objects are seen in the full school."""
    objects = {name: ONLY_LISTS for name, route in routes(urls_school.urlpatterns) if PARAMETER.search(route)}
    objects |= dict.fromkeys(("bank:suggest", "school_practices:suggest"), PART)
    walk_all(
        visit,
        Contour("config.urls_school", "/s/12/", STAFF12, {}, objects),
        [(key, "/s/12/") for key in STAFF12],
    )


def test_every_page_of_the_city(content: dict[str, Any], own_database: str, visit: Visit) -> None:
    walk_all(
        visit,
        Contour("config.urls_city", "/", CITY, scenes_of_city.the_city(content), IN_CITY),
        [(key, "/") for key in CITY if key],
    )


def test_every_refusal(own_database: str, visit: Visit, rf: RequestFactory) -> None:
    """As the portal says them; those that a person meets in the middle of work are in test_looks_city.py too,
    with what was typed.
    """
    request = rf.post("/people/new/", {"basis": "приказ Управления № 17 о назначении методиста"})
    said = {
        f"{status}": error_page(request, status, sentence=f"Так не получится: {WORD}")
        for status in ERROR_PAGES
    }
    said |= {
        "500": server_error(request),
        "not_answering": not_answering(request),
        "foreign_host": foreign_host(request),
    }
    said["already_saved"] = already_saved(request, "/people/")
    templates = {path.stem for path in (ROOT / "portal/ui/templates").glob("*.html")}
    seen = {name.removesuffix(".html") for name in ERROR_PAGES.values()} | said.keys() - {
        f"{status}" for status in ERROR_PAGES
    }
    assert templates == seen, "страница отказа, которую никто не видел"
    page = visitor(visit)
    page.route(
        "**/refused/*",
        lambda route: route.fulfill(
            body=said[route.request.url.rsplit("/", 1)[1]].content, content_type="text/html; charset=utf-8"
        ),
    )
    for name in said:
        visit.open(page, f"/refused/{name}")
        check(visit, page)


def test_every_page_of_the_gate(own_database: str, visit: Visit) -> None:
    """Invitation, forgotten password, sign-in with a second step, and the pages of the own safety: in the
    order in which a person meets them.
    """
    page = visitor(visit)
    elena = User.objects.get(pk=BY_KEY["elena"].uuid)
    elena.set_password(PASSWORD)
    elena.save()
    key = f"{user_pk_to_url_str(elena)}-{default_token_generator.make_token(elena)}"
    for address in (
        f"/invitation/{scenes_of_city.invitation_token()}/",
        f"/accounts/password/reset/key/{key}/",
        f"/accounts/address/{scenes_of_city.address_token()}/",
        f"/searches/stop/{stop_key(elena)}/",
    ):
        look_at(visit, page, address)
    for address, status in (
        ("/invitation/x/", 410),
        ("/accounts/address/x/", 410),
        ("/accounts/signup/", 404),
        ("/accounts/password/reset/key/1-abc/", 200),
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status, address
        check(visit, page)
    _second_step(visit, page, elena)


def _second_step(visit: Visit, page: Page, person: User) -> None:
    secret = totp_auth.generate_totp_secret()
    totp_auth.TOTP.activate(person, secret)
    codes_auth.RecoveryCodes.activate(person)
    page.goto("/accounts/login/")
    fill(page, login=person.email, password=PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/2fa/authenticate/**")
    check(visit, page)
    page.goto("/accounts/2fa/authenticate/")
    code = next(iter(totp_auth.yield_hotp_counters_from_time()))
    fill(page, code=totp_auth.format_hotp_value(totp_auth.hotp_value(secret, code)))
    page.locator("main form button[type=submit]").first.click()
    page.locator("form[data-sent]").first.wait_for(state="detached")
    for address in OWN_SAFETY:
        look_at(visit, page, address)


def look_at(visit: Visit, page: Page, address: str) -> None:
    visit.open(page, address)
    check(visit, page)
