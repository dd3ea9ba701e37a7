"""Every paper that is signed in a school, each by a scene that signs it through the services, and the
addresses that give it out.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.local_acts import services as acts
from portal.local_acts.models import Order
from portal.local_acts.workflow import ACT
from portal.local_acts.workflow.acts import Marks
from portal.mentoring import services
from portal.staff import services as staff
from portal.staff.workflow import CONSENT
from portal.staff.workflow.consents import SignedPaper
from tests.workflows import mentoring_scenes as scene

Who = Callable[[str], Actor]


@dataclass(frozen=True)
class Signed:
    """What was signed: its object, who reads it, addresses of its Word file and of pages that show its
    text.
    """

    obj: Any
    reader: str
    words: tuple[str, ...]
    pages: tuple[str, ...] = ()
    others: tuple[str, ...] = field(default=())


def _order(order: Order, reader: str = "zhanna", *more: str) -> Signed:
    root = f"/s/5/orders/{order.uuid}/"
    return Signed(order, reader, (f"{root}word/", *more), (root,), (f"{root}scan/",))


def _registered(who: Who, order: Order, number: str, by: str = "zhanna") -> Order:
    return acts.register_order(order, number=number, signed_on=clock.today(), scan=scene.scan(), by=who(by))


def curator(who: Who) -> Signed:
    order = acts.appoint_curator(scene.person("anna"), valid_from=clock.today(), by=who("zhanna"))
    return _order(_registered(who, order, "1-н"))


def change(who: Who) -> Signed:
    old = curator(who).obj
    return _order(
        _registered(
            who,
            acts.amend_order(
                old, changes="Слова «с 23.11.2026» заменить словами «с 24.11.2026»", by=who("kira")
            ),
            "2-н",
        )
    )


def act(who: Who) -> Signed:
    made, day = acts.load_municipal_act(by=who("zhanna")), clock.today()
    made = ACT.move(
        made, "approve", by=who("zhanna"), asked=Marks(minutes_number="3", minutes_on=day, union_on=day)
    )
    made = acts.register_act(made, number="10", approved_on=day, scan=scene.scan(), by=who("zhanna"))
    root = f"/s/5/acts/{made.uuid}/"
    return Signed(made, "vera", (f"{root}word/",), (), (root, f"{root}scan/"))


def _consent(who: Who, key: str) -> Signed:
    row = scene.consent_of(scene.agreed(who), key)
    root = f"/s/5/pair-consents/{row.uuid}/"
    return Signed(row, key, (f"{root}word/",), (), (root, f"{root}scan/"))


def pair_order(who: Who) -> Signed:
    pair = scene.active(who)
    made = _order(Order.objects.get(pk=pair.order_id), "zhanna", f"/s/5/pairs/{pair.uuid}/papers/T-08/")  # type: ignore[misc]
    return replace(made, others=(*made.others, f"/s/5/pairs/{pair.uuid}/scans/order/"))


def agreement(who: Who) -> Signed:
    pair = services.register_pair_order(
        scene.with_order(who),
        by=who("zhanna"),
        **scene.order_facts(number="46-н", agreement_scan=scene.store(scene.scan(), by=who("zhanna"))),
    )
    root = f"/s/5/pairs/{pair.uuid}/"
    return Signed(pair, "zhanna", (f"{root}papers/T-09/",), (), (f"{root}scans/T-09/",))


def pay(who: Who) -> Signed:
    pair = scene.active(who)
    order = _registered(who, Order.objects.get(code="T-10", subject=pair.uuid), "48-н", "kira")
    return _order(order, "zhanna", f"/s/5/pairs/{pair.uuid}/papers/T-10/")


def programme(who: Who) -> Signed:
    row = scene.running(who)
    root = f"/s/5/programmes/{row.uuid}/"
    return Signed(row, "boris", (f"{root}word/",), (), (root,))


def _personal(who: Who, kind: str, **more: Any) -> Any:
    consent = staff.prepare_consent(scene.person("vera"), kind, by=who("vera"), **more)
    return CONSENT.move(
        consent,
        "give",
        by=who("vera"),
        asked=SignedPaper(given_on=clock.today(), scan=scene.store(scene.scan(), by=who("vera"))),
    )


def processing(who: Who) -> Signed:
    consent = _personal(who, "processing")
    root = f"/s/5/consents/{consent.uuid}/"
    return Signed(consent, "vera", (f"{root}word/",), (), (root, f"{root}scan/"))


def distribution(who: Who) -> Signed:
    until = clock.today() + dt.timedelta(days=300)
    consent = _personal(
        who, "distribution", resources="https://bank.example/", data_allowed=["name"], valid_until=until
    )
    root = f"/s/5/consents/{consent.uuid}/"
    return Signed(consent, "vera", (f"{root}word/",), (), (root, f"{root}scan/"))


def withdrawal(who: Who) -> Signed:
    consent = CONSENT.move(_personal(who, "processing"), "withdraw", by=who("vera"))
    return Signed(consent, "vera", (f"/s/5/consents/{consent.uuid}/withdrawal/",))


SIGNED: dict[str, Callable[[Who], Signed]] = {
    "T-00": change,
    "T-02": act,
    "T-04": curator,
    "T-06": lambda who: _consent(who, "boris"),
    "T-07": lambda who: _consent(who, "vera"),
    "T-08": pair_order,
    "T-09": agreement,
    "T-10": pay,
    "T-11": programme,
    "T-28": processing,
    "T-29": distribution,
    "T-30": withdrawal,
}
IN_PRACTICES = {"T-35", "T-36", "T-37"}
"""Signed in tests/practices/test_frozen_papers.py."""
