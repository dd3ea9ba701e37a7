"""Menus by office and contour: one table of entries, shown only where the page exists and the actor may open it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.urls import NoReverseMatch

from portal.accounts.models import Membership, User
from portal.accounts.offices import CITY_OFFICES, PRECEDENCE, Office
from portal.core.actor import Actor
from portal.core.contour import Contour
from portal.core.place import current_school
from portal.notify.notices import unread
from portal.ui.prefs import COOKIE, Prefs
from portal.ui.shell import MenuGroup, MenuItem, Place, Shell
from tenants.addresses import city_url, school_url
from tenants.models import School


@dataclass(frozen=True)
class Entry:
    """A line of a menu: its words, the name of its page, its icon, and one permission of these opens it (none: everybody)."""

    label: str
    name: str
    icon: str
    needs: tuple[str, ...] = ()
    tab: str = ""
    shared: bool = False


SCHOOL_MENU = (
    Entry("Что дальше", "home", "signpost-split", tab="Дальше"),
    Entry("Пары", "mentoring:pairs", "people", tab="Пары"),
    Entry("Потребности", "mentoring:needs", "hand-index-thumb"),
    Entry("Наставники школы", "mentoring:cards", "person-badge"),
    Entry("Сотрудники", "staff:employees", "person-lines-fill", ("employee:read", "employee:read_names")),
    Entry("Приказы", "local_acts:orders", "file-earmark-text", ("order:read",), tab="Приказы"),
    Entry("Положение", "local_acts:acts", "journal-text", ("local_act:read",)),
    Entry("Практики школы", "school_practices:practices", "lightbulb", ("school_practice:draft",), tab="Практики"),
    Entry("Форма города", "monitoring:forms", "clipboard-data", ("school_form:read",)),
    Entry("Что уходит из школы", "monitoring:disclosure", "send", ("disclosure:read",)),
    Entry("Банк практик", "bank:find", "journals", ("bank:read",), tab="Банк", shared=True),
)
CITY_MENU = (
    Entry("Что дальше", "home", "signpost-split", tab="Дальше"),
    Entry("Город сейчас", "oversight:city", "bar-chart", ("dashboard:read",), tab="Город"),
    Entry("Школы", "municipality:schools", "buildings", ("school:read",), tab="Школы"),
    Entry("Мониторинг", "municipality:campaigns", "clipboard-data", ("received_form:read",)),
    Entry("Практики школ", "expertise:practices", "lightbulb", ("practice:read",)),
    Entry("Моя экспертиза", "expertise:reviews", "clipboard-check"),
    Entry("Почта между контурами", "municipality:post", "envelope", ("post:watch",)),
    Entry("Банк практик", "bank:find", "journals", ("city_bank:read",), tab="Банк", shared=True),
)


def shell_of(request: HttpRequest) -> Shell:
    """What surrounds the page. No queries: everything was settled with the actor; counts are asked when they are shown."""
    person: User | None = request.person  # type: ignore[attr-defined]
    if person is None:
        return Shell(foot=_foot())
    school, actor = request.school, request.actor  # type: ignore[attr-defined]
    memberships: list[Membership] = request.memberships  # type: ignore[attr-defined]
    office = office_here(person, memberships, school)
    menu = menu_of(request, actor)
    return Shell(
        contour=Contour.INTERNAL if school else Contour.EXTERNAL, place_name=school.short_name if school else f"Город {settings.CITY_NAME}",
        home_url=_url(request, "home") or "/", menu=menu, tabs=_tabs(request, actor), person_short=person.short_name, person_full=person.full_name,
        office_name=office.label if office else "", places=places_of(memberships, request), person_menu=_person_menu(request),
        sign_out_url="/accounts/logout/", switch_url=city_url("places"), search_url=_url(request, "bank:find") or "", search_hint="Практика, тема, трудность",
        more_url=_url(request, "more") or "", foot=_foot(), prefs=_prefs(request, person),
    )  # fmt: skip


def _prefs(request: HttpRequest, person: User) -> Prefs:
    """The account's look follows the person; a cookie of this device wins."""
    cookie = request.COOKIES.get(COOKIE)
    return Prefs.of(dict(parse_qsl(cookie)) if cookie else person.look)


def chosen_membership(person: User, memberships: list[Membership]) -> Membership | None:
    """The place and office the person chose last, if it is still valid."""
    return next((m for m in memberships if str(m.uuid) == person.home_office), None)


def office_here(person: User, memberships: list[Membership], school: School | None) -> Office | None:
    """The office whose home is shown: the chosen one if it is in this contour, else the first by precedence."""
    here = [m for m in memberships if m.school_id == (school.pk if school else None)]
    chosen = chosen_membership(person, here)
    offices = {m.office for m in here}
    return Office(chosen.office) if chosen else next((office for office in PRECEDENCE if office in offices), None)


def _url(request: HttpRequest, name: str) -> str | None:
    """An address in the contour of the request; None where the room has no such page."""
    try:
        return school_url(request.school.code, name) if request.school else city_url(name)  # type: ignore[attr-defined]
    except NoReverseMatch:
        return None


def entries_for(actor: Actor) -> list[Entry]:
    """The lines of the menu that the actor may open."""
    table = SCHOOL_MENU if actor.school else CITY_MENU
    return [entry for entry in table if not entry.needs or any(actor.can(need) for need in entry.needs)]


def menu_of(request: HttpRequest, actor: Actor) -> list[MenuGroup]:
    """Own things first, then what is common for the city."""
    items = [(entry, _item(request, entry)) for entry in entries_for(actor)]
    own = [item for entry, item in items if item and not entry.shared]
    shared = [item for entry, item in items if item and entry.shared]
    own.append(MenuItem("Уведомления", _url(request, "notices") or "", "bell", unread_of(request), True, request.path_info == "/notices/"))
    return [MenuGroup(own), *([MenuGroup(shared, "Общее для города", "buildings")] if shared else [])]


def unread_of(request: HttpRequest) -> Callable[[], int | None]:
    """How many notices wait, asked once a page and in its own contour only; nothing to say is None."""
    actor: Actor = request.actor  # type: ignore[attr-defined]

    @cache
    def count() -> int | None:
        if current_school.get() != actor.school or connection.needs_rollback:
            return None
        return unread(actor.user) or None

    return count


def _item(request: HttpRequest, entry: Entry) -> MenuItem | None:
    url = _url(request, entry.name)
    here = request.META.get("SCRIPT_NAME", "") + request.path_info
    home = entry.name == "home"
    return MenuItem(entry.label, url, entry.icon, current=here == url if home else here.startswith(url)) if url else None


def _tabs(request: HttpRequest, actor: Actor) -> list[MenuItem]:
    """At most four things and «Ещё»."""
    found = [(entry, _item(request, entry)) for entry in entries_for(actor) if entry.tab]
    tabs = [replace(item, label=entry.tab) for entry, item in found if item][:4]
    more = _url(request, "more")
    return [*tabs, MenuItem("Ещё", more, "list")] if more else tabs


def places_of(memberships: list[Membership], request: HttpRequest) -> list[Place]:
    """Where the person serves: each school, and the city."""
    here, found = request.school, {}  # type: ignore[attr-defined]
    for membership in memberships:
        school = membership.school
        key = school.pk if school else None
        url = school_url(school.code, "home") if school else city_url("home")
        place = found.get(key) or Place(school.short_name if school else f"Город {settings.CITY_NAME}", url, [], current=key == (here.pk if here else None),
                                        hint="внутренний контур" if school else "внешний контур")  # fmt: skip
        place.offices.append((membership.get_office_display(), str(membership.uuid)))
        found[key] = place
    return list(found.values())


def _person_menu(request: HttpRequest) -> list[tuple[str, str]]:
    own = [("Мои данные и кто их смотрел", _url(request, "me") or "")]
    return [*own, ("Мои места и должности", city_url("places")), ("Ключи доступа", city_url("keys")), ("Пароль", city_url("account_change_password")),
            ("Второй шаг входа", city_url("mfa_index"))]  # fmt: skip


def _foot() -> list[tuple[str, str]]:
    return [("Помощь", city_url("help")), ("Персональные данные", city_url("personal_data")), ("О доступности", city_url("accessibility"))]


def serves_in_city(memberships: list[Membership]) -> bool:
    return any(membership.office in CITY_OFFICES for membership in memberships)


def shell(request: HttpRequest) -> dict[str, object]:
    """The context processor: what kind of installation this is; `portal.ui.context.look` gives the frame."""
    return {"demo": settings.DEMO}
