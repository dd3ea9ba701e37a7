"""What a school decides about its mentoring (domain.md §12): every room of mentoring reads it, so it lies in
the lowest.
"""

import datetime as dt
from decimal import Decimal
from typing import Self

from django.db import models

from portal.core.once import once_a_page
from portal.core.privacy import Privacy, plain
from portal.mentor_bank.states import Approver, PayBasis
from portal.staff.periods import months_after
from portal.staff.states import Category
from tenants.base import SchoolEntity

LONGEST_MONTHS = 36
"""domain.md: a pair lasts three years at most."""
PAY_ACT, PAY_SOURCE = "Положение об оплате труда работников", "фонд оплаты труда"
"""What most schools call the act that sets the pay for mentoring (ст. 351.8 ТК РФ), and where it comes
from.
"""


class MentoringSettings(SchoolEntity):
    """One row per school: what the rules of the portal ask of the school's own Положение. Thresholds of §6.1
    may be tightened or loosened by it, the longest term of a pair only tightened.
    """

    privacy = Privacy()

    programmes_approved_by = plain(
        models.CharField(
            "кто утверждает программы", max_length=10, choices=Approver.choices, default=Approver.CURATOR
        )
    )
    association_reviews = plain(models.BooleanField("программы смотрит ШМО", default=False))
    min_stage_years = plain(
        models.DecimalField("стаж наставника, лет", max_digits=3, decimal_places=1, default=Decimal(5))
    )
    min_category = plain(
        models.CharField(
            "категория наставника не ниже", max_length=16, choices=Category.choices, default=Category.FIRST
        )
    )
    max_mentees_warn = plain(models.PositiveSmallIntegerField("предупреждать с", default=3))
    max_mentees_block = plain(models.PositiveSmallIntegerField("не больше", default=5))
    confirm_days = plain(models.PositiveSmallIntegerField("дней на подтверждение встречи", default=7))
    longest_months = plain(
        models.PositiveSmallIntegerField("пара работает не дольше, месяцев", default=LONGEST_MONTHS)
    )
    nominated_by = plain(models.CharField("чьё представление нужно", max_length=120, blank=True))
    pay_basis = plain(
        models.CharField("обычная доплата", max_length=12, choices=PayBasis.choices, blank=True)
    )
    pay_size = plain(
        models.DecimalField("размер доплаты", max_digits=9, decimal_places=2, null=True, blank=True)
    )
    pay_act = plain(models.CharField("акт об оплате", max_length=250, default=PAY_ACT))
    pay_source = plain(models.CharField("из чего платят", max_length=120, default=PAY_SOURCE))

    class Meta:
        verbose_name = "порядок наставничества в школе"

    @classmethod
    @once_a_page
    def here(cls) -> Self:
        """The school's own row, or the defaults of the municipality while there is none."""
        return cls.objects.order_by("pk").first() or cls()

    def longest_until(self, first_day: dt.date) -> dt.date:
        """The last day that a pair may have which begins on this one."""
        return months_after(first_day, self.longest_months)
