"""The programme in Word (T-11)."""

import datetime as dt

from portal.core import clock
from portal.core.actor import Actor
from portal.documents import forms
from portal.documents.forms.programmes import ActivityRow, Agreed, CorrectionRow, ProgrammeForm
from portal.mentor_bank import difficulties
from portal.mentor_bank.models import MentoringSettings
from portal.mentor_bank.states import Approver
from portal.mentoring.models import Pair
from portal.pair_work.access import programme_for
from portal.pair_work.access.programmes import Approval
from portal.pair_work.models import Programme, ProgrammeActivity
from portal.pair_work.states import ActivityMark
from portal.papers.kinds import PaperKind
from portal.staff.exports import named_person, school_form
from portal.staff.models import Person, name_on
from portal.staff.selectors import curators_now, office_now, principal_now


def programme_form(programme: Programme, by: Actor | None = None) -> forms.Form:
    """T-11 from the programme as it is now."""
    pair, head, day = programme.pair, principal_now(), _day_of(programme)
    by_principal = Approval.here().of(pair) == Approver.PRINCIPAL
    return ProgrammeForm(
        school=school_form(day),
        mentor=named_person(pair.mentor, on=day),
        mentees=tuple(named_person(person, on=day) for person in pair.people),
        approved_by=_principal(head, day),
        agreed=_agreed(programme, by_principal),
        version=max(programme.revision, 1),
        problem=programme.problem,
        goal=programme.goal,
        tasks=programme.tasks,
        form=str(pair.get_form_display()),
        role_model=str(pair.get_role_model_display()) if pair.role_model else "",
        kinds=pair.kind_titles,
        since=programme.starts_on,
        until=programme.ends_on,
        roles=programme.roles or _roles(pair, day),
        mode=programme.mode,
        expected=programme.expected,
        evaluation=programme.evaluation,
        rows=_plan(programme),
        corrections=_corrections(programme),
        approved_on=programme.approved_on if by_principal else None,
        year=str(programme.school_year),
    )


def _plan(programme: Programme) -> tuple[ActivityRow, ...]:
    """A deed stands beside the difficulty that its goal answers, else beside its own block."""
    goals = {goal.number: goal for goal in programme.goals.all()}

    def about(row: ProgrammeActivity) -> str:
        goal = goals.get(row.goal_number) if row.goal_number else None
        if goal is None:
            return row.get_block_display()
        return difficulties.title(goal.difficulty, programme.free_difficulty)

    return tuple(
        ActivityRow(
            about(row),
            row.content,
            row.get_work_form_display(),
            f"{row.starts_on:%d.%m.%Y}–{row.ends_on:%d.%m.%Y}",
            row.responsible_word,
            row.expected,
            _done_on(row),
            row.result,
        )
        for row in programme.activities.all()
    )


def _done_on(row: ProgrammeActivity) -> str:
    return f"{row.done_on:%d.%m.%Y}" if row.mark == ActivityMark.DONE and row.done_on else ""


def _corrections(programme: Programme) -> tuple[CorrectionRow, ...]:
    """Later texts by which the pair has worked, and why they were written."""
    in_force = {*programme.agreed_revisions, programme.revision}
    return tuple(
        CorrectionRow(clock.local(r.created_at).date(), str(r.number), r.reason)
        for r in programme.revisions.all()
        if r.number in in_force and r.number > 1 and r.reason
    )


def _agreed(programme: Programme, by_principal: bool) -> tuple[Agreed, ...]:
    """«Согласовано»: the curator, unless it is the own pair, and the association where the school has asked
    it.
    """
    people = {programme.pair.mentor_id, *(person.pk for person in programme.pair.people)}
    curator = next((person for person in curators_now() if person.pk not in people), None)
    agreed = []
    if MentoringSettings.here().association_reviews:
        lead = next((person for person in office_now("association_lead") if person.pk not in people), None)
        agreed += [Agreed(_lead_of(programme, lead), programme.recommended_on)] if lead else []
    if curator:
        named = named_person(curator, on=_day_of(programme))
        agreed.append(Agreed(named, None if by_principal else programme.approved_on))
    return tuple(agreed)


def _day_of(programme: Programme) -> dt.date | None:
    """The day of the text that is in force; a text that is being written anew is of today."""
    return None if programme.is_editable else programme.approved_on


def _lead_of(programme: Programme, lead: Person) -> forms.NamedPerson:
    return named_person(lead, "руководитель ШМО наставников", on=programme.recommended_on)


def _principal(head: Person | None, day: dt.date | None) -> forms.NamedPerson:
    return named_person(head, "директор", on=day) if head else forms.NamedPerson("", "", "", "директор")


def _roles(pair: Pair, day: dt.date | None) -> str:
    """Who is who, when the mentor has written nothing of it."""
    mentees = [
        f"{name_on(person, day).full_name} – {person.by_gender('наставляемый', 'наставляемая')}"
        for person in pair.people
    ]
    return "\n".join([f"{name_on(pair.mentor, day).full_name} – наставник", *mentees])


def programme_name(programme: Programme) -> str:
    """How the file of a programme is called."""
    return f"Программа наставничества, {programme.pair.title}, редакция {max(programme.revision, 1)}"


PROGRAMME_PAPER = PaperKind(
    "T-11",
    "Персонализированная программа",
    "programme",
    ("approve", "continue", "complete"),
    door=programme_for,
    rows=Programme.objects.visible_to,
    form=programme_form,
    draft="Проект: действует после утверждения",
    name=programme_name,
)
