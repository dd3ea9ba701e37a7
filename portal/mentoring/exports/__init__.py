"""What the room hands out: T-06…T-12 and tables. The papers that are signed are told to `portal.papers`."""

from portal.local_acts.exports import provide_order
from portal.local_acts.states import OrderCode
from portal.mentoring.access.pairs import agreement_for, consent_for
from portal.mentoring.access.programmes import programme_for
from portal.mentoring.exports.pairs import agreement_form, consent_form, order_checks, order_form, pay_form
from portal.mentoring.exports.programmes import programme_form, programme_name
from portal.mentoring.exports.tables import (
    cards_table,
    meetings_table,
    needs_table,
    pairs_table,
    programmes_table,
)
from portal.mentoring.states import PairRole
from portal.papers import freezing as papers
from portal.papers.kinds import PaperKind

DRAFT = "Проект: действует после подписи"

provide_order(OrderCode.PAIR, order_form, order_checks)
provide_order(OrderCode.PAY, pay_form)
papers.provide(
    PaperKind(
        "T-06", "Заявление-согласие наставника", "mentoring_consent", ("give",), door=consent_for,
        form=consent_form, draft=DRAFT,
        name=lambda c: f"Согласие наставника, {c.employee.short_name}",
        applies=lambda c: c.role == PairRole.MENTOR,
    ),
    PaperKind(
        "T-07", "Заявление-согласие наставляемого", "mentoring_consent", ("give",), door=consent_for,
        form=consent_form, draft=DRAFT,
        name=lambda c: f"Согласие быть в паре, {c.employee.short_name}",
        applies=lambda c: c.role == PairRole.MENTEE,
    ),
    PaperKind(
        "T-09", "Дополнительное соглашение", "pair", ("activate",), door=agreement_for, form=agreement_form,
        taken_back_by=("take_back",),
        draft="Проект: действует после подписи обеими сторонами", name=lambda p: "Дополнительное "
            f"соглашение, {p.mentor.short_name}",
    ),
    PaperKind(
        "T-11", "Персонализированная программа", "programme", ("approve", "continue", "complete"),
        door=programme_for, form=programme_form,
        draft="Проект: действует после утверждения", name=programme_name,
    ),
)  # fmt: skip

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
