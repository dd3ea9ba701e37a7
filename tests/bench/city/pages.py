"""Pages beside the shell alone of the same stack, `/s/<code>/more/`, and what a sign-in costs.

In processor time.

python -m tests.bench.city.pages SIZE
"""

import re
import sys
from functools import partial

import tests.environment  # noqa: F401  (a clean environment)
from tests.bench.city.browser import Reader, by_turns
from tests.bench.city.figures import Figure, bound, dearer, noted, say

SCHOOL = "/s/5/"
PEOPLE = ("anna", "boris", "vera", "zhanna", "semyon")
LISTS = ("pairs/", "meetings/", "programmes/", "needs/", "mentors/", "people/", "orders/", "practices/")
OBJECTS = ("pairs/", "programmes/", "needs/", "mentors/", "people/", "orders/")
ROWS_OF_CITY = 150
"""What the page draws: fifty schools, two dozen campaigns, eight matters; nothing is read to be counted."""
QUESTION = "bank/?q=%D1%83%D1%80%D0%BE%D0%BA"


def main() -> None:
    import django

    django.setup()
    measure(int(sys.argv[1]))


def measure(size: int) -> None:
    readers = {key: reader(key) for key in PEOPLE}
    say(homes(size, readers))
    say(lists(size, readers["anna"]))
    say(city(size, readers["semyon"]))
    say(sign_in(size, readers["anna"]))


def reader(key: str) -> Reader:
    from portal.accounts.models import User
    from tests.cast import BY_KEY

    return Reader(User.objects.get(pk=BY_KEY[key].uuid))


def homes(size: int, readers: dict[str, Reader]) -> list[Figure]:
    """The home of each office, beside that person's own shell."""
    found = []
    for key in ("anna", "boris", "vera", "zhanna"):
        own = readers[key]
        taken = by_turns({path: partial(own.get, SCHOOL + path) for path in ("", "more/")})
        asked = own.queries(SCHOOL)
        what = f"home of {key}"
        found += [
            dearer(f"{what}, of the shell", size, taken[""], taken["more/"], 4),
            bound(f"{what}, queries", size, asked, "queries", 20),
        ]
    return found


def lists(size: int, curator: Reader) -> list[Figure]:
    """Lists, the first object of each, and the search, beside the shell."""
    paths = {path: SCHOOL + path for path in (*LISTS, "more/")} | {"of the search": SCHOOL + QUESTION}
    paths |= {f"one of {path}": one for path in OBJECTS if (one := first_of(curator, path))}
    taken = by_turns({name: partial(curator.get, path) for name, path in paths.items()})
    return [
        noted(
            dearer(f"page {name}, of the shell", size, taken[name], taken["more/"], 3),
            f"{curator.queries(path)} queries",
        )
        for name, path in paths.items()
        if name != "more/"
    ]


def first_of(curator: Reader, path: str) -> str | None:
    """The address of the first object that the list leads to."""
    numbers = "[0-9a-f]{8}-[0-9a-f-]{27}"
    found = re.search(rf'href="({SCHOOL}{path}{numbers}/)"', curator.get(SCHOOL + path).decode())
    return found[1] if found else None


def city(size: int, specialist: Reader) -> list[Figure]:
    paths = {"city's page": "/city/", "city's home": "/", "city's schools": "/schools/", "shell": "/more/"}
    taken = by_turns({name: partial(specialist.get, path) for name, path in paths.items()})
    rows = bound("city's page, rows read", size, specialist.rows(paths["city's page"]), "rows", ROWS_OF_CITY)
    return [
        *(
            noted(
                dearer(f"{name}, of the shell", size, taken[name], taken["shell"], None),
                f"{specialist.queries(path)} queries, {len(specialist.get(path)) // 1024} KB",
            )
            for name, path in paths.items()
            if name != "shell"
        ),
        rows,
    ]


def sign_in(size: int, curator: Reader) -> list[Figure]:
    """What it costs to know who is asking, and how many menus an API call builds."""
    nobody, call = Reader(), SCHOOL + "api/v1/pairs/"
    taken = by_turns(
        {
            "anonymous": partial(nobody.get, "/healthz"),
            "signed in": partial(curator.get, "/healthz"),
            "anonymous page": partial(nobody.get, "/help/"),
            "signed in page": partial(curator.get, "/help/"),
            "call": partial(curator.get, call),
            "shell": partial(curator.get, SCHOOL + "more/"),
        },
        times=4,
    )
    extra = {name: (taken[f"signed in{name}"] - taken[f"anonymous{name}"]) * 1000 for name in ("", " page")}
    return [
        milliseconds("signed in, over an anonymous answer", size, extra[""], taken["anonymous"], 3),
        milliseconds(
            "the same, of a page with its menu", size, extra[" page"], taken["anonymous page"], None
        ),
        dearer("an API call, of the shell", size, taken["call"], taken["shell"], None),
        bound("an API call, menus built", size, menus_of(curator, call), "menus", 0),
    ]


def milliseconds(what: str, size: int, extra: float, anonymous: float, at_most: float | None) -> Figure:
    shown = f"{extra:.1f} ms over {anonymous * 1000:.1f} ms"
    return Figure(
        what, size, shown, f"≤ {at_most:g} ms" if at_most else "", extra <= at_most if at_most else None
    )


def menus_of(curator: Reader, path: str) -> int:
    from unittest import mock

    from config import navigation

    with mock.patch.object(navigation, "_side_menu", wraps=navigation._side_menu) as built:
        curator.get(path)
    return built.call_count


if __name__ == "__main__":
    main()
