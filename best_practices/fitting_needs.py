"""Practices that fit what a mentee needs, each with the reason: which difficulty or goal it speaks of, and
whether others have repeated it.

What somebody needs is known to a school alone. It is compared with the published index by the words of the
need, in the school's own request, and neither kept nor logged nor sent anywhere; where the order by meaning
is installed, what lies near in meaning comes after what speaks of the need in words.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.text import Truncator

from best_practices.evidence import Grade
from best_practices.fitting import SHOWN
from best_practices.models import BankPractice, PracticeEvidence
from best_practices.search import ENGINE, MEANING
from portal.core.actor import Actor
from portal.core.text import quoted

LOOKED_AT, MOST_REASONS, LONGEST_REASON = 24, 2, 90
DIFFICULTY, GOAL = "затруднение", "цель"
NEAR = "близко по смыслу к затруднениям"
COLUMNS = ("uuid", "practice", "code", "title", "annotation", "school_name", "revision")
"""What is shown of a card; who wrote it is not read."""


@dataclass(frozen=True)
class Need:
    """A difficulty or a goal, in words."""

    kind: str
    text: str

    @property
    def reason(self) -> str:
        return f"{self.kind}: {quoted(Truncator(self.text.strip().rstrip('.')).chars(LONGEST_REASON))}"


@dataclass(frozen=True)
class Fitting:
    """A published practice, and why it is proposed."""

    card: BankPractice
    reasons: tuple[str, ...]


def fitting_needs(by: Actor, needs: Sequence[Need], *, without: Collection[UUID] = ()) -> list[Fitting]:
    """At most three, the nearest first and of equals the best proved; none for whoever does not read the
    bank. `without`: practices that need not be proposed any more. Five questions to the database, however
    many needs and practices there are.
    """
    if not needs or not by.can("bank:read"):
        return []
    covered = ENGINE.postgres.covering([need.text for need in needs], LOOKED_AT)
    why = {one.uuid: tuple(_reasons(needs, one.shares)) for one in covered}
    worth = {one.uuid: round(one.worth, 1) for one in covered}
    words = ". ".join(need.text for need in needs if need.kind == DIFFICULTY)
    for uuid in MEANING.nearest(words, SHOWN):
        why.setdefault(uuid, (NEAR,))
    if not why:
        return []
    found = {card.uuid: card for card in _cards(by, why, without)}
    ranks = _ranks(found.values())
    order = sorted(
        (uuid for uuid in why if uuid in found),
        key=lambda uuid: (-worth.get(uuid, 0.0), -ranks.get(found[uuid].practice, 0)),
    )
    return [
        _with_proof(Fitting(found[uuid], why[uuid]), ranks.get(found[uuid].practice, 0))
        for uuid in order[:SHOWN]
    ]


def _reasons(needs: Sequence[Need], shares: dict[int, float]) -> Iterable[str]:
    nearest = sorted(shares, key=lambda place: (needs[place].kind != DIFFICULTY, -shares[place], place))
    return [needs[place].reason for place in nearest[:MOST_REASONS]]


def _cards(by: Actor, uuids: Iterable[UUID], without: Collection[UUID]) -> Iterable[BankPractice]:
    standing = BankPractice.objects.visible_to(by).filter(uuid__in=list(uuids))
    return standing.exclude(practice__in=list(without)).only(*COLUMNS)


def _ranks(cards: Iterable[BankPractice]) -> dict[UUID, int]:
    """How high each practice stands on the rungs of evidence."""
    rows = PracticeEvidence.objects.filter(practice__in=[card.practice for card in cards])
    return dict(rows.values_list("practice", "rank"))


def _with_proof(one: Fitting, rank: int) -> Fitting:
    """From the rung on at which another school has repeated it."""
    if rank < Grade.REPEATED.rank:
        return one
    return replace(one, reasons=(*one.reasons, f"доказано: {list(Grade)[rank].label}"))
