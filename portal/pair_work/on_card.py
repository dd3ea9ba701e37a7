"""«Взять в программу» on the card of a practice."""

from best_practices.models import BankPractice
from best_practices.on_card import Action
from portal.core.actor import Actor
from portal.pair_work.selectors.adoptions import has_place
from tenants.links import link


def offer_to_take(by: Actor, card: BankPractice) -> Action | None:
    """For whoever writes a programme."""
    if not has_place(by):
        return None
    url = link("pair_work:take_practice", card.uuid)
    return Action("Взять в программу", url, "Шаги практики встанут в план с датами.", "journal-plus")
