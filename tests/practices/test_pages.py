"""The same journey by hand: every page of practices as its person meets it."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from best_practices.models import BankPractice, Practice, Review
from portal.core.actor import Actor
from portal.demo.cast import BY_KEY
from portal.school_practices.models import Authorship, SchoolPractice
from portal.school_records.models import Outbox
from portal.staff.models import Person
from tenants import post
from tenants.models import School
from tests.markup import squeezed
from tests.practices.conftest import consent_to_publish
from tests.practices.test_journey_of_a_practice import handed_over, in_school_bank

AsPerson = Callable[[str], Client]
Inside = Callable[[School], Any]


def send(client: Client, url: str, **fields: Any) -> Any:
    """A POST as a page makes it: with a repeat key of its own unless one is given."""
    return client.post(url, {"repeat_key": uuid4().hex, **fields})


def fields_of(content: dict[str, Any]) -> dict[str, Any]:
    rows = {
        f"step_{n}_{name}": value for n, row in enumerate(content["steps"][:4]) for name, value in row.items()
    }
    rows |= {
        f"result_{n}_{name}": value
        for n, row in enumerate(content["results"][:2])
        for name, value in row.items()
    }
    plain = {k: v for k, v in content.items() if k not in ("steps", "results", "tasks", "keywords")}
    return {
        **plain,
        **rows,
        "tasks": "\n".join(content["tasks"]),
        "keywords": ", ".join(content["keywords"]),
        "authors": [str(BY_KEY["boris"].person)],
        "has_no_pupil_data": "on",
        "has_image_consents": "on",
    }


def test_from_a_blank_page_to_the_bank(
    as_: AsPerson,
    school5: School,
    inside: Inside,
    content: dict[str, Any],
    sheet: dict[str, Any],
    actor: Callable[..., Actor],
) -> None:
    boris, lev, zhanna, darya, semyon = (as_(key) for key in ("boris", "lev", "zhanna", "darya", "semyon"))
    answer = send(boris, "/s/5/practices/new/", **fields_of(content))
    assert answer.status_code == 302, re.findall(
        r'class="invalid-feedback[^>]*>([^<]+)', answer.content.decode()
    )
    page = answer["Location"]
    for client, url, status in [
        (boris, page, 200),
        (boris, page + "edit/", 200),
        (boris, page + "word/", 200),
        (lev, page, 404),
        (as_("gleb"), page, 404),
    ]:
        assert client.get(url).status_code == status, url
    assert send(boris, page + "move/", verb="submit").status_code == 302
    assert (
        send(
            lev, page + "review/", **sheet["scores"], comment=sheet["comment"], recommendation="publish"
        ).status_code
        == 302
    )
    assert send(lev, page + "move/", verb="accept").status_code == 302
    assert "T-29" in zhanna.get(page + "hand-over/").content.decode()
    with inside(school5):
        consent_to_publish("boris")
    assert send(as_("anna"), page + "hand-over/").status_code == 403
    assert send(zhanna, page + "hand-over/").status_code == 302
    post.deliver_everything()
    city = f"/practices/{Practice.objects.get().uuid}/"
    assert send(darya, city + "move/", verb="receive").status_code == 302
    for key in ("nina", "pavel"):
        assert send(as_(key), "/me/expert/", subjects=["russian"], agrees="on").status_code == 302
        form = darya.get(city).content.decode()
        candidate = re.search(rf'value="([0-9a-f-]+)"[^>]*>\s*<span>\s*<b>{BY_KEY[key].last_name}', form)
        assert candidate, "the expert is offered"
        assert send(darya, city, expert=candidate[1]).status_code == 302
    assert send(darya, city + "move/", verb="start_review").status_code == 302
    for key in ("nina", "pavel"):
        mine = f"/expertise/{Review.objects.get(expert=BY_KEY[key].uuid).uuid}/"
        send(as_(key), mine + "accept/")
        blind = as_(key).get(mine).content.decode().replace("\xa0", " ")
        assert "Кравцов" not in blind
        assert "Школа № 5" not in blind
        assert (
            send(
                as_(key), mine, **sheet["scores"], comment=sheet["comment"], recommendation="publish"
            ).status_code
            == 302
        )
        assert as_(key).get(mine + "sheet/").status_code == 200
    for url in (city, city + "protocol/", "/practices/", "/practices/experts/"):
        assert darya.get(url).status_code == 200, url
    assert send(darya, city + "move/", verb="recommend").status_code == 302
    assert send(darya, city + "move/", verb="publish").status_code == 403
    assert send(semyon, city + "move/", verb="publish").status_code == 302
    post.deliver_everything()
    assert BankPractice.objects.get().code in boris.get(page).content.decode()
    assert (
        as_("gleb")
        .get("/s/12/bank/", {"q": "педагоги"})
        .content.decode()
        .count(str(BankPractice.objects.get().uuid))
        >= 1
    )


def test_a_double_click_hands_over_once(
    drafted: SchoolPractice,
    school5: School,
    inside: Inside,
    actor: Callable[..., Actor],
    as_: AsPerson,
    sheet: dict[str, Any],
) -> None:
    in_school_bank(drafted, school5, inside, actor, sheet)
    with inside(school5):
        consent_to_publish("boris")
    url, key = f"/s/5/practices/{drafted.uuid}/hand-over/", uuid4().hex
    answers = [as_("zhanna").post(url, {"repeat_key": key, "version": "3"}) for _ in range(2)]
    with inside(school5):
        assert [a.status_code for a in answers] == [302, 302]
        assert Outbox.objects.filter(kind="best_practices.handed_over").count() == 1


def test_a_stale_form_loses_nothing(drafted: SchoolPractice, as_: AsPerson, content: dict[str, Any]) -> None:
    url, boris = f"/s/5/practices/{drafted.uuid}/edit/", as_("boris")
    fields = fields_of(content)
    assert send(boris, url, **fields, version="1").status_code == 302
    late = send(boris, url, **{**fields, "goal": "Моя новая цель, которую жалко потерять. " * 4}, version="1")
    assert late.status_code == 409
    assert "Моя новая цель" in late.content.decode()


def test_mistakes_are_told_at_their_fields(as_: AsPerson, content: dict[str, Any]) -> None:
    answer = send(
        as_("boris"), "/s/5/practices/new/", **{**fields_of(content), "title": "", "goal": "Цель на месте"}
    )
    assert answer.status_code == 422
    assert "Цель на месте" in answer.content.decode()


@pytest.mark.parametrize(
    ("key", "status"), [("darya", 200), ("semyon", 200), ("nina", 403), ("zhanna", 403), ("zoya", 403)]
)
def test_who_sees_what_schools_handed_over(
    key: str,
    status: int,
    drafted: SchoolPractice,
    school5: School,
    inside: Inside,
    actor: Callable[..., Actor],
    sheet: dict[str, Any],
    as_: AsPerson,
) -> None:
    practice = handed_over(drafted, school5, inside, actor, sheet)
    assert as_(key).get("/practices/").status_code == status
    assert as_(key).get(f"/practices/{practice.uuid}/").status_code == (200 if status == 200 else 404)


def test_a_strangers_review_is_not_there(as_: AsPerson) -> None:
    assert as_("pavel").get(f"/expertise/{UUID(int=7)}/").status_code == 404
    assert as_("pavel").get("/expertise/").status_code == 200


def test_a_practice_of_two_authors_is_one_row_of_the_list(
    as_: AsPerson, drafted: SchoolPractice, school5: School, inside: Inside
) -> None:
    with inside(school5):
        Authorship.objects.create(
            practice=drafted, person=Person.objects.get(uuid=BY_KEY["vera"].person), place=2
        )
    for key in ("boris", "vera"):
        assert 'Всего: <span class="num">1<' in as_(key).get("/s/5/practices/").content.decode()


def test_who_has_reviewed_is_led_to_the_decision(
    as_: AsPerson, drafted: SchoolPractice, sheet: dict[str, Any]
) -> None:
    page, lev = f"/s/5/practices/{drafted.uuid}/", as_("lev")
    send(as_("boris"), page + "move/", verb="submit")
    refused = send(lev, page + "review/").content.decode().replace("\xa0", " ")
    assert "Выберите один из вариантов." in refused
    assert "Обязательное поле" not in refused
    assert ">Оценить<" in squeezed(lev.get(page).content.decode())
    send(lev, page + "review/", **sheet["scores"], comment=sheet["comment"], recommendation="publish")
    shown = squeezed(lev.get(page).content.decode())
    assert "Изменить свою оценку" in shown
    assert re.search(r'class="btn btn-primary" type="submit" name="verb" value="accept"', shown)
