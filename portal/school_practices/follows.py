"""What practices do on steps of rooms below."""

from typing import Any

from portal.core.actor import Actor
from portal.core.workflow import Move, On
from portal.school_practices.services import recall_of_author
from portal.staff.models import PersonalConsent
from portal.staff.states import ConsentKind
from portal.staff.workflow import CONSENT


def take_back_practices(consent: PersonalConsent, move: Move[Any]) -> None:
    """Without a consent to distribution nothing of its author stays with the city."""
    if consent.kind == ConsentKind.DISTRIBUTION:
        recall_of_author(consent.person, by=Actor.system(school=move.by.school, via="workflow"))


WHY = "Без согласия автора на распространение его практики уходят из города в тот же миг."
FOLLOWS = (
    On(CONSENT, "withdraw", take_back_practices, why=WHY),
    On(CONSENT, "expire", take_back_practices, why=WHY),
)
