"""A need: recorded, accepted, matched with a pair, closed."""

from collections.abc import Iterable
from uuid import UUID

from portal.core.actor import Actor
from portal.core.workflow import (
    Baton,
    Begins,
    Guard,
    Told,
    Transition,
    Workflow,
    by_time,
    no_baton,
    no_lane,
    no_paper,
    nobody,
)
from portal.mentor_bank.access import needs as access
from portal.mentor_bank.models import MenteeNeed, NeedStage
from portal.mentor_bank.pairing import PAIRS
from portal.mentor_bank.states import NeedState as S
from tenants.links import link


def _no_pair_forms(need: MenteeNeed, by: Actor) -> bool:
    return not PAIRS().grew_any(need)


def _whose_it_is(need: MenteeNeed) -> Iterable[UUID | None]:
    return [need.person.user]


def _page(need: MenteeNeed) -> str:
    return link("mentor_bank:need", need.uuid)


NO_PAIR = Guard("pair_open", "По этой потребности уже есть пара: сначала решите с ней.", _no_pair_forms)

_TO_MATCH = Baton("за куратором", "подобрать наставника")
_SERVED = no_baton("Помощь дана или больше не нужна.")
_BY_PAIR = nobody("Об этом говорит сама пара.")

NEED = Workflow(
    name="need",
    code="NEED",
    title="Потребность",
    model=MenteeNeed,
    keeps=(NeedStage.keep,),
    lane=no_lane("Страница показывает её состояние и пары, которые из неё выросли."),
    paper=no_paper("Потребность записывают в портале, бумаги у её шагов нет."),
    begins=Begins(states=(S.NEW,), baton=Baton("за куратором", "принять в работу или отклонить")),
    transitions=(
        Transition(
            verb="accept",
            label="Принять в работу",
            sources=(S.NEW, S.DECLINED),
            target=S.ACCEPTED,
            rule=access.can_accept_need,
            journal="Потребность принята",
            said="Потребность принята. Теперь можно подобрать наставника.",
            told=(Told(_whose_it_is, lambda need: "Ваша потребность принята: ищем наставника", _page),),
            baton=_TO_MATCH,
            seed="6.1 кур. (1)",
        ),
        Transition(
            verb="decline",
            label="Отклонить потребность",
            sources=(S.NEW, S.ACCEPTED),
            target=S.DECLINED,
            rule=access.can_accept_need,
            guards=(NO_PAIR,),
            needs_comment=True,
            quiet=True,
            journal="Потребность отклонена",
            told=(
                Told(
                    _whose_it_is,
                    lambda need: "Ваша потребность отклонена: почему, сказано на её странице",
                    _page,
                ),
            ),
            baton=no_baton("Отклонённую потребность куратор может принять и позже."),
            seed="6.1 кур. (1)",
        ),
        Transition(
            verb="match",
            label="Пара сложилась",
            sources=(S.NEW, S.ACCEPTED),
            target=S.MATCHED,
            rule=by_time,
            journal="По потребности сложилась пара",
            told=_BY_PAIR,
            baton=no_baton("Над ней работает пара."),
            seed="5.1",
        ),
        Transition(
            verb="reopen",
            label="Снова ищем наставника",
            sources=(S.MATCHED,),
            target=S.ACCEPTED,
            rule=by_time,
            journal="Пары больше нет, снова ищут наставника",
            told=_BY_PAIR,
            baton=_TO_MATCH,
            seed="5.1",
        ),
        Transition(
            verb="fulfil",
            label="Потребность закрыта парой",
            sources=(S.MATCHED,),
            target=S.CLOSED,
            rule=by_time,
            journal="Потребность закрыта парой",
            told=_BY_PAIR,
            baton=_SERVED,
            seed="5.1",
        ),
        Transition(
            verb="close",
            label="Закрыть потребность",
            sources=(S.NEW, S.ACCEPTED),
            target=S.CLOSED,
            rule=access.can_close_need,
            guards=(NO_PAIR,),
            quiet=True,
            final="Закрытую потребность не открыть. Если помощь снова понадобится, запишите новую.",
            journal="Потребность закрыта",
            told=(Told(_whose_it_is, lambda need: "Ваша потребность закрыта", _page),),
            baton=_SERVED,
            seed="2.2",
        ),
    ),
)
