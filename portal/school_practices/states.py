"""States of a practice in the school: SM-10 part A, then a mirror of the city's answers."""

from django.db import models


class SchoolPracticeState(models.TextChoices):
    DRAFT = "draft", "черновик"
    SUBMITTED_SCHOOL = "submitted_school", "подана"
    SCHOOL_REVIEW = "school_review", "на оценке в школе"
    RETURNED_SCHOOL = "returned_school", "возвращена автору"
    SCHOOL_BANK = "school_bank", "в школьном банке"
    REJECTED_SCHOOL = "rejected_school", "не принята школой"
    SENDING = "submitted_municipal", "отправляется в город"
    FORMAL_CHECK = "formal_check", "принята городом, проверяется"
    MUNICIPAL_REVIEW = "municipal_review", "на экспертизе в городе"
    ARBITRATION = "arbitration", "у третьего эксперта"
    RETURNED_MUNICIPAL = "returned_municipal", "город вернул на доработку"
    RECOMMENDED = "recommended", "рекомендована к публикации"
    PUBLISHED = "published", "опубликована в банке города"
    RENEWING = "renewing", "готовится новая редакция"
    REJECTED = "rejected", "отклонена городом"
    ARCHIVED = "archived", "снята с публикации"
    RECALLED = "recalled", "отозвана школой"


MIRROR = (
    "formal_check",
    "municipal_review",
    "arbitration",
    "returned_municipal",
    "recommended",
    "published",
    "rejected",
    "archived",
)
"""States which only the city's answers set."""

IN_SCHOOL = (
    "draft",
    "submitted_school",
    "school_review",
    "returned_school",
    "school_bank",
    "rejected_school",
)
"""The city knows nothing of a practice in these states."""

TAKEN_OFF = (SchoolPracticeState.ARCHIVED, SchoolPracticeState.RECALLED, SchoolPracticeState.REJECTED)
"""Nobody reads the text of such a practice in the city's bank."""
