"""The pairs that a home page speaks of, with what lies in them: the reader's own ones and those that wait for
the reader's offices. The steps and what stands beside them are made of the same rows.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, Value, prefetch_related_objects

from portal.core.actor import Actor
from portal.core.once import once_a_page
from portal.core.prepared import PreparedFor
from portal.mentoring.models import Pair
from portal.mentoring.models.pairs import PairQuerySet, mentees_by_name
from portal.mentoring.selectors.people import may_meet_on, somebody_is_away
from portal.mentoring.states import PairState
from portal.mentoring.workflow.guards import SUSPENSION_DAYS
from portal.pair_work.ending import at_the_end, done
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.states import ProgrammeState

LONGEST = 20
"""A home page shows the nearest things; the rest is in the lists."""
IN_THE_MAKING = (
    PairState.PROPOSED,
    PairState.CONSENT_PENDING,
    PairState.PSYCH_CHECK,
    PairState.ORDER_DRAFT,
    PairState.TERMINATION_NOTICE,
)
"""Pairs whose next step is an office's; one under notice is made to its end."""
MAY_BE_STUCK = (PairState.ACTIVE, PairState.REPLACING, PairState.SUSPENDED)
"""Pairs whose step is the curator's when their people cannot make it."""
WAITING_TEXTS = (
    ProgrammeState.AGREED_BY_PAIR,
    ProgrammeState.CORRECTION,
    ProgrammeState.CURATOR_REVIEW,
    ProgrammeState.SMO_REVIEW,
    ProgrammeState.FINAL_REVIEW,
)
"""Programmes that an office may have to read, or to ask after."""


@once_a_page
def pairs_at_hand(by: Actor) -> list[Pair]:
    """The newest first, each with `is_done`, `is_followed` (by an open pair) and `may_meet`, its people and
    the consents that matter. At most three queries.
    """
    pairs = _asked(by)
    prefetch_related_objects(pairs, mentees_by_name())
    _with_consents([pair for pair in pairs if pair.state == PairState.CONSENT_PENDING or pair.role_of(by)])
    return pairs


def _of_home(by: Actor, day: dt.date) -> PairQuerySet:
    coming = Exists(Pair.objects.succeeding(OuterRef("pk")))
    said = {"is_done": done(), "is_followed": coming, "may_meet": may_meet_on(day)}
    rows = Pair.objects.annotate(**said).filter(_spoken_of(by, day))
    return rows.select_related("mentor", "compatibility")


_asked = PreparedFor(_of_home)


def _spoken_of(by: Actor, day: dt.date) -> Q:
    found = Q(pk__in=Pair.objects.of_person(by).open().values("pk"))
    if leads_pairs(by):
        found |= Q(state__in=IN_THE_MAKING)
    if by.can("pair:lead"):
        found |= _stuck(day)
    if reads_programmes(by):
        waiting = Programme.objects.filter(pair=OuterRef("pk"), state__in=WAITING_TEXTS)
        found |= Q(Exists(waiting))
    if ends_pairs(by):
        found |= at_the_end(day)
    return found


def _stuck(day: dt.date) -> Q:
    """They wait for a new pair that has come to nothing, have rested longer than three months, or somebody of
    them is away.
    """
    longest = ExpressionWrapper(Value(day) - Value(SUSPENSION_DAYS), models.DateField())
    alone = Q(state=PairState.REPLACING, is_followed=False)
    rested = Q(state=PairState.SUSPENDED, suspended_on__lt=longest)
    return alone | rested | (Q(state=PairState.ACTIVE) & somebody_is_away(day))


def leads_pairs(by: Actor) -> bool:
    """Has an office to which a pair in the making comes."""
    return any(by.can(right) for right in ("pair:lead", "pair:conclude", "pair:sign", "order:register"))


def reads_programmes(by: Actor) -> bool:
    return any(
        by.can(right) for right in ("programme:approve", "programme:approve_as_principal", "programme:review")
    )


def ends_pairs(by: Actor) -> bool:
    return by.can("pair:sign") or by.can("pair:lead")


def _with_consents(pairs: list[Pair]) -> None:
    """Whose consent it is stands in the pair already."""
    prefetch_related_objects(pairs, "consents")
    for pair in pairs:
        people = {person.pk: person for person in (pair.mentor, *pair.people)}
        for consent in pair.consents.all():
            if consent.person_id in people:
                consent.person = people[consent.person_id]


@once_a_page
def own_pairs(by: Actor) -> list[Pair]:
    """Open pairs of the person, the newest first."""
    return [pair for pair in pairs_at_hand(by) if pair.is_open and pair.role_of(by)][:LONGEST]


@once_a_page
def programmes_at_hand(by: Actor) -> list[Programme]:
    """Their programmes: all of the own pairs, of the others those that wait. At most four queries."""
    pairs = {pair.pk: pair for pair in pairs_at_hand(by)}
    if not pairs:
        return []
    own = [pair.pk for pair in own_pairs(by)]
    rows = Programme.objects.filter(pair__in=pairs).exclude(state=ProgrammeState.CANCELLED)
    texts = list(rows.filter(Q(pair__in=own) | Q(state__in=WAITING_TEXTS)))
    for text in texts:
        text.pair = pairs[text.pair_id]
    _with_parts(texts, own)
    return texts


def _with_parts(texts: list[Programme], own: list[int]) -> None:
    """Of each text only what its state is asked about."""
    answered = (ProgrammeState.AGREED_BY_PAIR, ProgrammeState.CORRECTION)
    prefetch_related_objects([text for text in texts if text.pair_id in own], "activities")
    prefetch_related_objects([text for text in texts if text.state in answered], "confirmations")
    prefetch_related_objects([text for text in texts if text.state == ProgrammeState.FINAL_REVIEW], "goals")


def own_programmes(by: Actor) -> list[Programme]:
    """Those of the reader's own pairs, with the deeds of the plan."""
    own = {pair.pk for pair in own_pairs(by)}
    return [text for text in programmes_at_hand(by) if text.pair_id in own]


def waiting_programmes(by: Actor) -> Iterable[Programme]:
    """Those that an office may have to read; of each its pair is here."""
    return (text for text in programmes_at_hand(by) if text.state in WAITING_TEXTS)


@once_a_page
def own_meetings(by: Actor) -> list[Meeting]:
    """Their meetings, by the day."""
    pairs = own_pairs(by)
    return list(Meeting.objects.filter(pair__in=pairs).order_by("planned_at")) if pairs else []
