"""What time does each night with the mentoring of a school, in the order of what follows."""

from django.db import transaction

from portal.cabinet.services.last_days import remind_of_last_days
from portal.cabinet.services.reminders import remind
from portal.core.actor import Actor
from portal.mentor_bank.services import time as bank
from portal.mentoring.services import time as pairs
from portal.pair_work.services import time as work


def every_day(by: Actor) -> None:
    """Everything below, in order; each step is its own transaction, and one that fails stops no other. Raises
    ExceptionGroup: the night is done again, and every step may be.
    """
    failed = []
    for step in (
        work.start_programmes,
        work.note_missed_meetings,
        pairs.end_pairs_of_dismissed,
        work.pass_programmes_on,
        bank.archive_cards_of_dismissed,
        remind,
        remind_of_last_days,
    ):
        try:
            with transaction.atomic():
                step(by)
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("works of the night with the mentoring of a school", failed)
