"""Names and posts labelled by hand stand in the right cases; a gender is never guessed in silence."""

from dataclasses import replace

import pytest

from portal.documents.forms import NamedPerson
from portal.documents.forms.orders import CuratorOrder
from portal.documents.names import organisation_genitive
from tests.documents import declension
from tests.documents.reading import head_of, text_of

MOST = 0.03
"""Of the forms of a set so many may be wrong (the issue of a person's life in time, «Words in cases»)."""


@pytest.mark.covers("found F11")
@pytest.mark.parametrize("name", declension.SETS)
def test_names(name: str) -> None:
    score = declension.names(name, declension.part_of_name)
    assert score.asked > 300
    assert score.share <= MOST, "\n".join(score.wrong)


@pytest.mark.covers("found F11")
@pytest.mark.parametrize("name", declension.SETS)
def test_posts(name: str) -> None:
    score = declension.posts(name, declension.post)
    assert score.asked > 80
    assert score.share <= MOST, "\n".join(score.wrong)


@pytest.mark.covers("found F11")
@pytest.mark.parametrize("name", declension.SETS)
def test_no_gender_is_wrong_in_silence(name: str) -> None:
    told = declension.whole(name)
    assert told.silent == []
    assert told.wrong == []
    assert len(told.asked) <= told.people // 10, "asked of people whose name tells it"


@pytest.mark.covers("found B3")
def test_names_of_organisations() -> None:
    said = [(organisation_genitive(name), genitive) for name, genitive in declension.rows("organisations")]
    wrong = [f"{got}, not {wanted}" for got, wanted in said if got != wanted]
    assert len(wrong) / len(said) <= MOST, "\n".join(wrong)


UNKNOWN = NamedPerson("Ким", "Женя", post="заместитель директора")


def order(curator: NamedPerson) -> CuratorOrder:
    return replace(CuratorOrder.sample(), curator=curator)


@pytest.mark.covers("found F11")
def test_a_paper_says_which_name_it_could_not_decline() -> None:
    content, blocks = order(UNKNOWN).signed()
    remark = "Не склоняется: Ким Женя"
    assert "Назначить Ким Женя, заместителя директора," in text_of(content)
    assert remark in head_of(content)
    assert remark in blocks[0].pieces[0].text
    assert head_of(order(UNKNOWN).docx(draft="Проект.")).startswith(f"Проект. {remark}")


@pytest.mark.covers("found F11")
@pytest.mark.parametrize(
    "told",
    [
        replace(UNKNOWN, gender="m"),
        replace(UNKNOWN, name_cases={"accusative": "Ким Женю", "dative": "Ким Жене"}),
        replace(UNKNOWN, last="Сыромятко", first="Саша"),
    ],
    ids=["gender", "typed over", "the same of both genders"],
)
def test_what_is_told_or_typed_needs_no_remark(told: NamedPerson) -> None:
    content, blocks = order(told).signed()
    assert "Не склоняется" not in head_of(content)
    assert "Не склоняется" not in str(blocks)
