"""Person × verb × object for people, uploads, acts and orders of school 5."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.local_acts import access as acts
from portal.local_acts.models import Order
from portal.staff import access as staff
from portal.staff.models import Person, PersonalConsent
from tenants.models import School

PEOPLE = ("zhanna", "anna", "kira", "lev", "irina", "boris", "vera")


def of(person: Person) -> PersonalConsent:
    return PersonalConsent(person=person, kind="processing")


LEFT = Person()
TABLE = [
    ("enter a person", lambda by, vera: staff.can_enter_person(by), {"anna", "kira"}),
    ("enter the deputy", lambda by, vera: staff.can_enter_deputy(by), {"zhanna"}),
    ("edit Vera", staff.can_edit_person, {"anna", "kira"}),
    ("read Vera's dates", staff.can_read_details, {"zhanna", "anna", "kira", "vera"}),
    ("say that two cards are one person", lambda by, vera: staff.can_merge_people(by), {"anna", "kira"}),
    ("decide who is young here", lambda by, vera: staff.can_decide_young(by), {"zhanna", "anna"}),
    ("write down a guest", lambda by, vera: staff.can_keep_guests(by), {"anna", "kira"}),
    ("write down that Vera is away", lambda by, vera: staff.can_keep_absences(by), {"anna", "kira"}),
    ("invite Vera", staff.can_invite_person, {"zhanna", "anna", "kira"}),
    ("answer another school about a way in", lambda by, vera: staff.can_answer_access(by), {"zhanna"}),
    ("recognise who accepted", lambda by, vera: staff.can_recognise(by), {"zhanna", "anna", "kira"}),
    ("import staff", lambda by, vera: staff.can_import_staff(by), {"anna", "kira"}),
    ("prepare Vera's consent", staff.can_prepare_consent, {"anna", "kira", "vera"}),
    (
        "enter Vera's signed consent",
        lambda by, vera: staff.can_give_consent(by, of(vera)),
        {"anna", "kira", "vera"},
    ),
    ("withdraw Vera's consent", lambda by, vera: staff.can_withdraw_consent(by, of(vera)), {"vera"}),
    (
        "withdraw the consent of whoever has no way into the portal",
        lambda by, vera: staff.can_withdraw_consent(by, of(Person(user=None))),
        {"anna", "kira"},
    ),
    ("see offices", lambda by, vera: staff.can_see_offices(by), {"zhanna", "anna", "kira"}),
    ("lead offices", lambda by, vera: staff.can_lead_offices(by), {"zhanna"}),
    ("give an office", staff.can_give_office, {"zhanna"}),
    ("ask to let in", staff.can_mend_account, {"zhanna"}),
    ("ask to let in who has left", lambda by, vera: staff.can_mend_account(by, LEFT), set()),
    ("give an office to somebody who has left", lambda by, vera: staff.can_give_office(by, LEFT), set()),
    ("invite somebody who has left", lambda by, vera: staff.can_invite_person(by, LEFT), set()),
    ("prepare a local act", lambda by, vera: acts.can_prepare_act(by), {"zhanna", "anna"}),
    ("approve a local act", lambda by, vera: acts.can_approve_act(by), {"zhanna"}),
    ("appoint the curator", lambda by, vera: acts.can_appoint_curator(by), {"zhanna"}),
    ("draft an order", lambda by, vera: acts.can_draft_order(by, "T-08"), {"anna", "kira"}),
    (
        "draft the curator's order",
        lambda by, vera: acts.can_draft_order(by, "T-04"),
        {"zhanna", "anna", "kira"},
    ),
    (
        "register the order about the curator",
        lambda by, vera: acts.can_register_order(by, Order(code="T-04")),
        {"zhanna"},
    ),
    (
        "register the order of a pair",
        lambda by, vera: acts.can_register_order(by, Order(code="T-08")),
        {"zhanna", "kira"},
    ),
]


@pytest.mark.parametrize(("verb", "rule", "allowed"), TABLE, ids=[row[0] for row in TABLE])
def test_rules(
    school5: School,
    inside: Callable[..., Any],
    actor: Callable[..., Actor],
    verb: str,
    rule: Callable[..., bool],
    allowed: set[str],
) -> None:
    with inside(school5):
        vera = Person.objects.prefetch_related("employments").get(user=actor("vera").user)
        assert {key for key in PEOPLE if rule(actor(key), vera)} == allowed


def test_doors(school5: School, inside: Callable[..., Any], actor: Callable[..., Actor]) -> None:
    with inside(school5):
        vera = Person.objects.get(user=actor("vera").user)
        for key in ("zhanna", "anna", "kira", "lev", "irina", "vera"):
            assert staff.person_for(actor(key), vera.uuid) == vera
        for by in (actor("boris"), actor("gleb", school5), actor("semyon", school5)):
            with pytest.raises(NotVisible):
                staff.person_for(by, vera.uuid)
