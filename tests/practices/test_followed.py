"""A person follows a practice and is written to of its news; news of its author, nomination and subject come
by a saved search.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from best_practices.counted import recount
from best_practices.followed import gather_followed
from best_practices.models import BankAdoption, BankPractice, Practice, PracticeFollow
from best_practices.services import followed as following
from best_practices.workflow import PRACTICE
from portal.accounts.models import Membership, User
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.readers import published, who
from tests.practices.test_comments import on_card, read
from tests.queued import do_queued
from tests.tenancy.rows import row

As = Callable[[str], Client]
LETTER = "best_practices.followed_letter"


@pytest.fixture
def card(content: dict[str, Any], db: None) -> BankPractice:
    return published(content)


def night() -> int:
    gather_followed(Actor.system())
    done = do_queued(LETTER)
    ProcrastinateJob.objects.filter(args__name=LETTER).delete()
    return done


def told(mailoutbox: list[EmailMessage]) -> list[str]:
    return [
        line for letter in mailoutbox for line in re.findall(r"^— .*: (.*)$", str(letter.body), re.MULTILINE)
    ]


def test_one_press_and_a_letter_of_each_kind_of_news_once(
    card: BankPractice, as_: As, actor: Callable[..., Actor], mailoutbox: list[EmailMessage]
) -> None:
    vera = as_("vera")
    assert f'action="/me/followed/about/{card.uuid}/"' in on_card(card, vera)
    assert vera.post(f"/me/followed/about/{card.uuid}/").status_code == 302
    assert vera.post(f"/me/followed/about/{card.uuid}/").status_code == 302
    assert PracticeFollow.objects.get().user_id == BY_KEY["vera"].uuid
    assert card.title in read(vera.get("/me/followed/"))
    assert night() == 0, "what stood there when the person began is no news"
    five = School.objects.get(number=5)
    told_of = {"practice": card.practice, "school": five, "outcome": "worked", "told_on": clock.today()}
    row(BankAdoption, 1, **told_of)
    recount(card.practice)
    BankPractice.objects.filter(pk=card.pk).update(revision=2)
    assert (night(), night()) == (1, 0)
    (letter,) = mailoutbox
    assert letter.to == [User.objects.get(pk=BY_KEY["vera"].uuid).email]
    assert told(mailoutbox) == ["новая редакция, 2-я, как сработала, рассказала ещё 1 школа"]
    assert f"http://testserver/bank/{card.uuid}/" in str(letter.body)
    practice = Practice.objects.get(practice=card.practice)
    PRACTICE.move(practice, "archive", by=actor("semyon"), comment="Устарела: стандарт сменился.")
    assert (night(), night()) == (1, 0)
    assert told(mailoutbox)[1:] == ["снята с публикации"]
    assert "снята с публикации" in read(vera.get("/me/followed/"))


def test_letters_end_by_one_press_from_the_letter(card: BankPractice, mailoutbox: list[EmailMessage]) -> None:
    for key in ("vera", "gleb"):
        following.follow_practice(card, by=who(key))
    BankPractice.objects.filter(pk=card.pk).update(revision=2)
    assert night() == 2
    [letter] = [one for one in mailoutbox if one.to == [User.objects.get(pk=BY_KEY["vera"].uuid).email]]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.get(link).status_code == 200
    assert PracticeFollow.objects.count() == 2, "opening it stops nothing"
    assert visitor.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [one.user_id for one in PracticeFollow.objects.all()] == [BY_KEY["gleb"].uuid]


def test_without_the_right_no_letter_and_with_the_account_it_is_gone(
    card: BankPractice, mailoutbox: list[EmailMessage]
) -> None:
    following.follow_practice(card, by=who("vera"))
    BankPractice.objects.filter(pk=card.pk).update(revision=2)
    Membership.objects.filter(user=BY_KEY["vera"].uuid).update(valid_to=clock.today().replace(year=2020))
    night()
    assert not mailoutbox
    User.objects.filter(pk=BY_KEY["vera"].uuid).update(is_active=False)
    night()
    assert not PracticeFollow.objects.exists()


def test_there_is_a_bound_and_another_stops_nothing(
    card: BankPractice, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = following.follow_practice(card, by=who("vera"))
    assert as_("gleb").post(f"/me/followed/{found.uuid}/stop/").status_code == 404
    assert as_("zoya").post(f"/me/followed/about/{card.uuid}/").status_code == 403
    monkeypatch.setattr(following, "MOST_FOLLOWED", 0)
    with pytest.raises(Conflict):
        following.follow_practice(card, by=who("gleb"))
    assert following.follow_practice(card, by=who("vera")) == found
    assert as_("vera").post(f"/me/followed/{found.uuid}/stop/").status_code == 302
    assert not PracticeFollow.objects.exists()


def test_news_of_its_author_nomination_and_subject_are_a_saved_search(card: BankPractice, as_: As) -> None:
    vera = as_("vera")
    page = vera.get(f"/s/5/bank/{card.uuid}/").content.decode().replace("&amp;", "&")
    links = re.findall(r'href="(/me/searches/new/\?[^"]+)"', page)
    kinds = {link.split("?")[1].split("=")[0] for link in links}
    assert kinds == {"nomination", "subject", "q"}
    for link in links:
        assert vera.post(link, {"title": "Новое", "often": "weekly"}).status_code == 302


def test_by_the_api(card: BankPractice, as_: As) -> None:
    vera = as_("vera")
    json: dict[str, Any] = {"content_type": "application/json"}
    made = vera.post("/api/v1/me/followed/", {"card": str(card.uuid)}, **json)
    assert made.status_code == 201, made.content
    assert [one["title"] for one in vera.get("/api/v1/me/followed/").json()] == [card.title]
    stop = f"/api/v1/me/followed/{made.json()['uuid']}/stop/"
    assert as_("gleb").post(stop, headers={"If-Match": made["ETag"]}, **json).status_code == 404
    assert vera.post(stop, headers={"If-Match": made["ETag"]}, **json).status_code == 200
    assert not PracticeFollow.objects.exists()
