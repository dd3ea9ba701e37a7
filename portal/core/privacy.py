"""The catalogue of fields: what is personal, on which basis it is kept and for how long (152-ФЗ, domain.md
§13.3).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PLAIN_EVERYWHERE = frozenset({"id", "uuid", "version", "created_at", "created_by", "updated_at", "state"})


class Sensitivity(StrEnum):
    PLAIN = "plain"
    ORDINARY = "ordinary"
    SEALED = "sealed"


@dataclass(frozen=True)
class Keep:
    """How long rows stay, in words, and what ends it; a term that nobody executes cannot be written down.

    Made by one of three: `for_days` (the night deletes them, `tenants.forgetting`), `along` (they leave with
    the row that their key names), `by_case` (no date can tell, so the way on which it ends is said).
    """

    words: str
    days: int = 0
    since: tuple[str, ...] = ()
    spare: Mapping[str, object] = field(default_factory=dict)
    leaves_with: str = ""
    way: str = ""

    def __str__(self) -> str:
        return f"По делу: {self.words[0].lower()}{self.words[1:]}; {self.way}" if self.way else self.words


def for_days(words: str, days: int, *since: str, spare: Mapping[str, object] | None = None) -> Keep:
    """The last of the named moments begins the term; a row in which all of them are empty stays. `spare`:
    rows that stay.
    """
    return Keep(words, days=days, since=since or ("created_at",), spare=spare or {})


def along(key: str, words: str) -> Keep:
    """The rows leave with the row that this foreign key names."""
    return Keep(words, leaves_with=key)


def by_case(words: str, way: str) -> Keep:
    """No date of ours ends it. `way`: who ends it and how."""
    return Keep(words, way=way)


YEAR = 365
BY_ACT = "затем школа составляет акт об уничтожении, и по нему записи удаляет администратор портала"
WHILE_THE_SCHOOL_WORKS = by_case(
    "Пока ведётся работа школы в портале",
    "уходит со схемой школы, когда администратор портала удаляет её из архива",
)


@dataclass(frozen=True)
class Privacy:
    """Each own field of a model, named exactly once. `basis` is a sentence for `docs/data.md`, `keep` a term
    that is executed.

    `subjects` says whose data a row is, and that reading it is noted in the read journal: columns of uuids of
    people, or relations to models that have subjects themselves (docs/adr/0020).
    """

    plain: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    basis: str = "Не персональные данные"
    keep: Keep = WHILE_THE_SCHOOL_WORKS

    @property
    def personal(self) -> bool:
        """Reading a row is reading somebody's data."""
        return bool(self.subjects)

    def of(self, field: str) -> Sensitivity | None:
        """How sensitive the field is; None when nobody has said it (a test refuses that)."""
        if field in self.sealed:
            return Sensitivity.SEALED
        if field in self.ordinary:
            return Sensitivity.ORDINARY
        return Sensitivity.PLAIN if field in self.plain or field in PLAIN_EVERYWHERE else None
