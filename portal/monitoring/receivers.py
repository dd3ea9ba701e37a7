"""Reactions to the city's letters."""

from portal.core import clock
from portal.exchange import Letter, receives
from portal.monitoring import services
from portal.municipality.letters import CAMPAIGN_CHANGED, CAMPAIGN_OPENED, FORM_ANSWERED, SCHOOL_REMINDED


@receives(CAMPAIGN_OPENED)
def campaign_came(letter: Letter) -> None:
    services.begin_form(letter.payload)


@receives(FORM_ANSWERED)
def answer_came(letter: Letter) -> None:
    services.mirror_answer(letter.payload)


@receives(CAMPAIGN_CHANGED)
def campaign_changed(letter: Letter) -> None:
    services.mirror_change(letter.payload)


@receives(SCHOOL_REMINDED)
def school_reminded(letter: Letter) -> None:
    services.note_reminder(letter.payload, on=clock.local(letter.written_at).date())
