"""What the room hands out: T-06…T-12 and tables."""

from portal.local_acts.exports import provide
from portal.local_acts.states import OrderCode
from portal.mentoring.exports.pairs import agreement_form, consent_form, order_checks, order_form, pay_form
from portal.mentoring.exports.programmes import programme_form
from portal.mentoring.exports.tables import cards_table, meetings_table, needs_table, pairs_table, programmes_table

provide(OrderCode.PAIR, order_form, order_checks)

__all__ = [
    "agreement_form",
    "cards_table",
    "consent_form",
    "meetings_table",
    "needs_table",
    "order_checks",
    "order_form",
    "pairs_table",
    "pay_form",
    "programme_form",
    "programmes_table",
]
