"""What time does each night in a school. Every function may run any number of times a day to the same end."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.mentoring.links import link
from portal.mentoring.models import (
    Meeting,
    MenteeNeed,
    MentorCard,
    MentoringConsent,
    Pair,
    Programme,
    SentReminder,
)
from portal.mentoring.notices import topic_of
from portal.mentoring.services.meetings import MEETABLE
from portal.mentoring.services.programmes import pass_on
from portal.mentoring.states import (
    CardState,
    ConsentState,
    MeetingState,
    NeedState,
    PairRole,
    PairState,
    ProgrammeState,
)
from portal.mentoring.workflow import CARD, MEETING, PAIR, PROGRAMME
from portal.mentoring.workflow.cards import no_open_pairs
from portal.mentoring.workflow.guards import somebody_left
from portal.mentoring.workflow.meetings import MISSED_AFTER
from portal.mentoring.workflow.programmes import confirmed_by_all
from portal.notify import tell
from portal.staff.selectors import holders_of
from portal.ui import words

Texts = Callable[[Any], tuple[Iterable[UUID | None], str, str]]


def every_day(by: Actor) -> None:
    """Everything below, in order; each step is its own transaction."""
    for step in (
        start_programmes,
        note_missed_meetings,
        end_pairs_of_dismissed,
        pass_programmes_on,
        archive_cards_of_dismissed,
        remind,
    ):
        with transaction.atomic():
            step(by)


def start_programmes(by: Actor) -> int:
    """SM-4 approved → in_progress when the day has come and the pair works."""
    ready = Programme.objects.filter(
        state=ProgrammeState.APPROVED, starts_on__lte=clock.today(), pair__state=PairState.ACTIVE
    )
    return sum(1 for programme in ready if PROGRAMME.move(programme, "start", by=by))


def note_missed_meetings(by: Actor) -> int:
    """SM-5 planned → missed three days after the day. A pair that may not record now is not asked."""
    late = Meeting.objects.filter(
        state=MeetingState.PLANNED, planned_at__lte=clock.now() - MISSED_AFTER, pair__state__in=MEETABLE
    )
    return sum(1 for meeting in late if MEETING.move(meeting, "miss", by=by))


def end_pairs_of_dismissed(by: Actor) -> int:
    """SM-3 active → terminated on the day of dismissal of a mentee, or of a mentor without a successor."""
    running = Pair.objects.filter(
        state__in=(PairState.ACTIVE, PairState.SUSPENDED, PairState.TERMINATION_NOTICE)
    ).with_people()
    over = [pair for pair in running if somebody_left(pair, by, {})]
    return sum(1 for pair in over if PAIR.move(pair, "end_by_dismissal", by=by))


def pass_programmes_on(by: Actor) -> int:
    """SM-4: whoever has left a group is not waited for. Runs after the pairs of those who left have ended."""
    asked = Programme.objects.filter(
        state__in=(ProgrammeState.AGREED_BY_PAIR, ProgrammeState.CORRECTION), pair__state=PairState.ACTIVE
    )
    rows = (
        asked.exclude(submitted_on=None).select_related("pair").prefetch_related("pair__pair_mentees__mentee")
    )
    agreed = [programme for programme in rows if confirmed_by_all(programme, by, {})]
    return len([pass_on(programme, by=by) for programme in agreed])


def archive_cards_of_dismissed(by: Actor) -> int:
    """SM-2 any → archived: whoever has left the school is not offered as a mentor. Runs after the pairs have
    ended.
    """
    live = MentorCard.objects.exclude(state__in=(CardState.ARCHIVED, CardState.REJECTED)).filter(
        employee__dismissed_on__lte=clock.today()
    )
    free = [card for card in live if no_open_pairs(card, by, {})]
    return sum(1 for card in free if CARD.move(card, "archive", by=by))


def remind(by: Actor) -> None:
    """Reminders of domain.md §9, each sent once."""
    _once("consent+3", _silent_consents(3, 7), _of_consent)
    _once("consent+7", _silent_consents(7), _of_consent)
    _once("order+2", _unsigned(), _of_unsigned)
    _once(
        "programme+7",
        _without_programme(7, 14),
        lambda p: (
            [p.mentor.user],
            f"{p.title}: прошла неделя, пора отправить программу",
            link("pair", p.uuid),
        ),
    )
    _once(
        "programme+14",
        _without_programme(14),
        lambda p: (
            [p.mentor.user, *holders_of("curator")],
            f"{p.title}: программы нет две недели",
            link("pair", p.uuid),
        ),
    )
    _once(
        "meeting-1",
        _near(),
        lambda m: (
            _people(m.pair),
            f"{_day_of(m)} встреча «{topic_of(m)}»: {m.pair.title}",
            link("meeting", m.uuid),
        ),
    )
    _once("meeting+3", _unconfirmed(), _of_unconfirmed)
    _once(
        "need+11m",
        _old_needs(),
        lambda n: (
            holders_of("curator"),
            f"{n.employee.short_name}: потребность записана 11 месяцев назад",
            link("need", n.uuid),
        ),
    )


def _once(code: str, rows: Iterable[Any], say: Texts) -> None:
    found = list(rows)
    sent = set(
        SentReminder.objects.filter(code=code, subject__in=[row.uuid for row in found]).values_list(
            "subject", flat=True
        )
    )
    fresh = [row for row in found if row.uuid not in sent]
    for row in fresh:
        people, text, url = say(row)
        tell(people, code, text, url, about=row)
    SentReminder.objects.bulk_create([SentReminder(code=code, subject=row.uuid) for row in fresh])


def _days_ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def _people(pair: Pair) -> list[UUID | None]:
    return [pair.mentor.user, *(person.user for person in pair.people)]


def _silent_consents(days: int, next_word: int = 0) -> Any:
    """Asked so many days ago; `next_word`: the day of the next reminder, which is not sent together with this
    one after nights that did not run.
    """
    rows = MentoringConsent.objects.filter(
        state=ConsentState.DRAFT, pair__state=PairState.CONSENT_PENDING, asked_on__lte=_days_ago(days)
    )
    return (rows.filter(asked_on__gt=_days_ago(next_word)) if next_word else rows).select_related("employee")


def _of_consent(consent: MentoringConsent) -> tuple[list[UUID | None], str, str]:
    return (
        [consent.employee.user],
        f"{consent.pair.title}: ждём вашего ответа о паре. Можно отказаться без объяснений",
        link("consent", consent.uuid),
    )


def _unsigned() -> Any:
    return Pair.objects.filter(
        state=PairState.ORDER_DRAFT, updated_at__lte=clock.now() - dt.timedelta(days=2)
    ).with_people()


def _of_unsigned(pair: Pair) -> tuple[list[UUID | None], str, str]:
    since = words.day_month(pair.updated_at)
    return (
        [*holders_of("principal")],
        f"{pair.title}: приказ ждёт подписи с {since}",
        link("pair_register", pair.uuid),
    )


def _without_programme(days: int, next_word: int = 0) -> Any:
    begun = Programme.objects.exclude(state__in=(ProgrammeState.DRAFT, ProgrammeState.CANCELLED)).values(
        "pair"
    )
    rows = Pair.objects.filter(state=PairState.ACTIVE, started_on__lte=_days_ago(days)).exclude(pk__in=begun)
    return (rows.filter(started_on__gt=_days_ago(next_word)) if next_word else rows).with_people()


def _near() -> Any:
    """Meetings of today that are still ahead, and all of tomorrow, by the city's clock; of pairs that may
    meet now.
    """
    ahead = Meeting.objects.filter(
        state=MeetingState.PLANNED, planned_at__gt=clock.now(), pair__state__in=MEETABLE
    )
    return ahead.filter(planned_at__date__lte=clock.today() + dt.timedelta(days=1)).select_related("pair")


def _day_of(meeting: Meeting) -> str:
    return "Сегодня" if clock.local(meeting.planned_at).date() == clock.today() else "Завтра"


def _unconfirmed() -> Any:
    return Meeting.objects.filter(
        state=MeetingState.HELD_UNCONFIRMED, recorded_at__lte=clock.now() - dt.timedelta(days=3)
    ).select_related("pair__mentor")


def _of_unconfirmed(meeting: Meeting) -> tuple[list[UUID | None], str, str]:
    side = (
        [person.user for person in meeting.pair.people]
        if meeting.recorded_by == PairRole.MENTOR
        else [meeting.pair.mentor.user]
    )
    return (
        side,
        f"{meeting.pair.title}: встреча «{topic_of(meeting)}» ждёт вашего ответа",
        link("meeting_confirm", meeting.uuid),
    )


def _old_needs() -> Any:
    return MenteeNeed.objects.filter(
        state__in=(NeedState.NEW, NeedState.ACCEPTED), actualised_on__lte=_days_ago(335)
    ).select_related("employee")
