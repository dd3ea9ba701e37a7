"""Reads of the school's practices."""

from portal.school_practices.models import SchoolPractice
from portal.school_practices.states import SchoolPracticeState as S

IN_BANK = (S.SCHOOL_BANK, S.SENDING, S.FORMAL_CHECK, S.MUNICIPAL_REVIEW, S.ARBITRATION, S.RETURNED_MUNICIPAL, S.RECOMMENDED, S.PUBLISHED, S.REJECTED, S.ARCHIVED, S.RECALLED)


def bank_counts() -> dict[str, int]:
    """R04: practices accepted by the school, and those published by the city."""
    states = list(SchoolPractice.objects.values_list("state", flat=True))
    return {"in_school_bank": sum(s in IN_BANK for s in states), "published": sum(s == S.PUBLISHED for s in states)}
