"""The letter of news: what was published since a person was told last and fits one of the person's searches.

Nights tell of whole days that are over, so nothing is published behind the night's back; one letter gathers
all searches of a person, and a practice stands in one letter once.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from best_practices.models import BankPractice, Collection, PracticeFollow
from best_practices.own_bank import outward, own_page, reader_of_bank, stop_key
from best_practices.saved import SavedSearch, ToldPractice
from best_practices.search import newest_uuids
from best_practices.states import Often
from portal.accounts.actors import memberships_of
from portal.accounts.models import User
from portal.core import clock
from portal.core.actor import Actor
from portal.ui.words import plural
from tenants.addresses import city_url
from tenants.jobs import city_job, whoever_asked

log = logging.getLogger("estafeta.jobs")
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
MONDAY = 0
MOST_OF_A_SEARCH = 10
"""Practices of one search that stand in a letter; how many more there are is said."""
ASKED_AT_ONCE = 200
"""An engine answers no more at once."""


class TroubleWithNews(RuntimeError):
    """Some people could not be told; each is in the log. The night is done again: others are not due any
    more.
    """


@dataclass(frozen=True)
class New:
    """What was published in the days of which nobody was told yet."""

    cards: Sequence[BankPractice]

    def since(self, search: SavedSearch) -> frozenset[UUID]:
        """What this search has not been told of."""
        return frozenset(
            card.uuid
            for card in self.cards
            if card.created_at > search.created_at and _day_of(card) > search.told_until
        )


def gather_news(by: Actor) -> None:
    """Each night: a letter is asked for everybody for whom there is something new. Done again, it finds
    nobody.
    """
    _forget_closed()
    due = list(_due().order_by("user", "pk"))
    if not due:
        return
    new = _new_since(min(search.told_until for search in due))
    if not new.cards:
        _due().update(told_until=clock.today() - DAY)
        return
    failed = 0
    for user in dict.fromkeys(search.user_id for search in due):
        try:
            _tell(user, new)
        except Exception:
            failed += 1
            log.exception("the news of the bank were not told", extra={"actor": str(user)})
    if failed:
        raise TroubleWithNews(f"{failed} people were not told of what is new in the bank")


@transaction.atomic
def stop_news(user: User) -> None:
    """No letters about any search or practice; the searches stay."""
    wanted = SavedSearch.objects.filter(user=user).exclude(often=Often.NEVER)
    for row in wanted.select_for_update().order_by("pk"):
        row.often = Often.NEVER
        row.save_change("often")
    PracticeFollow.objects.filter(user=user).delete()


def _forget_closed() -> None:
    for model in (SavedSearch, ToldPractice, Collection):
        model.objects.filter(user__is_active=False).delete()


def _due() -> QuerySet[SavedSearch]:
    """Searches of whose last days nobody was told: every day's, and every week's on Monday or when a Monday
    was missed.
    """
    yesterday = clock.today() - DAY
    weekly_until = yesterday - DAY if clock.today().weekday() == MONDAY else yesterday - WEEK - DAY
    daily = Q(often=Often.DAILY, told_until__lt=yesterday)
    return SavedSearch.objects.filter(daily | Q(often=Often.WEEKLY, told_until__lte=weekly_until))


def _new_since(told_until: dt.date) -> New:
    begins, ends = _midnight(told_until + DAY), _midnight(clock.today())
    cards = BankPractice.objects.filter(created_at__gte=begins, created_at__lt=ends)
    return New(list(cards.only("uuid", "practice", "created_at").order_by("pk")))


@transaction.atomic
def _tell(user: UUID, new: New) -> None:
    """One person: what is told is written down with the letter that tells it."""
    searches = list(_due().filter(user=user).select_for_update().order_by("pk"))
    found = _found(user, searches, new) if _may_read(user) else {}
    yesterday = clock.today() - DAY
    for search in searches:
        search.told_until = yesterday
        search.save(update_fields=["told_until"])
    cards = {card.uuid: card.practice for card in new.cards}
    told = [cards[uuid] for uuids in found.values() for uuid in uuids]
    ToldPractice.objects.bulk_create(
        ToldPractice(user_id=user, practice=practice, told_on=clock.today()) for practice in told
    )
    if told:
        named = {str(search): list(map(str, uuids)) for search, uuids in found.items()}
        send_news_letter.later(by=Actor.system(), user_uuid=str(user), found=named)


def _found(user: UUID, searches: Iterable[SavedSearch], new: New) -> dict[UUID, list[UUID]]:
    """Search → what is new for it; what fits two searches stands under the first."""
    told = set(ToldPractice.objects.filter(user=user).values_list("practice", flat=True))
    passed = {card.uuid for card in new.cards if card.practice in told}
    found: dict[UUID, list[UUID]] = {}
    for search in searches:
        among = new.since(search) - passed
        uuids = _all_of(search, among)
        passed.update(uuids)
        if uuids:
            found[search.uuid] = uuids
    return found


def _all_of(search: SavedSearch, among: frozenset[UUID]) -> list[UUID]:
    """However many there are: what this night does not tell, no night will."""
    found: list[UUID] = []
    while among:
        found += (some := newest_uuids(search.asked, ASKED_AT_ONCE, among))
        among = among - set(some) if len(some) == ASKED_AT_ONCE else frozenset()
    return found


def _may_read(user: UUID) -> bool:
    person = User.objects.filter(pk=user, is_active=True).first()
    return person is not None and reader_of_bank(person, memberships_of(person)) is not None


@dataclass(frozen=True)
class Told:
    """A search in a letter: its practices with their addresses, and how many more there are."""

    title: str
    lines: list[tuple[str, str, str]]
    more: int
    url: str


@city_job("best_practices.news_letter", may=whoever_asked("the person has asked for letters"), whole=True)
def send_news_letter(*, by: Actor, user_uuid: str, found: dict[str, list[str]]) -> None:
    """What still stands in the bank, for searches of which the person still wants to hear."""
    user = User.objects.filter(pk=UUID(user_uuid), is_active=True).first()
    reader = reader_of_bank(user, memberships_of(user)) if user is not None else None
    if user is None or reader is None:
        return
    searches = SavedSearch.objects.filter(user=user, uuid__in=list(found)).exclude(often=Often.NEVER)
    told = [
        told for search in searches.order_by("pk") if (told := _told(reader, search, found[str(search.uuid)]))
    ]
    total = sum(len(one.lines) + one.more for one in told)
    if not total:
        return
    stop = outward(city_url("own_bank:stop", stop_key(user)))
    context = {"told": told, "own": outward(city_url("own_bank:searches")), "stop": stop}
    text = render_to_string("best_practices/mail/news.txt", context)
    # RFC 8058: a mail program shows a button of its own
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    subject = f"Новое в банке практик: {total} {plural(total, 'практика,практики,практик')}"
    EmailMessage(subject, text, None, [user.email], headers=headers).send()


def _told(by: Actor, search: SavedSearch, uuids: Sequence[str]) -> Told | None:
    cards = {str(card.uuid): card for card in BankPractice.objects.visible_to(by).filter(uuid__in=uuids)}
    lines = [
        (card.title, card.school_name, outward(city_url("bank:practice", card.uuid)))
        for card in (cards[uuid] for uuid in uuids if uuid in cards)
    ]
    shown = lines[:MOST_OF_A_SEARCH]
    url = outward(own_page("bank:find", search.asked))
    return Told(search.title, shown, len(lines) - len(shown), url) if lines else None


def _day_of(card: BankPractice) -> dt.date:
    return clock.local(card.created_at).date()


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
