"""Thanks to the authors of a practice: one press, once a person, taken back; read by the authors, told to
their school in numbers.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from best_practices.models import BankPractice, PracticeThanks
from best_practices.services import thanks as giving
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible
from portal.school_practices.models import SchoolPractice
from tenants import post
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.readers import published, who
from tests.practices.test_comments import on_card, read

As = Callable[[str], Client]
WHY = "Приём с двумя листами избавил нас от споров после урока."


@pytest.fixture
def card(content: dict[str, Any], db: None) -> BankPractice:
    return published(content)


def test_one_press_on_the_card_and_the_author_reads_it(card: BankPractice, as_: As) -> None:
    gleb = as_("gleb")
    assert f'action="/me/thanks/about/{card.uuid}/"' in on_card(card, gleb, 12)
    pressed = gleb.post(f"/me/thanks/about/{card.uuid}/", follow=True)
    assert pressed.redirect_chain[-1][0] == f"/s/12/bank/{card.uuid}/", "back to the card of the own school"
    assert "Спасибо! Авторы это увидят." in read(pressed)
    assert "Спасибо от 1 педагога" in on_card(card, as_("vera"))
    assert "Орлов Г. С." not in on_card(card, as_("vera")), "who has thanked is read by the authors only"
    listed = read(as_("boris").get("/me/thanks/"))
    assert "Вам сказали спасибо: 1 раз" in listed
    assert "Орлов Г. С., " in listed
    assert "Вам сказали спасибо" not in read(as_("vera").get("/me/thanks/"))
    assert gleb.post(f"/me/thanks/about/{card.uuid}/", {"words": WHY}).status_code == 302
    assert WHY in read(as_("boris").get("/me/thanks/"))
    assert gleb.post(f"/me/thanks/about/{card.uuid}/").status_code == 302
    row = PracticeThanks.objects.get()
    assert row.words == WHY, "a second press takes no word away"
    assert gleb.post(f"/me/thanks/{row.uuid}/back/").status_code == 302
    assert "Пока никто не поблагодарил" in on_card(card, as_("vera"))
    assert not PracticeThanks.objects.exists()


def test_who_may_and_what_is_refused(card: BankPractice, as_: As) -> None:
    with pytest.raises(Conflict):
        giving.thank_authors(card, by=who("boris"))
    for key in ("zoya", "darya"):
        with pytest.raises(Forbidden):
            giving.thank_authors(card, by=who(key))
    with pytest.raises(Invalid) as refused:
        giving.thank_authors(card, words="щ" * 301, by=who("gleb"))
    assert refused.value.field == "words"
    row = giving.thank_authors(card, by=who("gleb"))
    with pytest.raises(NotVisible):
        giving.take_thanks_back(row, by=who("vera"))
    assert as_("vera").post(f"/me/thanks/{row.uuid}/back/").status_code == 404
    assert PracticeThanks.objects.count() == 1


def test_the_school_of_the_authors_is_told_numbers_and_no_names(
    card: BankPractice, as_: As, school5: School, actor: Callable[..., Actor]
) -> None:
    with in_school(school5):
        SchoolPractice.objects.create(uuid=card.practice, title=card.title, state="published")
        version = SchoolPractice.objects.get().version
    for key in ("gleb", "nina", "vera"):
        giving.thank_authors(card, words=WHY, by=who(key))
    giving.take_thanks_back(PracticeThanks.objects.get(user=BY_KEY["vera"].uuid), by=who("vera"))
    post.deliver_everything()
    with in_school(school5):
        kept = SchoolPractice.objects.get()
        assert (kept.thanks, kept.thanks_schools, kept.version) == (2, 2, version)
    page = read(as_("zhanna").get(f"/s/5/practices/{card.practice}/"))
    assert "2 педагога из 2 школ" in page
    assert "Орлов" not in page
    told = as_("zhanna").get(f"/s/5/api/v1/school-practices/{card.practice}/").json()
    assert (told["thanks"], told["thanks_schools"]) == (2, 2)


def test_by_the_api(card: BankPractice, as_: As) -> None:
    gleb = as_("gleb")
    json: dict[str, Any] = {"content_type": "application/json"}
    given = {"card": str(card.uuid), "words": WHY}
    made = gleb.post("/api/v1/me/thanks/", given, **json)
    assert made.status_code == 201, made.content
    assert [one["words"] for one in gleb.get("/api/v1/me/thanks/").json()] == [WHY]
    (to_me,) = as_("boris").get("/api/v1/me/thanks/to-me/").json()
    assert (to_me["who"], to_me["words"]) == ("Орлов Г. С.", WHY)
    assert as_("vera").get(f"/s/5/api/v1/bank/{card.uuid}/").json()["thanks"] == 1
    back = gleb.post(
        f"/api/v1/me/thanks/{made.json()['uuid']}/back/", headers={"If-Match": made["ETag"]}, **json
    )
    assert back.status_code == 200, back.content
    assert not PracticeThanks.objects.exists()
