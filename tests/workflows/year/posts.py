"""Positions in the played year: another one, one said by mistake, one more."""

from decimal import Decimal

from portal.staff import services
from portal.staff.models import Dating
from portal.staff.services.positions import Post
from tests.workflows.acting import who
from tests.workflows.year.events import Draw, has_one_open, last_work, person, today


def other_post(draw: Draw) -> None:
    """Today, or since a day that is written down late."""
    life, since = draw.life(has_one_open), today() - draw.few(20)
    names = {"methodist": "методист", "psychologist": "педагог-психолог", "educator": "воспитатель"}
    code, title = draw.one_of(
        (code, name) for code, name in names.items() if name != last_work(life).last_title
    )
    dating = Dating(since=since if draw.much % 2 else None)
    services.edit_person(person(life), by=who("anna"), position=code, subjects=[], dating=dating)
    last_work(life).becomes(title, dating.since or today())


def was_never_such(draw: Draw) -> None:
    """What was said last of the position was wrong as long as it was said."""
    life, title = draw.life(has_one_open), "педагог-библиотекарь"
    dating = Dating(is_mistake=True)
    services.edit_person(
        person(life), by=who("anna"), position="teacher_librarian", subjects=[], dating=dating
    )
    last_work(life).never_was(title)


def second_position(draw: Draw) -> None:
    life = draw.life(has_one_open)
    services.add_position(person(life), Post(position="tutor", rate=Decimal("0.25")), by=who("anna"))
