"""Letters about adoptions: what a school lets out of a practice in its programme, and the city's answer."""

import datetime as dt
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from portal.exchange import Direction, LetterKind, Payload


class MeasuredAgain(BaseModel):
    """One indicator of the practice, before and after, as it was typed."""

    model_config = ConfigDict(frozen=True)

    indicator: str = Field(max_length=255)
    unit: str = Field(max_length=60, default="")
    before: str = Field(max_length=20)
    after: str = Field(max_length=20)


class PracticeAdopted(Payload):
    """A practice of another school was taken into a programme."""

    adoption: UUID
    practice: UUID
    revision: int
    taken_on: dt.date
    form: str = Field(max_length=20)
    kinds: list[str] = Field(max_length=10)


class AdoptionEnded(Payload):
    """The programme is over; without a day the practice was taken out of it before."""

    adoption: UUID
    ended_on: dt.date | None = None


class OutcomeTold(Payload):
    """What came of it, in the numbers and words that the pair has let out; a later letter replaces it."""

    adoption: UUID
    outcome: str = Field(max_length=8)
    told_on: dt.date
    hours: int | None = None
    measured: list[MeasuredAgain] = Field(default_factory=list, max_length=5)
    words: str = Field(max_length=1000, default="")


class DescriptionUnclear(Payload):
    """Another school has not understood from the description what to do: a task to its author. `taken_back`:
    it has said something else since.
    """

    adoption: UUID
    practice: UUID
    revision: int
    words: str = Field(max_length=1000, default="")
    taken_back: bool = False


class PracticeRenewed(Payload):
    """A new text of a practice that is at work in a programme."""

    adoption: UUID
    revision: int


PRACTICE_ADOPTED = LetterKind(
    "best_practices.adopted",
    Direction.TO_CITY,
    "Практика взята в программу",
    PracticeAdopted,
    basis="Положение 8.1(9): тиражирование лучших практик",
    sender="наставник, который взял практику",
    act=True,
    carries="номер и редакция практики, день, форма и виды наставничества в паре; "
    "кто в паре и о чём программа, город не узнаёт",
    recipient="Городской методический отдел",
)
ADOPTION_ENDED = LetterKind(
    "best_practices.adoption_ended",
    Direction.TO_CITY,
    "Программа с практикой закончилась",
    AdoptionEnded,
    basis="Положение 8.1(9): сколько практик сейчас в работе",
    sender="портал, когда программа закончилась или практику из неё убрали",
    carries="номер внедрения и день",
    recipient="Городской методический отдел",
)
OUTCOME_TOLD = LetterKind(
    "best_practices.outcome_told",
    Direction.TO_CITY,
    "Как сработала практика",
    OutcomeTold,
    basis="Положение 8.1(9): тиражирование лучших практик",
    sender="наставник или наставляемый, который ответил",
    act=True,
    carries="как сработала, часы наставника, числа до и после; слова пары, если она их отпустила",
    recipient="Городской методический отдел",
)
DESCRIPTION_UNCLEAR = LetterKind(
    "best_practices.unclear",
    Direction.TO_SCHOOL,
    "Практике не хватило описания",
    DescriptionUnclear,
    basis="Автор узнаёт, что из описания не поняли",
    sender="портал, когда другая школа так ответила",
    carries="номер внедрения, номер и редакция практики, слова другой школы без её имени",
    recipient="школа",
)
PRACTICE_RENEWED = LetterKind(
    "best_practices.renewed",
    Direction.TO_SCHOOL,
    "Новая редакция практики",
    PracticeRenewed,
    basis="Школа решает, остаться на своей редакции или перейти",
    sender="портал, когда практику опубликовали снова",
    carries="номер внедрения и редакция",
    recipient="школа",
)
KINDS = (PRACTICE_ADOPTED, ADOPTION_ENDED, OUTCOME_TOLD, DESCRIPTION_UNCLEAR, PRACTICE_RENEWED)
