"""SM-11b in the school: the form from the campaign's letter to the city's answer."""

from portal.monitoring.workflow.form import SCHOOL_FORM

__all__ = ["SCHOOL_FORM"]
