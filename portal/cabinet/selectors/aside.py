"""Beside «Что дальше»: the person's pair, the school of its leaders, and advice. A constant number of
queries.
"""

import datetime as dt
from typing import Any

from django.db.models import Value, prefetch_related_objects

from portal.cabinet.selectors.at_hand import own_meetings, own_pairs, own_programmes
from portal.cabinet.selectors.numbers import quiet_pairs
from portal.core import clock
from portal.core.actor import Actor
from portal.core.aside import Advice, Aside, Glance, Measure
from portal.core.counting import home_numbers
from portal.core.text import quoted
from portal.mentoring.models import Pair
from portal.mentoring.selectors.figures import (
    last_days_of_pairs,
)
from portal.mentoring.selectors.people import note_about
from portal.mentoring.states import WORKING, PairRole
from portal.municipality.indicators import Share, share_of
from portal.pair_work.models import Meeting
from portal.pair_work.selectors.figures import (
    done_among,
    held_among,
    last_days_of_programmes,
)
from portal.pair_work.states import MeetingState
from portal.school_records.models import SentReminder
from portal.staff.models import WORK, Person
from portal.ui import words
from portal.ui.dates import MONTHS_IN
from tenants.links import link

QUIET_AFTER = dt.timedelta(days=30)
QUIET_LINES = 3
PAIRS, PROGRAMMES = "mentoring:pairs", "pair_work:programmes"
LOOK_AHEAD, AHEAD_LINES = dt.timedelta(days=60), 4
LATE_HOUR, LATE_RECORDS, LAST_RECORDS = 21, 3, 8
PUT_OFF = "not_now."
PUT_OFF_FOR = dt.timedelta(days=30)
ADVICE = ("evenings", "without_mentor")


def aside(by: Actor) -> Aside:
    """The person's own pair first, then the school of those who lead it."""
    if not by.user:
        return Aside()
    own = sorted((pair for pair in own_pairs(by) if pair.state in WORKING), key=lambda pair: pair.pk)[:2]
    prefetch_related_objects([_other(pair, by) for pair in own], WORK)
    glances = [
        _own_pair(pair, by, title)
        for pair, title in zip(own, ("Ваша пара", "Ещё одна ваша пара"), strict=False)
    ]
    leads = by.can("pair:lead")
    if leads or by.can("pair:sign"):
        glances.append(_school(home_numbers(by)))
    if leads and home_numbers(by)["quiet pairs"]:
        glances.append(_quiet())
    if (leads or by.can("pair:sign")) and (ahead := _ahead()):
        glances.append(ahead)
    return Aside(tuple(glances), tuple(_advice(by, own)))


def _month() -> str:
    return MONTHS_IN[clock.today().month - 1]


def _own_pair(pair: Pair, by: Actor, title: str) -> Glance:
    other = _other(pair, by)
    meetings = [row for row in own_meetings(by) if row.pair_id == pair.pk]
    deeds = [deed for text in own_programmes(by) if text.pair_id == pair.pk for deed in text.activities.all()]
    return Glance(
        title,
        (
            _next_meeting(meetings),
            _progress(f"Встречи в {_month()}", held_among(_of_month(meetings)), "пока не назначены"),
            _progress("Дела программы", done_among(deeds), "программы ещё нет"),
        ),
        mentor=pair.mentor.full_name,
        mentee=pair.mentee.full_name,
        name=other.full_name,
        about=note_about(other),
        url=link("cabinet:pair", pair.uuid),
        link="Открыть страницу пары",
    )


def _other(pair: Pair, by: Actor) -> Person:
    other: Person = pair.mentee if pair.role_of(by) == PairRole.MENTOR else pair.mentor
    return other


def _progress(name: str, share: Share, nobody: str) -> Measure:
    """Part of a whole with its bar; where there is nobody to count, the words for it."""
    return Measure(name, share.part or 0, share.whole) if share.whole else Measure(name, text=nobody)


def _of_month(meetings: list[Meeting]) -> list[Meeting]:
    today = clock.today()
    days = [(row, clock.local(row.planned_at)) for row in meetings]
    return [row for row, day in days if (day.year, day.month) == (today.year, today.month)]


def _next_meeting(meetings: list[Meeting]) -> Measure:
    ahead = (row for row in meetings if row.state == MeetingState.PLANNED and row.planned_at > clock.now())
    row = next(ahead, None)
    if row is None:
        return Measure("Следующая встреча", text="не назначена", note="Темп выбирает пара.")
    when = f"{words.weekday_date(row.planned_at)}, {clock.local(row.planned_at):%H:%M}"
    return Measure(
        "Следующая встреча",
        text=when,
        note=f"{row.place}, {quoted(row.topic)}" if row.place else quoted(row.topic),
    )


def _school(numbers: dict[str, int]) -> Glance:
    young, meetings, programmes = (share_of(name, numbers) for name in ("young", "meetings", "programmes"))
    return Glance(
        "Школа сейчас",
        (
            _progress("Молодые педагоги с наставником", young, "молодых педагогов нет"),
            _progress(f"Встречи в {_month()}: записано", meetings, "пока не назначены"),
            _progress("Пары с утверждённой программой", programmes, "действующих пар пока нет"),
        ),
        url=f"{link('mentoring:pairs')}?working=1" if programmes.whole else link("mentoring:pairs"),
        link=f"Действующие пары и группы: {programmes.whole}" if programmes.whole else "К парам и группам",
    )


def _quiet() -> Glance:
    """A word to the curator, not a reproach to the pair."""
    quiet: Any = quiet_pairs().with_names()
    rows = quiet.order_by("since", "pk")[:QUIET_LINES]
    lines = tuple(
        Measure(
            row.title,
            text=f"не встречались с {words.day_month(row.since)}",
            url=link("cabinet:pair", row.uuid),
        )
        for row in rows
    )
    return Glance("Тихие пары", lines, note="Темп выбирает пара. Может быть, им нужно время или слово.")


def _ahead() -> Glance | None:
    """What the next two months bring: last days of pairs and of programmes, the nearest first. One query."""
    today = clock.today()
    within = (today + dt.timedelta(days=1), today + LOOK_AHEAD)
    pairs = last_days_of_pairs(*within).annotate(of=Value(PAIRS))
    programmes = last_days_of_programmes(*within).annotate(of=Value(PROGRAMMES))
    lines = [
        Measure(words.day_month(day), text=_counted(count, _ends(of, count)), url=link(of))
        for day, count, of in sorted(pairs.union(programmes, all=True), key=_by_day)[:AHEAD_LINES]
    ]
    return Glance("Впереди", tuple(lines)) if lines else None


def _ends(of: str, count: int) -> str:
    if of == PAIRS:
        return f"последний день у {words.plural(count, 'пары,пар,пар')}"
    return f"итоги {words.plural(count, 'программы,программ,программ')}"


def _by_day(row: tuple[dt.date, int, str]) -> tuple[dt.date, str]:
    """On one day results of programmes stand before the ends of pairs."""
    day, _, of = row
    return day, _ends(of, 1)


def _counted(count: int, text: str) -> str:
    """«последний день у 3 пар»; of one the number is not said."""
    before, _, noun = text.rpartition(" ")
    return text if count == 1 else f"{before} {count} {noun}"


# ── advice ──────────────────────────────────────────────────────────────────────────────────────────


def _advice(by: Actor, own: list[Pair]) -> list[Advice]:
    made = [advice for advice in (_evenings(by, own), _without_mentor(by)) if advice]
    if not made or by.user is None:
        return []
    codes = SentReminder.objects.filter(
        subject=by.user, code__startswith=PUT_OFF, updated_at__gt=clock.now() - PUT_OFF_FOR
    )
    quiet = {
        link("cabinet:advice_later", code.removeprefix(PUT_OFF))
        for code in codes.values_list("code", flat=True)
    }
    return [advice for advice in made if advice.later_url not in quiet]


def _evenings(by: Actor, own: list[Pair]) -> Advice | None:
    """Records made late in the evening, by the reader: the mock's own advice, seen by nobody else."""
    roles = {pair.pk: pair.role_of(by) for pair in own}
    recorded = [
        (row.recorded_at, row) for row in own_meetings(by) if row.pair_id in roles and row.recorded_at
    ]
    rows = [row for _, row in sorted(recorded, key=lambda one: one[0], reverse=True)[: LAST_RECORDS * 2]]
    mine = [row for row in rows if row.recorded_by == roles[row.pair_id]][:LAST_RECORDS]
    late = sum(clock.local(row.recorded_at).hour >= LATE_HOUR for row in mine if row.recorded_at)
    if late < LATE_RECORDS:
        return None
    text = (
        f"{late} из {len(mine)} последних записей. Может быть, закрепить для этого время днём? Этот совет "
        "видите только вы."
    )
    return Advice(
        "Вы часто записываете встречи после девяти вечера",
        text,
        link("pair_work:meeting_new", own[0].uuid),
        "Назначить встречу",
        link("cabinet:advice_later", "evenings"),
    )


def _without_mentor(by: Actor) -> Advice | None:
    """Young teachers of whom nobody has said yet that they need a mentor."""
    if not by.can("need:record"):
        return None
    alone = home_numbers(by)["young unspoken"]
    if not alone:
        return None
    title = (
        f"{words.plural(alone, 'У одного молодого педагога,У молодых педагогов,У молодых педагогов')} пока "
        "нет наставника"
    )
    count = "" if alone == 1 else f"Их {alone}. "
    text = (
        f"{count}Если помощь нужна, запишите потребность: с неё начинается пара. Если не нужна, ничего "
        "делать не надо."
    )
    return Advice(
        title,
        text,
        link("mentor_bank:need_new"),
        "Записать потребность",
        link("cabinet:advice_later", "without_mentor"),
    )
