"""What a school decides about its mentoring (domain.md §12): every room of mentoring reads it, so it lies in
the lowest.
"""

from decimal import Decimal
from typing import Self

from django.db import models

from portal.core.once import once_a_page
from portal.core.privacy import Privacy
from portal.mentor_bank.states import Approver
from portal.staff.states import Category
from tenants.base import SchoolEntity


class MentoringSettings(SchoolEntity):
    """One row per school. Thresholds of §6.1 may be tightened or loosened by the local act."""

    privacy = Privacy(
        plain=(
            "programmes_approved_by",
            "association_reviews",
            "min_stage_years",
            "min_category",
            "max_mentees_warn",
            "max_mentees_block",
            "confirm_days",
        )
    )

    programmes_approved_by = models.CharField(
        "кто утверждает программы", max_length=10, choices=Approver.choices, default=Approver.CURATOR
    )
    association_reviews = models.BooleanField("программы смотрит ШМО", default=False)
    min_stage_years = models.DecimalField(
        "стаж наставника, лет", max_digits=3, decimal_places=1, default=Decimal(5)
    )
    min_category = models.CharField(
        "категория наставника не ниже", max_length=16, choices=Category.choices, default=Category.FIRST
    )
    max_mentees_warn = models.PositiveSmallIntegerField("предупреждать с", default=3)
    max_mentees_block = models.PositiveSmallIntegerField("не больше", default=5)
    confirm_days = models.PositiveSmallIntegerField("дней на подтверждение встречи", default=7)

    class Meta:
        verbose_name = "порядок наставничества в школе"

    @classmethod
    @once_a_page
    def here(cls) -> Self:
        """The school's own row, or the defaults of the municipality while there is none."""
        return cls.objects.order_by("pk").first() or cls()
