"""Two employees of one school, one mailbox: refused wherever an address is written, and nobody is given another's card."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts import services as accounts
from portal.accounts.models import Invitation, Membership, User
from portal.core.actor import Actor
from portal.core.errors import Conflict, Invalid
from portal.staff import services
from portal.staff.models import Employee, ImportRow, StaffInvitation
from portal.staff.states import RowVerdict
from tenants.models import School
from tests.cast import BY_KEY
from tests.workflows.test_staff_import import PERSON, accepted, checked, table

pytestmark = pytest.mark.covers("found F5")
Inside = Callable[[School], Any]
SHARED = "shkola5@mail.example"
FIELDS = {"last_name": "Ерёмина", "first_name": "Ольга", "middle_name": "", "birth_date": dt.date(1990, 5, 5), "hired_on": dt.date(2020, 9, 1),
          "ped_stage_years": 4, "education_level": "higher", "category": "none", "rate": 1, "position": "teacher"}  # fmt: skip


@pytest.fixture
def anna(actor: Callable[..., Actor]) -> Actor:
    return actor("anna")


def boris() -> Employee:
    return Employee.objects.get(uuid=BY_KEY["boris"].employee)


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(Invalid) as refusal:
        act()
    assert refusal.value.field == "email"
    assert "Кравцов Б. И." in refusal.value.sentence
    assert "у каждого нужна своя" in refusal.value.sentence


def test_entering_editing_and_inviting_refuse_the_mailbox_of_another(school5: School, school12: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        theirs = boris().email
        for spelled in (theirs, theirs.upper()):
            refused(lambda spelled=spelled: services.enter_employee(by=anna, **FIELDS, email=spelled))
        vera = Employee.objects.get(uuid=BY_KEY["vera"].employee)
        refused(lambda: services.edit_employee(vera, by=anna, email=theirs))
        new = services.enter_employee(by=anna, **FIELDS, email=SHARED)
        refused(lambda: services.invite_employee(new, by=anna, email=theirs))
        services.edit_employee(new, by=anna, email=SHARED, hours_week=18)  # one's own address stays one's own
    with inside(school12):  # a person who serves in two schools has one mailbox in both
        gleb = Employee.objects.get(uuid=BY_KEY["gleb"].employee)
        services.edit_employee(gleb, by=Actor(None, school12.uuid, frozenset({"curator"}), frozenset({"employee:edit"})), email=theirs)
        assert Employee.objects.get(pk=gleb.pk).email == theirs


def test_an_address_by_which_another_was_invited_is_taken_too(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        StaffInvitation.objects.create(employee=boris(), office="teacher", email=SHARED, basis="список")
        refused(lambda: services.enter_employee(by=anna, **FIELDS, email=SHARED))


def test_a_file_is_told_so_in_its_rows(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        theirs = boris().email
        second = {**PERSON, "position": "педагог-психолог", "subjects": ""}
        other = {**PERSON, "last_name": "Ерёмина"}
        made = checked(table(PERSON, second, other, {**other, "last_name": "Уткина", "email": theirs}), anna)
        rows = list(ImportRow.objects.filter(staff_import=made).order_by("number"))
        assert [row.verdict for row in rows] == [RowVerdict.GOOD, RowVerdict.GOOD, RowVerdict.BAD, RowVerdict.BAD]
        assert [error["sentence"] for row in rows for error in row.errors] == [
            "Эта почта уже записана у другого сотрудника школы: строка 2. Приглашение и вход привязаны к почте, поэтому у каждого нужна своя.",
            "Эта почта уже записана у другого сотрудника школы: Кравцов Борис. Приглашение и вход привязаны к почте, поэтому у каждого нужна своя.",
        ]
        services.mend_row(rows[2], {"email": "eremina@school5.example"}, by=anna)
        services.enter_employee(by=anna, **{**FIELDS, "last_name": "Сидорова"}, email=PERSON["email"])  # meanwhile, by hand
        accepted(made, anna)
        rows = list(ImportRow.objects.filter(staff_import=made).order_by("number"))
        assert [row.verdict for row in rows] == [RowVerdict.BAD, RowVerdict.BAD, RowVerdict.ACCEPTED, RowVerdict.BAD]
        assert "Сидорова Ольга" in rows[0].errors[0]["sentence"]


def test_by_a_shared_mailbox_nobody_gets_the_card_of_another(school5: School, inside: Inside, anna: Actor) -> None:
    """An old letter, from before the rule: boris has joined by this address, the letter names the card of another."""
    user = User.objects.get(pk=BY_KEY["boris"].uuid)
    with inside(school5):
        card = services.enter_employee(by=anna, **FIELDS, email="")
        token, _ = accounts.new_invitation(user.email, office="teacher", employee=card.uuid, basis="список")
    Invitation.objects.create(school=school5, office="teacher", employee=card.uuid, basis="список", token_hash=accounts.hash_of(token),
                              address_hmac=accounts.address_hmac(user.email), expires_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))  # fmt: skip
    with pytest.raises(Conflict, match="уже вошёл другой сотрудник"):
        accounts.accept_invitation(token, accounts.NewPerson(user.email, user.last_name, user.first_name), known=user)
    assert not Membership.objects.filter(employee=card.uuid).exists()
