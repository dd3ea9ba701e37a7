"""SM-10, the school's part."""

from portal.school_practices.workflow.practices import RECALLABLE, SCHOOL_PRACTICE

__all__ = ["RECALLABLE", "SCHOOL_PRACTICE"]
