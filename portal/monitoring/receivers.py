"""Reactions to the city's letters."""

from portal.exchange import Letter, receives
from portal.monitoring import services
from portal.municipality.letters import CAMPAIGN_OPENED, FORM_ANSWERED


@receives(CAMPAIGN_OPENED)
def campaign_came(letter: Letter) -> None:
    services.begin_form(letter.payload)


@receives(FORM_ANSWERED)
def answer_came(letter: Letter) -> None:
    services.mirror_answer(letter.payload)
