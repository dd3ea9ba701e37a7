"""What a practice consists of: one typed shape for the school's draft, the letter to the city, and the
published card.
"""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Frozen):
    """A step of the technology: what is done, with what, how long."""

    step: str
    content: str
    tool: str = ""
    duration: str = ""


class Result(_Frozen):
    """A measured result: before and after, with the unit, the period, and how many people were measured."""

    indicator: str
    unit: str = ""
    before: str
    after: str
    period: str = ""
    people: str = ""


class PracticeContent(_Frozen):
    """The text of a practice (domain.md §3.1, T-35), frozen at each submission."""

    title: str
    annotation: str
    nomination: str
    form: str
    kinds: list[str]
    subjects: list[str] = Field(default_factory=list)
    target_group: str
    problem: str
    goal: str
    tasks: list[str]
    novelty: str
    steps: list[Step]
    resources: str
    timing: str
    results: list[Result]
    qualitative: str = ""
    risks_and_limits: str
    replication_conditions: str
    keywords: list[str]
    licence: str = ""
    """Of `Licence`; empty in what was written before there was a choice."""


class AuthorCard(_Frozen):
    """An author as named by the hand-over, with the author's consent to distribution (T-29). `person`: the
    number in the school, for the journal.
    """

    full_name: str
    position: str
    role: str = ""
    person: UUID | None = None
