"""The methodist teaches the search: at once, in every process, and a careless word breaks nothing."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from best_practices.models import SearchWord
from best_practices.search import ENGINE
from best_practices.services import add_search_word, change_search_word, use_search_word
from best_practices.services.words import MOST_NAMES
from portal.city_records.models import JournalLine
from portal.core.actor import Actor
from portal.core.errors import Forbidden, Invalid, Stale
from portal.search.engine import Query
from portal.search.words_start import NOTIONS
from tenants.models import CityFacts, School
from tests.search.documents import document

As = Callable[[str], Client]
Inside = Callable[[School], Any]
ZOOM = document("Кружок юных зоологов наблюдает птиц.", title="Птицы")


@pytest.fixture
def darya(actor: Callable[..., Actor]) -> Actor:
    return actor("darya")


@pytest.fixture
def bank(db: None) -> None:
    others = [document(f"Урок {number}: в классе тихо, ДОМ и сад.") for number in range(12)]
    ENGINE.rebuild([ZOOM, *others])


def found(text: str) -> list[Any]:
    return [hit.uuid for hit in ENGINE.search(Query(text)).hits]


@pytest.mark.django_db
def test_a_city_that_edits_nothing_has_what_came_with_the_portal() -> None:
    assert sorted(SearchWord.objects.values_list("names", flat=True)) == sorted(map(list, NOTIONS))


def test_a_word_acts_at_once_and_is_put_away_at_once(bank: None, darya: Actor) -> None:
    assert found("юннаты") == []
    word = add_search_word(["юннаты", "юные зоологи"], by=darya)
    assert found("юннаты") == [ZOOM.uuid]
    assert ENGINE.search(Query("юннаты")).understood.synonyms == ("юные зоологи",)
    change_search_word(word, ["натуралисты", "юные зоологи"], by=darya)
    assert (found("юннаты"), found("натуралисты")) == ([], [ZOOM.uuid])
    use_search_word(word, False, by=darya)
    assert found("натуралисты") == []
    use_search_word(word, True, by=darya)
    assert found("натуралисты") == [ZOOM.uuid]


def test_a_word_of_another_process_is_seen_by_the_next_question(bank: None, as_: As) -> None:
    client = as_("darya")
    CityFacts.objects.create(mark=uuid4())
    assert client.get("/api/v1/bank/?q=юннаты").json()["total"] == 0
    SearchWord.objects.create(names=["юннаты", "юные зоологи"])
    assert client.get("/api/v1/bank/?q=юннаты").json()["total"] == 0
    CityFacts.objects.update(mark=uuid4())
    assert client.get("/api/v1/bank/?q=юннаты").json()["total"] == 1


def test_schools_read_the_words_and_cannot_write_them(school5: School, inside: Inside) -> None:
    with inside(school5):
        assert SearchWord.objects.count() == len(NOTIONS)
        with pytest.raises(ProgrammingError), transaction.atomic():
            SearchWord.objects.create(names=["а", "б"])


@pytest.mark.parametrize(
    ("names", "field", "says"),
    [
        (["юннаты"], "names", "хотя бы два"),
        (["Юннаты", "юннатов"], "names", "хотя бы два"),
        (["до", "дошкольный отдел"], "names", "«до»: из таких слов"),
        (["%", "процент"], "names", "«%»"),
        (["юннаты", "з" * 81], "names", "80"),
        (
            ["юннаты", " ".join(["птица", "лес", "поле", "река", "гора", "озеро", "луг", "сад"])],
            "names",
            "подряд",
        ),
        ([f"слово{n}" for n in range(MOST_NAMES + 1)], "names", "не больше 10"),
        (["юннаты", "школьных методических объединений"], "names", "уже есть в строке «ШМО»"),
        (["юннаты", "класс"], "names", "«класс» есть в 12 практиках из 13"),
        (["ДОМ", "детское объединение"], "names", "на каждый день"),
    ],
)
def test_a_careless_word_is_refused_or_asked_about(
    names: list[str], field: str, says: str, bank: None, darya: Actor
) -> None:
    with pytest.raises(Invalid) as refused:
        add_search_word(names, by=darya)
    assert says in " ".join(refused.value.fields[field])
    assert SearchWord.objects.count() == len(NOTIONS)


def test_who_is_sure_writes_a_doubtful_word(bank: None, darya: Actor) -> None:
    word = add_search_word(["класс", "коллектив детей"], by=darya, sure=True)
    change_search_word(word, ["класс", "коллектив учеников"], by=darya)
    assert word.names == ["класс", "коллектив детей"], "what was known is not asked about again"
    with pytest.raises(Invalid):
        change_search_word(word, ["класс", "коллектив учеников", "урок"], by=darya)


def test_an_abbreviation_that_reads_as_a_word_is_asked_about(db: None, darya: Actor) -> None:
    ENGINE.rebuild([document(f"Тихий час {n}.") for n in range(12)] + [document("Дом и сад.")])
    with pytest.raises(Invalid) as refused:
        add_search_word(["ДОМ", "детское объединение малышей"], by=darya)
    assert "обычное слово «дом»" in " ".join(refused.value.fields["names"])


def test_nobody_else_teaches_and_a_stale_form_is_told(actor: Callable[..., Actor], darya: Actor) -> None:
    word = SearchWord.objects.earliest("pk")
    for who in ("semyon", "elena", "anna", "zoya"):
        with pytest.raises(Forbidden):
            add_search_word(["юннаты", "юные зоологи"], by=actor(who))
        with pytest.raises(Forbidden):
            change_search_word(word, ["юннаты", "юные зоологи"], by=actor(who))
        with pytest.raises(Forbidden):
            use_search_word(word, False, by=actor(who))
    change_search_word(word, ["ШМО", "школьное метод. объединение"], by=darya, version=1)
    with pytest.raises(Stale):
        use_search_word(word, False, by=darya, version=1)


def test_a_name_taken_meanwhile_does_not_come_back(db: None, darya: Actor) -> None:
    word = add_search_word(["юннаты", "юные зоологи"], by=darya)
    use_search_word(word, False, by=darya)
    add_search_word(["юннаты", "натуралисты"], by=darya)
    with pytest.raises(Invalid):
        use_search_word(word, True, by=darya)


def test_every_change_is_a_line_of_the_journal(db: None, darya: Actor) -> None:
    word = add_search_word(["юннаты", " юные   зоологи "], by=darya)
    change_search_word(word, ["юннаты", "юные зоологи"], by=darya)
    change_search_word(word, ["юннаты", "друзья птиц"], by=darya)
    for used in (False, False, True):
        use_search_word(word, used, by=darya)
    lines = JournalLine.objects.filter(object_uuid=word.uuid).order_by("pk")
    assert [line.verb for line in lines] == ["word_added", "word_changed", "word_put_away", "word_used"]
    assert lines[1].changes["names"] == ["юннаты = юные зоологи", "юннаты = друзья птиц"]


def test_pages_of_the_methodist(bank: None, as_: As) -> None:
    client = as_("darya")
    assert "/practices/words/" in client.get("/more/").content.decode()
    assert "юннаты" in client.get("/practices/words/new/?word=юннаты").content.decode()
    doubtful = {"names": "класс\r\nколлектив ребят"}
    answer = client.post("/practices/words/new/", doubtful)
    assert (answer.status_code, 'name="sure"' in answer.content.decode()) == (422, True)
    assert "коллектив ребят" in answer.content.decode()
    alone = client.post("/practices/words/new/", {"names": "юннаты"})
    assert (alone.status_code, 'name="sure"' in alone.content.decode()) == (422, False)
    assert client.post("/practices/words/new/", {**doubtful, "sure": "on"}).status_code == 302
    word = SearchWord.objects.get(names=["класс", "коллектив ребят"])
    assert "коллектив ребят" in client.get("/practices/words/?q=ребят").content.decode()
    assert "ШМО" not in client.get("/practices/words/?q=ребят").content.decode()
    client.post(f"/practices/words/{word.uuid}/use/", {"used": "no"})
    assert "Убрано: 1" in client.get("/practices/words/").content.decode()
    assert as_("semyon").get("/practices/words/").status_code == 403
    given = as_("vera").get("/api/v1/search-words/?page_size=200").json()["results"]
    assert ["ШМО", "школьное методическое объединение"] in [row["names"] for row in given]
