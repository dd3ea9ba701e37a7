"""The letter by which an author's school learns how many colleagues have thanked for a practice."""

from uuid import UUID

from portal.exchange import Direction, LetterKind, Payload


class Thanked(Payload):
    """All thanks to a practice as they are now; a later letter replaces it."""

    practice: UUID
    total: int
    schools: int


PRACTICE_THANKED = LetterKind(
    "best_practices.thanked",
    Direction.TO_SCHOOL,
    "Благодарности за практику",
    Thanked,
    basis="Положение 4.4: факты для поощрения авторов; без имён тех, кто благодарил",
    sender="портал, когда педагог благодарит или берёт благодарность назад",
    carries="номер практики, сколько педагогов и из скольких школ поблагодарили",
    recipient="школа авторов",
)
