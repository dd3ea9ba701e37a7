"""SM-11b in the school: the form from the campaign's letter to the city's answer."""

from portal.monitoring.workflow.form import SCHOOL_FORM, Answer
from portal.monitoring.workflow.numbers import Numbers, is_complete, is_explained

__all__ = ["SCHOOL_FORM", "Answer", "Numbers", "is_complete", "is_explained"]
