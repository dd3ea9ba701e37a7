"""The programme in Word (T-11)."""

from portal.core import clock
from portal.documents import forms
from portal.mentoring import difficulties
from portal.mentoring.access.programmes import Approval
from portal.mentoring.models import Programme
from portal.mentoring.states import ActivityMark, Approver
from portal.staff.exports import person_of, school_form
from portal.staff.selectors import curators_now, principal_now


def programme_form(programme: Programme) -> forms.Form:
    """T-11 from the programme as it is now."""
    pair, goals = programme.pair, {goal.number: goal for goal in programme.goals.all()}
    rows = tuple(
        forms.ActivityRow(
            difficulties.title(goals[row.goal_number].difficulty, programme.free_difficulty) if row.goal_number in goals else row.get_block_display(),
            row.content,
            row.get_work_form_display(),
            f"{row.starts_on:%d.%m.%Y}–{row.ends_on:%d.%m.%Y}",
            row.get_responsible_display(),
            row.expected,
            f"{row.done_on:%d.%m.%Y}" if row.mark == ActivityMark.DONE and row.done_on else "",
            row.result,
        )
        for row in programme.activities.all()
    )
    head, curators = principal_now(), curators_now()
    principal = person_of(head, "директор") if head else forms.Person("", "", "", "директор")
    curator = person_of(curators[0]) if curators else None
    by_principal = Approval.here().of(pair) == Approver.PRINCIPAL or curator is None
    corrections = tuple(
        forms.CorrectionRow(clock.local(r.created_at).date(), f"редакция {r.number}", r.reason) for r in programme.revisions.all() if r.number > 1 and r.reason
    )
    return forms.ProgrammeForm(
        school=school_form(),
        mentor=person_of(pair.mentor),
        mentees=tuple(person_of(person) for person in pair.people),
        approved_by=principal if by_principal else curator or principal,
        agreed_by=curator if by_principal else principal,
        version=max(programme.revision, 1),
        problem=programme.problem,
        goal=programme.goal,
        tasks=programme.tasks,
        form=pair.form_title,
        kinds=pair.kind_titles,
        since=programme.starts_on,
        until=programme.ends_on,
        roles=programme.roles or pair.form_title,
        mode=programme.mode,
        expected=programme.expected,
        evaluation=programme.evaluation,
        rows=rows,
        corrections=corrections,
        approved_on=programme.approved_on,
        year=str(programme.school_year),
    )
