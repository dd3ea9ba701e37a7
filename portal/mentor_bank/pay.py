"""What is true of a pay for mentoring wherever it is written, of a pair or as the usual one of a school
(ст. 351.8 ТК РФ).
"""

from decimal import Decimal

from portal.core.errors import Invalid
from portal.mentor_bank.states import PayBasis

MOST_PERCENT = 100


def check_pay(basis: str, size: Decimal | None, act: str) -> None:
    """Raises Invalid at the field: a size where there is pay, an act where there is none."""
    if basis == PayBasis.NONE_BY_ACT and not act.strip():
        raise Invalid("pay", "Назовите локальный акт, по которому доплаты нет.", "pay_act")
    if basis != PayBasis.NONE_BY_ACT and not (size and size > 0):
        raise Invalid("pay", "Укажите размер доплаты или локальный акт, по которому её нет.", "pay_size")
    if basis == PayBasis.PERCENT and size and size > MOST_PERCENT:
        raise Invalid(
            "pay_percent",
            "Это больше целой ставки. Сумму в рублях записывают ответом «сумма в рублях в месяц».",
            "pay_size",
        )
