"""What the school decides about its mentoring on one page: its order, and who is young."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Invalid
from portal.mentor_bank.services import decide_settings
from portal.staff.models.young import city_years, young_years
from portal.staff.services import decide_young


@dataclass(frozen=True)
class Young:
    """What is typed of it: without years as the city says, without a day nothing is changed."""

    years: int | None
    since: dt.date | None


@transaction.atomic
def decide_order(young: Young, *, by: Actor, version: int | None, **values: Any) -> None:
    """Both or neither. Raises Forbidden, Stale, Invalid."""
    decide_settings(by=by, version=version, **values)
    if young.since is not None:
        decide_young(young.years, young.since, by=by)
    elif (young.years or city_years()) != young_years(clock.today()):
        raise Invalid("young_since", "Назовите день, с которого срок становится другим.", "young_since")
