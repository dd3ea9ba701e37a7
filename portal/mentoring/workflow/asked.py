"""What the steps of pairs and consents ask. A form, the API and the functions of the row take it as it stands
here.
"""

import datetime as dt
from dataclasses import dataclass

from portal.mentoring.states import Conclusion
from portal.school_records.models import StoredFile
from portal.staff.models import Employee


@dataclass(frozen=True, kw_only=True)
class PairConclusion:
    """The psychologist's conclusion (T-14): only the conclusion and the advice, never the notes."""

    conclusion: str
    method: str = ""
    advice: str = ""

    @property
    def verb(self) -> str:
        """Which of the two steps it is."""
        return "advise_against" if self.conclusion == Conclusion.NOT_RECOMMENDED else "conclude"


@dataclass(frozen=True, kw_only=True)
class GiveNotice:
    """A party lays down mentoring, or the school calls it off (T-21)."""

    ends_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Replace:
    """Another mentor takes over."""

    successor: Employee
    planned_from: dt.date


@dataclass(frozen=True, kw_only=True)
class GiveConsent:
    """The signed paper is here. Only a mentee chooses whether the mentor sees the profile."""

    scan: StoredFile | None = None
    given_on: dt.date | None = None
    shows_profile: bool | None = None
    wishes: str = ""


@dataclass(frozen=True, kw_only=True)
class SayNo:
    """«Нет» without explanations: the reason is seen by its author only."""

    private_reason: str = ""
