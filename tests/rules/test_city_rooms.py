"""Person × verb × object in the city: joining of schools, campaigns, received forms, expertise, the bank."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from best_practices import access as practices
from best_practices.models import BankPractice, Practice, PracticeCall, PracticeOrder, SearchWord
from portal.accounts.actors import actor_in, memberships_of
from portal.accounts.models import Membership, User
from portal.certificates import access as certificates
from portal.certificates.models import Certificate
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.municipality import access as city
from portal.municipality.models import ReferenceEntry
from tenants.context import in_city
from tenants.models import School
from tests.cast import BY_KEY
from tests.rules.tables import Verbs, answers, expected
from tests.workflows import test_city_practice_scenarios as practice_scene
from tests.workflows import test_city_scenarios as city_scene
from tests.workflows.test_city_practice_scenarios import in_city_as as expert_people
from tests.workflows.test_city_scenarios import in_city_as as city_people

__all__ = ["city_people", "expert_people"]
OFFICIALS = ("semyon", "darya", "elena")
OTHERS = ("nina", "pavel", "zhanna", "anna", "boris", "gleb", "zoya")
"""Experts are teachers of schools; in the city they see their own assignments only."""


@pytest.fixture
def people() -> dict[str, Actor]:
    """Everybody in the city's contour: who serves in a school only has no office here."""
    with in_city():
        found = {key: User.objects.get(pk=BY_KEY[key].uuid) for key in (*OFFICIALS, *OTHERS)}
        return {key: actor_in(user, memberships_of(user), None) for key, user in found.items()}


def check(people: dict[str, Actor], door: Any, thing: Any, sees: str, verbs: Verbs) -> None:
    for verb, (rule, may) in verbs.items():
        assert answers(people, door, thing.uuid, rule) == expected(people, sees, may), verb


@pytest.mark.usefixtures("in_city_as")
def test_schools_campaigns_and_forms(people: dict[str, Actor], school5: School) -> None:
    form = city_scene.came(city_scene.official)
    check(
        people,
        city.school_for,
        school5,
        "semyon darya elena",
        {"connect": (city.can_connect_school, "semyon")},
    )
    check(
        people, city.campaign_for, form.campaign, "semyon darya", {"lead": (city.can_lead_campaign, "semyon")}
    )
    check(
        people,
        city.received_form_for,
        form,
        "semyon darya",
        {
            "return": (city.can_check_form, "semyon darya"),
            "accept": (city.can_accept_form, "semyon"),
            "remind of one": (lambda by, form: city.can_remind(by), "semyon darya"),
        },
    )


def test_offices_of_the_city(people: dict[str, Actor]) -> None:
    held = Membership.objects.get(user=people["darya"].user)
    check(people, city.official_for, held, "semyon", {"end": (city.can_end_office, "semyon")})


def test_reference_lists(people: dict[str, Actor]) -> None:
    """Published: whoever has signed in reads them."""
    line = ReferenceEntry.objects.get(book="subject", code="physics")
    verbs = {"edit": (lambda by, entry: city.can_edit_reference(by), "semyon")}
    check(people, city.entry_for, line, " ".join(people), verbs)


def test_words_of_the_search(people: dict[str, Actor]) -> None:
    verbs = {"edit": (lambda by, word: practices.can_edit_search_words(by), "darya")}
    check(people, practices.search_word_for, SearchWord.objects.earliest("pk"), "darya", verbs)


@pytest.mark.usefixtures("in_city_as")
def test_certificates(people: dict[str, Actor], school5: School) -> None:
    """The register is the city's; what was issued to oneself is one's own."""
    practice_scene.published(practice_scene.official)
    found = Certificate.objects.get()
    Certificate.objects.update(holder=people["boris"].user)
    verbs = {
        "read all": (lambda by, one: certificates.can_read_register(by), " ".join(OFFICIALS)),
        "revoke": (certificates.can_revoke_certificate, "darya"),
    }
    check(people, certificates.certificate_for, found, " ".join((*OFFICIALS, "boris")), verbs)
    rights = frozenset({"certificate:read", "certificate:revoke"})
    inside = Actor(user=people["boris"].user, school=school5.uuid, permissions=rights)
    assert not certificates.can_read_register(inside)
    assert not certificates.can_revoke_certificate(inside, found)
    with pytest.raises(NotVisible):
        certificates.certificate_for(inside, found.uuid)


@pytest.fixture
def in_city_as(city_people: None, expert_people: None) -> None:
    """Both sets of officials of the scenarios."""


@pytest.mark.usefixtures("in_city_as")
def test_the_expertise(people: dict[str, Actor]) -> None:
    review = practice_scene.assigned(practice_scene.official)
    check(
        people,
        practices.practice_for,
        review.practice,
        "semyon darya elena",
        {
            "lead": (practices.can_lead_practice, "darya"),
            "publish": (practices.can_publish_practice, "semyon"),
            "take off": (practices.can_take_off_practice, ""),
            "keep the former": (practices.can_keep_former, ""),
        },
    )
    check(people, practices.review_for, review, "nina", {"fill": (practices.is_expert_of, "nina")})
    check(
        people,
        practices.sheet_for,
        review,
        "semyon darya elena nina",
        {"fill": (practices.is_expert_of, "nina"), "lead": (practices.can_lead_review, "darya")},
    )
    type(review).objects.update(state="declined")
    check(people, practices.review_for, review, "", {"fill": (practices.is_expert_of, "")})


@pytest.mark.usefixtures("in_city_as")
def test_the_bank_is_read_by_whoever_serves(people: dict[str, Actor], actor: Callable[..., Actor]) -> None:
    practice_scene.published(practice_scene.official)
    card = BankPractice.objects.get()
    officials = " ".join(OFFICIALS)
    of_card = Practice.objects.get(practice=card.practice)
    kept = {"keep the former": (practices.can_keep_former, "darya")}
    check(people, practices.practice_for, of_card, "semyon darya elena", kept)
    check(people, practices.bank_practice_for, card, officials, {"read": (lambda by, found: True, officials)})
    order = PracticeOrder.objects.create(
        school=School.objects.get(number=5), text="кружок", key="кружок", ordered_on=clock.today()
    )
    check(people, practices.order_for, order, "darya", {"answer": (practices.can_answer_order, "darya")})
    call = PracticeCall.objects.create(text="Кружок", due_on=clock.today(), announced_on=clock.today())
    verbs = {"announce": (lambda by, call: practices.can_announce_call(by), "darya")}
    check(people, practices.call_for, call, "darya", verbs)
    at_home = {key: actor(key) for key in OTHERS}
    serving = "nina pavel zhanna anna boris gleb"
    assert {key for key, by in at_home.items() if practices.can_order_practice(by)} == set(serving.split())
    assert not any(practices.can_order_practice(by) for by in people.values())
    may = frozenset({"bank:read"})
    of_the_city = Actor(user=None, school=None, offices=frozenset({"methodist"}), permissions=may)
    assert not practices.can_order_practice(of_the_city), "the city asks itself"
    assert not practices.can_order_practice(replace(at_home["boris"], permissions=frozenset()))
    assert not practices.can_order_practice(replace(at_home["boris"], offices=frozenset({"guest"})))
    check(at_home, practices.bank_practice_for, card, serving, {"read": (lambda by, found: True, serving)})


@pytest.mark.usefixtures("in_city_as")
def test_nobody_leads_the_expertise_from_inside_a_school(school5: School) -> None:
    """The same right of the same person counts in the city's contour alone."""
    review = practice_scene.assigned(practice_scene.official)
    practice = review.practice
    rights = frozenset({"practice:lead", "practice:publish", "practice:read"})
    at_home = Actor(user=BY_KEY["darya"].uuid, school=None, permissions=rights)
    inside = Actor(user=BY_KEY["darya"].uuid, school=school5.uuid, permissions=rights)
    for rule in (practices.can_lead_practice, practices.can_publish_practice):
        assert (rule(at_home, practice), rule(inside, practice)) == (True, False)
    assert practices.sheet_for(at_home, review.uuid) == review
    with pytest.raises(NotVisible):
        practices.sheet_for(inside, review.uuid)


def test_an_object_that_nobody_has_is_no_failure(people: dict[str, Actor]) -> None:
    doors = (practices.practice_for, practices.review_for, practices.led_review_for, practices.sheet_for)
    for door in doors:
        with pytest.raises(NotVisible):
            door(people["darya"], uuid4())
