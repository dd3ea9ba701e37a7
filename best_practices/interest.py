"""Conflict of interest: who must not be asked about a practice, as far as the city can know, and why.

Asked are: all memberships, of today and of the day when the practice came; the names of the authors, for one
who has an account by another school only; the school's own list «не спрашивать» (authors, co-authors, their
pairs and programmes of three years, without reasons); the expert's own word, given when asked about it
before; the load and the pause that the expert has said. What
could not be asked is said as such: it is not the same as nothing found.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from best_practices.models import ExpertCandidate, Practice
from best_practices.states import GONE
from best_practices.states import Refusal as WhyDeclined
from best_practices.verdict import live
from best_practices.verdict import replaced as replaced_in
from portal.accounts.models import Membership, User
from portal.accounts.selectors import schools_of
from portal.core import clock
from portal.core.errors import Invalid
from portal.core.sorting import folded
from tenants.models import School


class Conflict(StrEnum):
    """What is known of an expert's ties to a practice."""

    NONE = "none"
    SOME = "some"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Interest:
    """An expert's ties to a practice: those found, and the sources that could not be asked, each in words."""

    found: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()

    @property
    def conflict(self) -> Conflict:
        if self.found:
            return Conflict.SOME
        return Conflict.NOT_ASKED if self.not_asked else Conflict.NONE

    @property
    def words(self) -> str:
        """For the one who names experts."""
        if self.found:
            return f"связан с практикой: {', '.join(self.found)}"
        unknown = f"; не спрошено: {', '.join(self.not_asked)}" if self.not_asked else ""
        return f"связей не найдено{unknown}"


@dataclass(frozen=True)
class Refusal:
    """Why somebody must not be asked now, in words that go on after «он» («на паузе до…»)."""

    code: str
    words: str


@dataclass(frozen=True)
class Candidate:
    """One of the pool before a practice; `refusal` is None for who may be asked."""

    expert: ExpertCandidate
    places: list[School]
    interest: Interest
    refusal: Refusal | None = None


WORKS_THERE = "работает в школе авторов"
WORKED_THERE = "работал в школе авторов, когда практика пришла"
SAME_NAME = "зовут как автора"
LISTED = "школа просит не спрашивать"
SAID_SO = "сказал, что узнаёт авторов или связан с ними"
NO_LIST = "список «не спрашивать» у школы"


def interests(practice: Practice, people: Iterable[UUID]) -> dict[UUID, Interest]:
    """The ties of each person to the practice; four queries, however many people. Who has no account is not
    in the answer.
    """
    users = {user.pk: user for user in User.objects.filter(pk__in=list(people))}
    ties = _school_ties(practice, users)
    authors = {folded(" ".join(str(author["full_name"]).split())) for author in practice.authors}
    said = set(practice.reviews.filter(refusal=WhyDeclined.BOUND).values_list("expert", flat=True))
    unknown = () if practice.school_told_whom else (NO_LIST,)
    return {
        pk: Interest(
            tuple(
                words
                for words, is_so in (
                    (ties.get(pk, ""), pk in ties),
                    (SAME_NAME, folded(user.full_name) in authors),
                    (LISTED, pk in practice.not_ask),
                    (SAID_SO, pk in said),
                )
                if is_so
            ),
            unknown,
        )
        for pk, user in users.items()
    }


def _school_ties(practice: Practice, people: Iterable[UUID]) -> dict[UUID, str]:
    """Who serves in the authors' school today, or served there on the day when the practice came."""
    there = Membership.objects.filter(user__in=list(people), school=practice.school_id)
    now = there.filter(Membership.valid_on(clock.today()))
    then = there.filter(Membership.valid_on(clock.local(practice.created_at).date()))
    return {
        **dict.fromkeys(then.values_list("user", flat=True), WORKED_THERE),
        **dict.fromkeys(now.values_list("user", flat=True), WORKS_THERE),
    }


def is_interested(practice: Practice, person: UUID) -> bool:
    """Whether the person must not judge this practice."""
    found = interests(practice, [person]).get(person)
    return found is None or found.conflict == Conflict.SOME


def candidates(practice: Practice, pool: Iterable[ExpertCandidate] | None = None) -> list[Candidate]:
    """Everybody of the pool who works in a school, each with the schools of today and, who must not be asked,
    with why.
    """
    people = list(ExpertCandidate.objects.serving() if pool is None else pool)
    asked = {review.expert for review in live(practice)}
    places = schools_of([*(one.user_id for one in people), *asked])
    taken = {school.pk for expert in asked for school in places.get(expert, [])}
    ties = interests(practice, (one.user_id for one in people))
    found = [
        Candidate(one, places[one.user_id], ties[one.user_id]) for one in people if places.get(one.user_id)
    ]
    passed = replaced_in(practice)
    return [replace(one, refusal=_refusal(one, asked, taken, passed)) for one in found]


def _refusal(one: Candidate, asked: set[UUID], taken: set[int], passed: set[UUID]) -> Refusal | None:
    """Why this person must not be asked now; the first of the reasons."""
    expert, until = one.expert, one.expert.paused_until
    reasons = (
        (one.interest.conflict == Conflict.SOME, "conflict_of_interest", one.interest.words),
        (expert.user_id in asked, "same_school", "уже назначен"),
        (expert.user_id in passed, "was_replaced", "не успел, и вместо него спросили другого"),
        (
            bool(taken & {school.pk for school in one.places}),
            "same_school",
            "работает в одной школе с другим экспертом",
        ),
        (expert.is_paused_on(clock.today()), "paused", f"на паузе до {until:%d.%m.%Y}" if until else ""),
        (expert.load >= expert.most_load, "full", f"листов уже {expert.load} из {expert.most_load}"),
    )
    return next((Refusal(code, words) for is_so, code, words in reasons if is_so), None)


def assignable(
    practice: Practice, pool: Iterable[ExpertCandidate] | None = None
) -> list[tuple[ExpertCandidate, list[School]]]:
    """Experts who may be asked, each with the schools of today: free of interest, not asked already, of no
    school of another expert, not on a pause and with fewer sheets than they let wait.
    """
    return [(one.expert, one.places) for one in candidates(practice, pool) if one.refusal is None]


def check_may_be_asked(practice: Practice, expert: ExpertCandidate) -> list[School]:
    """The schools of today of an expert who may be asked. Raises Invalid at `expert`, with why not."""
    found = candidates(practice, ExpertCandidate.objects.serving().filter(pk=expert.pk))
    if not found:
        raise Invalid(
            "conflict_of_interest",
            "Этого эксперта просить нельзя: он вышел из экспертов или не работает в школе. Выберите другого.",
            "expert",
        )
    (one,) = found
    if one.refusal is not None:
        raise Invalid(
            one.refusal.code,
            f"Этого эксперта сейчас просить нельзя: он {one.refusal.words}. Выберите другого.",
            "expert",
        )
    return one.places


def left_to_ask(practice: Practice) -> bool:
    """Whether there is anybody who has not said no: who has declined or was taken away may be asked again,
    but nobody has to wait for that.
    """
    gone = {
        review.expert
        for review in practice.reviews.all()
        if review.revision == practice.revision and review.state in GONE
    }
    return any(one.user_id not in gone for one, _ in assignable(practice))
