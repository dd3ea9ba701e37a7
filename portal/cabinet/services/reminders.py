"""Reminders of domain.md §9: what time says once of each thing that waits too long."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from portal.core import clock
from portal.core.actor import Actor
from portal.core.text import quoted
from portal.mentor_bank.models import MenteeNeed
from portal.mentor_bank.states import NeedState
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.selectors.people import users_of
from portal.mentoring.states import ConsentState, PairRole, PairState
from portal.notify import tell
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.selectors.words import topic_of
from portal.pair_work.states import MeetingState, ProgrammeState
from portal.pair_work.workflow.planning import MEETABLE
from portal.school_records.models import SentReminder
from portal.staff.models import GuestStay
from portal.staff.models.stays import ending_stays
from portal.staff.selectors import holders_of
from portal.ui import words
from tenants.links import link

Texts = Callable[[Any], tuple[Iterable[UUID | None], str, str]]


def remind(by: Actor) -> None:
    """Reminders of domain.md §9, each sent once."""
    remind_once("consent+3", _silent_consents(3, 7), _of_consent)
    remind_once("consent+7", _silent_consents(7), _of_consent)
    remind_once("order+2", _unsigned(), _of_unsigned)
    remind_once(
        "programme+7",
        _without_programme(7, 14),
        lambda p: (
            [p.mentor.user],
            f"{p.title}: прошла неделя, пора отправить программу",
            link("cabinet:pair", p.uuid),
        ),
    )
    remind_once(
        "programme+14",
        _without_programme(14),
        lambda p: (
            [p.mentor.user, *holders_of("curator")],
            f"{p.title}: программы нет две недели",
            link("cabinet:pair", p.uuid),
        ),
    )
    remind_once(
        "meeting-1",
        _near(),
        lambda m: (
            users_of(m.pair),
            f"{_day_of(m)} встреча {quoted(topic_of(m))}: {m.pair.title}",
            link("pair_work:meeting", m.uuid),
        ),
    )
    remind_once("meeting+3", _unconfirmed(), _of_unconfirmed)
    remind_once("stay-30", _ending_stays(30, 7), _of_stay)
    remind_once("stay-7", _ending_stays(7), _of_stay)
    remind_once(
        "need+11m",
        _old_needs(),
        lambda n: (
            holders_of("curator"),
            f"{n.person.short_name}: потребность записана 11 месяцев назад",
            link("mentor_bank:need", n.uuid),
        ),
    )


def remind_once(
    code: str, rows: Iterable[Any], say: Texts, *, day: Callable[[Any], dt.date] | None = None
) -> None:
    """What is said of each row once; of its `day`, once more when that day has been moved."""
    found = list(rows)
    kept = {row.uuid: f"{code}:{day(row):%Y-%m-%d}" if day else code for row in found}
    rows_sent = SentReminder.objects.filter(code__in=set(kept.values()), subject__in=list(kept))
    sent = set(rows_sent.values_list("subject", "code"))
    fresh = [row for row in found if (row.uuid, kept[row.uuid]) not in sent]
    for row in fresh:
        people, text, url = say(row)
        tell(people, code, text, url, about=row)
    SentReminder.objects.bulk_create([SentReminder(code=kept[row.uuid], subject=row.uuid) for row in fresh])


def _days_ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def _ending_stays(days: int, next_word: int = 0) -> Any:
    """Guests whose last day comes within so many days, and not within those of the next reminder."""
    rows = ending_stays(dt.timedelta(days=days))
    later = clock.today() + dt.timedelta(days=next_word)
    return (rows.filter(ended_on__gt=later) if next_word else rows).select_related("person")


def _of_stay(stay: GuestStay) -> tuple[list[UUID | None], str, str]:
    day = words.day_month(stay.ended_on)
    return (
        [*holders_of("curator"), *holders_of("personnel_officer")],
        f"{stay.person.short_name}, {stay.mark}: последний день {day}. Продлить дни?",
        link("staff:stay", stay.uuid),
    )


def _silent_consents(days: int, next_word: int = 0) -> Any:
    """Asked so many days ago; `next_word`: the day of the next reminder, which is not sent together with this
    one after nights that did not run.
    """
    rows = MentoringConsent.objects.filter(
        state=ConsentState.DRAFT, pair__state=PairState.CONSENT_PENDING, asked_on__lte=_days_ago(days)
    )
    return (rows.filter(asked_on__gt=_days_ago(next_word)) if next_word else rows).select_related("person")


def _of_consent(consent: MentoringConsent) -> tuple[list[UUID | None], str, str]:
    return (
        [consent.person.user],
        f"{consent.pair.title}: ждём вашего ответа о паре. Можно отказаться без объяснений",
        link("mentoring:consent", consent.uuid),
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
        link("mentoring:pair_register", pair.uuid),
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
        f"{meeting.pair.title}: встреча {quoted(topic_of(meeting))} ждёт вашего ответа",
        link("pair_work:meeting_confirm", meeting.uuid),
    )


def _old_needs() -> Any:
    return MenteeNeed.objects.filter(
        state__in=(NeedState.NEW, NeedState.ACCEPTED), actualised_on__lte=_days_ago(335)
    ).select_related("person")
