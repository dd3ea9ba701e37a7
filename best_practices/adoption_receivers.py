"""What schools tell of practices in their programmes."""

from typing import cast
from uuid import UUID

from best_practices.adoption_letters import ADOPTION_ENDED, OUTCOME_TOLD, PRACTICE_ADOPTED
from best_practices.services import adoptions
from portal.exchange import Letter, receives
from tenants.models import School


@receives(PRACTICE_ADOPTED)
def keep_adoption(letter: Letter) -> None:
    adoptions.keep_adoption(letter.payload, School.objects.get(uuid=letter.school))  # type: ignore[misc]


@receives(ADOPTION_ENDED)
def end_adoption(letter: Letter) -> None:
    adoptions.end_adoption(letter.payload, cast("UUID", letter.school))


@receives(OUTCOME_TOLD)
def keep_outcome(letter: Letter) -> None:
    adoptions.keep_outcome(letter.payload, cast("UUID", letter.school))


RECEIVERS = (keep_adoption, end_adoption, keep_outcome)
