"""Writes about the school's form and about what leaves the school by itself."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden
from portal.exchange import send
from portal.monitoring.indicators import counted, counters_now
from portal.monitoring.models import CountersDay, FlowSeen, FormValue, SchoolForm
from portal.monitoring.states import FormState
from portal.monitoring.workflow import SCHOOL_FORM
from portal.municipality.letters import COUNTERS, AnsweredForm, CountersLetter, OpenedCampaign
from tenants.context import school_here

Figures = Mapping[str, Mapping[str, int | None]]


def begin_form(letter: OpenedCampaign) -> SchoolForm:
    """The city opened a campaign: the form appears, filled by the portal. A repeated letter changes nothing."""
    fields = {"title": letter.title, "year": letter.year, "indicators": letter.indicators, "due_on": letter.due}
    form, made = SchoolForm.objects.get_or_create(campaign=letter.campaign, defaults=fields)
    if made:
        system = Actor.system(school=school_here().uuid, via="post")
        audit.record(system, "begun", form)
        _count(form, into_declared=True)
        SCHOOL_FORM.move(form, "prefill", by=system)
    return form


def _count(form: SchoolForm, *, into_declared: bool) -> None:
    for code, figures in counted(form.indicators).items():
        value, made = FormValue.objects.get_or_create(form=form, indicator=code, defaults={"counted": figures, "declared": figures})
        if not made:
            value.counted = figures
            value.declared = figures if into_declared else value.declared
            value.save_change("counted", "declared")


@transaction.atomic
def recount_form(form: SchoolForm, *, by: Actor, version: int | None = None) -> SchoolForm:
    """Count anew what the portal can count; numbers that people wrote stay. Raises Forbidden, Conflict, Stale."""
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
def fill_form(form: SchoolForm, *, declared: Figures, explanations: Mapping[str, str], by: Actor, version: int | None = None) -> SchoolForm:
    """Write what the school declares. Raises Invalid at `<code>_explanation` or at the figure's field."""
    return SCHOOL_FORM.move(form, "fill", by=by, version=version, declared=declared, explanations=explanations)  # type: ignore[no-any-return]


@transaction.atomic
def hand_over_form(form: SchoolForm, *, by: Actor, version: int | None = None) -> SchoolForm:
    """Sign and submit: one visible act of the principal. The city gets a frozen revision, the journal of disclosure a line."""
    if form.state != FormState.DIRECTOR_SIGNED:
        form, version = SCHOOL_FORM.move(form, "sign", by=by, version=version), None
    return SCHOOL_FORM.move(form, "submit", by=by, version=version)  # type: ignore[no-any-return]


def mirror_answer(letter: AnsweredForm) -> None:
    """The city accepted or returned a revision; an answer to an older one changes nothing."""
    form = SchoolForm.objects.get(uuid=letter.form)
    if form.revision == letter.revision and form.state == FormState.SUBMITTED:
        by = Actor.system(school=school_here().uuid, via="post")
        SCHOOL_FORM.move(form, "accept" if letter.accepted else "return", by=by, comment=letter.comment)


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
    row, made = FlowSeen.objects.get_or_create(person=person, defaults={"counters": school_here().agreed_counters, "created_by": person})
    if made:
        audit.record(by, "flow_seen", row)
