"""Two people of one school, one mailbox: refused wherever an address is written, and nobody is given
another's card.
"""

import ast
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from portal.accounts import services as accounts
from portal.accounts.models import Invitation, Membership, User
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Invalid
from portal.staff import services
from portal.staff.models import ImportRow, Person, StaffInvitation
from portal.staff.states import RowVerdict
from tenants.models import School
from tests.architecture.test_house_lints import CODE, where
from tests.cast import BY_KEY
from tests.workflows.staff_lists import PERSON, accepted, checked, table

pytestmark = pytest.mark.covers("found F5")
Inside = Callable[[School], Any]
SHARED = "shkola5@mail.example"
FIELDS: dict[str, Any] = {
    "last_name": "Ерёмина",
    "first_name": "Ольга",
    "middle_name": "",
    "birth_date": dt.date(1990, 5, 5),
    "hired_on": dt.date(2020, 9, 1),
    "ped_stage_years": 4,
    "education_level": "higher",
    "category": "none",
    "rate": 1,
    "position": "teacher",
}


@pytest.fixture
def anna(actor: Callable[..., Actor]) -> Actor:
    return actor("anna")


def boris() -> Person:
    return Person.objects.get(uuid=BY_KEY["boris"].person)


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(Invalid) as refusal:
        act()
    assert refusal.value.field == "email"
    assert "Кравцов Б. И." in refusal.value.sentence
    assert "у каждого нужна своя" in refusal.value.sentence


def test_entering_editing_and_inviting_refuse_the_mailbox_of_another(
    school5: School, school12: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        theirs = boris().email
        for spelled in (theirs, theirs.upper()):
            refused(lambda spelled=spelled: services.enter_person(by=anna, **FIELDS, email=spelled))  # type: ignore[misc]
        vera = Person.objects.get(uuid=BY_KEY["vera"].person)
        refused(lambda: services.edit_person(vera, by=anna, email=theirs))
        new = services.enter_person(by=anna, **FIELDS, email=SHARED)
        refused(lambda: services.invite_person(new, by=anna, email=theirs))
        services.edit_person(new, by=anna, email=SHARED, hours_week=18)  # one's own address stays one's own
    with inside(school12):  # a person who serves in two schools has one mailbox in both
        gleb = Person.objects.get(uuid=BY_KEY["gleb"].person)
        services.edit_person(
            gleb,
            by=Actor(None, school12.uuid, frozenset({"curator"}), frozenset({"person:edit"})),
            email=theirs,
        )
        assert Person.objects.get(pk=gleb.pk).email == theirs


def test_an_address_by_which_another_was_invited_is_taken_too(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        StaffInvitation.objects.create(person=boris(), office="teacher", email=SHARED, basis="список")
        refused(lambda: services.enter_person(by=anna, **FIELDS, email=SHARED))


AGAIN: dict[str, Any] = {"hired_on": dt.date(2026, 12, 1), "ped_stage_years": 5}


def test_whoever_comes_back_finds_the_address_anothers(school5: School, inside: Inside, anna: Actor) -> None:
    """A dismissal that is taken back, or moved on; the address, given to another meanwhile, is asked for
    anew.
    """
    with inside(school5):
        lev = Person.objects.get(uuid=BY_KEY["lev"].person)
        services.edit_person(lev, by=anna, email=SHARED)
        services.dismiss_person(lev, on=clock.today() - dt.timedelta(days=9), reason="other", by=anna)
        services.edit_person(boris(), by=anna, email=SHARED)
        refused(lambda: services.take_dismissal_back(lev, by=anna))
        refused(
            lambda: services.dismiss_person(
                lev, on=clock.today() + dt.timedelta(days=9), reason="other", by=anna
            )
        )
        refused(lambda: services.take_on(lev, by=anna, position="teacher", **AGAIN))
        services.edit_person(lev, by=anna, email="lev.new@school5.example")
        services.take_dismissal_back(lev, by=anna)


def test_an_office_given_with_an_address_asks_whose_it_is(
    school5: School, inside: Inside, anna: Actor, actor: Callable[..., Actor]
) -> None:
    with inside(school5):
        new = services.enter_person(by=anna, **FIELDS, email="")
        office: dict[str, Any] = {"basis": "приказ № 5", "valid_from": clock.today(), "by": actor("zhanna")}
        refused(lambda: services.give_office_by_hand(new, "psychologist", email=boris().email, **office))


# ── Whatever writes an address ──────────────────────────────────────────────────────────────────────
ASKS = {"refuse_shared", "owner_of", "known_mailboxes"}
ASKED_BEFORE = {
    "portal/staff/services/accepting.py:add": "_mailbox_was_taken has asked, in the transaction that writes",
    "portal/staff/services/hiring.py:hire_each": "the same",
    "portal/staff/services/accepting.py:_fill_card": "the same",
    "portal/staff/selectors/merging.py:_clashes": "looks, and saves nothing",
    "portal/staff/services/dividing.py:divide_person": "the new card has no address",
    "portal/staff/services/guests.py:correct_stay": "writes the days of a stay",
    "portal/staff/services/merging.py:merge_people": "the address was the other card's, which is no more",
    "portal/staff/services/merging.py:_empty_again": "takes an address away",
    "portal/staff/services/names.py:correct_former_name": "writes a former name",
    "portal/staff/services/absences.py:correct_absence": "writes the days of an absence",
    "portal/staff/services/people.py:_written": "sets what is new; whoever calls it asks and saves",
    "portal/staff/services/hiring.py:add_work": "writes what a period of work lacks",
    "portal/staff/services/hiring.py:make_person": "its callers ask: _entered, _principal",
    "portal/staff/services/positions.py:change_position": "writes what somebody does",
    "portal/staff/services/mending.py:_judge_anew": "writes the verdict of a row",
    "portal/staff/services/mending.py:_count_anew": "writes how many rows a file has",
    "portal/staff/workflow/imports.py:_write_counts": "writes how many rows a file has",
}
CITY = ("portal/municipality/", "portal/accounts/", "portal/demo/")
"""Addresses of officials and of accounts are not those of people."""


def writers(source: str, *, of_staff: bool) -> Iterator[tuple[str, bool]]:
    """(function that writes an address of a person, or may, because it writes whatever it is given;
    whether it asks).
    """
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef) and any(
            _writes(node, of_staff) for node in ast.walk(function)
        ):
            yield (
                function.name,
                any(isinstance(node, ast.Name) and node.id in ASKS for node in ast.walk(function)),
            )


def _writes(node: ast.AST, of_staff: bool) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Attribute) and target.attr == "email" for target in node.targets)
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id in ("Person", "StaffInvitation") or (of_staff and node.func.id == "setattr")
    whose = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value).split(".")[0] in (
        "Person",
        "StaffInvitation",
    )
    return whose and (
        _makes(node.func) or any(named.arg == "email" for named in node.keywords if _updates(node.func))
    )


def _makes(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and func.attr in (
        "create",
        "get_or_create",
        "update_or_create",
        "bulk_create",
        "bulk_update",
    )


def _updates(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and func.attr == "update"


def test_whatever_writes_an_address_asks_whose_it_is() -> None:
    found = {
        f"{where(path)}:{name}": asks
        for path in CODE
        if not where(path).startswith(CITY)
        for name, asks in writers(path.read_text(), of_staff=where(path).startswith("portal/staff/"))
    }
    silent = {name for name, asks in found.items() if not asks}
    assert sorted(silent - set(ASKED_BEFORE)) == [], (
        "call portal.staff.mailboxes.refuse_shared before the address is written, or say in ASKED_BEFORE "
        "who has asked"
    )
    assert set(ASKED_BEFORE) <= silent, "these write nothing any more: take them out of the table"
    assert len(found) >= 8


def test_a_file_is_told_so_in_its_rows(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        theirs = boris().email
        second = {**PERSON, "position": "педагог-психолог", "subjects": ""}
        other = {**PERSON, "last_name": "Ерёмина"}
        made = checked(table(PERSON, second, other, {**other, "last_name": "Уткина", "email": theirs}), anna)
        rows = list(ImportRow.objects.filter(staff_import=made).order_by("number"))
        assert [row.verdict for row in rows] == [
            RowVerdict.GOOD,
            RowVerdict.GOOD,
            RowVerdict.BAD,
            RowVerdict.BAD,
        ]
        assert [error["sentence"] for row in rows for error in row.errors] == [
            "Эта почта уже записана у другого сотрудника школы: строка 2. Приглашение и вход привязаны к "
            "почте, поэтому у каждого нужна своя.",
            "Эта почта уже записана у другого сотрудника школы: Кравцов Борис. Приглашение и вход привязаны "
            "к почте, поэтому у каждого нужна своя.",
        ]
        services.mend_row(rows[2], {"email": "eremina@school5.example"}, by=anna)
        # meanwhile, by hand
        services.enter_person(by=anna, **{**FIELDS, "last_name": "Сидорова"}, email=PERSON["email"])
        accepted(made, anna)
        rows = list(ImportRow.objects.filter(staff_import=made).order_by("number"))
        assert [row.verdict for row in rows] == [
            RowVerdict.BAD,
            RowVerdict.BAD,
            RowVerdict.ACCEPTED,
            RowVerdict.BAD,
        ]
        assert "Сидорова Ольга" in rows[0].errors[0]["sentence"]


def test_by_a_shared_mailbox_nobody_gets_the_card_of_another(
    school5: School, inside: Inside, anna: Actor
) -> None:
    """An old letter, from before the rule: boris has joined by this address, the letter names the card of
    another.
    """
    user = User.objects.get(pk=BY_KEY["boris"].uuid)
    with inside(school5):
        card = services.enter_person(by=anna, **FIELDS, email="")
        token, _ = accounts.new_invitation(user.email, office="teacher", person=card.uuid, basis="список")
    Invitation.objects.create(
        school=school5,
        office="teacher",
        person=card.uuid,
        basis="список",
        token_hash=accounts.hash_of(token),  # type: ignore[attr-defined]
        address_hmac=accounts.address_hmac(user.email),
        expires_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC),
    )
    with pytest.raises(Conflict, match="уже вошёл другой сотрудник"):
        accounts.accept_invitation(
            token, accounts.NewPerson(user.email, user.last_name, user.first_name), known=user
        )
    assert not Membership.objects.filter(person=card.uuid).exists()
