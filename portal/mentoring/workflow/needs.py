"""A need: recorded, accepted, matched with a pair, closed."""

from portal.core.workflow import Transition, Workflow, by_time
from portal.mentoring.access import needs as access
from portal.mentoring.models import MenteeNeed
from portal.mentoring.states import NeedState as S

NEED = Workflow(
    "need",
    "Потребность",
    MenteeNeed,
    (
        Transition("accept", "Принять в работу", (S.NEW, S.DECLINED), S.ACCEPTED, access.can_accept_need, seed="6.1 кур. (1)"),
        Transition("decline", "Отклонить", (S.NEW, S.ACCEPTED), S.DECLINED, access.can_accept_need, needs_comment=True, quiet=True, seed="6.1 кур. (1)"),
        Transition("match", "Пара сложилась", (S.NEW, S.ACCEPTED), S.MATCHED, by_time, seed="5.1"),
        Transition("reopen", "Снова ищем наставника", (S.MATCHED,), S.ACCEPTED, by_time, seed="5.1"),
        Transition("fulfil", "Потребность закрыта парой", (S.MATCHED,), S.CLOSED, by_time, seed="5.1"),
        Transition("close", "Больше не нужно", (S.NEW, S.ACCEPTED), S.CLOSED, access.can_close_need, quiet=True, seed="2.2"),
    ),
    code="NEED",
)
