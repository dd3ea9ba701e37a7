"""Orders by number and local acts by name, as the box in the head of a page finds them."""

from django.urls import reverse
from django.utils.http import urlencode

from portal.core.actor import Actor
from portal.core.finding import SHOWN, Finder, Line, Lines
from portal.core.sorting import folded
from portal.local_acts.models import LocalAct, Order
from portal.local_acts.selectors import numbered, orders_visible_to
from portal.search.synonyms import lemmas_of


def _may_orders(by: Actor) -> bool:
    return by.serves


def _orders(by: Actor, text: str) -> Lines:
    found = orders_visible_to(by).filter(numbered(text)).order_by("-id")
    return Lines.of(found, _order, f"{reverse('local_acts:orders')}?{urlencode({'q': text})}")


def _order(order: Order) -> Line:
    number = f"№ {order.number} от {order.signed_on:%d.%m.%Y}" if order.number and order.signed_on else ""
    url = reverse("local_acts:order", args=[order.uuid])
    return Line(order.title, url, number or order.get_state_display())


def _may_acts(by: Actor) -> bool:
    return by.can("local_act:read") or by.can("local_act:edit") or by.can("local_act:approve")


def _acts(by: Actor, text: str) -> Lines:
    """A school has a handful of them, so their names are compared here: a word in any of its forms, or a part
    of it.
    """
    found = [act for act in LocalAct.objects.visible_to(by) if _is_named(act.title, text)]
    return Lines(tuple(map(_act, found[:SHOWN])), len(found), reverse("local_acts:acts"))


def _is_named(title: str, text: str) -> bool:
    name, forms = folded(title), set(lemmas_of(title))
    return all(word in name or forms.intersection(lemmas_of(word)) for word in folded(text).split())


def _act(act: LocalAct) -> Line:
    return Line(act.title, reverse("local_acts:act", args=[act.uuid]), act.get_state_display())


ORDERS = Finder("приказ", "Приказы", "file-earmark-text", 30, _may_orders, _orders)
ACTS = Finder("Положение", "Локальные акты", "journal-text", 40, _may_acts, _acts)
