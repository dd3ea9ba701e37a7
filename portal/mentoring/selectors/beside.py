"""Beside «Что дальше»: the person's pair, the school of its leaders, and advice. A constant number of queries."""

import datetime as dt

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce

from portal.core import clock
from portal.core.actor import Actor
from portal.core.beside import Advice, Beside, Glance, Measure
from portal.mentoring.links import link
from portal.mentoring.models import Meeting, MenteeNeed, Pair, PairMentee, Programme, ProgrammeActivity, SentReminder
from portal.mentoring.selectors.people import note_about
from portal.mentoring.states import OPEN_PAIRS, WORKING, ActivityMark, MeetingState, NeedState, PairRole, PairState, ProgrammeState
from portal.staff.models import Employee
from portal.ui import words

HELD = (MeetingState.HELD_UNCONFIRMED, MeetingState.CONFIRMED, MeetingState.DISPUTED)
MEANT = (*HELD, MeetingState.PLANNED, MeetingState.MISSED)
AGREED = (ProgrammeState.APPROVED, ProgrammeState.IN_PROGRESS, ProgrammeState.CORRECTION, ProgrammeState.FINAL_REVIEW, ProgrammeState.COMPLETED)
QUIET_AFTER = dt.timedelta(days=30)
LATE_HOUR, LATE_RECORDS, LAST_RECORDS = 21, 3, 8
PUT_OFF = "not_now."
PUT_OFF_FOR = dt.timedelta(days=30)
ADVICE = ("evenings", "without_mentor")
IN_MONTH = ("январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре", "декабре")


def beside(by: Actor) -> Beside:
    """The person's own pair first, then the school of those who lead it."""
    if not by.user:
        return Beside()
    own = list(Pair.objects.of_person(by).filter(state__in=WORKING).with_people().order_by("pk")[:2])
    glances = [_own_pair(own[0], by, more=len(own) > 1)] if own else []
    leads = by.can("pair:lead")
    if leads or by.can("pair:sign"):
        glances.append(_school())
    if leads and (quiet := _quiet_pairs()):
        glances.append(quiet)
    return Beside(tuple(glances), tuple(_advice(by, own)))


def _this_month() -> tuple[str, Q]:
    today = clock.today()
    return IN_MONTH[today.month - 1], Q(planned_at__year=today.year, planned_at__month=today.month)


def _own_pair(pair: Pair, by: Actor, *, more: bool) -> Glance:
    other = pair.mentee if pair.role_of(by) == PairRole.MENTOR else pair.mentor
    month, now = _this_month()
    met = Meeting.objects.filter(now, pair=pair).aggregate(held=Count("pk", filter=Q(state__in=HELD)), meant=Count("pk", filter=Q(state__in=MEANT)))
    return Glance(
        "Одна из ваших пар" if more else "Ваша пара",
        (_next_meeting(pair), _progress(f"Встречи в {month}", met["held"], met["meant"], "пока не назначены"), _plan(pair)),
        mentor=pair.mentor.full_name,
        mentee=pair.mentee.full_name,
        name=other.full_name,
        about=note_about(other),
        url=link("pair", pair.uuid),
        link="Открыть страницу пары",
    )


def _progress(name: str, value: int, of: int, otherwise: str) -> Measure:
    return Measure(name, value, of) if of else Measure(name, text=otherwise)


def _next_meeting(pair: Pair) -> Measure:
    row = Meeting.objects.filter(pair=pair, state=MeetingState.PLANNED, planned_at__gt=clock.now()).order_by("planned_at").first()
    if row is None:
        return Measure("Следующая встреча", text="не назначена", note="Темп выбирает пара.")
    when = f"{words.weekday_date(row.planned_at)}, {clock.local(row.planned_at):%H:%M}"
    return Measure("Следующая встреча", text=when, note=f"{row.place}, «{row.topic}»" if row.place else f"«{row.topic}»")


def _plan(pair: Pair) -> Measure:
    rows = ProgrammeActivity.objects.filter(programme__pair=pair).exclude(Q(programme__state=ProgrammeState.CANCELLED) | Q(mark=ActivityMark.CANCELLED))
    plan = rows.aggregate(done=Count("pk", filter=Q(mark=ActivityMark.DONE)), every=Count("pk"))
    return _progress("Дела программы", plan["done"], plan["every"], "программы ещё нет")


def _school() -> Glance:
    young = Employee.objects.working().young()
    covered = young.filter(pk__in=PairMentee.objects.filter(pair__state__in=WORKING).values("mentee")).count()
    month, now = _this_month()
    met = Meeting.objects.filter(now).aggregate(held=Count("pk", filter=Q(state__in=HELD)), meant=Count("pk", filter=Q(state__in=MEANT)))
    agreed = Programme.objects.filter(pair=OuterRef("pk"), state__in=AGREED)
    pairs = Pair.objects.filter(state__in=WORKING).aggregate(every=Count("pk"), agreed=Count("pk", filter=Exists(agreed)))
    return Glance(
        "Школа сейчас",
        (
            _progress("Молодые педагоги с наставником", covered, young.count(), "молодых педагогов нет"),
            _progress(f"Встречи в {month}: записано", met["held"], met["meant"], "пока не назначены"),
            _progress("Пары с утверждённой программой", pairs["agreed"], pairs["every"], "действующих пар пока нет"),
        ),
        url=link("pairs"),
        link=f"Все пары и группы: {pairs['every']}" if pairs["every"] else "К парам и группам",
    )


def _quiet_pairs() -> Glance | None:
    """Pairs that have not met for a month: a word to the curator, not a reproach to the pair."""
    since = Coalesce(Max("meetings__planned_at__date", filter=Q(meetings__state__in=HELD)), "started_on")
    active = Pair.objects.filter(state=PairState.ACTIVE).annotate(since=since).filter(since__lt=clock.today() - QUIET_AFTER)
    rows = active.with_people().order_by("since", "pk")[:3]
    lines = tuple(Measure(row.title, text=f"не встречались с {words.day_month(row.since)}", url=link("pair", row.uuid)) for row in rows)
    return Glance("Тихие пары", lines, note="Темп выбирает пара. Может быть, им нужно время или слово.") if lines else None


# ── advice ──────────────────────────────────────────────────────────────────────────────────────────


def _advice(by: Actor, own: list[Pair]) -> list[Advice]:
    made = [advice for advice in (_evenings(by, own), _without_mentor(by)) if advice]
    if not made or by.user is None:
        return []
    codes = SentReminder.objects.filter(subject=by.user, code__startswith=PUT_OFF, updated_at__gt=clock.now() - PUT_OFF_FOR)
    quiet = {link("advice_later", code.removeprefix(PUT_OFF)) for code in codes.values_list("code", flat=True)}
    return [advice for advice in made if advice.later_url not in quiet]


def _evenings(by: Actor, own: list[Pair]) -> Advice | None:
    """Records made late in the evening, by the reader: the mock's own advice, seen by nobody else."""
    roles = {pair.pk: pair.role_of(by) for pair in own}
    rows = Meeting.objects.filter(pair__in=own, recorded_at__isnull=False).order_by("-recorded_at")[: LAST_RECORDS * 2] if own else []
    mine = [row for row in rows if row.recorded_by == roles[row.pair_id]][:LAST_RECORDS]
    late = sum(clock.local(row.recorded_at).hour >= LATE_HOUR for row in mine if row.recorded_at)
    if late < LATE_RECORDS:
        return None
    text = f"{late} из {len(mine)} последних записей. Может быть, закрепить для этого время днём? Этот совет видите только вы."
    return Advice(
        "Вы часто записываете встречи после девяти вечера", text, link("meeting_new", own[0].uuid), "Назначить встречу", link("advice_later", "evenings")
    )


def _without_mentor(by: Actor) -> Advice | None:
    """Young teachers of whom nobody has said yet that they need a mentor."""
    if not by.can("need:record"):
        return None
    spoken = MenteeNeed.objects.filter(state__in=(NeedState.NEW, NeedState.ACCEPTED, NeedState.MATCHED)).values("employee")
    paired = PairMentee.objects.filter(pair__state__in=OPEN_PAIRS).values("mentee")
    alone = Employee.objects.working().young().exclude(pk__in=spoken).exclude(pk__in=paired).count()
    if not alone:
        return None
    title = f"{words.plural(alone, 'У одного молодого педагога,У молодых педагогов,У молодых педагогов')} пока нет наставника"
    count = "" if alone == 1 else f"Их {alone}. "
    text = f"{count}Если помощь нужна, запишите потребность: с неё начинается пара. Если не нужна, ничего делать не надо."
    return Advice(title, text, link("need_new"), "Записать потребность", link("advice_later", "without_mentor"))
