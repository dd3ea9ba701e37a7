"""The catalogue of fields: what is personal, on which basis it is kept and for how long (152-ФЗ, domain.md
§13.3).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

F = TypeVar("F")


class Sensitivity(StrEnum):
    PLAIN = "plain"
    ORDINARY = "ordinary"
    SEALED = "sealed"


def plain(column: F) -> F:
    """A column that tells of nobody: a state, a day of a thing, a number, whom a row belongs to."""
    return _marked(column, Sensitivity.PLAIN)


def ordinary(column: F) -> F:
    """A column of personal data: whoever is given it is noted in the read journal."""
    return _marked(column, Sensitivity.ORDINARY)


def sealed(column: F) -> F:
    """A column that its author alone reads, and the few whom the Положение names."""
    return _marked(column, Sensitivity.SEALED)


def _marked(column: F, sensitivity: Sensitivity) -> F:
    column.sensitivity = sensitivity  # type: ignore[attr-defined]  # Django's fields take whatever they are given
    return column


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
    """What is said of the rows of a model: `basis` is a sentence for `docs/data.md`, `keep` a term that is
    executed. How sensitive a column is stands at the column: `plain(…)`, `ordinary(…)`, `sealed(…)`.

    `subjects` says whose data a row is, and that reading it is noted in the read journal: columns of uuids of
    people, or relations to models that have subjects themselves (docs/adr/0020). `plain_inherited`: columns
    that a library declares, so that nothing can be written beside them.
    """

    subjects: tuple[str, ...] = ()
    basis: str = "Не персональные данные"
    keep: Keep = WHILE_THE_SCHOOL_WORKS
    plain_inherited: tuple[str, ...] = ()

    @property
    def personal(self) -> bool:
        """Reading a row is reading somebody's data."""
        return bool(self.subjects)


def sensitivity_of(model: Any, column: Any) -> Sensitivity | None:
    """How sensitive a column of the model is; None when nobody has said it (a test refuses that).

    A relation holds nothing itself: it is personal where it leads to those whose data the row is.
    """
    if column.is_relation:
        return Sensitivity.ORDINARY if column.name in model.privacy.subjects else Sensitivity.PLAIN
    if column.auto_created or column.name in model.privacy.plain_inherited:
        return Sensitivity.PLAIN
    return getattr(column, "sensitivity", None)


def columns_of_people(model: Any) -> list[Any]:
    """The columns that hold personal data."""
    columns = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [one for one in columns if sensitivity_of(model, one) in PERSONAL]


PERSONAL = (Sensitivity.ORDINARY, Sensitivity.SEALED)
