"""The catalogue of fields: what is personal, on which basis it is kept and for how long (152-ФЗ, domain.md §13.3)."""

from dataclasses import dataclass
from enum import StrEnum

PLAIN_EVERYWHERE = frozenset({"id", "uuid", "version", "created_at", "created_by", "updated_at", "state"})


class Sensitivity(StrEnum):
    PLAIN = "plain"
    ORDINARY = "ordinary"
    SEALED = "sealed"


@dataclass(frozen=True)
class Privacy:
    """Each own field of a model, named exactly once. `basis` and `keep` are sentences for `docs/data.md`."""

    plain: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    basis: str = "Не персональные данные"
    keep: str = "Пока ведётся работа школы в портале"

    def of(self, field: str) -> Sensitivity | None:
        """How sensitive the field is; None when nobody has said it (a test refuses that)."""
        if field in self.sealed:
            return Sensitivity.SEALED
        if field in self.ordinary:
            return Sensitivity.ORDINARY
        return Sensitivity.PLAIN if field in self.plain or field in PLAIN_EVERYWHERE else None
