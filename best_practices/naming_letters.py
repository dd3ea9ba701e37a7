"""The letter by which a school lets the card of a practice name it, or takes that back."""

from uuid import UUID

from portal.exchange import Direction, LetterKind, Payload


class SchoolNamed(Payload):
    """Whether the card may say that this school has taken the practice; a later letter replaces it."""

    adoption: UUID
    names_school: bool


SCHOOL_NAMED = LetterKind(
    "best_practices.school_named",
    Direction.TO_CITY,
    "Можно ли назвать школу на карточке практики",
    SchoolNamed,
    basis="Положение 8.1(9): тиражирование лучших практик; решение директора",
    sender="директор",
    act=True,
    carries="номер внедрения и решение: назвать школу или больше не называть",
    recipient="Городской методический отдел",
)
