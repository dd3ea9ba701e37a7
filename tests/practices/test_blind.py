"""Blind in both directions: every address and file of a review, opened by its experts and by the authors'
side, in every state of the practice and of its sheets, with what they carry besides (names and marks of
files, heads of answers, notices, letters, journals).

The walk reads the states from the enumerations, so a new state is walked by itself.
"""

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any
from urllib.parse import unquote

import pypdf
import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client

from best_practices import services as city
from best_practices.blinding import AUTHOR, SCHOOL, blinded
from best_practices.models import BankPractice, Practice, Review
from best_practices.states import CRITERIA, OPEN_TO_EXPERTS, PracticeState, ReviewState
from best_practices.workflow import PRACTICE
from portal.city_records.models import FrozenPaper
from portal.core import clock
from portal.core.contour import Contour, RoomConfig
from portal.school_practices import access, answering, services
from portal.school_practices.checking import waiting_in
from portal.school_practices.models import SchoolPractice
from portal.school_practices.states import MIRROR
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.conftest import COMMENT, expert
from tests.practices.test_journey_of_a_practice import handed_over, reviewed
from tests.reading import people_in, text_of
from tests.tenancy.conftest import bare_refusals  # noqa: F401  (the fixture)
from tests.tenancy.test_every_url import ODD, addresses, quiet

As = Callable[[str], Client]
EXPERTS = ("nina", "pavel", "gleb")
AUTHORS = ("boris", "zhanna")
NOT_OF_REVIEWS = (
    "/accounts/",
    "/demo/",
    "/static/",
    "/ui/",
    "/api/docs/",
    "/api/schema/",
    "/bank/",
    "/api/v1/bank/",
)
"""Signing in, descriptions, and what is published with the consent of its authors."""
OF_REVIEWS = (
    "expertise",
    "papers",
    "school_practices",
    "home",
    "notices",
    "me",
    "accounts_api:next_steps",
    "find",
)
HOLE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
SCHOOL_5 = re.compile(r"(?:школ\w*|СОШ)\s+(?:№\s*)?5\b|\b(?:пят\w\w|5-[йя])\s+школ", re.IGNORECASE)
OF_US = "Придумал Кравцов Б. И. Спасибо Борису Ильичу, Б. И. Кравцову и пятой школе; в школе № 5 рады."


@pytest.fixture
def named_aloud(
    drafted: SchoolPractice, school5: School, inside: Any, actor: Any, content: dict[str, Any]
) -> SchoolPractice:
    """Its author and its school stand in the title and in every text of it, and nobody was troubled by it.
    To be asked for before `disputed`.
    """
    boris = actor("boris")
    with inside(school5):
        told = {**_speaking(content), "title": "Мастерская Кравцова и Бориса Ильича в школе № 5"}
        services.edit_practice(drafted, by=boris, **told)
        found = access.practice_for(boris, drafted.uuid)
        for one in waiting_in(found):
            answering.keep_find(found, answering.Which(one.find.key), by=boris)
    return drafted


def _speaking(content: dict[str, Any]) -> dict[str, Any]:
    """Every free text of the content with a sentence more."""
    short = {"target_group", "timing"}
    told: dict[str, Any] = {
        name: OF_US if name in short else f"{OF_US} {value}"[:480]
        for name, value in content.items()
        if isinstance(value, str) and name not in ("title", "nomination", "form", "licence")
    }
    rows = {name: [dict.fromkeys(row, OF_US) for row in content[name]] for name in ("steps", "results")}
    return {**content, **told, **rows, "tasks": [OF_US], "keywords": ["Кравцов", "школа № 5"]}


@pytest.fixture
def disputed(
    drafted: SchoolPractice, school5: School, inside: Any, actor: Any, sheet: dict[str, Any]
) -> Practice:
    """Two sheets that differ, handed in by the pages' own way with their papers, and a third expert asked."""
    low = {**sheet, "scores": dict.fromkeys(CRITERIA, 3), "recommendation": "reject"}
    practice = reviewed(handed_over(drafted, school5, inside, actor, sheet), actor, [sheet, low])
    if not Review.objects.filter(practice=practice, expert=BY_KEY["gleb"].uuid).exists():
        city.assign_expert(practice, expert("gleb"), by=actor("darya"))
    practice = Practice.objects.get(pk=practice.pk)
    if practice.state == PracticeState.REVIEW:
        PRACTICE.move(practice, "arbitrate", by=actor("darya"))
    post.deliver_everything()
    return Practice.objects.get(pk=practice.pk)


def standing(practice: Practice, state: str, sheets: str) -> None:
    """Everything is as if it stood in these states."""
    handed_in = {
        "scores": dict.fromkeys(CRITERIA, 8),
        "total": 40,
        "comment": COMMENT,
        "recommendation": "publish",
        "submitted_at": clock.now(),
    }
    Review.objects.filter(practice=practice).update(
        state=sheets, **(handed_in if sheets == ReviewState.SUBMITTED else {})
    )
    Practice.objects.filter(pk=practice.pk).update(state=state)


def numbers(practice: Practice, drafted: SchoolPractice) -> list[str]:
    """Of everything that has to do with the review."""
    sheets = list(Review.objects.filter(practice=practice).order_by("pk"))
    subjects = [practice.uuid, drafted.uuid, *(sheet.uuid for sheet in sheets)]
    papers = FrozenPaper.objects.filter(subject__in=subjects).values_list("uuid", flat=True)
    return [str(one) for one in (*subjects, *papers)]


def said_by(answer: Any) -> str:
    """The answer, its heads, and what a PDF says of itself."""
    body = text_of(answer)
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    about = ""
    if raw[:5] == b"%PDF-":
        about = str(dict(pypdf.PdfReader(io.BytesIO(raw)).metadata or {}))
    return "\n".join((body, about, unquote(str(dict(answer.headers)))))


class Walk:
    """Opens every address of a contour with every number once, then those of the rooms that speak of reviews
    in each state.
    """

    def __init__(self, client: Client, module: str, prefix: str, uuids: list[str]) -> None:
        self.client, self.prefix, self.uuids = quiet(client), prefix, uuids
        self.routes = {
            name: url
            for name, url in addresses(module).items()
            if name not in ODD and not url.startswith(NOT_OF_REVIEWS)
        }
        self.fit: dict[str, set[str]] = defaultdict(set)

    def learn(self, *rooms: str) -> Iterator[tuple[str, str]]:
        """(name, what it says) of each address that answers with some number."""
        for name, url in self.routes.items():
            if not name.startswith(rooms or ("",)):
                continue
            for one in {HOLE.sub(uuid, url) for uuid in self.uuids} - self.fit[name]:
                yield from self._open(name, one)

    def opened(self) -> Iterator[tuple[str, str]]:
        """The same of those addresses of reviews that have once answered."""
        for name in [name for name in self.fit if name.startswith(OF_REVIEWS)]:
            for url in sorted(self.fit[name]):
                yield from self._open(name, url)

    def _open(self, name: str, url: str) -> Iterator[tuple[str, str]]:
        answer = self.client.get(self.prefix + url)
        if answer.status_code == 200:
            self.fit[name].add(url)
            yield name, said_by(answer)


def experts_named(text: str) -> set[str]:
    mails = {key for key in EXPERTS if BY_KEY[key].email in text}
    return (people_in(text) & set(EXPERTS)) | mails


def authors_named(text: str, practice: Practice) -> set[str]:
    plain = text.replace("\xa0", " ")
    told = {key for key in AUTHORS if BY_KEY[key].email in plain} | (people_in(plain) & set(AUTHORS))
    is_school_named = SCHOOL_5.search(plain) or str(practice.school.uuid) in plain
    return told | ({"school"} if is_school_named else set())


@pytest.fixture(autouse=True)
def _unhurried(settings: Any) -> None:
    """The walks ask the API more than anybody may in a minute: what is refused so names nobody."""
    settings.API_RATE_PER_MINUTE = 100_000


def test_experts_see_no_author_before_the_decision_and_nobody_else_ever(
    named_aloud: SchoolPractice, disputed: Practice, drafted: SchoolPractice, as_: As
) -> None:
    walks = {
        key: Walk(as_(key), "config.urls_city", "", numbers(disputed, drafted)) for key in ("nina", "gleb")
    }
    seen: set[str] = set()

    def check(key: str, said: Iterable[tuple[str, str]], state: str, sheets: str) -> None:
        for name, text in said:
            seen.add(name)
            assert experts_named(text) <= {key}, (key, name, state, sheets)
            hidden = state not in OPEN_TO_EXPERTS
            assert not (hidden and authors_named(text, disputed)), (key, name, state, sheets)

    for key, walk in walks.items():
        check(key, walk.learn(), disputed.state, "as they came")
    for sheets in ReviewState.values:
        standing(disputed, PracticeState.REVIEW, sheets)
        for key, walk in walks.items():
            check(key, walk.learn("expertise", "papers"), PracticeState.REVIEW, sheets)
    for state, sheets in product(PracticeState.values, ReviewState.values):
        standing(disputed, state, sheets)
        for key, walk in walks.items():
            check(key, walk.opened(), state, sheets)
    pages = {"expertise:review", "expertise:sheet", "expertise:reviews", "notices", "me"}
    assert pages | {"expertise_api:reviews", "accounts_api:next_steps"} <= seen
    standing(disputed, PracticeState.PUBLISHED, ReviewState.SUBMITTED)
    own = Review.objects.get(practice=disputed, expert=BY_KEY["nina"].uuid)
    page = as_("nina").get(f"/expertise/{own.uuid}/")
    assert authors_named(text_of(page), disputed) == {"boris", "school"}, (
        "after the decision experts see them"
    )
    for url, many in ((f"/api/v1/reviews/{own.uuid}/", False), ("/api/v1/reviews/", True)):
        said = as_("nina").get(url).json()
        told = said[0] if many else said
        assert [author["full_name"] for author in told["authors"]] == ["Кравцов Борис Ильич"], url
        assert (told["school"], told["title"]) == (disputed.school.short_name, disputed.title), url
    standing(disputed, PracticeState.REVIEW, ReviewState.SUBMITTED)
    said = as_("nina").get(f"/api/v1/reviews/{own.uuid}/").json()
    assert (said["authors"], said["school"]) == ([], ""), "and not a day before"
    assert said["title"] == f"Мастерская {AUTHOR} и {AUTHOR} в {SCHOOL}"


@pytest.mark.usefixtures("bare_refusals")
def test_the_authors_side_never_sees_an_expert(
    disputed: Practice, drafted: SchoolPractice, school5: School, inside: Any, as_: As, actor: Any
) -> None:
    """Neither by a page of the school or of the city, nor by who has looked, nor in a table of the school."""
    uuids = numbers(disputed, drafted)
    standing(disputed, PracticeState.PUBLISHED, ReviewState.SUBMITTED)
    for key in EXPERTS:
        own = Review.objects.get(practice=disputed, expert=BY_KEY[key].uuid)
        assert as_(key).get(f"/expertise/{own.uuid}/").status_code == 200, "they have looked at the authors"
    walks = {
        (key, module): Walk(as_(key), module, prefix, uuids)
        for key in AUTHORS
        for module, prefix in (("config.urls_school", "/s/5"), ("config.urls_city", ""))
    }
    seen: set[str] = set()

    def check(walk: str, said: Iterable[tuple[str, str]], state: str) -> None:
        for name, text in said:
            seen.add(name)
            assert experts_named(text) == set(), (walk, name, state)

    for who, walk in walks.items():
        check(str(who), walk.learn(), "as it came")
    for number, mirror in enumerate(MIRROR):
        with inside(school5):
            SchoolPractice.objects.filter(pk=drafted.pk).update(state=mirror)
        standing(disputed, PracticeState.values[number % len(PracticeState)], ReviewState.SUBMITTED)
        for who, walk in walks.items():
            check(str(who), walk.opened(), mirror)
    assert {"school_practices:practice", "school_practices:word", "notices", "me"} <= seen
    looked = text_of(as_("boris").get("/me/"))
    assert ("участник экспертизы" in looked, experts_named(looked)) == (True, set()), "that somebody looked"
    with inside(school5):
        found = [
            (table, key)
            for table in tables_of(school5)
            for key in EXPERTS
            if holds(table, str(BY_KEY[key].uuid)) or holds(table, BY_KEY[key].last_name)
        ]
    assert found == [], "a table of the school names an expert"


def tables_of(school: School) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'",
            [school.schema_name],
        )
        return [name for (name,) in cursor.fetchall() if name != "django_migrations"]


def holds(table: str, needle: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" t WHERE t::text LIKE %s)', [f"%{needle}%"])
        return bool(cursor.fetchone()[0])


def test_letters_and_notices_name_nobody_of_the_other_side(
    named_aloud: SchoolPractice, disputed: Practice, drafted: SchoolPractice
) -> None:
    """What was written to somebody while the practice went as far as the third expert."""
    rooms = [
        config
        for config in apps.get_app_configs()
        if isinstance(config, RoomConfig) and config.contour == Contour.EXTERNAL
    ]
    notice = next(model for room in rooms for model in room.get_models() if model.__name__ == "Notice")
    told = {key: notice.objects.filter(recipient=BY_KEY[key].uuid) for key in EXPERTS}  # type: ignore[attr-defined]
    assert all(rows.exists() for rows in told.values())
    for key, rows in told.items():
        for row in rows:
            assert authors_named(row.text, disputed) == set(), row.text
            assert experts_named(row.text) <= {key}, row.text
    for letter in mail.outbox:
        text = f"{letter.subject}\n{letter.body}"
        to = {key for key in EXPERTS if BY_KEY[key].email in letter.to}
        assert experts_named(text) <= to, text
        assert not to or authors_named(text, disputed) == set(), text


HOW_SCHOOLS_ARE_CALLED = {
    "Помочь КРАВЦОВУ": f"Помочь {AUTHOR}",
    "Посетить уроки": "Посетить уроки",
    "МБОУ «СОШ № 5» и гимназия №5": f"{SCHOOL} и {SCHOOL}",
    "Мы из школы 5": f"Мы из {SCHOOL}",
    "В школе 5 молодых педагогов": "В школе 5 молодых педагогов",
    "Учителя 5-й школы и № 5 школы": f"Учителя {SCHOOL} и {SCHOOL}",
    "Пятая средняя школа, в пятой школе": f"{SCHOOL}, в {SCHOOL}",
    "Школы № 55, школы № 15 и двадцать пятой школы": "Школы № 55, школы № 15 и двадцать пятой школы",
}


def test_the_text_that_an_expert_reads_has_lost_the_names_it_was_sent_with(
    disputed: Practice, as_: As
) -> None:
    content = {
        **disputed.content,
        "title": "Мастерская Кравцова",
        "problem": "В школе № 5 к Кравцову Б. И. пришла Вера. С Борисом Ильичом начали; Б. И. Кравцов рад.",
        "tasks": list(HOW_SCHOOLS_ARE_CALLED),
    }
    Practice.objects.filter(pk=disputed.pk).update(content=content)
    found = blinded(Practice.objects.get(pk=disputed.pk))
    assert found.title == f"Мастерская {AUTHOR}"
    assert found.problem == f"В {SCHOOL} к {AUTHOR} пришла Вера. С {AUTHOR} начали; {AUTHOR} рад."
    assert found.tasks == list(HOW_SCHOOLS_ARE_CALLED.values())
    own = Review.objects.get(practice=disputed, expert=BY_KEY["nina"].uuid)
    page = text_of(as_("nina").get(f"/expertise/{own.uuid}/"))
    assert ("boris" in authors_named(page, disputed), AUTHOR in page) == (False, True)
    assert Practice.objects.get(pk=disputed.pk).content == content, "the city's own copy stays as it came"
    assert not BankPractice.objects.exists()
