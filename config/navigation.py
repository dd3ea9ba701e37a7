"""Menus by office and contour, joined of what the rooms give (`portal.ui.menu`): a line is shown only where
its page exists and the actor may open it.
"""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import connection
from django.urls import NoReverseMatch
from django.utils.text import capfirst

from portal.accounts.actors import actor_in, chosen_membership
from portal.accounts.left import LeftPlace
from portal.accounts.models import Membership, User
from portal.accounts.offices import CITY_OFFICES, PRECEDENCE, Office
from portal.accounts.request import PortalRequest, signed_in_person
from portal.core.actor import Actor
from portal.core.contour import Contour
from portal.core.counting import Meant, Rows, home_numbers_are, how_many_for, on_home
from portal.core.current_contour import current_school
from portal.core.finding import finders_for
from portal.core.next_steps import NextStep, steps_for
from portal.notify.notices import read_by_opening, unread_notices
from portal.ui.menu import Entry, menu_of
from portal.ui.prefs import COOKIE, Prefs
from portal.ui.shell import MenuGroup, MenuItem, Place, Shell
from tenants.addresses import city_addresses, city_url, school_url
from tenants.models import School

HOME = Entry("Что дальше", "home", "signpost-split")
PERSONAL = (
    "/keys/",
    "/places/",
    "/me/",
    "/notices/",
    "/accounts/",
    "/help/",
    "/personal-data/",
    "/accessibility/",
    "/more/",
)
"""City pages about the person: they belong to no contour for those who serve in schools only."""


_PERSON_ICONS = {
    "Мои данные и кто их смотрел": "person-lines-fill",
    "Мои места и должности": "person-badge",
    "Ключи доступа": "key",
    "Почта для входа": "envelope",
    "Пароль": "lock",
    "Второй шаг входа": "shield-lock",
    "Вид и доступность": "eye",
    "Выйти": "box-arrow-right",
}


def shell_of(request: PortalRequest) -> Shell:
    """What surrounds the page. No queries: everything was settled with the actor; counts are asked when they
    are shown.
    """
    person = request.person
    if person is None:
        return Shell(foot=_foot())
    if request.left is not None:
        return _shell_of_left(request, person, request.left)
    school, actor = request.school, request.actor
    memberships = request.memberships
    office = office_here(person, memberships, school)
    nowhere = _stands_nowhere(request, memberships)
    finders = [] if nowhere else finders_for(actor)
    return Shell(
        contour=Contour.INTERNAL if school else Contour.EXTERNAL,
        place_name="" if nowhere else _place_name(school),
        home_url=_url(request, "home") or "/",
        halt=school.halt.sentence if school and school.halt else "",
        menu=_side_menu(request, actor, office, memberships),
        tabs=_tabs(request, actor, office),
        person_short=person.short_name,
        person_full=person.full_name,
        office_name=office.label if office else "",
        places=places_of(memberships, request),
        person_menu=_person_menu(request, person),
        sign_out_url="/accounts/logout/",
        switch_url=city_url("places"),
        search_url=(_url(request, "find") or "") if finders else "",
        suggest_url=next((_url(request, one.suggest) or "" for one in finders if one.suggest), ""),
        search_hint=capfirst(", ".join(dict.fromkeys(finder.what for finder in finders))),
        more_url=_url(request, "more") or "",
        foot=_foot(),
        prefs=_prefs(request, person),
    )


def _shell_of_left(request: PortalRequest, person: User, left: LeftPlace) -> Shell:
    """Around the own papers in a school that one has left: nothing of the school, the way back to oneself."""
    home = MenuItem("Моё начало", city_url("home"), "signpost-split")
    own = MenuItem("Мои документы", left.url, "file-earmark-text", current=True)
    return Shell(
        contour=Contour.INTERNAL,
        place_name=left.school.short_name,
        home_url=city_url("home"),
        menu=[MenuGroup([home, own])],
        tabs=[home, own],
        person_short=person.short_name,
        person_full=person.full_name,
        person_menu=[("Мои места и должности", city_url("places"))],
        sign_out_url="/accounts/logout/",
        foot=_foot(),
        prefs=_prefs(request, person),
    )


def steps_in_city(request: PortalRequest) -> list[NextStep]:
    """A teacher's own moves in the city (an expert's sheets), shown at home in the school. Asked while we are
    still the city.
    """
    memberships = request.memberships
    at_home = request.school is not None and request.path_info == "/" and memberships
    if not at_home or serves_in_city(memberships):  # whoever serves in the city has a home there
        return []
    with city_addresses():
        steps = steps_for(actor_in(signed_in_person(request), memberships, None))
        return [step for step in steps if step.mine]


def _place_name(school: School | None) -> str:
    return school.short_name if school else f"Город {settings.CITY_NAME}"


def _stands_nowhere(request: PortalRequest, memberships: list[Membership]) -> bool:
    """A page about oneself, or a person without offices: neither a school nor the city is around it."""
    outside = request.school is None and not serves_in_city(memberships)
    return outside and (not memberships or request.path_info.startswith(PERSONAL))


def _prefs(request: PortalRequest, person: User) -> Prefs:
    """The account's look follows the person; a cookie of this device wins."""
    cookie = request.COOKIES.get(COOKIE)
    return Prefs.of(dict(parse_qsl(cookie)) if cookie else person.look)


def office_here(person: User, memberships: list[Membership], school: School | None) -> Office | None:
    """The office whose home is shown: the chosen one if it is in this contour, else the first by
    precedence.
    """
    present = _present_membership(person, memberships, school)
    return Office(present.office) if present else None


def _present_membership(
    person: User, memberships: list[Membership], school: School | None
) -> Membership | None:
    here = [m for m in memberships if m.school_id == (school.pk if school else None)]
    return chosen_membership(person, here) or min(
        here, key=lambda m: PRECEDENCE.index(Office(m.office)), default=None
    )


def _url(request: PortalRequest, name: str) -> str | None:
    """An address in the contour of the request; None where the room has no such page."""
    try:
        return school_url(request.school.code, name) if request.school else city_url(name)
    except NoReverseMatch:
        return None


def entries_for(actor: Actor) -> list[Entry]:
    """The lines of the menu that the actor may open."""
    return [entry for entry in _all_of(actor) if not entry.elsewhere]


def _all_of(actor: Actor) -> list[Entry]:
    lines = menu_of(Contour.INTERNAL if actor.school else Contour.EXTERNAL)
    return [entry for entry in lines if not entry.needs or any(actor.can(need) for need in entry.needs)]


def whole_menu(request: PortalRequest) -> list[MenuGroup]:
    """Everything that the actor may open: the page «Ещё»."""
    memberships = request.memberships
    entries = entries_for(request.actor) if request.school or memberships else []
    own = [_item(request, entry) for entry in [HOME, *(entry for entry in entries if not entry.shared)]]
    if finders_for(request.actor):  # on a phone the head has no room for the box
        own.insert(1, MenuItem("Поиск по порталу", _url(request, "find") or "", "search"))
    groups = _groups(request, own, entries, memberships)
    if request.school:
        outside = [entry for entry in _all_of(request.actor) if entry.elsewhere]
        groups[-1].items.extend(MenuItem(entry.label, city_url(entry.name), entry.icon) for entry in outside)
    return [*groups, _about_oneself(request)]


def _about_oneself(request: PortalRequest) -> MenuGroup:
    """What the head keeps in the menu of the person: on «Ещё» it is a list."""
    own = [
        *_person_menu(request, signed_in_person(request)),
        ("Вид и доступность", "/ui/prefs/"),
        ("Выйти", "/accounts/logout/"),
    ]
    return MenuGroup(
        [MenuItem(label, url, _PERSON_ICONS.get(label, "person")) for label, url in own], "Вы", "person"
    )


def _side_menu(
    request: PortalRequest, actor: Actor, office: Office | None, memberships: list[Membership]
) -> list[MenuGroup]:
    """The office's own things first, then what is common for the city."""
    entries = entries_for(actor) if request.school or memberships else []
    main = _main(entries, office)
    groups = _groups(request, [_item(request, entry) for entry in [HOME, *main]], entries, memberships)
    if any(entry not in main and not entry.shared for entry in entries):
        groups[0].items.append(
            MenuItem("Всё меню", _url(request, "more") or "", "list", current=request.path_info == "/more/")
        )
    return groups


def _groups(
    request: PortalRequest, own: list[MenuItem | None], entries: list[Entry], memberships: list[Membership]
) -> list[MenuGroup]:
    notices = MenuItem(
        "Уведомления",
        _url(request, "notices") or "",
        "bell",
        unread_of(request),
        True,
        request.path_info == "/notices/",
    )
    groups = [MenuGroup([*(item for item in own if item), notices])]
    shared = [item for entry in entries if entry.shared and (item := _item(request, entry))]
    if shared:
        groups.append(MenuGroup(shared, "Общее для города", "buildings"))
    if _stands_nowhere(request, memberships) and memberships:
        groups.append(
            MenuGroup(
                [MenuItem(p.label, p.url, "house-door") for p in places_of(memberships, request)],
                "Ваши места",
                "person-badge",
            )
        )
    return groups


def _main(entries: list[Entry], office: Office | None) -> list[Entry]:
    """The entries of the office in its own order; an office without an order has all of them."""
    own = [entry for entry in entries if not entry.shared]
    if office is None or not any(office in entry.first for entry in menu_of(_contour_of(office))):
        return own
    return sorted((entry for entry in own if office in entry.first), key=lambda entry: entry.first[office])


def _contour_of(office: Office) -> Contour:
    return Contour.EXTERNAL if office in CITY_OFFICES else Contour.INTERNAL


def _item(request: PortalRequest, entry: Entry) -> MenuItem | None:
    url = _url(request, entry.name)
    if not url:
        return None
    here = request.META.get("SCRIPT_NAME", "") + request.path_info
    if entry is HOME:
        return MenuItem(
            entry.label, url, entry.icon, lambda: getattr(request, "own_steps", 0) or None, True, here == url
        )
    return MenuItem(entry.label, url, entry.icon, _count_of(request, entry), current=here.startswith(url))


def _count_of(request: PortalRequest, entry: Entry) -> Callable[[], int | None] | None:
    """How much there is of it, asked when the menu is drawn; on «Ещё» and for whoever does not lead it
    nothing is counted.
    """
    if entry.count is None or not request.actor.can(entry.count.permission):
        return None
    return lambda: _numbers(request).get(entry.name) or None


UNREAD, UNREAD_HERE = "unread", "unread here"


def _numbers(request: PortalRequest) -> dict[str, int]:
    """All numbers of the menu, by one question a page and in its own contour only."""
    known: dict[str, int] | None = getattr(request, "numbers", None)
    if known is not None or current_school.get() != request.actor.school or connection.needs_rollback:
        return known or {}
    request.numbers = _asked(request, of_menu)
    return request.numbers


def count_for_home(request: PortalRequest) -> None:
    """The numbers of the menu and those that the page itself shows, by one question."""
    request.numbers = _asked(request, of_menu_and_home)
    home_numbers_are(request.numbers, request.actor)


def of_menu(actor: Actor, url: str) -> Rows:
    """What is counted for the menu of the page of this address."""
    rows: Rows = {
        entry.name: entry.count.rows()
        for entry in entries_for(actor)
        if entry.count and actor.can(entry.count.permission)
    }
    if actor.user is not None:
        own = unread_notices(actor.user)
        rows |= {UNREAD: own, UNREAD_HERE: own.filter(url=url)}
    return rows


def of_menu_and_home(actor: Actor, url: str) -> Rows:
    return {**of_menu(actor, url), **on_home(actor, url)}


def _asked(request: PortalRequest, meant: Meant) -> dict[str, int]:
    found = how_many_for(request.actor, request.path, meant)
    if found.get(UNREAD_HERE) and request.method == "GET" and request.actor.user is not None:
        found[UNREAD] -= read_by_opening(request.actor.user, request.path)
    return found


def _tabs(request: PortalRequest, actor: Actor, office: Office | None) -> list[MenuItem]:
    """Five of them: what is next, the main thing, the main list, the bank, everything else."""
    entries = entries_for(actor) if request.memberships else []
    main = [
        replace(item, label=entry.tab or item.label.split()[0])
        for entry in _main(entries, office)
        if (item := _item(request, entry))
    ][:2]
    shared = [
        replace(item, label=entry.tab)
        for entry in entries
        if entry.shared and (item := _item(request, entry))
    ]
    home = _item(request, HOME)
    tabs = [*([replace(home, label="Дальше")] if home else []), *main, *shared]
    return [
        *tabs,
        MenuItem("Ещё", _url(request, "more") or "", "three-dots", current=request.path_info == "/more/"),
    ]


def unread_of(request: PortalRequest) -> Callable[[], int | None]:
    """How many notices wait, asked once a page and in its own contour only; nothing to say is None."""
    return lambda: _numbers(request).get(UNREAD) or None


def places_of(memberships: list[Membership], request: PortalRequest) -> list[Place]:
    """Where the person serves: each school, and the city."""
    here = request.school
    found: dict[int | None, Place] = {}
    present = _present_membership(signed_in_person(request), memberships, here)
    for membership in memberships:
        school = membership.school
        key = school.pk if school else None
        url = school_url(school.code, "home") if school else city_url("home")
        place = found.get(key) or Place(
            school.short_name if school else f"Город {settings.CITY_NAME}",
            url,
            [],
            current=key == (here.pk if here else None),
            hint="внутренний контур" if school else "внешний контур",
        )
        place.offices.append((membership.get_office_display(), str(membership.uuid), membership is present))
        found[key] = place
    return list(found.values())


def _person_menu(request: PortalRequest, person: User) -> list[tuple[str, str]]:
    own = [
        ("Мои данные и кто их смотрел", _url(request, "me") or ""),
        ("Мои места и должности", city_url("places")),
        ("Ключи доступа", city_url("keys")),
        ("Почта для входа", city_url("own_address")),
    ]
    password = [("Пароль", city_url("account_change_password"))] if person.has_usable_password() else []
    return [*own, *password, ("Второй шаг входа", city_url("mfa_index"))]


def _foot() -> list[tuple[str, str]]:
    return [
        ("Помощь", city_url("help")),
        ("Персональные данные", city_url("personal_data")),
        ("О доступности", city_url("accessibility")),
    ]


def serves_in_city(memberships: list[Membership]) -> bool:
    return any(membership.office in CITY_OFFICES for membership in memberships)


def shell(request: PortalRequest) -> dict[str, object]:
    """The context processor: what kind of installation this is; `portal.ui.context.look` gives the frame."""
    return {"demo": settings.DEMO}
