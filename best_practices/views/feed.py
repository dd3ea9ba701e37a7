"""The feed of the bank: where a person gets its address, and what a program reads there."""

import datetime as dt
import hashlib

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from best_practices.models import BankPractice, Practice, SearchWord
from best_practices.own_bank import feed_address, outward, own_page, reader_of_bank
from best_practices.questions import Asked
from best_practices.search import newest_in_bank
from portal.accounts import feeds
from portal.accounts.actors import memberships_of
from portal.accounts.limits import FEED, over
from portal.accounts.request import PortalRequest, signed_in_person
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible, TooMany
from portal.core.reading import weighing
from portal.ui.shortcuts import done, page, passed
from tenants.addresses import city_url

SHOWN, TITLE = 30, "Банк лучших практик"
BEFORE_ALL = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""When a bank that has never held anything was changed last."""
SETTLED = dt.timedelta(seconds=2)
"""HTTP tells moments by whole seconds: a younger one may be told of two different feeds."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: PortalRequest) -> HttpResponse:
    """The person's own address, a new one instead of it, or none."""
    person, asked = signed_in_person(request), Asked.of(request.GET)
    if reader_of_bank(person, request.memberships) is None:
        raise Forbidden("Лента открыта тем, кто читает банк: педагогам школ города и работникам Управления.")
    if request.method == "POST":
        return _change(request, asked)
    crumbs = [("Банк практик", asked.address())]
    return page(
        request,
        "best_practices/feed.html",
        asked=asked,
        address=feed_address(person, asked),
        whole=feed_address(person, Asked("", {})),
        mark=person.feed_mark,
        crumbs=crumbs,
    )


def _change(request: PortalRequest, asked: Asked) -> HttpResponse:
    person, here = signed_in_person(request), own_page("own_bank:feed", asked)
    if request.POST.get("act") == "stop":
        feeds.take_address(person, by=request.actor)
        return done(request, here, "Адрес отозван: по нему больше ничего не прочитать.")
    instead = request.POST.get("instead", "")
    if instead == str(person.feed_mark or ""):
        feeds.give_address(person, by=request.actor)
    elif person.feed_mark is None:
        return passed(request, here, "Адрес уже отозван. Новый получают кнопкой на этой странице.")
    # else another window has got a new one already
    replaced = "Адрес новый. Прежний больше не работает: замените его в программе."
    return done(request, here, replaced if instead else "Адрес готов.")


@require_safe
def read(request: PortalRequest, key: str) -> HttpResponse:
    """What is new in the bank, for a program; narrowed as the page of the bank is. Right and account are
    asked each time.
    """
    by = _reader(key)
    if by is None:
        raise NotVisible
    if over(FEED, str(by.user)):
        raise TooMany("Ленту читают слишком часто. Пусть программа спрашивает раз в четверть часа.")
    return _answer(request, by)


def _answer(request: PortalRequest, by: Actor) -> HttpResponse:
    changed = _changed_at()
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    _written(request, by, changed).write(answer, "utf-8")
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = etag = f'"{hashlib.sha256(answer.content).hexdigest()}"'
    moment = int(changed.timestamp()) if clock.now() - changed > SETTLED else None
    if moment is not None:
        answer["Last-Modified"] = http_date(moment)
    found = get_conditional_response(request, etag=etag, last_modified=moment, response=answer)
    return found if found is not None else answer


def _reader(key: str) -> Actor | None:
    with weighing():
        person = feeds.owner_of(key)
        return reader_of_bank(person, memberships_of(person)) if person is not None else None


def _changed_at() -> dt.datetime:
    """The last moment at which any feed may have become another: something was published, changed or
    withdrawn, or the search was taught a word.
    """
    changed = (
        rows.order_by("-updated_at").values_list("updated_at", flat=True).first()
        for rows in (BankPractice.every, Practice.objects.exclude(code=""), SearchWord.objects)
    )
    return max((moment for moment in changed if moment), default=BEFORE_ALL)


def _written(request: PortalRequest, by: Actor, changed: dt.datetime) -> Atom1Feed:
    """Names of people stay in the portal: whoever keeps feeds for others would have them, too."""
    asked = Asked.of(request.GET)
    written = _Feed(
        f"{TITLE}: «{asked.text}»" if asked.text else TITLE,
        outward(f"{city_url('bank:find')}?{asked.query}"),
        "Практики наставничества, которые опубликовал город",
        language="ru",
        author_name="Эстафета",
        feed_url=outward(request.get_full_path()),
        changed=changed,
    )
    for card in newest_in_bank(by, asked, SHOWN):
        written.add_item(
            card.title,
            outward(city_url("bank:practice", card.uuid)),
            card.annotation,
            unique_id=card.uuid.urn,
            author_name=card.school_name,
            categories=[card.get_nomination_display()],
            pubdate=card.created_at,
            updateddate=card.updated_at,
        )
    return written


class _Feed(Atom1Feed):
    """Django says «now» of a feed without entries, and nothing of what was withdrawn."""

    def latest_post_date(self) -> dt.datetime:
        changed: dt.datetime = self.feed["changed"]
        return changed
