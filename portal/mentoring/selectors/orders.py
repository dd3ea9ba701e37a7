"""Orders of a pair: who reads them, which one is of its pay."""

from portal.core.actor import Actor
from portal.local_acts.models import Order
from portal.local_acts.states import OrderCode, OrderState
from portal.mentoring.models import Pair


def pay_order_of(pair: Pair) -> Order | None:
    """The order of pay (T-10) of the pair: the registered one, else the draft."""
    rows = Order.objects.filter(code=OrderCode.PAY, subject=pair.uuid).exclude(state=OrderState.CANCELLED)
    return rows.order_by("-registered_at", "-id").first()


def can_read_order(by: Actor, order: Order, pair: Pair) -> bool:
    """The rule of `Order.visible_to` for an order of this pair, without a query: those who keep orders, and
    whom a registered one names.
    """
    own = [person.uuid for person in (pair.mentor, *pair.people) if by.is_person(person.user)]
    return by.can("order:read") or (
        by.serves and order.state == OrderState.REGISTERED and any(uuid in order.people for uuid in own)
    )
