"""What is like a document: the words are chosen, asked and said."""

from dataclasses import replace

from portal.search.postgres import PostgresEngine
from tests.search.documents import document


def test_words_are_said_as_the_document_writes_them(engine: PostgresEngine) -> None:
    """In the form of the dictionary where it stands, abbreviations in capitals, with ё."""
    own = document("Алгебра и зачёты, зачёты.", title="К ОГЭ по алгебре: зачёты, зачётов много. Песок")
    others = [document("", title=f"ОГЭ, алгебра и зачёт в {number} классе") for number in range(5, 8)]
    noise = [document(f"Хор {number} и сад") for number in range(20)]
    engine.index([own, *others, *noise])
    found = engine.similar(own, 3)
    assert {one.uuid for one in found} == {one.uuid for one in others}
    assert set(found[0].words) == {"ОГЭ", "алгебра", "зачёты"}
    only = replace(own, uuid=others[0].uuid)
    assert others[0].uuid not in {one.uuid for one in engine.similar(only, 3)}


def test_a_word_in_passing_makes_nothing_similar(engine: PostgresEngine) -> None:
    """Of either document."""
    own = document("Песок и хор.", title="Маятник и вулкан")
    said = document("Маятник и вулкан были и у нас.", title="Песок и хор")
    engine.index([own, said, *(document(f"Сад {number}") for number in range(9))])
    assert engine.similar(own, 3) == []
    engine.index([document("Маятник, маятник, маятник и вулкан. Вулкан. Вулкан!", title="Дом")])
    assert [set(one.words) for one in engine.similar(own, 3)] == [{"маятник", "вулкан"}]


def test_a_practice_without_words_is_like_nothing(engine: PostgresEngine) -> None:
    engine.index([document("", title="Маятник и вулкан"), document("", title="Вулкан и маятник")])
    assert engine.similar(document(""), 5) == []
    assert engine.similar(document("и в на 5 7"), 5) == []
    assert engine.similar(document("", title="Синхрофазотрон и маятник"), 5) == []
