"""Saved searches of the bank, and the letter of what is new for them."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from best_practices import bank, news, search
from best_practices.models import BankPractice, Practice
from best_practices.saved import SavedSearch, ToldPractice
from best_practices.services.saved import MOST_SAVED
from portal.accounts.models import Membership, User
from portal.city_records.models import ReadLine
from portal.core import clock
from portal.core.actor import Actor
from portal.demo.cast import uuid_of
from tenants.context import in_city
from tests.cast import BY_KEY
from tests.queued import do_queued
from tests.things import card_in_bank

AsPerson = Callable[[str], Client]
MONDAY = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
NIGHT = dt.timedelta(hours=15, minutes=10)
LETTER = "best_practices.news_letter"


class Days:
    """The story's calendar: noon of a day, and the nights between days."""

    def __init__(self) -> None:
        self.day, self.stack = 0, ExitStack()

    def go(self, days: int, *, nights: bool = True) -> None:
        """So many days on; in each night the portal does its work."""
        for _ in range(days):
            if nights:
                self._at(MONDAY + dt.timedelta(days=self.day) + NIGHT)
                night()
            self.day += 1
            self._at(MONDAY + dt.timedelta(days=self.day))

    def _at(self, moment: dt.datetime) -> None:
        self.stack.close()
        self.stack.enter_context(clock.at(moment))


@pytest.fixture
def days(db: None) -> Iterator[Days]:
    made = Days()
    made._at(MONDAY)
    yield made
    made.stack.close()


def night() -> None:
    with in_city():
        news.gather_news(Actor.system())
        do_queued(LETTER)
        ProcrastinateJob.objects.filter(args__name=LETTER).delete()


Publish = Callable[..., BankPractice]


@pytest.fixture
def publish(content: dict[str, Any], db: None) -> Publish:
    numbers = iter(range(1, 9999))

    def into_bank(title: str, **more: Any) -> BankPractice:
        moment = clock.now() + dt.timedelta(minutes=1)
        told = {"practice": uuid_of("saved practice", title), "code": f"ЛП-2026-{next(numbers):04d}"}
        card = card_in_bank({**content, "title": title}, **{**told, "created_at": moment, **more})
        search.ENGINE.index([search.document_of(card)])
        return card

    return into_bank


def save(client: Client, query: str, often: str = "daily", title: str = "Мой поиск") -> Any:
    return client.post(f"/me/searches/new/?{query}", {"title": title, "often": often})


def lines(letter: Any) -> list[str]:
    return re.findall(r"^— (.*) \(", str(letter.body), re.MULTILINE)


def test_a_search_is_saved_from_its_answers_as_it_was_typed(as_: AsPerson, publish: Publish) -> None:
    publish("Зебры у доски")
    boris = as_("boris")
    found = boris.get("/s/5/bank/?q=Зебры+у+доски&nomination=N1&as=typed&order=newest").content.decode()
    link = re.search(r'href="(/me/searches/new/[^"]+)"', found)
    assert link
    address = link[1].replace("&amp;", "&")
    form = boris.get(address).content.decode()
    assert 'value="Зебры у доски, ' in form, "the name is proposed"
    assert boris.post(address, {"title": "Зебры", "often": "weekly"}).status_code == 302
    [row] = SavedSearch.objects.all()
    assert (row.user_id, row.title, row.often) == (BY_KEY["boris"].uuid, "Зебры", "weekly")
    assert (row.asked.text, row.asked.picked["nomination"]) == ("Зебры у доски", ["N1"])
    assert (row.asked.as_typed, row.asked.order) == (True, "newest")
    listed = boris.get("/me/searches/").content.decode()
    opened = re.search(r'href="(/bank/\?[^"]+)">Зебры<', listed)
    assert opened
    assert boris.get(opened[1].replace("&amp;", "&"), follow=True).status_code == 200
    assert "Зебры" not in as_("vera").get("/me/searches/").content.decode()
    assert boris.post(address, {"title": "Ещё раз", "often": "daily"}).status_code == 302
    assert SavedSearch.objects.get().title == "Зебры", "the same question is one search"


def test_it_is_renamed_and_deleted_by_its_owner_only(as_: AsPerson, db: None) -> None:
    boris, vera = as_("boris"), as_("vera")
    save(boris, "q=зебры")
    own = f"/me/searches/{SavedSearch.objects.get().uuid}/"
    assert vera.get(own).status_code == 404
    assert vera.post(own, {"title": "Чужой", "often": "never"}).status_code == 404
    assert vera.post(f"{own}delete/").status_code == 404
    empty = boris.post(own, {"title": "", "often": "never"})
    assert empty.status_code == 422
    assert boris.post(own, {"title": "Зебры и жирафы", "often": "never"}).status_code == 302
    assert (SavedSearch.objects.get().title, SavedSearch.objects.get().often) == ("Зебры и жирафы", "never")
    assert boris.post(f"{own}delete/").status_code == 302
    assert not SavedSearch.objects.exists()


def test_there_is_a_bound_and_what_was_typed_stays(as_: AsPerson, db: None) -> None:
    boris = as_("boris")
    for number in range(MOST_SAVED):
        assert save(boris, f"q=зебра+{number}").status_code == 302
    refused = save(boris, "q=скамейка", title="Последний")
    assert refused.status_code == 422
    assert "Удалите те, что больше не нужны" in refused.content.decode().replace("\xa0", " ")
    assert "Последний" in refused.content.decode()
    long = save(as_("vera"), "&".join(f"subject={'щ' * 40}{number}" for number in range(20)))
    assert (long.status_code, SavedSearch.objects.count()) == (422, MOST_SAVED)
    assert as_("zoya").get("/me/searches/new/?q=зебры").status_code == 403
    assert as_("zoya").get("/me/searches/").status_code == 200


def test_one_letter_of_all_searches_and_no_practice_twice(
    as_: AsPerson, publish: Publish, days: Days, mailoutbox: list[EmailMessage]
) -> None:
    publish("Зебры вчера")
    boris = as_("boris")
    days.go(1, nights=False)
    save(boris, "q=зебры", title="О зебрах")
    save(boris, "q=зебры+жирафы", title="О зебрах и жирафах")
    save(boris, "q=лыжи", title="О лыжах")
    days.go(1)
    assert not mailoutbox, "what stood there when the search was saved is no news"
    publish("Зебры и жирафы")
    publish("Скамейка примирения")
    days.go(1)
    publish("Жирафы на перемене")
    days.go(2)
    first, second = mailoutbox
    assert first.to == [User.objects.get(pk=BY_KEY["boris"].uuid).email]
    assert lines(first) == ["Зебры и жирафы"], "both find it, it stands once"
    assert "«О зебрах»" in first.body
    assert "«О зебрах и жирафах»" not in first.body
    assert "О лыжах" not in first.body
    assert lines(second) == ["Жирафы на перемене"]
    assert first.subject == "Новое в банке практик: 1 практика"
    card = BankPractice.objects.get(title="Зебры и жирафы")
    assert f"http://testserver/bank/{card.uuid}/" in first.body
    bank.take_off(Practice(practice=card.practice))
    BankPractice.every.filter(pk=card.pk).update(archived_on=None, created_at=clock.now())
    search.ENGINE.index([search.document_of(card)])
    days.go(2)
    assert len(mailoutbox) == 2, "withdrawn and published again: it was told"


def test_all_that_a_night_finds_is_told_however_much_an_engine_answers_at_once(
    as_: AsPerson,
    publish: Publish,
    days: Days,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(news, "ASKED_AT_ONCE", 4)
    save(as_("boris"), "q=зебры", title="О зебрах")
    for number in range(12):
        publish(f"Зебры {number}")
    publish("Жирафы")
    days.go(2)
    (letter,) = mailoutbox
    assert letter.subject == "Новое в банке практик: 12 практик"
    assert (len(lines(letter)), "ещё 2" in letter.body.replace("\xa0", " ")) == (10, True)
    assert ToldPractice.objects.count() == 12


def test_weekly_letters_leave_on_monday_even_when_a_night_was_missed(
    as_: AsPerson, publish: Publish, days: Days, mailoutbox: list[EmailMessage]
) -> None:
    """Monday the 2nd is day 0: the night to Monday comes between days 6 and 7."""
    save(as_("boris"), "q=зебры", "weekly")
    save(as_("vera"), "q=зебры", "never")
    publish("Зебры в среду")
    days.go(2)
    publish("Зебры в четверг")
    days.go(4)
    assert not mailoutbox
    days.go(1)
    assert [sorted(lines(letter)) for letter in mailoutbox] == [["Зебры в среду", "Зебры в четверг"]]
    publish("Зебры на второй неделе")
    days.go(7, nights=False)
    days.go(1)
    assert [lines(letter) for letter in mailoutbox[1:]] == [["Зебры на второй неделе"]]


def test_a_weekly_search_says_nothing_that_a_daily_one_has_said(
    as_: AsPerson, publish: Publish, days: Days, mailoutbox: list[EmailMessage]
) -> None:
    boris = as_("boris")
    save(boris, "q=зебры", "daily", "Каждый день")
    save(boris, "q=зебры+жирафы", "weekly", "По понедельникам")
    publish("Зебры")
    days.go(1)
    publish("Жирафы")
    days.go(7)
    assert [lines(letter) for letter in mailoutbox] == [["Зебры"], ["Жирафы"]]


def test_the_day_is_the_citys_and_whole(
    as_: AsPerson, publish: Publish, days: Days, mailoutbox: list[EmailMessage]
) -> None:
    """What is published a minute before the city's midnight is told that night, a minute after, the next."""
    save(as_("boris"), "q=зебры")
    midnight = timezone.make_aware(dt.datetime(2026, 11, 3))
    publish("Зебры до полуночи", created_at=midnight - dt.timedelta(minutes=1))
    publish("Зебры после полуночи", created_at=midnight + dt.timedelta(minutes=1))
    days.go(1)
    assert [lines(letter) for letter in mailoutbox] == [["Зебры до полуночи"]]
    days.go(1)
    assert [lines(letter) for letter in mailoutbox[1:]] == [["Зебры после полуночи"]]


def test_letters_stop_by_one_press_without_signing_in(
    as_: AsPerson, publish: Publish, days: Days, mailoutbox: list[EmailMessage]
) -> None:
    save(as_("boris"), "q=зебры")
    save(as_("vera"), "q=зебры")
    publish("Зебры")
    days.go(1)
    [letter] = [one for one in mailoutbox if one.to == [User.objects.get(pk=BY_KEY["boris"].uuid).email]]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    assert link in letter.body
    visitor, read_before = Client(enforce_csrf_checks=True), ReadLine.objects.count()
    assert "Больше не присылать" in visitor.get(link).content.decode()
    assert ReadLine.objects.count() == read_before
    assert SavedSearch.objects.filter(often="daily").count() == 2, "opening it stops nothing"
    pressed = visitor.post(link, {"List-Unsubscribe": "One-Click"})
    assert pressed.status_code == 200
    assert visitor.post(link).status_code == 200
    assert [row.user_id for row in SavedSearch.objects.filter(often="never")] == [BY_KEY["boris"].uuid]
    publish("Зебры снова")
    days.go(1)
    assert len(mailoutbox) == 3
    assert visitor.post(f"{link[:-3]}aa/").status_code == 404
    boris = as_("boris")
    own = f"/me/searches/{SavedSearch.objects.get(often='never').uuid}/"
    boris.post(own, {"title": "Снова", "often": "daily"})
    days.go(1)
    assert len(mailoutbox) == 3, "what came while nothing was wanted is not told afterwards"


def test_what_is_withdrawn_before_the_letter_leaves_is_not_in_it(
    as_: AsPerson, publish: Publish, days: Days, mailoutbox: list[EmailMessage]
) -> None:
    save(as_("boris"), "q=зебры")
    card = publish("Зебры")
    days.stack.close()
    with clock.at(MONDAY + NIGHT):
        news.gather_news(Actor.system())
        bank.take_off(Practice(practice=card.practice))
        assert do_queued(LETTER) == 1
    assert not mailoutbox


def test_without_the_right_no_letter_and_with_the_account_all_is_gone(
    as_: AsPerson, publish: Publish, days: Days, mailoutbox: list[EmailMessage]
) -> None:
    save(as_("boris"), "q=зебры")
    save(as_("gleb"), "q=зебры")
    publish("Зебры")
    Membership.objects.filter(user=BY_KEY["boris"].uuid).update(valid_to=dt.date(2026, 11, 1))
    days.go(1)
    assert [one.to for one in mailoutbox] == [[User.objects.get(pk=BY_KEY["gleb"].uuid).email]]
    assert ToldPractice.objects.count() == 1
    User.objects.filter(pk__in=[BY_KEY["boris"].uuid, BY_KEY["gleb"].uuid]).update(is_active=False)
    days.go(1)
    assert not SavedSearch.objects.exists()
    assert not ToldPractice.objects.exists()


def test_one_trouble_holds_up_nobody_else(
    as_: AsPerson,
    publish: Publish,
    days: Days,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The engine fails for one question; the night says so, and is done again for that person only."""
    save(as_("boris"), "q=лыжи")
    save(as_("vera"), "q=зебры")
    publish("Зебры и лыжи")
    whole = search.newest_uuids

    def failing(asked: Any, *given: Any) -> Any:
        if asked.text == "лыжи":
            raise OSError("the node is away")
        return whole(asked, *given)

    days.stack.close()
    with clock.at(MONDAY + NIGHT):
        with monkeypatch.context() as patched:
            patched.setattr("best_practices.news.newest_uuids", failing)
            with pytest.raises(news.TroubleWithNews):
                news.gather_news(Actor.system())
        news.gather_news(Actor.system())
        assert do_queued(LETTER) == 2
    assert len(mailoutbox) == 2
