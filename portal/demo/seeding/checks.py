"""What the demo promises of itself, asked of the database when everything is told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from best_practices.evidence import Grade
from best_practices.models import BankAdoption, Practice, PracticeEvidence, PracticeOrder, PracticeRecheck
from best_practices.outcomes import Outcome
from best_practices.states import PracticeState
from portal.city_records.models import AskedQuestion
from portal.core import clock
from portal.demo.seeding.acting import Place
from portal.demo.seeding.adoptions import enough_days
from portal.demo.seeding.days import begins_on
from portal.demo.seeding.practices import IN_SCHOOL
from portal.demo.seeding.roster import subjects_of
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.states import CardState, NeedState
from portal.mentoring.models import MentoringConsent, Pair, PairMentee
from portal.mentoring.states import ConsentState, PairState, RoleModel
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.states import MeetingState, ProgrammeState
from portal.school_practices.models import SchoolPractice
from portal.staff.models import Person, StaffInvitation
from tenants.context import in_city, in_school

PAIRS, AT_LEAST, PUBLISHED = 60, 2, 8
STATES: tuple[tuple[Any, Any], ...] = (
    (Pair, PairState),
    (Programme, ProgrammeState),
    (Meeting, MeetingState),
    (MenteeNeed, NeedState),
    (MentorCard, CardState),
    (MentoringConsent, ConsentState),
)


class BrokenPromise(AssertionError):
    """The city is not what it is said to be."""


def prove(places: Sequence[Place]) -> None:
    """Sixty pairs, two in every state, nobody their own mentor, no two full names alike, a practice in every state. Raises BrokenPromise."""
    counts, names = _counted(places)
    for model, states in STATES:
        _demand(
            f"{model.__name__}",
            {state for state in states.values if counts[model.__name__, state] < AT_LEAST},
        )
    pairs = sum(counts["Pair", state] for state in PairState.values)
    _demand("pairs", set() if pairs == PAIRS else {f"{pairs} instead of {PAIRS}"})
    _demand("names", {name for name, times in Counter(names).items() if times > 1})
    _demand("mentors of themselves", {"somebody"} if counts["self", ""] else set())
    _demand("pairs of one subject that share it", {"somebody"} if counts["another subject", ""] else set())
    _demand(
        "invitations",
        {state for state in ("asked", "sent", "expired", "accepted") if not counts["StaffInvitation", state]},
    )
    _demand("practices in schools", {state for state in IN_SCHOOL if not counts["SchoolPractice", state]})
    with in_city():
        found = Counter(Practice.objects.values_list("state", flat=True))
        asked = {bool(row.found) for row in AskedQuestion.objects.all()}
        ordered = PracticeOrder.objects.exists()
    _demand(
        "practices in the city",
        {state for state in PracticeState.values if not found[state]},
    )
    _demand("questions of the bank", {"answered and empty ones"} if len(asked) < 2 else set())
    _demand("orders of practices", set() if ordered else {"any"})
    if enough_days(clock.today(), begins_on(clock.today())):
        _prove_evidence()
    _demand("the bank", {"too few"} if found[PracticeState.PUBLISHED] < PUBLISHED else set())


def _prove_evidence() -> None:
    """Practices that other schools have repeated, all that may come of it, and one that is looked at again."""
    with in_city():
        told = set(BankAdoption.objects.values_list("outcome", flat=True))
        grades = set(PracticeEvidence.objects.values_list("grade", flat=True))
        at_work = BankAdoption.objects.filter(ended_on=None).exists()
        rechecks = PracticeRecheck.objects.filter(answered_on=None).exists()
    _demand("outcomes of practices", {outcome for outcome in Outcome.values if outcome not in told})
    _demand("grades of evidence", {Grade.MEASURED, Grade.REPEATED, Grade.PROVED} - grades)
    _demand("practices at work", set() if at_work else {"any"})
    _demand("rechecks", set() if rechecks else {"any"})


def _counted(places: Sequence[Place]) -> tuple[Counter[tuple[str, str]], list[str]]:
    counts: Counter[tuple[str, str]] = Counter()
    names: list[str] = []
    for place in places:
        with in_school(place.school):
            for model in (*(model for model, _ in STATES), SchoolPractice):
                counts.update(
                    (model.__name__, state) for state in model.objects.values_list("state", flat=True)
                )
            counts["self", ""] += sum(
                row.pair.mentor_id == row.mentee_id for row in PairMentee.objects.select_related("pair")
            )
            counts.update(
                ("StaffInvitation", str(invitation.condition)) for invitation in StaffInvitation.objects.all()
            )
            pairs = (
                Pair.objects.filter(role_model=RoleModel.SUBJECT)
                .with_people()
                .prefetch_related("mentor__employments", "pair_mentees__mentee__employments")
            )
            counts["another subject", ""] += sum(
                not subjects_of(pair.mentor) & subjects_of(pair.mentee) for pair in pairs
            )
            names += [person.full_name for person in Person.objects.all()]
    return counts, names


def _demand(what: str, lacking: Iterable[str]) -> None:
    if lacking:
        raise BrokenPromise(f"the demo lacks {what}: {', '.join(sorted(lacking))}")
