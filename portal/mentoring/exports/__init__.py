"""What the room hands out: T-06…T-10 and the table of pairs. Papers that are signed are given to
`portal.papers`.
"""

from portal.local_acts.exports import OrderChecks, order_paper
from portal.local_acts.states import OrderCode
from portal.mentoring.access.pairs import agreement_for, consent_for
from portal.mentoring.exports.pairs import agreement_form, consent_form, order_checks, order_form, pay_form
from portal.mentoring.exports.tables import pairs_table
from portal.mentoring.states import PairRole
from portal.papers.kinds import PaperKind

DRAFT = "Проект: действует после подписи"

CHECKS_OF_ORDERS = (OrderChecks(OrderCode.PAIR, order_checks),)
PAPERS = (
    order_paper(OrderCode.PAIR, order_form),
    order_paper(OrderCode.PAY, pay_form),
    PaperKind(
        "T-06",
        "Заявление-согласие наставника",
        "mentoring_consent",
        ("give",),
        door=consent_for,
        form=consent_form,
        draft=DRAFT,
        name=lambda c: f"Согласие наставника, {c.employee.short_name}",
        applies=lambda c: c.role == PairRole.MENTOR,
    ),
    PaperKind(
        "T-07",
        "Заявление-согласие наставляемого",
        "mentoring_consent",
        ("give",),
        door=consent_for,
        form=consent_form,
        draft=DRAFT,
        name=lambda c: f"Согласие быть в паре, {c.employee.short_name}",
        applies=lambda c: c.role == PairRole.MENTEE,
    ),
    PaperKind(
        "T-09",
        "Дополнительное соглашение",
        "pair",
        ("activate",),
        door=agreement_for,
        form=agreement_form,
        taken_back_by=("take_back",),
        draft="Проект: действует после подписи обеими сторонами",
        name=lambda p: f"Дополнительное соглашение, {p.mentor.short_name}",
    ),
)

__all__ = [
    "CHECKS_OF_ORDERS",
    "PAPERS",
    "agreement_form",
    "consent_form",
    "order_checks",
    "order_form",
    "pairs_table",
    "pay_form",
]
