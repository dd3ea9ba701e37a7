"""Who in this school waits for the answer to an order of a practice (`best_practices.waiting`)."""

from collections.abc import Sequence
from uuid import UUID

from portal.core.actor import Actor
from portal.school_practices.models import OrderWaiter


class SchoolWaiters:
    """Kept in the school alone."""

    def add(self, order: UUID, by: Actor) -> None:
        if by.user is not None:
            OrderWaiter.objects.get_or_create(order=order, user=by.user, defaults={"created_by": by.user})

    def leave(self, order: UUID, by: Actor) -> None:
        if by.user is not None:
            OrderWaiter.objects.filter(order=order, user=by.user).delete()

    def forget(self, order: UUID) -> None:
        OrderWaiter.objects.filter(order=order).delete()

    def of_order(self, order: UUID) -> Sequence[UUID]:
        rows = OrderWaiter.objects.filter(order=order).order_by("pk")
        return list(rows.values_list("user", flat=True))

    def waited_by(self, by: Actor) -> frozenset[UUID]:
        if by.user is None:
            return frozenset()
        return frozenset(OrderWaiter.objects.filter(user=by.user).values_list("order", flat=True))
