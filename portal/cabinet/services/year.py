"""One press of «Новый учебный год»: what is as it was is said to be so, by steps that are there anyway."""

from collections.abc import Callable
from uuid import UUID

from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.mentor_bank.access import card_for, need_for
from portal.mentor_bank.services import edit_need
from portal.mentor_bank.workflow import CARD


def confirm(what: str, pk: UUID, *, by: Actor, version: int | None) -> str:
    """Returns what is said of it. Raises NotVisible, Forbidden, Conflict, Stale."""
    if what not in KINDS:
        raise NotVisible
    return KINDS[what](pk, by, version)


def _need(pk: UUID, by: Actor, version: int | None) -> str:
    edit_need(need_for(by, pk), by=by, version=version)
    return "Потребность подтверждена."


def _card(pk: UUID, by: Actor, version: int | None) -> str:
    CARD.move(card_for(by, pk), "reconfirm", by=by, version=version)
    return "Наставник подтверждён на этот год."


KINDS: dict[str, Callable[[UUID, Actor, int | None], str]] = {"need": _need, "card": _card}
