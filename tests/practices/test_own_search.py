"""The school's own bank is searched by the engine of the city's, behind its own doors."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from best_practices import search as city
from best_practices.models import BankWord
from portal.core.actor import Actor
from portal.core.errors import Conflict
from portal.school_practices import access, services
from portal.school_practices.models import PracticeWords, SchoolPractice
from portal.school_practices.search import continued, search_school_bank, to_cut
from portal.school_practices.states import SchoolPracticeState as S
from portal.school_records.models import AskedQuestion
from portal.search.engine import Found, Query
from portal.staff.models import Person
from tenants.models import School
from tests.cast import BY_KEY
from tests.tenancy.test_guest import a_guest, begin

AsPerson = Callable[[str], Client]
Inside = Callable[[School], Any]
ActorOf = Callable[..., Actor]
URL = "/s/5/practices/"


@pytest.fixture
def write(school5: School, inside: Inside, actor: ActorOf) -> Callable[..., SchoolPractice]:
    """A practice of a person, as its form writes it."""

    def draft(title: str, key: str = "boris", state: str = S.DRAFT, **content: Any) -> SchoolPractice:
        with inside(school5):
            author = Person.objects.get(uuid=BY_KEY[key].person)
            made = services.draft_practice(title=title, authors=[author], by=actor(key), **content)
            SchoolPractice.objects.filter(pk=made.pk).update(state=state)
            return made

    return draft


@pytest.fixture
def found(school5: School, inside: Inside, actor: ActorOf) -> Callable[[str, str], Found]:
    def ask(key: str, text: str) -> Found:
        with inside(school5):
            return search_school_bank(actor(key), Query(text))[0]

    return ask


def test_the_page_finds_mends_counts_and_marks(write: Callable[..., SchoolPractice], as_: AsPerson) -> None:
    write("Маятник на уроке физики", state=S.SCHOOL_BANK, nomination="N2", keywords=["опыт"])
    other = write("Вулкан из соды", state=S.SCHOOL_BANK, nomination="N1", problem="Маятник надоел.")
    write("Хор и сад", state=S.PUBLISHED)
    lev = as_("lev")

    def page(question: str) -> str:
        text = lev.get(f"{URL}?q={question}").content.decode().replace("\xa0", " ")
        return " ".join(text.split())

    answer = page("моятник")
    assert "<h2>2 практики</h2>" in answer
    assert "Слова «моятник» в практиках школы нет, искали <b>«маятник»</b>" in answer
    assert "<mark>Маятник</mark> на уроке" in answer
    assert "<mark>Маятник</mark> надоел" in answer
    assert "Кравцов Б. И., в школьном банке" in answer
    assert "Показано по запросу <b>«маятник»</b>" in page("vfznybr")
    narrowed = page("маятник&nomination=N1")
    assert "<h2>1 практика</h2>" in narrowed
    assert str(other.uuid) in narrowed
    assert "В школе такой практики пока нет" in page("синхрофазотрон")
    assert "В запросе только служебные слова" in page("и в на")
    assert "показаны все практики школы" in page("😀")
    assert "нет ни в одной практике школы" in page("маятник синхрофазотрон")
    assert "<h2>1 практика</h2>" in page("маятник -вулкан")
    assert "Всех слов вместе нет" in page("маятник хор")
    assert lev.get(f"{URL}?q={'%' * 4_000}").status_code == 200
    assert "Поискать то же" in answer


def test_people_of_practices_are_found_and_synonyms_serve(
    write: Callable[..., SchoolPractice], found: Callable[[str, str], Found]
) -> None:
    own = write("Маятник", state=S.SCHOOL_BANK, problem="Школьное методическое объединение помогло.")
    write("Вулкан", key="anna", state=S.SCHOOL_BANK)
    assert [hit.uuid for hit in found("lev", "Кравцов").hits] == [own.uuid]
    assert [hit.uuid for hit in found("lev", "шмо").hits] == [own.uuid]


def test_anothers_draft_is_not_found_counted_meant_or_suggested(
    write: Callable[..., SchoolPractice],
    found: Callable[[str, str], Found],
    school5: School,
    inside: Inside,
    actor: ActorOf,
) -> None:
    """By a word that the draft alone has; whoever sees the draft has it all."""
    draft = write("Кинопанорама", nomination="N8", keywords=["урок"])
    write("Урок и сад", state=S.SCHOOL_BANK, nomination="N1")

    def told(key: str) -> tuple[Any, ...]:
        meant = found(key, "кинопонорама")
        with inside(school5):
            lines = continued(actor(key), "кинопан", 8)
        values = {one.value for rows in found(key, "").facets.values() for one in rows}
        totals = [found(key, text).total for text in ("кинопанорама", "урок", "")]
        return totals, dict(meant.understood.corrected), lines, "N8" in values

    nothing: tuple[Any, ...] = ([0, 1, 1], {}, [], False)
    for key in ("vera", "lev", "anna", "zhanna"):
        assert told(key) == nothing, key
    everything = ([1, 2, 2], {"кинопонорама": ("кинопанорама",)}, ["кинопанорама"], True)
    assert told("boris") == everything
    for state, seen in ((S.SCHOOL_REVIEW, nothing), (S.SCHOOL_BANK, everything)):
        with inside(school5):
            SchoolPractice.objects.filter(pk=draft.pk).update(state=state)
        assert (told("anna"), told("vera")) == (everything, seen)


def test_a_draft_does_not_even_weigh(
    write: Callable[..., SchoolPractice], found: Callable[[str, str], Found]
) -> None:
    """The fit of what is seen is the same, whatever others are writing."""
    for number in range(4):
        write(f"Урок {number}: маятник и сад", state=S.SCHOOL_BANK)
    before = [(hit.uuid, hit.score) for hit in found("lev", "маятник сад").hits]
    for _ in range(5):
        write("Маятник, маятник, маятник и всё о нём")
    assert [(hit.uuid, hit.score) for hit in found("lev", "маятник сад").hits] == before
    assert [(hit.uuid, hit.score) for hit in found("boris", "маятник сад").hits] != before


def test_the_words_are_those_of_the_text_as_it_stands(
    write: Callable[..., SchoolPractice],
    found: Callable[[str, str], Found],
    school5: School,
    inside: Inside,
    actor: ActorOf,
) -> None:
    draft, boris = write("Маятник"), actor("boris")
    with inside(school5):
        services.edit_practice(draft, by=boris, title="Вулкан")
    assert (found("boris", "маятник").total, found("boris", "вулкан").total) == (0, 1)
    with inside(school5):
        services.discard_draft(access.practice_for(boris, draft.uuid), by=boris)
        assert not PracticeWords.objects.exists()
    assert found("boris", "вулкан").total == 0


@pytest.mark.parametrize("trouble", ["never", "otherwise", "behind"])
def test_what_was_not_cut_is_cut_when_asked_and_kept_at_night(
    trouble: str,
    write: Callable[..., SchoolPractice],
    found: Callable[[str, str], Found],
    school5: School,
    inside: Inside,
) -> None:
    """Written before there was a search, cut by another analysis, changed by a release that does not cut."""
    for title in ("Маятник", "Вулкан"):
        write(title, state=S.SCHOOL_BANK)
    with inside(school5):
        rows = PracticeWords.objects.filter(practice__title="Маятник")
        if trouble == "never":
            rows.delete()
        elif trouble == "otherwise":
            rows.update(made=1, terms={}, written="", lemmas="")
        else:
            rows.update(updated_at="2020-01-01T00:00Z", terms={}, written="", lemmas="")
        assert to_cut().count() == 1
    if trouble != "behind":
        assert found("lev", "маятник").total == 1
    with inside(school5):
        night = Actor.system(school=school5.uuid)
        assert (services.cut_words(night), services.cut_words(night), to_cut().count()) == (1, 0, 0)
    assert found("lev", "маятник").total == 1


ASKED = (
    "practices/?q=кинопанорама",
    "practices/suggest/?q=кинопан",
    "find/?q=кинопанорама",
    "api/v1/school-practices/?q=кинопанорама",
)


def assert_finds_nothing(answer: Any, practice: SchoolPractice) -> None:
    """Beside the question itself, which the page says again."""
    assert answer.status_code == 200
    told = re.sub(
        r'<option value="кинопан">|<input[^>]*>|q=[^"&]*|[«"]кинопан(орама)?[»"]', "", answer.content.decode()
    )
    assert str(practice.uuid) not in told
    assert "инопан" not in told, answer.request["PATH_INFO"]


def test_a_guest_finds_nothing_of_the_schools_practices(
    write: Callable[..., SchoolPractice], as_: AsPerson, school5: School, inside: Inside
) -> None:
    """Not the title, no word that is typed, no number of what there is."""
    practice = write("Кинопанорама", state=S.SCHOOL_BANK)
    with inside(school5):
        guest = a_guest("mentor")
    begin(school5, guest)
    for address in ASKED:
        assert_finds_nothing(as_("gleb").get(f"/s/5/{address}"), practice)
    assert as_("gleb").get(f"/s/5/{ASKED[-1]}").json()["count"] == 0


def test_another_school_and_the_city_never_see_a_word_of_it(
    write: Callable[..., SchoolPractice], as_: AsPerson
) -> None:
    """Not by the page, the box in the head, suggestions, the API; nor does the city's vocabulary have it."""
    practice = write("Кинопанорама", state=S.SCHOOL_BANK)
    for address in ASKED:
        seen = as_("boris").get(f"/s/5/{address}").content.decode()
        assert str(practice.uuid) in seen or '<option value="кинопанорама">' in seen, address
        assert_finds_nothing(as_("gleb").get(f"/s/12/{address}"), practice)
        assert as_("gleb").get(f"/s/5/{address}").status_code == 404
    assert not BankWord.objects.filter(word="кинопанорама").exists()
    assert city.ENGINE.suggest("кинопан") == []


def test_questions_to_the_own_bank_are_not_counted_for_the_city(
    write: Callable[..., SchoolPractice], as_: AsPerson, school5: School, inside: Inside
) -> None:
    write("Кинопанорама", state=S.SCHOOL_BANK)
    as_("boris").get(f"{URL}?q=кинопанорама")
    with inside(school5):
        assert not AskedQuestion.objects.exists()


def test_the_box_in_the_head_finds_own_practices(write: Callable[..., SchoolPractice], as_: AsPerson) -> None:
    write("Маятник на уроке", state=S.SCHOOL_BANK)
    draft = write("Маятник втайне")
    page = as_("lev").get("/s/5/find/?q=маятники").content.decode().replace("\xa0", " ")
    assert "Маятник на уроке" in page
    assert "в школьном банке" in page
    assert str(draft.uuid) not in page
    assert str(draft.uuid) in as_("boris").get("/s/5/find/?q=маятники").content.decode()


def test_the_api_says_the_same_in_the_same_order(write: Callable[..., SchoolPractice], as_: AsPerson) -> None:
    write("Хор", state=S.SCHOOL_BANK)
    for number in range(28):
        write(f"Урок {number} с маятником", state=S.SCHOOL_BANK)
    best = write("Маятник, маятник", state=S.SCHOOL_BANK)
    lev, api = as_("lev"), "/s/5/api/v1/school-practices/"
    first = lev.get(api, {"q": "моятник"}).json()
    assert (first["count"], len(first["results"]), first["results"][0]["uuid"]) == (29, 25, str(best.uuid))
    second = lev.get(api, {"q": "моятник", "page": "2"}).json()
    assert len(second["results"]) == 4
    assert len({row["uuid"] for row in first["results"] + second["results"]}) == 29
    assert lev.get(api, {"q": "моятник", "page": "3"}).status_code == 404
    shown = re.findall(r"/practices/([0-9a-f-]{36})/", lev.get(f"{URL}?q=моятник").content.decode())
    assert list(dict.fromkeys(shown)) == [row["uuid"] for row in first["results"][:10]]
    assert lev.get(api, {"q": "синхрофазотрон"}).json()["count"] == 0


def test_the_page_asks_the_same_number_of_questions_for_three_and_thirty(
    write: Callable[..., SchoolPractice], as_: AsPerson
) -> None:
    lev, counts = as_("lev"), []
    for more in (3, 27):
        for number in range(more):
            write(f"Маятник {number}", state=S.SCHOOL_BANK)
        lev.get(f"{URL}?q=маятник")
        with CaptureQueriesContext(connection) as queries:
            lev.get(f"{URL}?q=маятник")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_text_that_is_not_with_its_authors_keeps_its_words(
    write: Callable[..., SchoolPractice],
    found: Callable[[str, str], Found],
    school5: School,
    inside: Inside,
    actor: ActorOf,
) -> None:
    """A refused edit changes nothing of them."""
    practice = write("Маятник", state=S.SCHOOL_REVIEW)
    with inside(school5), pytest.raises(Conflict):
        services.edit_practice(practice, by=actor("boris"), title="Вулкан")
    assert (found("boris", "маятник").total, found("boris", "вулкан").total) == (1, 0)
