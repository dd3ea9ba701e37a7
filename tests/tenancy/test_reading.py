"""The read journal names whom a page shows: every address of both contours is opened on things in all states
and compared with its line.

A new address is walked by itself: it is found among the urls, and its object among all objects of
`shown_town.py`. What it shows and does not note fails in the client (`tests/reading.py`); what it notes and
does not show fails here, unless it stands in BEYOND with the reason.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db.models import Model

from portal.core import clock
from portal.core.actor import Actor
from tenants.context import in_school
from tenants.models import School
from tests.posts.walk import methods_of, views
from tests.reading import Reader, people_in, text_of
from tests.tenancy import shown_town
from tests.tenancy.test_every_url import quiet

AsPerson = Callable[[str], Reader]
READERS = {
    "school": ("anna", "zhanna", "boris", "vera", "irina", "kira", "lev"),
    "city": ("semyon", "darya", "nina", "pavel"),
}
CONTOURS = {"school": ("config.urls_school", "/s/5"), "city": ("config.urls_city", "")}
OF_A_DAY: dict[str, set[str]] = {
    "school": {
        "staff:people",
        "mentor_bank:cards",
        "mentor_bank:needs",
        "mentoring:pairs",
        "pair_work:programmes",
        "cabinet:of_day",
    },
    "city": set(),
}
"""Lists and figures that are asked for a day that is over, too."""
ASKS_A_DAY = re.compile(r'<form[^>]*method="get"(?:(?!</form>).)*name="on"', re.DOTALL)
WORDS = {
    "book": ("subject",),
    "code": ("T-08", "T-09", "T-10"),
    "what": ("order", "T-09"),
    "kind": ("processing", "distribution"),
    "number": ("1", "2", "4"),
}
ANOTHER = {"mentor": "staff.Person", "file": "school_records.StoredFile", "programme": "pair_work.Programme"}
"""Numbers that stand second in an address."""
FOREIGN = re.compile(r"^(account_|mfa_|demo:|api_|alive$|ready$|resume$|invitation|address_|ui)")
"""Sign-in, probes, descriptions: of nobody but the visitor."""
SCAN = "скан: что на нём написано, портал не читает, а чей он, знает"
NAMELESS = "ответ программе: данные этих людей без их имён"
PRINCIPAL = "реквизиты бумаги собраны вместе с директором, в ней он не назван"
BEYOND = {
    **dict.fromkeys(
        (
            "staff:consent_scan",
            "local_acts:order_scan",
            "mentoring:pair_scan",
            "mentoring:consent_scan",
            "local_acts:act_scan",
            "papers:word",
            "papers:pdf",
            "papers:pdf_file",
            "staff:own_paper_word",
            "staff:own_paper_pdf",
            "school_practices:attachment",
        ),
        SCAN,
    ),
    **dict.fromkeys(
        (
            "mentor_bank_api:need",
            "pair_work_api:pair_meetings",
            "mentoring_api:consents",
            "mentoring_api:consent",
            "pair_work_api:meetings",
            "pair_work_api:meeting",
            "pair_work_api:programmes",
            "pair_work_api:programme",
            "pair_work_api:adoption",
            "pair_work_api:adoption_send",
            "pair_work_api:adoptions",
            "pair_work_api:fitting",
            "expertise_api:practice",
            "expertise_api:practices",
            "expertise_api:practice_reviews",
            "expertise_api:sheet",
            "expertise_api:remarks",
        ),
        NAMELESS,
    ),
    **dict.fromkeys(("staff:consent_word", "staff:consent_withdrawal", "local_acts:act_word"), PRINCIPAL),
    **dict.fromkeys(
        ("pair_work:pair_meetings_table", "pair_work:meeting_confirm", "pair_work:meeting_dispute"),
        "данные второго из пары, он не назван",
    ),
    **dict.fromkeys(
        (
            "school_practices:review",
            "school_practices:hand_over",
            "school_practices:check",
            "school_practices_api:finds",
            "school_practices:unclear",
            "school_practices_api:unclear",
            "school_practices_api:unclear_answer",
            "school_practices_api:remarks",
            "school_practices_api:reviews",
            "school_practices_api:files",
        ),
        "работа авторов практики, они не названы",
    ),
    "expertise:protocol": "практика и листы, по которым он составлен",
    "expertise_api:practice_experts": "связи с авторами и с уже назначенными: они не названы",
    **dict.fromkeys(
        ("expertise:withdraw", "expertise:replace", "expertise:prolong"),
        "практика, от которой отзывают или у которой продлевают эксперта: её авторы не названы",
    ),
    "expertise:remarks": "практика, о которой пишут: её авторы не названы",
    "expertise:reserve": "связи с авторами и загрузка всех, кого можно позвать: названы только подходящие",
    **dict.fromkeys(
        ("home", "accounts_api:next_steps"), "шаги составлены из строк об этих людях, поздние шаги свёрнуты"
    ),
}
"""Addresses whose line may name more people than the answer does, each with the reason: people of the very
thing that is shown.
"""


ELSEWHERE = {
    **dict.fromkeys(
        ("papers:word", "papers:pdf", "papers:pdf_file"),
        "tests/workflows/test_who_reads_papers.py открывает бумаги и сверяет журнал",
    ),
    "card:short": "ведёт на страницу практики и никого не показывает: tests/practices/test_exporting.py",
    "own_bank:read_feed": "tests/practices/test_feed.py: программа людей не читает",
    **dict.fromkeys(
        ("certificates:check", "certificates_api:verify"),
        "tests/practices/test_checking.py открывает по коду и сверяет журнал",
    ),
    "own_bank:stop": "tests/practices/test_saved_searches.py: чьи это письма, страница не говорит",
    "municipality:set_aside": "форма причины: письма она не показывает",
    **dict.fromkeys(
        ("municipality:invite",), "форма есть у школы, в которую ещё никто не вошёл: tests/posts"
    ),
}
"""Addresses whose things are made by another walk that compares the same line, each with where."""


@dataclass
class Walk:
    """Opens the addresses of a contour, each with the things that fit it."""

    clients: dict[str, Reader]
    prefix: str
    things: dict[str, list[Model]] = field(default_factory=dict)
    fitting: dict[str, str] = field(default_factory=dict)
    """First part of an address → label of the things that it opens, learned on the way."""
    beyond: dict[str, set[str]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    past: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Whom each list of a past day has named."""

    def opened(self, name: str, route: str) -> int:
        """By how many readers the address was opened: all of them try the first thing that somebody can open
        there.
        """
        for url in self._urls(name, route):
            readers = [key for key, client in self.clients.items() if self._shows(client, name, url)]
            if readers:
                return len(readers)
        return 0

    def _urls(self, name: str, route: str) -> Iterator[str]:
        urls = ["/" + route]
        for kind, parameter in re.findall(r"<(\w+):(\w+)>", route):
            values = self._numbers(name, route, parameter) if kind == "uuid" else WORDS.get(parameter, ())
            urls = [url.replace(f"<{kind}:{parameter}>", str(value), 1) for url in urls for value in values]
        return iter(urls)

    def _numbers(self, name: str, route: str, parameter: str) -> list[Any]:
        label = ANOTHER.get(parameter) or self._label(name, route.split("<")[0])
        return [thing.uuid for thing in self.things.get(label, [])]  # type: ignore[attr-defined]

    def _label(self, name: str, base: str) -> str:
        """What stands at `base/<number>/`: what somebody finds there. Things of the own room are tried
        first.
        """
        if base not in self.fitting:
            room = name.split(":")[0].removesuffix("_api")
            labels = sorted(self.things, key=lambda label: label.split(".")[0] != room)
            self.fitting[base] = next((label for label in labels if self._is_at(base, label)), "")
        return self.fitting[base]

    def _is_at(self, base: str, label: str) -> bool:
        thing: Any = self.things[label][0]
        return any(
            client.get(f"{self.prefix}/{base}{thing.uuid}/").status_code == 200
            for client in self.clients.values()
        )

    def _shows(self, client: Reader, name: str, url: str) -> bool:
        answer = client.get(self.prefix + url)
        if answer.status_code >= 500:
            self.broken.add(name)
        if answer.status_code != 200:
            return False
        self._compare(client, name, answer)
        if "export=xlsx" in text_of(answer):
            self._compare(client, f"{name} xlsx", client.get(f"{self.prefix}{url}?export=xlsx"))
        if ASKS_A_DAY.search(text_of(answer)):
            self._on_a_past_day(client, name, f"{self.prefix}{url}?on={clock.today():%d.%m.%Y}")
        return True

    def _on_a_past_day(self, client: Reader, name: str, url: str) -> None:
        """What the same address tells tomorrow of today."""
        with clock.at(clock.now() + dt.timedelta(days=1)):
            for what in ("", "&export=xlsx"):
                answer = client.get(f"{url}{what}")
                assert answer.status_code == 200, url
                self.past[name] |= people_in(text_of(answer))
                self._compare(client, f"{name} past{what}", answer)

    def _compare(self, client: Reader, name: str, answer: Any) -> None:
        extra = client.noted - people_in(text_of(answer)) - {client.key}
        if extra:
            self.beyond.setdefault(name, set()).update(extra)


def routes(module: str) -> dict[str, str]:
    """Name → route of each address that can be read."""
    from importlib import import_module

    patterns = import_module(module).urlpatterns
    readable = {name for name, view in views(patterns) if "GET" in methods_of(view)}
    return {
        name: route for name, route in every_route(patterns) if name in readable and not FOREIGN.match(name)
    }


def every_route(
    patterns: list[Any], before: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    for item in patterns:
        route = before + str(item.pattern)
        if hasattr(item, "url_patterns"):
            yield from every_route(
                item.url_patterns, route, (*spaces, item.namespace) if item.namespace else spaces
            )
        else:
            yield ":".join((*spaces, item.name or route)), route


@pytest.mark.parametrize("contour", CONTOURS)
@pytest.mark.covers("found C1", "house: reading")
@pytest.mark.usefixtures("bare_refusals")
def test_every_address_notes_whom_it_shows_and_nobody_else(
    contour: str, school5: School, actor: Callable[[str], Actor], as_: AsPerson
) -> None:
    module, prefix = CONTOURS[contour]
    if contour == "school":
        made = shown_town.bank()
        with in_school(school5):
            made += shown_town.school(actor)
    else:
        made = shown_town.city()
    walk = Walk({key: quiet(as_(key)) for key in READERS[contour]}, prefix)  # type: ignore[misc]
    for thing in made:
        walk.things.setdefault(thing._meta.label, []).append(thing)
    opened = {name: walk.opened(name, route) for name, route in routes(module).items()}
    assert walk.broken == set()
    assert {name for name, named in walk.past.items() if len(named) > 1} == OF_A_DAY[contour], (
        "what is asked for a past day: OF_A_DAY; or it has named nobody"
    )
    unopened = sorted(name for name, readers in opened.items() if not readers and name not in ELSEWHERE)
    assert unopened == [], "nobody could open these: put their things into shown_town.py"
    assert {name: people for name, people in walk.beyond.items() if name.split()[0] not in BEYOND} == {}, (
        "noted, but not shown: name the person on the page, or put the address into BEYOND with the reason"
    )
