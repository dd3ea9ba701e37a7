"""What a school has said about its name on a card."""

from typing import cast
from uuid import UUID

from best_practices.naming_letters import SCHOOL_NAMED
from best_practices.services.adoptions import keep_naming
from portal.exchange import Letter, receives


@receives(SCHOOL_NAMED)
def hear_naming(letter: Letter) -> None:
    keep_naming(letter.payload, cast("UUID", letter.school))
