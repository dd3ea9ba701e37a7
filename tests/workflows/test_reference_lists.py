"""Reference lists: the city edits them, schools choose, load, take along and print what stands there now."""

import csv
import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.actors import memberships_of
from portal.accounts.models import User
from portal.city_records.models import JournalLine
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, Stale
from portal.documents.names import Case
from portal.municipality import reference_start
from portal.municipality.entries import MOST_WORDS, Wording, add_entry, change_entry, offer_entry
from portal.municipality.models import ReferenceEntry
from portal.municipality.reference import STANDING, catalogue, positions, subjects
from portal.municipality.states import Book
from portal.staff import exports
from portal.staff.cells import understand
from portal.staff.list_rows import in_words
from portal.staff.models import ImportRow, Person
from portal.staff.states import RowVerdict
from tenants.lookup import facts_of, mark_now
from tenants.models import CityFacts, School
from tests.cast import BY_KEY
from tests.workflows.staff_lists import PERSON, accepted, checked, table

As = Callable[[str], Client]
Inside = Callable[[School], Any]


@pytest.fixture
def semyon(actor: Callable[..., Actor]) -> Actor:
    return actor("semyon")


def shown(client: Client, url: str) -> str:
    """The page in small letters, spaces as they are typed."""
    return client.get(url).content.decode().replace("\u00a0", " ").casefold()


def entry(code: str, book: Book = Book.SUBJECTS) -> ReferenceEntry:
    return ReferenceEntry.objects.get(book=book, code=code)


def test_a_city_that_edits_nothing_has_what_came_with_the_portal() -> None:
    assert positions().titles == reference_start.POSITIONS
    assert subjects().titles == reference_start.SUBJECTS
    assert {
        code: subjects().genitive(code) for code in subjects().titles
    } == reference_start.SUBJECTS_GENITIVE
    assert [code for code, _ in positions().choices()] == list(reference_start.POSITIONS)
    for book in Book:
        assert catalogue(book).titles == reference_start.TITLES[book]
        assert STANDING.get(book, frozenset()) <= set(catalogue(book).titles)


def test_a_subject_of_the_city_is_offered_loaded_declined_and_taken_along(
    school5: School, inside: Inside, as_: As, actor: Callable[..., Actor], semyon: Actor
) -> None:
    anna, words = actor("anna"), ("КИТ. ЯЗ-К", "иностранный (китайский)", "китайский")
    code = add_entry(Book.SUBJECTS, Wording("китайский язык", words=words), by=semyon).code
    assert "китайский язык" in shown(as_("anna"), "/s/5/people/new/")
    assert "китайский язык" in shown(as_("anna"), "/s/5/people/"), "the filter offers it"
    assert "китайский язык" in shown(as_("boris"), "/s/5/practices/new/")
    with inside(school5):
        said = {"Ли": "кит. яз-к", "Ван": "физика, Китайский язык", "Чэнь": "китайский"}
        rows = [
            {**PERSON, "last_name": name, "birth_date": f"0{day}.03.1990", "email": "", "subjects": words}
            for day, (name, words) in enumerate(said.items(), start=1)
        ]
        accepted(checked(table(*rows), anna), anna)
        found = {
            p.last_name: p.positions[0] for p in Person.objects.filter(last_name__in=["Ли", "Ван", "Чэнь"])
        }
        assert {name: post.subjects for name, post in found.items()} == {
            "Ли": [code],
            "Ван": ["physics", code],
            "Чэнь": [code],
        }
        assert found["Ван"].title == "учитель физики и китайского языка"
        people = Person.objects.filter(last_name__in=["Ли", "Ван", "Чэнь"]).prefetch_related("employments")
        made = checked(SimpleUploadedFile("люди.xlsx", exports.people_table(people).content), anna)
        assert {(row.verdict, tuple(row.changes)) for row in ImportRow.objects.filter(staff_import=made)} == {
            (RowVerdict.KNOWN, ())
        }


@pytest.mark.parametrize(
    "title",
    [
        "математика (базовый уровень)",
        "химия 8",
        "русский язык и литература",
        "ИЗО/МХК",
        "иностранный язык",
        "история - обществознание",
        "проект «Наш город»",
        "физика 10-11 кл.",
    ],
)
def test_a_subject_loads_back_whatever_its_title_holds(
    title: str, school5: School, inside: Inside, semyon: Actor
) -> None:
    code = add_entry(Book.SUBJECTS, Wording(title), by=semyon).code
    for codes in ([code], ["physics", code], [code, "ethics", "technology"]):
        with inside(school5):
            answer = understand("subjects", in_words("subjects", codes), clock.today())
        assert (answer.is_certain, answer.value) == (True, codes)


def test_a_position_is_declined_as_the_city_has_typed(school5: School, inside: Inside, semyon: Actor) -> None:
    typed = {Case.GENITIVE.value: "учителя-предметника", Case.DATIVE.value: ""}
    change_entry(
        entry("teacher", Book.POSITIONS), Wording("учитель-предметник", typed, ("педагог",)), by=semyon
    )
    with inside(school5):
        vera = Person.objects.get(uuid=BY_KEY["vera"].person)
        named = exports.named_person(vera)
        assert named.post.startswith("учитель-предметник ")
        assert named.post_in(Case.GENITIVE) == named.post.replace("учитель-предметник", "учителя-предметника")
        assert named.post_in(Case.DATIVE).startswith("учителю-предметнику ")
    row = entry("teacher", Book.POSITIONS)
    assert row.words == ["педагог", "учитель"], "the former title is understood still"
    assert row.cases == {"genitive": "учителя-предметника"}


def test_what_is_put_away_stays_with_those_who_have_it(
    school5: School, inside: Inside, as_: As, actor: Callable[..., Actor], semyon: Actor
) -> None:
    anna, astronomy = actor("anna"), "астрономия"
    with inside(school5):
        accepted(checked(table({**PERSON, "subjects": astronomy}), anna), anna)
        person = Person.objects.get(last_name=PERSON["last_name"], first_name=PERSON["first_name"])
    offer_entry(entry("astronomy"), False, by=semyon)
    page = shown(as_("anna"), "/s/5/people/new/")
    assert f">{astronomy}<" not in page.replace("\n", "")
    assert 'value="astronomy"' not in page
    assert 'value="astronomy"' in shown(as_("anna"), "/s/5/people/"), "the filter finds them"
    edit = shown(as_("anna"), f"/s/5/people/{person.uuid}/edit/")
    assert 'value="astronomy"' in edit, "a form does not take away what the person has"
    with inside(school5):
        assert Person.objects.get(pk=person.pk).position_title == "учитель астрономии"
        people = Person.objects.filter(pk=person.pk).prefetch_related("employments")
        made = checked(SimpleUploadedFile("люди.xlsx", exports.people_table(people).content), anna)
        assert made.known == 1
    offer_entry(entry("astronomy"), True, by=semyon)
    assert 'value="astronomy"' in shown(as_("anna"), "/s/5/people/new/")


def test_a_change_is_seen_by_the_next_request_of_every_process(as_: As) -> None:
    """Another process has written: its row and its mark are in the database, our memory knows nothing."""
    anna = as_("anna")
    CityFacts.objects.create(mark=uuid4())
    assert "астрономия" in shown(anna, "/s/5/people/new/")
    ReferenceEntry.objects.filter(code="astronomy").update(title="звездочётство")
    assert "астрономия" in shown(anna, "/s/5/people/new/"), "nobody asks until the mark changes"
    CityFacts.objects.update(mark=uuid4())
    assert "звездочётство" in shown(anna, "/s/5/people/new/")


def test_a_page_that_knows_the_lists_asks_nothing_for_them(as_: As, semyon: Actor) -> None:
    add_entry(Book.SUBJECTS, Wording("китайский язык"), by=semyon)
    client = as_("anna")
    client.get("/s/5/people/new/")
    with CaptureQueriesContext(connection) as asked:
        assert "китайский язык" in shown(client, "/s/5/people/new/")
    assert [q["sql"] for q in asked if "municipality_referenceentry" in q["sql"]] == []
    assert len([q for q in asked if "tenants_cityfacts" in q["sql"]]) == 1, "it rides with the memberships"


def test_what_was_read_under_an_older_mark_is_not_believed_under_a_newer_one(semyon: Actor) -> None:
    add_entry(Book.SUBJECTS, Wording("китайский язык"), by=semyon)
    before = mark_now()
    with facts_of(before):
        had = len(subjects().titles)
        change_entry(entry("physics"), Wording("физика и астрономия"), by=semyon)
        assert subjects().title("physics") == "физика и астрономия", "who has written sees it at once"
    assert mark_now() != before
    with facts_of(mark_now()):
        assert (len(subjects().titles), subjects().title("physics")) == (had, "физика и астрономия")


def test_memberships_bring_the_mark(db: None, semyon: Actor) -> None:
    add_entry(Book.SUBJECTS, Wording("китайский язык"), by=semyon)
    user = User.objects.get(pk=BY_KEY["semyon"].uuid)
    assert {one.facts_mark for one in memberships_of(user)} == {mark_now()}  # type: ignore[attr-defined]


def test_every_change_is_a_line_of_the_journal(semyon: Actor) -> None:
    made = add_entry(Book.POSITIONS, Wording("куратор групп"), by=semyon)
    change_entry(made, Wording("куратор группы"), by=semyon, version=1)
    offer_entry(made, False, by=semyon, version=2)
    offer_entry(made, True, by=semyon)
    offer_entry(made, True, by=semyon)
    change_entry(made, Wording("куратор группы"), by=semyon, place=2)
    lines = JournalLine.objects.filter(object_uuid=made.uuid).order_by("pk")
    assert list(lines.values_list("verb", flat=True)) == [
        "entry_added",
        "entry_changed",
        "entry_put_away",
        "entry_offered",
        "entry_changed",
    ]
    assert lines[1].changes["title"] == ["куратор групп", "куратор группы"]


def test_the_order_is_the_citys(semyon: Actor) -> None:
    codes = list(positions().titles)
    last = entry(codes[-1], Book.POSITIONS)
    change_entry(last, Wording(last.title, words=tuple(last.words)), by=semyon, place=3)
    moved = [*codes[:2], codes[-1], *codes[2:-1]]
    assert list(positions().titles) == moved
    assert [code for code, _ in positions().choices()] == moved
    places = (
        ReferenceEntry.objects.filter(book=Book.POSITIONS).order_by("place").values_list("place", flat=True)
    )
    assert list(places) == list(range(1, len(codes) + 1))
    assert entry(codes[5], Book.POSITIONS).version == 1, "who stood aside is not changed for others"


@pytest.mark.parametrize(
    ("wording", "field", "says"),
    [
        (Wording("  "), "title", "Назовите"),
        (Wording("нет"), "title", "Назовите"),
        (Wording("12"), "title", "Назовите"),
        (Wording("физика, химия"), "title", "запятых"),
        (Wording("Мате-матика".replace("-", "")), "title", "математика"),
        (Wording("ФИЗ-РА"), "title", "физическая культура"),
        (Wording("ф" * 41), "title", "40"),
        (Wording("китайский язык", words=("матем", "алгебра")), "words", "математика"),
        (Wording("китайский язык", words=("к" * 101,)), "words", "100"),
        (Wording("китайский язык", words=tuple(f"слово {n}" for n in range(MOST_WORDS + 1))), "words", "60"),
    ],
)
def test_a_word_that_means_two_things_is_refused_at_its_field(
    wording: Wording, field: str, says: str, semyon: Actor
) -> None:
    with pytest.raises(Invalid) as refused:
        add_entry(Book.SUBJECTS, wording, by=semyon)
    assert says in " ".join(refused.value.fields[field])
    assert not ReferenceEntry.objects.filter(code__startswith="city_").exists()


def test_what_rules_stand_on_is_not_put_away(semyon: Actor) -> None:
    for book, codes in STANDING.items():
        for code in codes:
            with pytest.raises(Conflict):
                offer_entry(entry(code, Book(book)), False, by=semyon)
            assert code in dict(catalogue(Book(book)).choices())


def test_nobody_else_edits_and_a_stale_form_is_told(actor: Callable[..., Actor], semyon: Actor) -> None:
    for who in ("darya", "anna", "zhanna", "zoya"):
        with pytest.raises(Forbidden):
            add_entry(Book.SUBJECTS, Wording("китайский язык"), by=actor(who))
        with pytest.raises(Forbidden):
            change_entry(entry("physics"), Wording("магия"), by=actor(who))
        with pytest.raises(Forbidden):
            offer_entry(entry("physics"), False, by=actor(who))
    change_entry(entry("physics"), Wording("физика и техника"), by=semyon, version=1)
    with pytest.raises(Stale):
        change_entry(entry("physics"), Wording("физика"), by=semyon, version=1)
    with pytest.raises(Stale):
        offer_entry(entry("physics"), False, by=semyon, version=1)


def test_pages_of_the_city(as_: As) -> None:
    client = as_("semyon")
    assert "справочники" in shown(client, "/")
    answer = client.post(
        "/reference/subject/new/", {"title": "китайский язык", "words": "китайский\r\nкитайка"}
    )
    made = ReferenceEntry.objects.get(title="китайский язык")
    assert (answer.status_code, answer["Location"]) == (302, f"/reference/entries/{made.uuid}/")
    assert (made.words, made.cases, made.place) == (["китайский", "китайка"], {}, 35)
    page = shown(client, f"/reference/entries/{made.uuid}/")
    assert "китайского языка" in page, "what the portal proposes stands in the field"
    sent = {
        "title": "китайская грамота",
        "genitive": "китайского языка",
        "words": "",
        "place": "1",
        "version": "1",
    }
    client.post(f"/reference/entries/{made.uuid}/", sent)
    made.refresh_from_db()
    assert (made.cases, made.place, made.words) == ({}, 1, ["китайский язык"]), (
        "the proposal follows the title"
    )
    assert subjects().genitive(made.code) == "китайской грамоты"
    typed = {**sent, "genitive": "китайского письма", "version": str(made.version)}
    client.post(f"/reference/entries/{made.uuid}/", typed)
    assert subjects().genitive(made.code) == "китайского письма"
    client.post(f"/reference/entries/{made.uuid}/offer/", {"offered": "no"})
    assert "больше не предлагаем" in shown(client, "/reference/subject/")
    standing = shown(client, f"/reference/entries/{entry('teacher', Book.POSITIONS).uuid}/")
    assert "эту строку не убрать" in standing
    assert "больше не предлагать<" not in standing


def test_lists_are_published_to_everybody_who_has_signed_in(as_: As, client: Client) -> None:
    assert client.get("/api/v1/reference/").status_code == 401
    for who in ("vera", "zoya", "nina", "semyon"):
        given = as_(who).get("/api/v1/reference/?page_size=200").json()["results"]
        physics = next(row for row in given if row["code"] == "physics")
        assert (physics["title"], physics["cases"], physics["book"]) == (
            "физика",
            {"genitive": "физики"},
            "subject",
        )
        answer = as_(who).get("/reference/subject/file/")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert [row["код"] for row in rows] == list(reference_start.SUBJECTS)
        assert rows[5]["родительный падеж"] == "физики"
        page = shown(as_(who), "/reference/position/")
        assert ("добавить" in page, "социальный педагог" in page) == (who == "semyon", True)
    assert as_("semyon").get("/reference/magic/").status_code == 404
