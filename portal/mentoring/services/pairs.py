"""Pairs: proposed, agreed, assigned by an order, ended."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.local_acts.services import register_order
from portal.local_acts.states import OrderState
from portal.mentor_bank.models import MenteeNeed
from portal.mentor_bank.pay import check_pay
from portal.mentor_bank.states import NeedState, PayBasis
from portal.mentoring.access import pairs as access
from portal.mentoring.models import Pair, PairMentee
from portal.mentoring.models.stages import PairStage
from portal.mentoring.rules import check_pair
from portal.mentoring.states import FORMING, ConsentState, PairRole, PairState
from portal.mentoring.workflow import PAIR
from portal.papers import freezing as papers
from portal.staff.models import Person


def _need_of(person: Person) -> MenteeNeed:
    need = MenteeNeed.objects.filter(
        person=person, state__in=(NeedState.NEW, NeedState.ACCEPTED, NeedState.MATCHED)
    ).first()
    if need is None:
        raise Invalid(
            "need_missing",
            f"Пара начинается с потребности, а у {person.short_name} её пока нет. Сначала запишите её.",
            "mentees",
        )
    return need


@transaction.atomic
def propose_pair(
    *,
    by: Actor,
    mentor: Person,
    mentees: Sequence[Person],
    planned_from: dt.date,
    planned_to: dt.date,
    kinds: Sequence[str],
    form: str,
    role_model: str = "",
    goal: str = "",
    ask: bool = False,
    predecessor: Pair | None = None,
    **terms: Any,
) -> Pair:
    """Propose a pair or a group; with `ask` a curator also asks for the consents at once.

    Raises Forbidden, Invalid (which field and how to mend it), Conflict.
    """
    if not access.can_propose_pair(by, (mentor, *mentees)):
        raise Forbidden("Предложить можно пару, в которой участвуете вы сами.")
    people = list(dict.fromkeys(mentees))
    pair = Pair(
        mentor=mentor,
        planned_from=planned_from,
        planned_to=planned_to,
        kinds=list(kinds),
        form=form,
        role_model=role_model,
        goal=goal,
        predecessor=predecessor,
        created_by=by.user,
        **terms,
    )
    pair.unit_kind = "group" if len(people) > 1 else "pair"
    Person.objects.select_for_update().filter(pk=mentor.pk).first()
    check_pair(pair, people)
    needs = [_need_of(person) for person in people]
    pair.save()
    PairMentee.objects.bulk_create(
        [
            PairMentee(pair=pair, mentee=person, need=need, created_by=by.user)
            for person, need in zip(people, needs, strict=True)
        ]
    )
    PairStage.begin(pair, clock.today(), by=by.user)
    audit.record(by, "proposed", pair)
    if ask:
        PAIR.move(pair, "ask", by=by)
    return pair


@transaction.atomic
def settle_pay(
    pair: Pair,
    *,
    by: Actor,
    pay_basis: str,
    pay_size: Decimal | None = None,
    pay_act: str = "",
    version: int | None = None,
) -> Pair:
    """The pay for mentoring (ст. 351.8 ТК РФ), before the papers that name it are printed. Raises Forbidden,
    Conflict, Stale, Invalid at the field.
    """
    locked: Pair = lock(Pair, pair.pk)
    if not access.can_settle_pay(by, locked):
        raise Forbidden("Доплату записывают куратор, директор и специалист по кадрам.")
    locked.check_version(version)
    if locked.state not in FORMING:
        raise Conflict(
            "wrong_state", "Приказ уже зарегистрирован: доплату меняют новым соглашением и приказом."
        )
    check_pay(pay_basis, pay_size, pay_act)
    none = pay_basis == PayBasis.NONE_BY_ACT
    pay = (pay_basis, None if none else pay_size, pay_act.strip() if none else "")
    if (locked.pay_basis, locked.pay_size, locked.pay_act) != pay:
        if _is_agreed_upon(locked):
            raise Conflict(
                "pay_agreed",
                "Наставник уже подписал согласие с этой доплатой. Чтобы изменить её, отзовите предложение и "
                "предложите пару заново.",
            )
        locked.pay_basis, locked.pay_size, locked.pay_act = pay
        locked.save_change("pay_basis", "pay_size", "pay_act")
        audit.record(by, "pay_settled", locked)
    pair.refresh_from_db()
    return pair


def _is_agreed_upon(pair: Pair) -> bool:
    """The mentor has signed a paper that names the pay."""
    signed = pair.consents.filter(role=PairRole.MENTOR, state=ConsentState.GIVEN).first()
    paper = papers.frozen(papers.KINDS["T-06"], signed) if signed else None
    return bool(paper and paper.facts.get("pay"))


@transaction.atomic
def register_pair_order(
    pair: Pair,
    *,
    by: Actor,
    number: str,
    signed_on: dt.date,
    scan: Any,
    agreement_number: str,
    agreement_on: dt.date,
    pay_basis: str = "",
    pay_size: Decimal | None = None,
    pay_act: str = "",
    agreement_scan: Any = None,
    version: int | None = None,
) -> Pair:
    """Register T-08 with the agreement (T-09): the pair is active, all in one transaction (ст. 351.8 ТК РФ).
    The pay was settled before printing; whoever brings it only now (`pay_basis`) settles it here.

    Raises Forbidden, Invalid, Conflict, Stale. The activation itself follows from the registered order.
    """
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    if not access.can_register_pair(by, pair):
        raise Forbidden("Приказы регистрируют директор и специалист по кадрам.")
    if pair.state != PairState.ORDER_DRAFT or pair.order is None or pair.order.state == OrderState.REGISTERED:
        raise Conflict(
            "wrong_state",
            f"Сейчас пара «{pair.get_state_display()}»: этот шаг уже сделали, или его время ещё не пришло.",
        )
    pair.check_version(version)
    pair.agreement_number = agreement_number.strip()
    pair.agreement_on = agreement_on
    pair.agreement_scan = agreement_scan
    pair.save_change("agreement_number", "agreement_on", "agreement_scan")
    if pay_basis:
        settle_pay(pair, by=by, pay_basis=pay_basis, pay_size=pay_size, pay_act=pay_act)
    register_order(pair.order, number=number, signed_on=signed_on, scan=scan, by=by)
    pair.refresh_from_db()
    return pair
