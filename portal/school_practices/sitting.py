"""Who is writing a text just now. A sitting is one person in one tab of the browser; what is saved by itself
in it is one line of the journal, however often it is saved.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from portal.core import clock
from portal.core.actor import Actor
from portal.school_practices.models import SchoolPractice

AT_WORK = dt.timedelta(minutes=2)
"""So long after a save its tab is still called busy: it saves by itself within seconds of a change."""
LONGEST_PAUSE = dt.timedelta(minutes=30)
"""After a longer one, writing on is another sitting."""
COLUMNS = ("written_by", "written_in", "written_at")


@dataclass(frozen=True)
class Sitting:
    """`tab`: the number that its page was given; None where a page carries none. `by_itself`: nobody has
    pressed anything; a press ends the sitting.
    """

    tab: UUID | None = None
    by_itself: bool = False

    def begins(self, practice: SchoolPractice, by: Actor) -> bool:
        """Whether a save now is the first of its sitting."""
        wrote = practice.written_at
        return not (wrote and self.goes_on(practice, by) and clock.now() - wrote <= LONGEST_PAUSE)

    def goes_on(self, practice: SchoolPractice, by: Actor) -> bool:
        """Whether nobody has saved the text since this tab did: then its page is not stale, though an answer
        was lost or is still under way.
        """
        same = (practice.written_by, practice.written_in) == (by.user, self.tab)
        return self.tab is not None and same and practice.written_at is not None

    def sign(self, practice: SchoolPractice, by: Actor) -> None:
        """Puts it on the row; whoever calls saves `COLUMNS`. A press leaves the tab, and no moment."""
        practice.written_by, practice.written_in = by.user, self.tab
        practice.written_at = clock.now() if self.by_itself else None

    def beside(self, practice: SchoolPractice, by: Actor) -> str:
        """«другой автор», «другая вкладка»: who else has been writing in these minutes; empty when nobody."""
        if practice.written_at is None or clock.now() - practice.written_at > AT_WORK:
            return ""
        if not by.is_person(practice.written_by):
            return "другой автор"
        return "" if practice.written_in == self.tab else "другая вкладка"
