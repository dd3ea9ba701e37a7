"""Writes of the department: schools, campaigns, answers to forms, the post."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible
from portal.core.place import record_model
from portal.core.school_year import SchoolYear
from portal.municipality.asking import ask_school
from portal.municipality.indicators import COUNTERS, INDICATORS
from portal.municipality.letters import CountersLetter, SubmittedForm
from portal.municipality.models import MonitoringCampaign, ReceivedForm, SchoolCounters, SchoolStepDone
from portal.municipality.opening import make_school
from portal.municipality.post_jobs import apply_post, invite_principal_by_mail, send_campaign
from portal.municipality.requisites import is_code, is_inn, is_ogrn
from portal.municipality.workflow import CAMPAIGN, RECEIVED, SCHOOL, STEPS
from tenants.lookup import forget
from tenants.models import School, SchoolKind, SchoolOpening, SchoolState


@dataclass(frozen=True)
class Requisites:
    """What is typed of a new school."""

    full_name: str
    short_name: str
    code: str
    inn: str
    number: int | None = None
    kind: str = SchoolKind.SCHOOL
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
def name_school(school: School, *, full_genitive: str, short_genitive: str, by: Actor, version: int | None = None) -> School:
    """How papers decline the school's name. Raises Forbidden, Stale."""
    if not by.can("school:open"):
        raise Forbidden("Реквизиты школ правит специалист Управления.")
    school = School.objects.select_for_update().get(pk=school.pk)
    school.check_version(version)
    before = [school.full_genitive, school.short_genitive]
    school.full_genitive, school.short_genitive = " ".join(full_genitive.split()), " ".join(short_genitive.split())
    school.save_change("full_genitive", "short_genitive")
    audit.record(by, "named", school, changes={"genitive": [before, [school.full_genitive, school.short_genitive]]})
    forget()
    return school


def _untrue(new: Requisites) -> Iterator[Invalid]:
    """Every requisite that cannot be true, or belongs to another school."""
    if not is_inn(new.inn):
        yield Invalid("inn", "Такого ИНН не бывает: в нём десять цифр, и последняя проверяет остальные. Сверьте с уставом.", "inn")
    elif School.objects.filter(inn=new.inn).exists():
        yield Invalid("inn_taken", "Школа с этим ИНН уже есть в списке.", "inn")
    if new.ogrn and not is_ogrn(new.ogrn):
        yield Invalid("ogrn", "Такого ОГРН не бывает: в нём тринадцать цифр, и последняя проверяет остальные.", "ogrn")
    if not is_code(new.code):
        yield Invalid("code", "Код в адресе: маленькие латинские буквы, цифры и дефис, например 5 или lyceum-1.", "code")
    elif School.objects.filter(code=new.code).exists():
        yield Invalid("code_taken", "Этот код уже у другой школы. Выберите другой.", "code")


@transaction.atomic
def sign_docs(school: School, *, agreement_number: str, agreement_on: dt.date, agreed_counters: Iterable[str], by: Actor, version: int | None = None) -> School:
    """The agreement is signed, and the list of numbers that flow by themselves is agreed (decisions.md, SM-17)."""
    agreement: dict[str, Any] = {"agreement_number": agreement_number, "agreement_on": agreement_on, "agreed_counters": tuple(agreed_counters)}
    return SCHOOL.move(school, "sign_docs", by=by, version=version, **agreement)  # type: ignore[no-any-return]


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
        raise Conflict("not_to_open", f"Сейчас открыть нельзя: состояние школы «{school.get_state_display()}».")
    opening, made = SchoolOpening.objects.select_for_update().get_or_create(school=school, defaults={"created_by": by.user})
    if made or opening.trouble:
        opening.trouble, opening.step, opening.done, opening.created_by = "", "ждёт очереди", 0, by.user
        opening.save_change("trouble", "step", "done", "created_by")
        make_school.later(by=by, school_uuid=str(school.uuid))
        audit.record(by, "opening_asked", school)
    return opening


@transaction.atomic
def invite_principal(school: School, *, name: str, email: str, by: Actor, version: int | None = None) -> School:
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
    forget()


@transaction.atomic
def move_school(school: School, verb: str, *, by: Actor, version: int | None = None, comment: str = "") -> School:
    """Transitions without a page of their own. A school that begins to work gets the campaigns that are open."""
    moved: School = SCHOOL.move(school, verb, by=by, version=version, comment=comment)
    if verb == "activate":
        for campaign in MonitoringCampaign.objects.filter(state="open"):
            ask_school(campaign, moved, by=by)
    forget()
    return moved


@transaction.atomic
def plan_campaign(*, title: str, indicators: Iterable[str], open_from: dt.date, due_school: dt.date, by: Actor) -> MonitoringCampaign:
    """A draft of a campaign. Raises Invalid at the field."""
    if not by.can("campaign:lead"):
        raise Forbidden("Кампании ведёт специалист Управления.")
    codes = [code for code in INDICATORS if code in set(indicators)]
    if not codes:
        raise Invalid("indicators", "Выберите хотя бы один показатель.", "indicators")
    if due_school < max(open_from, clock.today()):
        raise Invalid("due", "Срок сдачи должен быть не раньше начала и не раньше сегодняшнего дня.", "due_school")
    campaign = MonitoringCampaign.objects.create(title=title.strip(), indicators=codes, open_from=open_from, due_school=due_school,
                                                 year=SchoolYear.of(open_from).first, created_by=by.user)  # fmt: skip
    audit.record(by, "planned", campaign)
    return campaign


@transaction.atomic
def move_campaign(campaign: MonitoringCampaign, verb: str, *, by: Actor, version: int | None = None, comment: str = "") -> MonitoringCampaign:
    """Open, close or cancel; opening asks a job to write to every school, not this request."""
    moved: MonitoringCampaign = CAMPAIGN.move(campaign, verb, by=by, version=version, comment=comment)
    if verb == "open":
        send_campaign.later(by=by, campaign_uuid=str(moved.uuid))
    return moved


def keep_form(letter: SubmittedForm, *, school: School, signed_by: UUID | None, submitted_at: dt.datetime) -> ReceivedForm:
    """Keep one revision as it was signed; a repeated letter changes nothing. Raises NotVisible for an unknown campaign."""
    campaign = MonitoringCampaign.objects.filter(uuid=letter.campaign).first()
    if campaign is None:
        raise NotVisible("campaign", "Такой кампании нет.")
    values = [value.model_dump() for value in letter.values if value.indicator in campaign.indicators]
    form, made = ReceivedForm.objects.get_or_create(
        campaign=campaign, school=school, revision=letter.revision,
        defaults={"form": letter.form, "values": values, "signed_by": signed_by, "submitted_at": submitted_at},
    )  # fmt: skip
    if made:
        audit.record(Actor.system(via="post"), "received", form)
    return form


@transaction.atomic
def answer_form(form: ReceivedForm, verb: str, *, by: Actor, version: int | None = None, comment: str = "") -> ReceivedForm:
    """Accept or return; the school gets the answer by the post."""
    return RECEIVED.move(form, verb, by=by, version=version, comment=comment)  # type: ignore[no-any-return]


def keep_counters(letter: CountersLetter, *, school: School) -> SchoolCounters:
    """Keep agreed numbers only; what was not agreed is left out and the journal says so."""
    agreed = {key: number for key, number in letter.counters.items() if key in school.agreed_counters and key in COUNTERS}
    row, _ = SchoolCounters.objects.update_or_create(school=school, counted_on=letter.counted_on, defaults=agreed)
    refused = sorted(set(letter.counters) - set(agreed))
    if refused:
        audit.record(Actor.system(via="post"), "counters_refused", row, changes={"not_agreed": refused})
    return row


@transaction.atomic
def retry_letter(uuid: UUID, *, by: Actor) -> None:
    """Let a stopped letter try again. Raises NotVisible, Forbidden."""
    if not by.can("post:watch"):
        raise NotVisible
    row = record_model("Inbox").objects.select_for_update().filter(uuid=uuid, stopped=True, applied_at=None).first()
    if row is None:
        raise NotVisible("letter", "Это письмо уже разобрано.")
    row.stopped, row.attempts = False, 0
    row.save_change("stopped", "attempts")
    audit.record(by, "letter_retried", row)
    apply_post.later(by=by)
