"""A mended practice is judged by the same experts: the portal invites them first, when the methodist takes it
on.

Only whoever has handed in a sheet about the revision that came back, and may be asked today: pause, load,
ties and schools are looked at anew. An arbiter stands first in the reserve, for the case that two differ
again.
"""

from typing import Any

from best_practices.interest import candidates
from best_practices.inviting import MUNICIPAL, invite, tell_methodists
from best_practices.models import ExpertCandidate, Practice, Review
from best_practices.states import NEEDED, ReviewState
from best_practices.verdict import live
from portal.core.actor import Actor
from portal.core.reading import weighing
from portal.core.workflow import Move


def judges_of(practice: Practice) -> list[Review]:
    """Sheets about the latest revision before this one that was judged; those who were asked first stand
    first.
    """
    rows = Review.objects.filter(
        practice=practice, state=ReviewState.SUBMITTED, revision__lt=practice.revision
    )
    found = list(rows.order_by("-revision", "pk"))
    latest = [row for row in found if row.revision == found[0].revision]
    return sorted(latest, key=lambda row: (row.stage != MUNICIPAL, row.pk))


def invite_judges(practice: Practice, move: Move[Any]) -> None:
    """Each who may be asked, until there are enough; whoever is over the number is the first of the
    reserve.
    """
    with weighing():  # whom to ask is weighed; nobody is shown
        judges = judges_of(practice)
        invited = sum(_ask(practice, judge) for judge in judges)
    if not judges:
        return
    words = "Эксперты, которые её оценивали, приглашены." if invited == NEEDED else _short(invited)
    tell_methodists(practice, "practice_judges_asked", f"Авторы прислали исправленную. {words}")


def _short(invited: int) -> str:
    asked = "Один из прежних экспертов приглашён" if invited else "Прежних экспертов сейчас просить нельзя"
    return f"{asked}: назовите ещё."


def _ask(practice: Practice, judge: Review) -> bool:
    """Whether the expert was invited."""
    pool = ExpertCandidate.objects.serving().filter(user=judge.expert)
    one = next(iter(candidates(practice, pool)), None)
    if one is None or one.refusal is not None:
        return False
    if len(live(practice)) >= NEEDED:
        practice.reserve = [judge.expert, *(user for user in practice.reserve if user != judge.expert)]
        practice.save_change("reserve")
        return False
    invite(practice, (one.expert, one.places), stage=MUNICIPAL, by=Actor.system(via="workflow"), again=True)
    return True
