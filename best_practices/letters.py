"""Letters about practices between a school and the city's bank."""

import datetime as dt
from uuid import UUID

from best_practices.content import AuthorCard, PracticeContent
from portal.exchange import Direction, LetterKind, Payload, register


class HandedOver(Payload):
    """A frozen revision of a practice, with its authors."""

    practice: UUID
    revision: int
    content: PracticeContent
    authors: list[AuthorCard]
    school_reviewed_on: dt.date | None = None
    school_total: float | None = None


class Recalled(Payload):
    """The principal takes the practice back before a decision, or an author withdraws the consent after it."""

    practice: UUID
    reason: str = ""


class Answered(Payload):
    """Where the practice is in the city now; the school keeps it as a mirror."""

    practice: UUID
    state: str
    comment: str = ""
    code: str = ""


PRACTICE_HANDED_OVER = register(LetterKind("best_practices.handed_over", Direction.TO_CITY, "Практика для банка города", HandedOver,
    basis="Положение 4.2(5): банк лучших практик; согласия авторов на распространение (T-29)", sender="директор",
    carries="текст практики, имена и должности авторов, итог оценки школы", act=True, recipient="Городской методический отдел"))  # fmt: skip
PRACTICE_RECALLED = register(LetterKind("best_practices.recalled", Direction.TO_CITY, "Отзыв практики", Recalled,
    basis="Решение школы или отзыв согласия автора", sender="директор", carries="номер практики и причина", act=True,
    recipient="Городской методический отдел"))  # fmt: skip
PRACTICE_ANSWERED = register(LetterKind("best_practices.answered", Direction.TO_SCHOOL, "Ответ о практике", Answered,
    basis="Школа видит, где её практика", sender="методический отдел, специалист Управления", carries="состояние и замечания", recipient="школа"))  # fmt: skip
