"""Whom to ask about a practice: a few of the pool, each with the reasons; never everybody.

Others are found by their name, and whoever must not be asked is then shown with why. Who has declined before
is proposed as if nothing had been.
"""

from dataclasses import dataclass, field

from best_practices.expert_figures import Record, records_of
from best_practices.fit import Fit, Topics, fit_of, topics_of
from best_practices.interest import Candidate, Conflict, candidates
from best_practices.models import ExpertCandidate, Practice
from portal.core.reading import weighing
from portal.core.sorting import folded
from portal.ui.words import plural

SHOWN = 5
"""So many are proposed at once."""
SHORTEST_NAME = 2
"""Letters of a name by which others are found."""


@dataclass(frozen=True)
class Proposal:
    """One who is proposed, or was found by name; `refusal` says why not to be asked, empty for who may be."""

    uuid: str
    name: str
    places: str
    fit: Fit
    load: int
    most_load: int
    conflict: Conflict
    ties: str
    record: Record
    refusal: str = ""

    @property
    def title(self) -> str:
        return f"{self.name}, {self.places}"

    @property
    def note(self) -> str:
        """Why, how busy, what is known of ties, how long it takes: one line under the name."""
        done = f"сдано {self.record.done} {plural(self.record.done, 'лист,листа,листов')}"
        took = f"{done}, в среднем за {_days(self.record.days)}" if self.record.days is not None else ""
        said = (
            "; ".join(self.fit.reasons) or "общих предметов и трудностей с практикой нет",
            f"ждут листы: {self.load} из {self.most_load}",
            self.ties,
            took or "листов ещё не сдавал",
        )
        return ". ".join(f"{one[:1].upper()}{one[1:]}" for one in said)


@dataclass(frozen=True)
class Proposals:
    """`free` may be asked, the fittest first; `bound` were found by name and must not be; `more`: so many
    others have the same letters in their names.
    """

    free: list[Proposal] = field(default_factory=list)
    bound: list[Proposal] = field(default_factory=list)
    more: int = 0


def _days(number: int) -> str:
    return f"{number} {plural(number, 'день,дня,дней')}"


def proposals(practice: Practice, *, subject: str = "", name: str = "") -> Proposals:
    """Without a name, the few that fit best: by what they have in common with the practice, then by what is
    known of ties, then by load. With two letters of a name and more, those who are called so.
    """
    wanted = folded(name.strip())
    topics = topics_of(practice.text)
    with weighing():  # all of the pool are looked at, some are shown
        found = [_weighed(one, topics) for one in candidates(practice)]
    if subject:
        found = [(one, fit) for one, fit in found if subject in one.expert.subjects]
    by_name = len(wanted) >= SHORTEST_NAME
    if by_name:
        found = [(one, fit) for one, fit in found if wanted in folded(one.expert.user.full_name)]
    free = sorted((row for row in found if row[0].refusal is None), key=_first)
    bound = sorted((row for row in found if by_name and row[0].refusal is not None), key=_first)
    return _shown(free[:SHOWN], bound[:SHOWN], len(free) + len(bound) - SHOWN if by_name else 0)


def _weighed(one: Candidate, topics: Topics) -> tuple[Candidate, Fit]:
    return one, fit_of(topics, one.expert.subjects, one.expert.difficulties)


def _first(row: tuple[Candidate, Fit]) -> tuple[object, ...]:
    """The order of proposals: nothing of what the person has declined is in it."""
    one, fit = row
    expert = one.expert
    busy = expert.load / max(expert.most_load, 1)
    return -fit.weight, one.interest.conflict == Conflict.NOT_ASKED, busy, expert.user.name_key, expert.pk


def _shown(free: list[tuple[Candidate, Fit]], bound: list[tuple[Candidate, Fit]], more: int) -> Proposals:
    """Read once more, those who are shown alone: whoever is shown is noted."""
    people = [one.expert for one, _ in (*free, *bound)]
    read = {
        expert.pk: expert
        for expert in ExpertCandidate.objects.filter(pk__in=[one.pk for one in people]).select_related("user")
    }
    done = records_of(one.user_id for one in people)

    def proposal(row: tuple[Candidate, Fit]) -> Proposal:
        one, fit = row
        return Proposal(
            uuid=str(one.expert.uuid),
            name=read[one.expert.pk].user.full_name,
            places=", ".join(school.short_name for school in one.places),
            fit=fit,
            load=one.expert.load,
            most_load=one.expert.most_load,
            conflict=one.interest.conflict,
            ties=one.interest.words,
            record=done.get(one.expert.user_id, Record()),
            refusal=one.refusal.words if one.refusal else "",
        )

    return Proposals([proposal(row) for row in free], [proposal(row) for row in bound], max(more, 0))
