"""The calendar of the story: which day is what for a demo that is seeded today. Pure, so that every day of a year can be tried."""

import datetime as dt

from portal.core import clock
from portal.core.school_year import SchoolYear
from portal.demo.seeding.plans import FORMING, Plan

SETTLED_DAYS = 21
"""A school year that is younger has too little to show: then the city still lives in the former one."""
PROPOSED, ASKED, AGREED, CONCLUDED = -8, -7, -5, -3
"""Working days before the order on which a pair is proposed, asked, agreed and concluded upon."""
WRITTEN, SUBMITTED, CONFIRMED, RECOMMENDED, APPROVED = 1, 3, 4, 5, 6
"""Working days after the order on which its programme comes so far."""
LAST_STEP = {
    "proposed": (PROPOSED, 2),
    "consent_pending": (ASKED, 5),
    "psych_check": (AGREED, 2),
    "order_draft": (CONCLUDED, 2),
}
"""For a pair in the making: its last step, and how many working days ago that was."""
ON_THE_WAY = {
    "draft": 6,
    "agreed_by_pair": 7,
    "smo_review": 8,
    "curator_review": 9,
    "returned": 9,
    "approved": 9,
}
"""How many working days ago a pair began whose programme has come so far."""
LATEST_START, SHORT_SHARE, WHOLE_SHARE = 0.6, 0.7, 0.9
"""The share of the year so far after which no pair of the plan begins; the share of its days that a short programme takes, and one that
has taken a practice of the bank meanwhile.
"""


def school_day(day: dt.date) -> dt.date:
    """The day itself, or the last working one before it."""
    while clock.working_days_after(day - dt.timedelta(days=1), 1) != day:
        day -= dt.timedelta(days=1)
    return day


def shifted(day: dt.date, count: int) -> dt.date:
    """So many working days later, or earlier when the count is negative."""
    if count >= 0:
        return clock.working_days_after(day, count)
    for _ in range(-count):
        day = school_day(day - dt.timedelta(days=1))
    return day


def year_of_story(today: dt.date) -> SchoolYear:
    """The school year that the demo tells of."""
    return SchoolYear.of(today - dt.timedelta(days=SETTLED_DAYS))


def begins_on(today: dt.date) -> dt.date:
    """The first working day of the year of the story."""
    return clock.working_days_after(year_of_story(today).starts_on - dt.timedelta(days=1), 1)


def settles_on(today: dt.date) -> dt.date:
    """The day in August on which the schools are opened and their people join."""
    return shifted(begins_on(today), -14)


def day_of_order(plan: Plan, today: dt.date) -> dt.date:
    """When the order of a pair was signed; for a pair in the making, when it is going to be."""
    begins = begins_on(today)
    if plan.state in FORMING:
        step, ago = LAST_STEP[plan.state]
        return shifted(shifted(today, -ago), -step)
    if plan.state == "active" and plan.programme in ON_THE_WAY:
        return shifted(today, -ON_THE_WAY[plan.programme])
    return max(begins, school_day(begins + (today - begins) * plan.began * LATEST_START))


def assigned_until(today: dt.date) -> dt.date:
    """Until when pairs are assigned: the end of May, or the last day of the year when May is over, or the next May."""
    year = year_of_story(today)
    may = dt.date(year.first + 1, 5, 31)
    if today <= may - dt.timedelta(days=14):
        return may
    return year.ends_on if today <= year.ends_on - dt.timedelta(days=14) else dt.date(year.first + 2, 5, 31)


def end_of_short_programme(signed_on: dt.date, today: dt.date, share: float = SHORT_SHARE) -> dt.date:
    """The last day of a programme that is over already; some days are left for its sums."""
    wanted = signed_on + (today - signed_on) * share
    return min(max(wanted, shifted(signed_on, APPROVED)), shifted(today, -5))
