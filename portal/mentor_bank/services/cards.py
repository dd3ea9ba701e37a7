"""Cards of mentors."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.mentor_bank.access import cards as access
from portal.mentor_bank.models import CardStage, MentorCard, MentoringSettings
from portal.mentor_bank.states import CardState
from portal.staff.models import Person

GONE = (CardState.ARCHIVED, CardState.REJECTED)


def _check(card: MentorCard) -> None:
    limit = MentoringSettings.here().max_mentees_block
    if not 1 <= card.max_mentees <= limit:
        raise Invalid(
            "max_mentees", f"Наставляемых может быть от 1 до {limit}: так решено в школе.", "max_mentees"
        )


@transaction.atomic
def make_card(
    person: Person,
    *,
    by: Actor,
    confirmed_results: str,
    strengths: Sequence[str] = (),
    support_areas: Sequence[str] = (),
    topics: str = "",
    max_mentees: int = 2,
    waiver: str = "",
    recommendation: str = "",
    willing: bool = True,
    no_disciplinary: bool = True,
) -> MentorCard:
    """Put a person into the school's bank as a candidate. Raises Forbidden, Invalid, Conflict."""
    if not access.can_make_card(by, person):
        raise Forbidden("Карточку наставника заводит куратор или сам педагог.")
    if MentorCard.objects.filter(person=person).exclude(state__in=GONE).exists():
        raise Conflict("card_exists", "У этого человека уже есть карточка наставника.", "person")
    card = MentorCard(
        person=person,
        confirmed_results=confirmed_results.strip(),
        strengths=list(strengths),
        support_areas=list(support_areas),
        topics=topics,
        max_mentees=max_mentees,
        waiver=waiver,
        recommendation=recommendation,
        willing=willing,
        no_disciplinary=no_disciplinary,
        created_by=by.user,
    )
    _check(card)
    card.save()
    CardStage.begin(card, clock.today(), by=by.user)
    audit.record(by, "made", card)
    return card


@transaction.atomic
def edit_card(card: MentorCard, *, by: Actor, version: int | None = None, **values: Any) -> MentorCard:
    """Change what a card says. Raises Forbidden, Invalid, Conflict, Stale."""
    card = MentorCard.objects.select_for_update().get(pk=card.pk)
    if not access.can_edit_card(by, card):
        raise Forbidden("Карточку правит сам наставник или куратор.")
    if card.state in GONE:
        raise Conflict("card_gone", "Карточка в архиве. Заведите новую.")
    card.check_version(version)
    for name, value in values.items():
        setattr(card, name, value)
    _check(card)
    card.save_change(*values)
    audit.record(by, "edited", card, changes={"fields": sorted(values)})
    return card
