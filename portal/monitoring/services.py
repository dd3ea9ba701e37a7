"""Writes about the school's form and about what leaves the school by itself."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from portal import audit
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden
from portal.core.text import quoted
from portal.exchange import send
from portal.monitoring.indicators import counted, counters_now
from portal.monitoring.models import CountersDay, FlowSeen, FormValue, SchoolForm
from portal.monitoring.states import HANDED, WITH_SCHOOL, FormState
from portal.monitoring.workflow import SCHOOL_FORM
from portal.monitoring.workflow.form import Answer
from portal.municipality.letters import (
    COUNTERS,
    AnsweredForm,
    ChangedCampaign,
    CountersLetter,
    OpenedCampaign,
    SchoolReminded,
)
from portal.notify import tell
from portal.staff.selectors import Holders
from tenants.addresses import school_url
from tenants.context import school_here


def begin_form(letter: OpenedCampaign) -> SchoolForm:
    """The city opened a campaign: the form appears, filled by the portal. A repeated letter changes
    nothing.
    """
    fields = {
        "title": letter.title,
        "year": letter.year,
        "indicators": letter.indicators,
        "due_on": letter.due,
    }
    form, made = SchoolForm.objects.get_or_create(campaign=letter.campaign, defaults=fields)
    if made:
        system = Actor.system(school=school_here().uuid, via="post")
        audit.record(system, "begun", form)
        _count(form, into_declared=True)
        SCHOOL_FORM.move(form, "prefill", by=system)
    return form


def _count(form: SchoolForm, *, into_declared: bool) -> None:
    for code, figures in counted(form.indicators).items():
        value, made = FormValue.objects.get_or_create(
            form=form, indicator=code, defaults={"counted": figures, "declared": figures}
        )
        if not made:
            value.counted = figures
            value.declared = figures if into_declared else value.declared
            value.save_change("counted", "declared")


@transaction.atomic
def recount_form(form: SchoolForm, *, by: Actor, version: int | None = None) -> SchoolForm:
    """Count anew what the portal can count; numbers that people wrote stay. Raises Forbidden, Conflict,
    Stale.
    """
    if not by.can("school_form:fill"):
        raise Forbidden("Пересчитать форму могут директор и куратор.")
    form = SchoolForm.objects.select_for_update().get(pk=form.pk)
    form.check_version(version)
    if form.state not in (FormState.PREFILLED, FormState.IN_WORK, FormState.RETURNED):
        raise Conflict("not_to_count", "Форма уже подписана: числа в ней не меняются.")
    _count(form, into_declared=form.state == FormState.PREFILLED)
    form.save_change()
    audit.record(by, "recounted", form)
    return form


@transaction.atomic
def hand_over_form(
    form: SchoolForm, *, by: Actor, version: int | None = None, comment: str = ""
) -> SchoolForm:
    """Sign and submit: one visible act of the principal. The city gets a frozen revision, the journal of
    disclosure a line.

    After the term, or after the closing, it goes as a late one and says why (`comment`). Raises Invalid at
    `comment` without it.
    """
    if form.state != FormState.DIRECTOR_SIGNED:
        form, version = SCHOOL_FORM.move(form, "sign", by=by, version=version), None
    verb = "submit_late" if form.is_late_now else "submit"
    return SCHOOL_FORM.move(form, verb, by=by, version=version, comment=comment)


def mirror_answer(letter: AnsweredForm) -> None:
    """The city accepted or returned a revision; an answer to an older one changes nothing."""
    form = SchoolForm.objects.select_for_update().get(uuid=letter.form)
    if form.revision == letter.revision and form.state in HANDED:
        verb, answer = "accept" if letter.accepted else "return", Answer(answered_at=letter.answered_at)
        SCHOOL_FORM.move(form, verb, by=_post(), comment=letter.comment, asked=answer)


def mirror_change(letter: ChangedCampaign) -> None:
    """The campaign was closed, extended or cancelled: the school's step ends or goes on, and its people are
    told. An older letter changes nothing.
    """
    form = SchoolForm.objects.select_for_update().get(campaign=letter.campaign)
    if letter.turn <= form.turn:
        return
    form.turn, form.due_on, form.closed_at = letter.turn, letter.due, letter.closed_at
    form.save_change("turn", "due_on", "closed_at")
    audit.record(_post(), f"campaign_{letter.state}", form, comment=letter.comment)
    if letter.state != "cancelled":
        _judge_anew(form)
        _tell(form, "campaign_changed", _words_of(form, letter))
    elif SCHOOL_FORM.opens(form.state, "cancel"):
        SCHOOL_FORM.move(form, "cancel", by=_post(), comment=letter.comment)


def _post() -> Actor:
    return Actor.system(school=school_here().uuid, via="post")


def _judge_anew(form: SchoolForm) -> None:
    """What was handed over just before the news came: late by the department's clock, or in time by the new
    term.
    """
    if form.submitted_at is None or form.state not in HANDED:
        return
    verb = "mark_late" if form.is_late_at(form.submitted_at) else "in_time"
    if SCHOOL_FORM.row(verb, form.state) is not None:
        SCHOOL_FORM.move(form, verb, by=_post())


def _words_of(form: SchoolForm, letter: ChangedCampaign) -> str:
    why = f" {letter.comment}" if letter.comment else ""
    if letter.state == "open":
        return f"Срок формы {quoted(form.title)} продлён до {letter.due:%d.%m.%Y}.{why}"
    rest = " Форму ещё можно сдать с опозданием и с пояснением." if form.state in WITH_SCHOOL else ""
    return f"Сбор {quoted(form.title)} закончен.{rest}{why}"


def _tell(form: SchoolForm, code: str, text: str) -> None:
    holders = Holders.here()
    tell(
        {*holders.accounts(Office.PRINCIPAL), *holders.accounts(Office.CURATOR)},
        code,
        text,
        school_url(school_here().code, "monitoring:form", form.uuid),
    )


def note_reminder(letter: SchoolReminded, *, on: dt.date) -> None:
    """The department reminds: the principal and the curator are told, if the form is still with the
    school.
    """
    form = SchoolForm.objects.select_for_update().get(campaign=letter.campaign)
    if form.state not in WITH_SCHOOL or (form.reminded_on is not None and form.reminded_on >= on):
        return
    form.reminded_on = on
    form.save_change("reminded_on")
    what = (
        "вернулась с замечаниями и ждёт вас"
        if form.state == FormState.RETURNED
        else f"не сдана, срок {form.due_on:%d.%m.%Y}"
    )
    _tell(form, "form_reminded", f"Управление образования напоминает: форма {quoted(form.title)} {what}.")


@transaction.atomic
def send_counters(by: Actor) -> None:
    """Once a day: agreed numbers and nothing else. Run again on the same day, it does nothing."""
    agreed = school_here().agreed_counters
    today = clock.today()
    if not agreed or CountersDay.objects.filter(counted_on=today).exists():
        return
    numbers = {key: number for key, number in counters_now().items() if key in agreed and number is not None}
    day = CountersDay.objects.create(counted_on=today, counters=numbers)
    send(COUNTERS, CountersLetter(counted_on=today, counters=numbers), topic=day.uuid, by=by)


@transaction.atomic
def note_flow_seen(*, by: Actor) -> None:
    """The principal has seen which numbers flow by themselves."""
    if not by.can("disclosure:read") or by.user is None:
        raise Forbidden
    _seen(by.user, by)


def _seen(person: UUID, by: Actor) -> None:
    agreed = list(school_here().agreed_counters)
    row, made = FlowSeen.objects.get_or_create(
        person=person, defaults={"counters": agreed, "created_by": person}
    )
    if not made and row.counters != agreed:
        row.counters, made = agreed, True
        row.save_change("counters")
    if made:
        audit.record(by, "flow_seen", row)
