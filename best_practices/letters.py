"""Letters about practices between a school and the city's bank."""

import datetime as dt
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from best_practices.content import AuthorCard, PracticeContent
from portal.exchange import Direction, LetterKind, Payload


class RemarkAnswered(BaseModel):
    """What the authors have done about a remark: mended it, or say why not."""

    model_config = ConfigDict(frozen=True)

    remark: UUID
    mended: bool = False
    words: str = Field(default="", max_length=1000)


class HandedOver(Payload):
    """A frozen revision of a practice, with its authors."""

    practice: UUID
    revision: int
    content: PracticeContent
    authors: list[AuthorCard]
    school_reviewed_on: dt.date | None = None
    school_total: float | None = None
    not_ask: list[UUID] = Field(default_factory=list, max_length=200)
    """Whom the city does not ask about this practice: uuids without reasons, erased with the decision
    (decisions.md).
    """
    answers: list[RemarkAnswered] = Field(default_factory=list, max_length=100)
    """To the remarks with which it came back."""
    call: UUID | None = None
    """The city's call that it answers, when its authors have named one."""


class Recalled(Payload):
    """The principal takes the practice back before a decision, or an author withdraws the consent after
    it.
    """

    practice: UUID
    reason: str = ""


class FieldRemark(BaseModel):
    """What is to be mended in one field of the text; whose remark it is stays in the city."""

    model_config = ConfigDict(frozen=True)

    remark: UUID
    field: str = Field(max_length=24)
    text: str = Field(max_length=1000)


class Answered(Payload):
    """Where the practice is in the city now; the school keeps it as a mirror."""

    practice: UUID
    state: str
    comment: str = ""
    code: str = ""
    unreviewed: bool = False
    """It comes back without any decision: the school may send it once more, as if it had not been sent."""
    ahead: str = Field(default="", max_length=8)
    ahead_on: dt.date | None = None
    remarks: list[FieldRemark] = Field(default_factory=list, max_length=100)
    """Of a practice that comes back; nothing in their order tells whose they are."""


class AheadMoved(Payload):
    """What a practice waits for in the city, and until when: the state is the same, the day is another. How
    many experts there are and who, it does not say.
    """

    practice: UUID
    ahead: str = Field(max_length=8)
    ahead_on: dt.date | None = None


class ExpertProposed(Payload):
    """A school proposes a teacher who has joined the portal as an expert of the city. The person decides."""

    person: UUID
    user: UUID
    subjects: list[str]
    basis: str = Field(max_length=250)


class ExpertAnswered(Payload):
    """What the person has said to the proposal."""

    person: UUID
    accepted: bool


class AskedWords(BaseModel):
    """A question of the day before, without a person: its words, how often, what came of it."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    text: str = Field(max_length=200)
    found: int
    asked: int
    opened: int = 0
    places: int = 0
    unknown: list[str] = Field(default_factory=list)


class OrderedPractice(Payload):
    """What a school has looked for and not found."""

    text: str = Field(max_length=200)


class OrderAnswered(Payload):
    """What has become of an order; its topic is that of the order. `card`: the practice that has appeared."""

    text: str = Field(max_length=200)
    words: str = Field(max_length=300)
    card: UUID | None = None
    title: str = ""


class OrderCalled(Payload):
    """The city looks for what was ordered, until a day; its topic is that of the order."""

    text: str = Field(max_length=200)
    call: UUID
    due_on: dt.date


class SearchAsked(Payload):
    """What a school has asked the bank; the words go from the boxes of the city once they are counted."""

    questions: list[AskedWords]


PRACTICE_HANDED_OVER = LetterKind(
    "best_practices.handed_over",
    Direction.TO_CITY,
    "Практика для банка города",
    HandedOver,
    basis="Положение 4.2(5): банк лучших практик; согласия авторов на распространение (T-29)",
    sender="директор",
    act=True,
    carries="текст практики, имена и должности авторов, итог оценки школы, ответы на замечания города, "
    "номера людей, которых не просить её оценить",
    recipient="Городской методический отдел",
)
PRACTICE_RECALLED = LetterKind(
    "best_practices.recalled",
    Direction.TO_CITY,
    "Отзыв практики",
    Recalled,
    basis="Решение школы или отзыв согласия автора",
    sender="директор",
    carries="номер практики и причина",
    act=True,
    recipient="Городской методический отдел",
)
PRACTICE_ANSWERED = LetterKind(
    "best_practices.answered",
    Direction.TO_SCHOOL,
    "Ответ о практике",
    Answered,
    basis="Школа видит, где её практика",
    sender="методический отдел, специалист Управления",
    carries="состояние, слова методиста и замечания к полям без имён, чего практика ждёт и до какого дня",
    recipient="школа",
)
PRACTICE_AHEAD = LetterKind(
    "best_practices.ahead",
    Direction.TO_SCHOOL,
    "Чего ждёт практика",
    AheadMoved,
    basis="Авторы всегда видят следующий день, и когда он меняется",
    sender="портал, когда день сменился",
    carries="номер практики, чего она ждёт и до какого дня; сколько экспертов и кто они, письмо не говорит",
    recipient="школа",
)
EXPERT_PROPOSED = LetterKind(
    "best_practices.expert_proposed",
    Direction.TO_CITY,
    "Предложение эксперта",
    ExpertProposed,
    act=True,
    basis="Положение 4.2(5): экспертиза практик; человек решает сам",
    sender="директор, куратор",
    carries="номер записи человека, предметы и почему школа его предлагает; имя город узнаёт, только "
    "если человек согласится",
    recipient="Городской методический отдел",
)
EXPERT_ANSWERED = LetterKind(
    "best_practices.expert_answered",
    Direction.TO_SCHOOL,
    "Ответ на предложение эксперта",
    ExpertAnswered,
    basis="Ответ самого человека",
    sender="человек, которого предложили",
    carries="номер записи человека, согласился или нет",
    recipient="школа",
)
SEARCH_ASKED = LetterKind(
    "best_practices.search_asked",
    Direction.TO_CITY,
    "Что искали в банке практик",
    SearchAsked,
    basis="Положение 4.2(5): банк растёт от того, чего в нём ищут и не находят",
    sender="портал, раз в день",
    carries="слова вопросов без имён людей, сколько нашлось и на каком месте открыли; ни кто спросил, ни в "
    "котором часу",
    recipient="Городской методический отдел",
)
PRACTICE_ORDERED = LetterKind(
    "best_practices.ordered",
    Direction.TO_CITY,
    "Заказ практики",
    OrderedPractice,
    basis="Положение 4.2(5): банк лучших практик; воля школы",
    sender="педагог, который не нашёл нужного",
    act=True,
    carries="что искали и не нашли, название школы; имя того, кто заказал, остаётся в школе",
    recipient="Городской методический отдел",
)
ORDER_ANSWERED = LetterKind(
    "best_practices.order_answered",
    Direction.TO_SCHOOL,
    "Ответ на заказ практики",
    OrderAnswered,
    basis="Школа видит, что стало с её заказом",
    sender="методист",
    carries="что школа заказала, слова методиста и практика банка, если она появилась",
    recipient="школа",
)
ORDER_CALLED = LetterKind(
    "best_practices.order_called",
    Direction.TO_SCHOOL,
    "Поиск заказанной практики",
    OrderCalled,
    basis="Школа видит, что стало с её заказом",
    sender="методист",
    carries="что школа заказала, объявленный поиск и до какого дня он идёт",
    recipient="школа",
)
