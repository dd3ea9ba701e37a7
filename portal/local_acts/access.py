"""Who may what with local acts and orders, and the doors to them."""

from uuid import UUID

from portal import audit
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.local_acts.models import ActPdf, LocalAct, Order
from portal.local_acts.states import OrderCode


def can_prepare_act(by: Actor, act: LocalAct | None = None) -> bool:
    return by.is_system or by.can("local_act:edit")


def can_approve_act(by: Actor, act: LocalAct | None = None) -> bool:
    return by.can("local_act:approve")


def can_put_in_force(by: Actor, act: LocalAct) -> bool:
    """The day of the order comes by itself; on that very day the principal's registration is enough."""
    return by.is_system or can_approve_act(by, act)


def can_appoint_curator(by: Actor) -> bool:
    return by.can("curator:appoint")


def can_draft_order(by: Actor, code: str) -> bool:
    """Those who prepare orders; the order about the curator is the principal's own."""
    return by.is_system or by.can("order:prepare") or (code == OrderCode.CURATOR and by.can("curator:appoint"))


def can_cancel_order(by: Actor, order: Order) -> bool:
    return can_draft_order(by, order.code)


def can_register_order(by: Actor, order: Order) -> bool:
    """Who keeps orders registers them; the one about a pair makes the pair work, so it is the principal's who signs it (SM-3)."""
    return by.is_system or (by.can("order:register") and (order.code != OrderCode.PAIR or by.can("pair:sign")))


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
    """An order for those who sign, prepare and keep orders. Its reading is noted: orders name people."""
    found = Order.objects.visible_to(by).select_related("scan").filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    audit.noted_reading(Order, [found.subject])
    return found
