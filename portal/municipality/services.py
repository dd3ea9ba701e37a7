"""Writes of the department that are no steps of a workflow: requisites, drafts, what the post brings."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible
from portal.core.school_year import SchoolYear
from portal.municipality.access import can_remind
from portal.municipality.background import invite_principal_by_mail, remind_schools
from portal.municipality.campaign_letters import remind_school
from portal.municipality.dues import dues_of
from portal.municipality.indicators import COUNTERS, INDICATORS
from portal.municipality.letters import CountersLetter, SubmittedForm
from portal.municipality.models import MonitoringCampaign, ReceivedForm, SchoolCounters, SchoolStepDone
from portal.municipality.naming import of_former_name
from portal.municipality.opening import make_school
from portal.municipality.reference import catalogue
from portal.municipality.requisites import is_code, is_inn, is_ogrn
from portal.municipality.selectors import came_late
from portal.municipality.states import Book, CampaignState, ReceivedState
from portal.municipality.workflow import SCHOOL, STEPS
from portal.municipality.workflow.schools import Agreement
from tenants.lookup import forget
from tenants.models import ORDINARY_SCHOOL, School, SchoolOpening, SchoolState

WITHOUT_ADDRESS = (SchoolState.DRAFT, SchoolState.DOCS_SIGNED)
"""States in which nobody has the school's address yet."""


@dataclass(frozen=True)
class Requisites:
    """What is typed of a new school."""

    full_name: str
    short_name: str
    code: str
    inn: str
    number: int | None = None
    kind: str = ORDINARY_SCHOOL
    ogrn: str = ""
    address: str = ""
    site_url: str = ""
    district: str = ""
    principal_name: str = ""
    principal_email: str = ""


@transaction.atomic
def add_school(requisites: Requisites, *, by: Actor) -> School:
    """A draft of a school (SM-17). Raises Forbidden, Invalid at the field whose requisite cannot be true."""
    if not by.can("school:open"):
        raise Forbidden("Подключать школы может специалист Управления.")
    Invalid.refuse_any(_untrue(requisites))
    school = School(**vars(requisites), created_by=by.user)
    school.save()
    audit.record(by, "added", school, changes={"code": ["", school.code], "inn": ["", school.inn]})
    return school


@transaction.atomic
def edit_school(school: School, requisites: Requisites, *, by: Actor, version: int | None = None) -> School:
    """Mend what was typed of a school. The code of its address stays once people have it. Raises Forbidden,
    Stale, Conflict, Invalid at the field.
    """
    if not by.can("school:open"):
        raise Forbidden("Реквизиты школ правит специалист Управления.")
    school = School.objects.select_for_update().get(pk=school.pk)
    if school.state == SchoolState.ARCHIVED:
        raise Conflict("archived", "Школа в архиве: её реквизиты больше не меняются.")
    school.check_version(version)
    if school.state not in WITHOUT_ADDRESS and requisites.code != school.code:
        raise Invalid("code_kept", "Адрес школы уже у людей: он не меняется.", "code")
    Invalid.refuse_any(_untrue(requisites, but=school))
    kept = ("principal_name", "principal_email")
    values = {name: value for name, value in vars(requisites).items() if name not in kept}
    values |= of_former_name(school, requisites.full_name, requisites.short_name)
    mended: School = _mended(school, values, by)
    forget()
    return mended


@transaction.atomic
def mend_agreement(school: School, agreement: Agreement, *, by: Actor, version: int | None = None) -> School:
    """The number, the day or the list of numbers was written wrong, or agreed anew: the principal is asked to
    see the list once more.
    """
    if not by.can("school:open"):
        raise Forbidden("Соглашение записывает специалист Управления.")
    school = School.objects.select_for_update().get(pk=school.pk)
    if school.agreement_on is None or school.state == SchoolState.ARCHIVED:
        raise Conflict(
            "no_agreement", "Править нечего: соглашение этой школы не записано или школа в архиве."
        )
    school.check_version(version)
    SCHOOL.check_typed("sign_docs", school, by=by, asked=agreement)
    values = {
        "agreement_number": agreement.agreement_number.strip(),
        "agreement_on": agreement.agreement_on,
        "agreed_counters": [key for key in COUNTERS if key in agreement.agreed_counters],
    }
    mended: School = _mended(school, values, by)
    forget()
    return mended


def _untrue(new: Requisites, but: School | None = None) -> Iterator[Invalid]:
    """Every requisite that cannot be true, or belongs to another school."""
    others = School.objects.exclude(pk=but.pk) if but else School.objects.all()
    if not is_inn(new.inn):
        yield Invalid(
            "inn",
            "Такого ИНН не бывает: в нём десять цифр, и последняя проверяет остальные. Сверьте с уставом.",
            "inn",
        )
    elif others.filter(inn=new.inn).exists():
        yield Invalid("inn_taken", "Школа с этим ИНН уже есть в списке.", "inn")
    if new.ogrn and not is_ogrn(new.ogrn):
        yield Invalid(
            "ogrn", "Такого ОГРН не бывает: в нём тринадцать цифр, и последняя проверяет остальные.", "ogrn"
        )
    if new.kind not in catalogue(Book.ORGANISATIONS):
        yield Invalid("kind", "Выберите вид организации из списка.", "kind")
    if not is_code(new.code):
        yield Invalid(
            "code", "Код в адресе: маленькие латинские буквы, цифры и дефис, например 5 или lyceum-1.", "code"
        )
    elif others.filter(code=new.code).exists():
        yield Invalid("code_taken", "Этот код уже у другой школы. Выберите другой.", "code")


@transaction.atomic
def ask_to_open(school: School, *, by: Actor, version: int | None = None) -> SchoolOpening:
    """Ask the owner's worker to open the school. Asking again while it is being opened changes nothing.

    Raises Conflict when the agreement is not signed or the school is open already.
    """
    school = School.objects.select_for_update().get(pk=school.pk)
    if not by.can("school:open"):
        raise Forbidden("Открывать школы может специалист Управления.")
    school.check_version(version)
    if school.state != SchoolState.DOCS_SIGNED:
        raise Conflict(
            "not_to_open", f"Сейчас открыть нельзя: состояние школы «{school.get_state_display()}»."
        )
    opening, made = SchoolOpening.objects.select_for_update().get_or_create(
        school=school, defaults={"created_by": by.user}
    )
    if made or opening.has_stopped:
        opening.trouble, opening.step, opening.done, opening.created_by = "", "ждёт очереди", 0, by.user
        opening.save_change("trouble", "step", "done", "created_by")
        make_school.later(by=by, school_uuid=str(school.uuid))
        audit.record(by, "opening_asked", school)
    return opening


@transaction.atomic
def invite_principal(
    school: School, *, name: str, email: str, by: Actor, version: int | None = None
) -> School:
    """Write whom we invite and send the letter by a job. Earlier letters stop working.

    Raises Stale, Conflict when there is no open school yet or the principal has joined.
    """
    school = School.objects.select_for_update().get(pk=school.pk)
    if not by.can("school:open"):
        raise Forbidden("Приглашать директора может специалист Управления.")
    school.check_version(version)
    if school.state != SchoolState.SCHEMA_CREATED:
        raise Conflict("not_to_invite", "Директора приглашают, когда школа открыта, и пока он не вошёл.")
    school.principal_name, school.principal_email = " ".join(name.split()), email.strip().lower()
    school.save_change("principal_name", "principal_email")
    invite_principal_by_mail.later(by=by, school_uuid=str(school.uuid))
    audit.record(by, "principal_invited", school)
    return school


@transaction.atomic
def keep_step(school: School, step: str) -> None:
    """A step was made in the school; the state goes as far as the steps allow, in the order of SM-17."""
    if step not in STEPS:
        raise Invalid("step", f"Такого шага подключения нет: {step}.")
    school = School.objects.select_for_update().get(pk=school.pk)
    SchoolStepDone.objects.get_or_create(school=school, step=step)
    done = set(SchoolStepDone.objects.filter(school=school).values_list("step", flat=True))
    by = Actor.system(via="post")
    for name in STEPS:
        row = SCHOOL.row(name, school.state)
        if row is not None and name in done:
            SCHOOL.move(school, name, by=by)


@transaction.atomic
def plan_campaign(
    *, title: str, indicators: Iterable[str], open_from: dt.date, due_school: dt.date, by: Actor
) -> MonitoringCampaign:
    """A draft of a campaign. Raises Invalid at the field."""
    if not by.can("campaign:lead"):
        raise Forbidden("Кампании ведёт специалист Управления.")
    campaign = MonitoringCampaign.objects.create(
        created_by=by.user, **_terms(title, indicators, open_from, due_school)
    )
    audit.record(by, "planned", campaign)
    return campaign


def _terms(title: str, indicators: Iterable[str], open_from: dt.date, due_school: dt.date) -> dict[str, Any]:
    codes = [code for code in INDICATORS if code in set(indicators)]
    if not codes:
        raise Invalid("indicators", "Выберите хотя бы один показатель.", "indicators")
    if due_school < max(open_from, clock.today()):
        raise Invalid(
            "due", "Срок сдачи должен быть не раньше начала и не раньше сегодняшнего дня.", "due_school"
        )
    return {
        "title": title.strip(),
        "indicators": codes,
        "open_from": open_from,
        "due_school": due_school,
        "year": SchoolYear.of(open_from).first,
    }


@transaction.atomic
def edit_campaign(
    campaign: MonitoringCampaign, *, by: Actor, version: int | None = None, **typed: Any
) -> MonitoringCampaign:
    """Mend a draft: title, indicators, days. Raises Forbidden, Stale, Conflict once schools were asked,
    Invalid at the field.
    """
    if not by.can("campaign:lead"):
        raise Forbidden("Кампании ведёт специалист Управления.")
    campaign = MonitoringCampaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.state != CampaignState.DRAFT:
        raise Conflict(
            "not_draft",
            "Школы уже заполняют форму: показатели не меняются. Срок открытого сбора можно продлить.",
        )
    campaign.check_version(version)
    mended: MonitoringCampaign = _mended(campaign, _terms(**typed), by)
    return mended


def _mended(row: Any, values: Mapping[str, Any], by: Actor) -> Any:
    """Write what differs, and say in the journal what it was and what it is."""
    changes = {
        name: [_plain(getattr(row, name)), _plain(value)]
        for name, value in values.items()
        if getattr(row, name) != value
    }
    if changes:
        for name in changes:
            setattr(row, name, values[name])
        row.save_change(*changes)
        audit.record(by, "edited", row, changes=changes)
    return row


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str | list | None) else str(value)


def keep_form(
    letter: SubmittedForm, *, school: School, signed_by: UUID | None, submitted_at: dt.datetime
) -> ReceivedForm:
    """Keep one revision as it was signed; a repeated letter changes nothing. Raises NotVisible for an unknown
    campaign.
    """
    campaign = MonitoringCampaign.objects.filter(uuid=letter.campaign).first()
    if campaign is None:
        raise NotVisible("campaign", "Такой кампании нет.")
    values = [value.model_dump() for value in letter.values if value.indicator in campaign.indicators]
    late = came_late(campaign, school, letter.revision, submitted_at)
    form, made = ReceivedForm.objects.get_or_create(
        campaign=campaign,
        school=school,
        revision=letter.revision,
        defaults={
            "form": letter.form,
            "values": values,
            "signed_by": signed_by,
            "submitted_at": submitted_at,
            "is_late": late,
            "late_reason": letter.late_reason,
            "state": ReceivedState.LATE_SUBMITTED if late else ReceivedState.SUBMITTED,
        },
    )
    if made:
        audit.record(Actor.system(via="post"), "received", form)
    return form


def keep_counters(letter: CountersLetter, *, school: School) -> SchoolCounters:
    """Keep agreed numbers only; what was not agreed is left out and the journal says so."""
    agreed = {
        key: number
        for key, number in letter.counters.items()
        if key in school.agreed_counters and key in COUNTERS
    }
    row, _ = SchoolCounters.objects.update_or_create(
        school=school, counted_on=letter.counted_on, defaults=agreed
    )
    refused = sorted(set(letter.counters) - set(agreed))
    if refused:
        audit.record(Actor.system(via="post"), "counters_refused", row, changes={"not_agreed": refused})
    return row


@transaction.atomic
def remind(campaign: MonitoringCampaign, school: School | None, *, by: Actor) -> bool:
    """Remind one school now, or all with which the form is, by a job. Returns False when that one was
    reminded today.

    Raises Forbidden, and Conflict when there is nothing to remind of.
    """
    if not can_remind(by):
        raise Forbidden("Напоминают школам специалист Управления и методист.")
    dues = [due for due in dues_of([campaign]) if school is None or due.school == school]
    if not dues:
        raise Conflict("nothing_due", "Напоминать не о чем: форма уже сдана, или сбор не идёт.")
    if school is None:
        remind_schools.later(by=by, campaign_uuid=str(campaign.uuid))
        return True
    return remind_school(dues[0], by=by)
