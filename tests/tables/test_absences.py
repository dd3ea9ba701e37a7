"""What a list says of whoever is away: certain with a kind and a first day, else asked, nothing chosen."""

import datetime as dt

import pytest

from portal.municipality.reference_start import ABSENCES
from portal.staff.cells import understand
from portal.staff.cells.absences import SaidAway, names_an_absence, said_away
from tests.workflows.acting import NOW

TODAY = NOW.date()
CHILDCARE = "отпуск по уходу за ребёнком с 01.09.2025"
CERTAIN = {
    "Находятся в отпуске по уходу за ребенком до 3 лет с 01.09.2025 по 15.03.2027": (
        f"{CHILDCARE} по 15.03.2027"
    ),
    "отпуск по берем. (отпуск по беременности и родам) с 1 сентября 2025 г.": (
        "отпуск по беременности и родам с 01.09.2025"
    ),
    "На больничном с 05.10.2026": "длительная болезнь с 05.10.2026",
    "длительный отпуск сроком до года, 01.09.2026 – 31.08.2027": (
        "отпуск дольше месяца с 01.09.2026 по 31.08.2027"
    ),
    "без сохранения з/п, приказ № 5 от 28.08.2026, с 03.09.2026": "отпуск дольше месяца с 03.09.2026",
    "в командировке с 01.10.2026 до 31.12.2026": "командировка с 01.10.2026 по 31.12.2026",
}
ASKED = {
    "Находятся в отпуске по уходу за ребёнком": (),
    "находятся в отпуске": (),
    "Длительно отсутствующие": (),
    "на больничном": (),
    "по уходу за ребёнком до 15.03.2027": (),
    "прервала отпуск по уходу за ребёнком с 01.09.2026": (),
    "длительная болезнь с 01.09.2026 по 31.08.2026": (),
    "Декретный отпуск с 01.09.2025": ("отпуск по беременности и родам с 01.09.2025", CHILDCARE),
    "больничный 05.10.2026": ("длительная болезнь с 05.10.2026",),
    "по уходу за ребёнком, с сентября 2025": (CHILDCARE,),
}


@pytest.mark.parametrize(("said", "words"), CERTAIN.items())
def test_a_kind_and_a_first_day_are_certain(said: str, words: str) -> None:
    assert understand("away", said, TODAY).value == words


@pytest.mark.parametrize(("said", "proposals"), ASKED.items())
def test_what_is_not_certain_is_asked_and_nothing_is_chosen(said: str, proposals: tuple[str, ...]) -> None:
    answer = understand("away", said, TODAY)
    assert (answer.value, answer.is_certain) == (None, False)
    assert set(answer.proposals) == set(proposals)
    assert all(understand("away", word, TODAY).value == word for word in answer.proposals)


@pytest.mark.parametrize("said", ["", "нет", "отсутствует", "молодой специалист"])
def test_what_is_no_absence_says_nothing(said: str) -> None:
    answer = understand("away", said, TODAY)
    assert (answer.value, answer.is_certain) == (None, True)


@pytest.mark.parametrize("kind", ABSENCES)
def test_our_own_words_are_certain_when_read_again(kind: str) -> None:
    for until in (None, dt.date(2027, 2, 28)):
        said = SaidAway(kind, dt.date(2026, 9, 1), until)
        assert understand("away", said.words, TODAY).value == said.words
        assert said_away(said.words, TODAY) == said


def test_a_remark_that_something_is_absent_is_no_absence_of_the_person() -> None:
    for said in ("Взыскания отсутствуют", "курсы прерваны", "отпуск 56 дней"):
        assert not names_an_absence(said)
    for said in ("в отпуске", "Декрет", "больничный лист"):
        assert names_an_absence(said)
