"""SM-17: a school from a draft to work, by the department's hand and by the school's letters."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail

from portal.accounts import services as accounts
from portal.accounts.models import Invitation, User
from portal.accounts.services import begin_membership
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.next_steps import steps_for
from portal.municipality import services
from portal.municipality.background import invite_principal_by_mail
from portal.municipality.models import SchoolStepDone
from portal.municipality.requisites import inn_with_control, is_inn, is_ogrn
from portal.municipality.services import Requisites
from portal.municipality.workflow import SCHOOL
from portal.municipality.workflow.schools import Agreement
from tenants import jobs
from tenants.models import School, SchoolOpening, SchoolState

GOOD = Requisites(
    full_name="Лицей № 31",
    short_name="Лицей № 31",
    code="lyceum-31",
    inn=inn_with_control("673100031"),
    number=31,
)
Acting = Callable[..., Actor]


@pytest.fixture
def semyon(actor: Acting) -> Actor:
    return actor("semyon")


@pytest.fixture
def draft(semyon: Actor) -> School:
    return services.add_school(GOOD, by=semyon)


def signed(school: School, by: Actor) -> School:
    agreement = Agreement(
        agreement_number="С-31",
        agreement_on=dt.date(2026, 9, 1),
        agreed_counters=["employees", "active_pairs"],
    )
    return SCHOOL.move(school, "sign_docs", asked=agreement, by=by)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("inn", "6731000311"),
        ("inn", "12"),
        ("ogrn", "1026701422180"),
        ("code", "Лицей"),
        ("code", "5"),
        ("code", "api"),
        ("code", "-a"),
        ("inn", "taken"),
    ],
)
def test_requisites_that_cannot_be_true_are_refused_at_their_field(
    field: str, wrong: str, semyon: Actor, school5: School
) -> None:
    value = school5.inn if wrong == "taken" else wrong
    if wrong == "taken":
        value = School.objects.create(
            code="x", short_name="x", full_name="x", inn=inn_with_control("111111111")
        ).inn
    with pytest.raises(Invalid) as refused:
        services.add_school(replace(GOOD, **{field: value}), by=semyon)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert services.add_school(GOOD, by=semyon).state == SchoolState.DRAFT


def test_what_is_over_or_not_yet_is_not_changed(draft: School, semyon: Actor, school5: School) -> None:
    """An agreement that is not written down, an address that people have, a school in the archive."""
    agreement = Agreement(agreement_number="С-31", agreement_on=dt.date(2026, 9, 1), agreed_counters=[])
    with pytest.raises(Conflict, match="no_agreement"):
        services.mend_agreement(draft, agreement, by=semyon)
    moved = replace(GOOD, code="school-99", inn=inn_with_control("673100032"), kind="castle")
    with pytest.raises(Invalid, match="code_kept"):
        services.edit_school(school5, moved, by=semyon)
    with pytest.raises(Invalid) as wrong:
        services.add_school(moved, by=semyon)
    assert wrong.value.fields.keys() == {"kind"}
    School.objects.filter(pk=school5.pk).update(state=SchoolState.ARCHIVED)
    with pytest.raises(Conflict, match="archived"):
        services.edit_school(school5, moved, by=semyon)
    with pytest.raises(Invalid, match="step"):
        services.keep_step(draft, "danced")
    assert not SchoolStepDone.objects.filter(school=draft).exists()


def test_control_digits() -> None:
    assert is_inn("7707083893")
    assert not is_inn("7707083894")
    assert is_ogrn("1027700132195")
    assert not is_ogrn("1027700132196")


def test_only_the_specialist_adds_schools(actor: Acting) -> None:
    with pytest.raises(Forbidden):
        services.add_school(GOOD, by=actor("darya"))


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("agreement_number", " "), ("agreement_on", dt.date(2090, 1, 1)), ("agreed_counters", ["names"])],
)
@pytest.mark.covers("SM-17.sign_docs")
def test_an_agreement_has_number_date_and_known_counters(
    field: str, wrong: object, draft: School, semyon: Actor
) -> None:
    fields: dict[str, Any] = {
        "agreement_number": "С-31",
        "agreement_on": dt.date(2026, 9, 1),
        "agreed_counters": ["employees"],
    }
    with pytest.raises(Invalid) as refused:
        SCHOOL.move(draft, "sign_docs", asked=Agreement(**{**fields, field: wrong}), by=semyon)
    assert refused.value.field == field
    assert SCHOOL.move(draft, "sign_docs", asked=Agreement(**fields), by=semyon).agreed_counters == [
        "employees"
    ]


@pytest.mark.covers("SM-17.open")
def test_opening_is_asked_for_once_and_again_after_trouble(
    draft: School, semyon: Actor, queued: list[str]
) -> None:
    with pytest.raises(Conflict):
        services.ask_to_open(draft, by=semyon)
    signed(draft, semyon)
    services.ask_to_open(draft, by=semyon)
    services.ask_to_open(draft, by=semyon)
    assert queued == ["municipality.open_school"]
    opening = SchoolOpening.objects.get(school=draft)
    opening.trouble = "OperationalError: связь пропала"
    opening.save_change("trouble")
    services.ask_to_open(draft, by=semyon)
    assert queued == ["municipality.open_school"] * 2


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of jobs that were put into the queue."""
    names: list[str] = []
    monkeypatch.setattr(jobs, "enqueue", lambda job, *rest: names.append(job.name))
    return names


@pytest.fixture
def opened(draft: School, semyon: Actor) -> School:
    """Without a schema: what follows is told by letters and memberships only."""
    return SCHOOL.move(signed(draft, semyon), "open", by=semyon)


@pytest.mark.covers("SM-17.principal_joined")
def test_the_principal_gets_one_letter_that_works(opened: School, semyon: Actor, queued: list[str]) -> None:
    for _ in range(2):
        services.invite_principal(
            opened, name="Комарова Ирина Львовна", email="Komarova@school31.example", by=semyon
        )
        invite_principal_by_mail(by=semyon, school_uuid=str(opened.uuid))
    letters = [m for m in mail.outbox if "Лицей № 31" in m.subject]
    assert [m.to for m in letters] == [["komarova@school31.example"]] * 2
    assert "/invitation/" in letters[0].body
    invitations = Invitation.objects.filter(school=opened)
    assert [i.expires_at > clock.now() for i in invitations.order_by("pk")] == [False, True]


@pytest.mark.covers("SM-17.curator_appointed", "SM-17.act_in_force", "SM-17.staff_imported", "SM-17.activate")
def test_the_school_comes_to_work_by_its_own_steps_in_any_order(
    opened: School, semyon: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the school of this test has no schema to write to
    monkeypatch.setattr(accounts, "send", lambda *a, **k: None)
    services.keep_step(opened, "act_in_force")
    services.keep_step(opened, "staff_imported")
    assert School.objects.get(pk=opened.pk).state == SchoolState.SCHEMA_CREATED
    principal = User.objects.create_user(
        "komarova@school31.example", last_name="Комарова", first_name="Ирина"
    )
    begin_membership(principal, opened, "principal", basis="соглашение", by=semyon)
    assert School.objects.get(pk=opened.pk).state == SchoolState.PRINCIPAL_JOINED
    services.keep_step(opened, "curator_appointed")
    services.keep_step(opened, "curator_appointed")
    found = School.objects.get(pk=opened.pk)
    assert found.state == SchoolState.STAFF_IMPORTED
    assert "school_ready" in {s.situation for s in steps_for(semyon) if s.title.startswith("Лицей № 31")}
    assert SCHOOL.move(found, "activate", by=semyon).state == SchoolState.ACTIVE


def test_steps_and_decisions_are_not_for_others(opened: School, actor: Acting, semyon: Actor) -> None:
    with pytest.raises(Forbidden):
        SCHOOL.move(opened, "principal_joined", by=semyon)
    with pytest.raises(Forbidden):
        SCHOOL.move(opened, "archive", by=actor("darya"), comment="ремонт школы")
    with pytest.raises(Invalid) as refused:
        SCHOOL.move(opened, "archive", by=semyon)
    assert refused.value.field == "comment"
    assert (
        SCHOOL.move(opened, "archive", by=semyon, comment="школу присоединили").state == SchoolState.ARCHIVED
    )


def test_what_next_for_the_specialist(draft: School, semyon: Actor) -> None:
    def situations() -> set[str]:
        return {s.situation for s in steps_for(semyon) if s.title.startswith("Лицей № 31")}

    assert situations() == {"school_without_docs"}
    signed(draft, semyon)
    assert situations() == {"school_to_open"}
    SCHOOL.move(draft, "open", by=semyon)
    assert situations() == {"principal_to_invite"}
