"""Where a practice stands, as its authors read it at every moment: the step, what is next and until when, and
what is expected of them. Of experts there is nothing but what they are to do.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from best_practices.letters import AheadMoved
from best_practices.states import Ahead
from portal.core import clock
from portal.school_practices.models import SchoolPractice
from portal.school_practices.states import SchoolPracticeState as S

AT_HOME: Mapping[str, str] = {
    S.DRAFT: "авторы допишут её и отдадут на оценку в школе",
    S.SUBMITTED_SCHOOL: "в школе её возьмут на оценку",
    S.SCHOOL_REVIEW: "в школе её примут в банк или вернут авторам",
    S.RETURNED_SCHOOL: "авторы поправят её и отдадут на оценку ещё раз",
    S.SCHOOL_BANK: "директор решит, передавать ли её городу",
    S.RENEWING: "авторы допишут новую редакцию, и директор передаст её городу",
}
"""What is next while the city knows nothing of it; the school names no day."""
WITH_CITY = (
    S.SENDING,
    S.FORMAL_CHECK,
    S.MUNICIPAL_REVIEW,
    S.ARBITRATION,
    S.RETURNED_MUNICIPAL,
    S.RECOMMENDED,
)
"""Where the city has said what is next."""
EXPECTED: Mapping[str, str] = {
    S.DRAFT: "дописать и отдать на оценку",
    S.RETURNED_SCHOOL: "поправить и отдать на оценку ещё раз",
    S.SCHOOL_BANK: "решить о своём согласии на распространение (T-29), если его ещё нет",
    S.RENEWING: "дописать новую редакцию, а директору передать её городу",
    S.RETURNED_MUNICIPAL: "исправить текст, а директору передать его ещё раз",
}
NOTHING = "ничего"


@dataclass(frozen=True)
class Standing:
    """`ahead` goes on after «дальше:» and is empty where nothing is waited for; `until` is its last day, None
    where nobody has named one.
    """

    step: str
    ahead: str
    until: dt.date | None
    expected: str

    @property
    def is_late(self) -> bool:
        return self.until is not None and self.until < clock.today()

    @property
    def words(self) -> str:
        """«Эксперты сдадут оценки до 21.12.2026.»"""
        said = self.ahead[:1].upper() + self.ahead[1:]
        return f"{said} до {self.until:%d.%m.%Y}." if self.until else f"{said}."


def standing_of(practice: SchoolPractice) -> Standing:
    """By what the row holds: no query."""
    state = practice.state
    told = state in WITH_CITY and practice.mirror_ahead in Ahead.values
    until = practice.mirror_ahead_on if told else None
    ahead = str(Ahead(practice.mirror_ahead).label) if told else AT_HOME.get(state, "")
    return Standing(str(practice.get_state_display()), ahead, until, _expected(practice, state, until))


def _expected(practice: SchoolPractice, state: str, until: dt.date | None) -> str:
    if state == S.SCHOOL_BANK and practice.finds_waiting:
        return "ответить о местах текста, по которым могут узнать человека"
    said = EXPECTED.get(state, NOTHING)
    if state == S.RETURNED_MUNICIPAL and practice.remarks_waiting:
        said = f"ответить на замечания (осталось {practice.remarks_waiting}), {said}"
    return f"{said} до {until:%d.%m.%Y}" if state == S.RETURNED_MUNICIPAL and until else said


def keep_day(said: AheadMoved) -> None:
    """The city names another day: no step, and no change of the text. After a recall, or when the practice
    has come back, it is not so any more.
    """
    there = [state for state in WITH_CITY if state != S.RETURNED_MUNICIPAL]
    rows = SchoolPractice.objects.filter(uuid=said.practice, state__in=there)
    rows.update(mirror_ahead=said.ahead, mirror_ahead_on=said.ahead_on)
