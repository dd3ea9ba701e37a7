"""Which school an address means: cached per process, so a warm request asks nothing."""

import time

from tenants.context import in_city
from tenants.models import School, SchoolState

_TTL_SECONDS = 60.0
_by_code: dict[str, tuple[float, School]] = {}


def school_by_code(code: str) -> School | None:
    """The open school with this code in the address, or None."""
    known = _by_code.get(code)
    if known and known[0] > time.monotonic():
        return known[1]
    with in_city():
        school = (
            School.objects.filter(code=code)
            .exclude(state__in=[SchoolState.DRAFT, SchoolState.DOCS_SIGNED, SchoolState.ARCHIVED])
            .first()
        )
    if school:
        _by_code[code] = (time.monotonic() + _TTL_SECONDS, school)
    return school


def forget() -> None:
    """Drop what is remembered (a school was renamed or its state changed)."""
    _by_code.clear()
