"""SM-10, the school's part."""

from portal.school_practices.workflow.practices import RECALLABLE, SCHOOL_PRACTICE
from portal.school_practices.workflow.steps import CityAnswer

__all__ = ["RECALLABLE", "SCHOOL_PRACTICE", "CityAnswer"]
