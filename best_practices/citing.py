"""How a published practice is cited, and its short address: what a printed page and a QR code hold."""

import datetime as dt

from django.conf import settings

from best_practices.models import BankPractice
from best_practices.own_bank import outward
from portal.core.person_names import SMALL
from portal.documents.names import initials
from tenants.addresses import city_url

PREFIX, MOST_NAMED = "ЛП-", 3


def short_address(card: BankPractice) -> str:
    """«https://…/p/2026-0001/»: whole, so that it may be typed from paper; it leads to the page of the
    card, which says itself who may read it.
    """
    return outward(city_url("card:short", card.code.removeprefix(PREFIX)))


def citation(card: BankPractice, on: dt.date) -> str:
    """The line for a list of references, with authors as the card names them; `on`: the day of reading."""
    names = ", ".join(_authors(card))
    head = f"{names} {card.title}" if names else card.title
    numbered = f"[практика наставничества № {card.code}, редакция {card.revision}]"
    bank = f"Банк лучших практик наставничества, г. {settings.CITY_NAME}, {card.published_on.year}"
    read = f"URL: {short_address(card)} (дата обращения: {on:%d.%m.%Y})."
    return f"{head.rstrip('. ')} {numbered} / {card.school_name} // {bank}. {read}"


def _authors(card: BankPractice) -> list[str]:
    """«Кравцов Б. И.», at most three; of more the first «и др.»"""
    found = [short_name(str(author["full_name"])) for author in card.authors]
    return found if len(found) <= MOST_NAMED else [f"{found[0]} и др."]


def short_name(full_name: str) -> str:
    """Initials where the parts of the name are certain; else the name as the school has handed it over."""
    last, *others = full_name.split() or [""]
    if len(others) not in (1, 2) or last.lower() in SMALL:
        return full_name
    return initials(last, *others)
