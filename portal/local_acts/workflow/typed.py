"""What is true of everything that is typed off a signed paper."""

import datetime as dt

from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import current_school
from portal.exchange import send
from portal.municipality.letters import SCHOOL_STEP, SchoolStep

EARLIEST = dt.date(2000, 1, 1)


def is_past(day: dt.date) -> bool:
    """A day that can stand on a signed paper: not later than today."""
    return EARLIEST <= day <= clock.today()


def tell_city_of_step(step: str, by: Actor) -> None:
    """A step of the joining of the school (SM-17) is made."""
    school = current_school.get()
    if school is not None:
        send(SCHOOL_STEP, SchoolStep(step=step), topic=school, by=by)
