"""«Что дальше» where a pair comes to its end: the principal completes it; the curator hears of a pair whose
last day is over.
"""

from portal.accounts.offices import Office
from portal.cabinet.selectors.at_hand import LONGEST, ends_pairs, pairs_at_hand
from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import NextStep
from portal.mentoring.models import Pair
from portal.mentoring.states import PairState
from portal.pair_work.ending import RESTING
from portal.staff.selectors import Holders
from tenants.links import link


def steps_of_ends(by: Actor, holders: Holders) -> list[NextStep]:
    """Of the pairs that the home page has at hand anyway."""
    if not ends_pairs(by):
        return []
    pairs = sorted(filter(_is_at_its_end, pairs_at_hand(by)), key=lambda pair: (pair.planned_to, pair.pk))
    made = (step_of_end(pair, by, holders, is_done=pair.is_done) for pair in pairs[:LONGEST])  # type: ignore[attr-defined]
    return [step for step in made if step]


def _is_at_its_end(pair: Pair) -> bool:
    over = pair.planned_to < clock.today()
    if pair.state in RESTING:
        return over
    return (over or pair.is_done) and pair.state == PairState.ACTIVE  # type: ignore[attr-defined]


def step_of_end(pair: Pair, by: Actor, holders: Holders, *, is_done: bool) -> NextStep | None:
    """Of a pair that is at its end."""
    if is_done and pair.state == PairState.ACTIVE:
        return _to_complete(pair, by, holders)
    return _is_late(pair) if by.can("pair:lead") else None


def _to_complete(pair: Pair, by: Actor, holders: Holders) -> NextStep:
    since, url = clock.local(pair.updated_at).date(), link("cabinet:pair", pair.uuid)
    if by.can("pair:sign"):
        title = f"Завершите пару: {pair.title}"
        why = "Программа завершена, итоги подведены. Осталось ваше слово."
        return NextStep(
            "pair_to_complete", title, why, url, "Открыть пару", waiting_since=since, icon="flag", weight=30
        )
    title, why = f"Завершение пары: {pair.title}", "Программа завершена, итоги подведены."
    return NextStep(
        "pair_to_complete", title, why, url, who=holders.of(Office.PRINCIPAL), waiting_since=since
    )


WHILE_IT_WORKS = (
    "Итоги программы не подведены. Напомните о них наставнику. Если работа продолжается, продлите пару, если "
    "нет, её закончат уведомлением."
)
AT_THE_LONGEST = (
    "Итоги программы не подведены. Напомните о них наставнику. Дольше порядок школы не разрешает: если "
    "работа продолжается, предложите новую пару, эту завершат или закончат уведомлением."
)
WHAT_TO_DO: dict[str, str] = {
    PairState.SUSPENDED: "Пара на паузе, и в действующих её нет. Возобновите её и продлите или прекратите.",
    PairState.REPLACING: "Пара ждёт нового наставника, в действующих её нет. Решите, сменит ли он прежнего.",
}
"""Of a pair past its day; nobody is silent about the one that rests."""


def _is_late(pair: Pair) -> NextStep:
    title = f"Срок пары вышел: {pair.title}"
    while_it_works = WHILE_IT_WORKS if pair.may_be_longer else AT_THE_LONGEST
    why = WHAT_TO_DO.get(pair.state, while_it_works)
    return NextStep(
        "pair_past_its_end",
        title,
        why,
        link("cabinet:pair", pair.uuid),
        "Открыть пару",
        waiting_since=pair.planned_to,
        icon="calendar-x",
        weight=28,
    )
