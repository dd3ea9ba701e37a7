"""Who may what with local acts and orders, and the doors to them."""

from uuid import UUID

from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.local_acts.models import ActPdf, LocalAct, Order
from portal.local_acts.states import OrderCode


def can_prepare_act(by: Actor, act: LocalAct | None = None) -> bool:
    return by.can("local_act:edit")


def can_approve_act(by: Actor, act: LocalAct | None = None) -> bool:
    return by.can("local_act:approve")


def can_put_in_force(by: Actor, act: LocalAct) -> bool:
    """The day of the order comes by itself; on that very day the principal's registration is enough."""
    return by.is_system or can_approve_act(by, act)


def can_appoint_curator(by: Actor) -> bool:
    return by.can("curator:appoint")


def can_draft_order(by: Actor, code: str) -> bool:
    """Those who prepare orders; the principal the one about the curator, and what changes an order."""
    own = (code == OrderCode.CURATOR and by.can("curator:appoint")) or (
        code == OrderCode.CHANGE and by.can("order:take_back")
    )
    return by.is_system or by.can("order:prepare") or own


def can_cancel_order(by: Actor, order: Order) -> bool:
    return can_draft_order(by, order.code)


def can_register_order(by: Actor, order: Order) -> bool:
    """The principal signs on paper; number, date and scan are entered by the principal or the personnel
    officer. What gives an office: the principal alone.
    """
    return by.is_system or (
        by.can("order:register") and (not gives_office(order) or by.can("curator:appoint"))
    )


def gives_office(order: Order) -> bool:
    """The order itself gives a right in the portal, or changes one that does."""
    return order.code == OrderCode.CURATOR or (order.amends is not None and gives_office(order.amends))


def can_take_back_registration(by: Actor, order: Order) -> bool:
    """The principal, on the day of the registration; whether it is that day is said by the guard."""
    return by.can("order:take_back")


def can_amend_order(by: Actor, order: Order) -> bool:
    return by.can("order:prepare") or by.can("order:take_back")


def act_for(by: Actor, uuid: UUID) -> LocalAct:
    """A local act: in force for every teacher, its drafts for those who prepare it."""
    found = LocalAct.objects.visible_to(by).select_related("scan").filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    return found


def pdf_for(by: Actor, uuid: UUID) -> tuple[LocalAct, ActPdf]:
    """The PDF that was asked for of the act as it is now, for whoever may read the act."""
    act = act_for(by, uuid)
    found = ActPdf.objects.select_related("file").filter(act=act, edition=act.version).first()
    if found is None:
        raise NotVisible
    return act, found


def order_for(by: Actor, uuid: UUID) -> Order:
    """An order for those who sign, prepare and keep orders, a registered one for whom it names. Its reading
    is noted: orders name people.
    """
    found = Order.objects.visible_to(by).select_related("scan", "amends").filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    return found
