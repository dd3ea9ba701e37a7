"""What becomes of the practices in a programme when the programme makes a step: they come into force with its
text, leave with a text that was taken back, and end with it.
"""

from typing import Any

from portal.core import clock
from portal.core.workflow import Move, On
from portal.pair_work.models import Adoption, Programme
from portal.pair_work.services.adoption_letters import tell_over
from portal.pair_work.services.adoptions import drop
from portal.pair_work.workflow import PROGRAMME


def _live(programme: Programme, *, agreed: bool) -> list[Adoption]:
    rows = Adoption.objects.live().filter(programme=programme, in_force_on__isnull=not agreed, ended_on=None)
    return list(rows.select_for_update().order_by("pk"))


def come_into_force(programme: Programme, move: Move[Any]) -> None:
    for adoption in _live(programme, agreed=False):
        adoption.in_force_on = clock.today()
        adoption.save_change("in_force_on")


def leave_with_the_text(programme: Programme, move: Move[Any]) -> None:
    for adoption in _live(programme, agreed=False):
        drop(adoption, by=move.by)


def end_with_the_programme(programme: Programme, move: Move[Any]) -> None:
    """What the pair had not agreed to yet leaves with its text."""
    leave_with_the_text(programme, move)
    for adoption in _live(programme, agreed=True):
        adoption.ended_on = clock.today()
        adoption.save_change("ended_on")
        tell_over(adoption, by=move.by)


AGREED = "Текст согласован: практика теперь в программе."
TAKEN_BACK = "Уточнение отозвано: практики, взятой с ним, в программе нет."
OVER = "Внедрение заканчивается вместе с программой; пара скажет, как сработала практика."
ADOPTED: tuple[On[Any], ...] = (
    *(On(PROGRAMME, verb, come_into_force, why=AGREED) for verb in ("approve", "continue")),
    On(PROGRAMME, "withdraw_correction", leave_with_the_text, why=TAKEN_BACK),
    *(
        On(PROGRAMME, verb, end_with_the_programme, why=OVER)
        for verb in ("complete", "complete_unrated", "cancel")
    ),
)
