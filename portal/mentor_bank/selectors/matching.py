"""Who could be the mentor for a need: an explained score of 0–100, advice only (domain.md §6.1; no automatic
assignment).
"""

from dataclasses import dataclass

from portal.mentor_bank import difficulties
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.pairing import PAIRS
from portal.staff.models import Person

COVERAGE, SUBJECT, LOAD, PSYCHOLOGIST, PREFERENCE = 40, 20, 15, 15, 10


@dataclass(frozen=True)
class Match:
    """A possible mentor: the card, the score, and in words what it is made of."""

    card: MentorCard
    score: int
    reasons: tuple[tuple[bool, str], ...]
    is_wished: bool = False
    was_refused: bool = False

    @property
    def mentor(self) -> Person:
        return self.card.person

    @property
    def ticks(self) -> list[tuple[str, str]]:
        return [("ok" if good else "no", words) for good, words in self.reasons]


def mentors_for(need: MenteeNeed, limit: int = 10) -> list[Match]:
    """The best mentors of the school for the need, best first; those with whom it has not come together stand
    last. Four queries.
    """
    refused = PAIRS().refused(need)
    cards = MentorCard.objects.ready().exclude(person=need.person_id).annotate(busy=PAIRS().load("person"))
    found = [
        _match(need, card, refused)
        for card in cards.select_related("person").prefetch_related("person__employments")
    ]
    return sorted(found, key=lambda match: (match.was_refused, -match.score, match.mentor.name_key))[:limit]


def _match(need: MenteeNeed, card: MentorCard, refused: set[int]) -> Match:
    if card.person_id in refused:
        return Match(card, 0, ((False, "в этот раз пара уже не сложилась"),), was_refused=True)
    parts = [_coverage(need, card), _subject(need, card), _load(card), _preference(need, card)]
    wished = need.desired_mentor_id == card.person_id
    return Match(
        card,
        min(100, round(sum(points for points, _, _ in parts))),
        tuple((good, words) for _, good, words in parts if words),
        wished,
    )


def _coverage(need: MenteeNeed, card: MentorCard) -> tuple[float, bool, str]:
    common = [item for item in need.difficulty_items if item in card.strengths]
    if not need.difficulty_items:
        return 0, False, "затруднение описано своими словами: сравните сами"
    words = (
        f"поможет с {len(common)} из {len(need.difficulty_items)}: "
        f"{', '.join(f'«{title}»' for title in difficulties.titles(common))}"
        if common
        else "таких сильных сторон в карточке нет"
    )
    return COVERAGE * len(common) / len(need.difficulty_items), bool(common), words


def _subjects(person: Person) -> set[str]:
    return {code for position in person.positions for code in position.subjects}


def _subject(need: MenteeNeed, card: MentorCard) -> tuple[float, bool, str]:
    same = bool(_subjects(need.person) & _subjects(card.person))
    stage = min(float(card.person.ped_stage_years or 0), 10) / 10
    return SUBJECT * (0.6 * same + 0.4 * stage), same, "тот же предмет" if same else "другой предмет"


def _load(card: MentorCard) -> tuple[float, bool, str]:
    busy = int(getattr(card, "busy", 0))
    free = max(card.max_mentees - busy, 0)
    share = free / card.max_mentees
    return (
        LOAD * share,
        free > 0,
        f"свободных мест: {free} из {card.max_mentees}" if free else "мест сейчас нет",
    )


def _preference(need: MenteeNeed, card: MentorCard) -> tuple[float, bool, str]:
    """The psychologist's part is not known before a pair exists; half of it is given to everybody."""
    wished = need.desired_mentor_id == card.person_id
    return (
        PREFERENCE * wished + PSYCHOLOGIST / 2,
        wished,
        f"об этом наставнике просит {need.person.by_gender('сам наставляемый', 'сама наставляемая')}"
        if wished
        else "",
    )
