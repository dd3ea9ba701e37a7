"""Offices: what a membership gives a person. Mentor, mentee and expert are circumstances, not offices."""

from django.db import models


class Office(models.TextChoices):
    """Where a person serves, and as whom (domain.md §2.1)."""

    PRINCIPAL = "principal", "директор"
    CURATOR = "curator", "куратор"
    ASSOCIATION_LEAD = "association_lead", "руководитель ШМО"
    PSYCHOLOGIST = "psychologist", "педагог-психолог"
    PERSONNEL_OFFICER = "personnel_officer", "специалист по кадрам"
    TEACHER = "teacher", "педагог"
    GUEST = "guest", "гость школы"
    DEPARTMENT_HEAD = "department_head", "начальник Управления"
    DEPARTMENT_SPECIALIST = "department_specialist", "специалист Управления"
    METHODIST = "methodist", "методист"
    COUNCIL_SECRETARY = "council_secretary", "секретарь совета"
    PLATFORM_ADMIN = "platform_admin", "администратор платформы"


CITY_OFFICES = frozenset(
    {
        Office.DEPARTMENT_HEAD,
        Office.DEPARTMENT_SPECIALIST,
        Office.METHODIST,
        Office.COUNCIL_SECRETARY,
        Office.PLATFORM_ADMIN,
    }
)
SCHOOL_OFFICES = frozenset(Office) - CITY_OFFICES
HAND_OFFICES = (Office.PSYCHOLOGIST, Office.ASSOCIATION_LEAD, Office.PERSONNEL_OFFICER, Office.TEACHER)
"""What a principal gives by hand: the curator comes by a registered order, the principal from the city."""
MFA_OFFICES = frozenset({Office.PRINCIPAL, Office.CURATOR}) | CITY_OFFICES
"""Offices which must sign in with a second factor outside the demo."""

PRECEDENCE = tuple(Office)
"""Of several offices the first one is shown, unless the person chose another."""
