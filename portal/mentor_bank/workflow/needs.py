"""A need: recorded, accepted, matched with a pair, closed."""

from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Guard, Transition, Workflow, by_time
from portal.mentor_bank.access import needs as access
from portal.mentor_bank.models import MenteeNeed
from portal.mentor_bank.pairing import PAIRS
from portal.mentor_bank.states import NeedState as S


def _no_pair_forms(need: MenteeNeed, by: Actor, extra: Extra) -> bool:
    return not PAIRS().grew_any(need)


NO_PAIR = Guard("pair_open", "По этой потребности уже есть пара: сначала решите с ней.", _no_pair_forms)

NEED = Workflow(
    "need",
    "Потребность",
    MenteeNeed,
    (
        Transition(
            "accept",
            "Принять в работу",
            (S.NEW, S.DECLINED),
            S.ACCEPTED,
            access.can_accept_need,
            seed="6.1 кур. (1)",
        ),
        Transition(
            "decline",
            "Отклонить потребность",
            (S.NEW, S.ACCEPTED),
            S.DECLINED,
            access.can_accept_need,
            (NO_PAIR,),
            needs_comment=True,
            quiet=True,
            seed="6.1 кур. (1)",
        ),
        Transition("match", "Пара сложилась", (S.NEW, S.ACCEPTED), S.MATCHED, by_time, seed="5.1"),
        Transition("reopen", "Снова ищем наставника", (S.MATCHED,), S.ACCEPTED, by_time, seed="5.1"),
        Transition("fulfil", "Потребность закрыта парой", (S.MATCHED,), S.CLOSED, by_time, seed="5.1"),
        Transition(
            "close",
            "Закрыть потребность",
            (S.NEW, S.ACCEPTED),
            S.CLOSED,
            access.can_close_need,
            (NO_PAIR,),
            quiet=True,
            seed="2.2",
            final="Закрытую потребность не открыть. Если помощь снова понадобится, запишите новую.",
        ),
    ),
    code="NEED",
)
