"""The pool of experts: one's own act, or the word to a school's proposal. The city puts nobody there by
itself.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from best_practices.letters import EXPERT_ANSWERED, ExpertAnswered, ExpertProposed
from best_practices.models import ExpertCandidate, ExpertProposal
from best_practices.models.experts import MOST_LOAD
from portal import audit
from portal.accounts.models import User
from portal.accounts.selectors import schools_of, teaches_in_the_city
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Forbidden, Invalid
from portal.core.privacy import YEAR
from portal.exchange import send
from portal.municipality.difficulties import ITEMS
from portal.municipality.reference import subjects as known_subjects
from portal.notify import tell
from tenants.models import School

LONGEST_PAUSE = YEAR
"""Days."""


@transaction.atomic
def join_pool(
    *,
    subjects: Iterable[str],
    by: Actor,
    basis: str = "",
    difficulties: Iterable[str] | None = None,
    most_load: int | None = None,
    version: int | None = None,
) -> ExpertCandidate:
    """The person becomes an expert of the city, or changes what is said of the own place: subjects,
    difficulties, how many sheets may wait at once (None: as it stands). Raises Forbidden (serves in no
    school), Stale, Invalid at `subjects` or `most_load`.
    """
    if by.user is None or not teaches_in_the_city(by.user):
        raise Forbidden("Экспертом может стать педагог, который работает в одной из школ города.")
    said = _said(subjects, difficulties, most_load)
    words = basis or f"собственное согласие от {clock.today():%d.%m.%Y}"
    expert, made = ExpertCandidate.objects.get_or_create(
        user_id=by.user, defaults={**said, "basis": words, "created_by": by.user}
    )
    if not made:
        expert = lock(ExpertCandidate, expert.pk)
        expert.check_version(version)
        is_same = all(getattr(expert, name) == value for name, value in said.items())
        if expert.left_on is None and is_same:  # sent twice, or from another tab
            return cast(ExpertCandidate, expert)
        expert.basis = words if expert.left_on else expert.basis
        expert.left_on = None
        for name, value in said.items():
            setattr(expert, name, value)
        expert.save_change(*said, "basis", "left_on")
    audit.record(by, "joined_experts" if made else "changed_as_expert", expert)
    return expert


def _said(
    subjects: Iterable[str], difficulties: Iterable[str] | None, most_load: int | None
) -> dict[str, Any]:
    """Checked values of the columns that were said. Raises Invalid."""
    known = [code for code in known_subjects().titles if code in set(subjects)]
    if not known:
        raise Invalid(
            "subjects",
            "Выберите хотя бы один предмет: по предметам методист подбирает экспертов.",
            "subjects",
        )
    said: dict[str, Any] = {"subjects": known}
    if difficulties is not None:
        chosen = set(difficulties)
        said["difficulties"] = [code for code in ITEMS if code in chosen]
    if most_load is not None:
        if not 1 <= most_load <= MOST_LOAD:
            raise Invalid("most_load", f"Сразу можно держать от одного до {MOST_LOAD} листов.", "most_load")
        said["most_load"] = most_load
    return said


@transaction.atomic
def pause_as_expert(
    *, first: dt.date, last: dt.date, by: Actor, version: int | None = None
) -> ExpertCandidate:
    """The person is not asked from the first day to the last; no reason is wanted, and the pause ends by
    itself. Another pause takes the place of the one before. Raises Forbidden (no expert), Stale, Invalid at
    `first` or `last`.
    """
    expert = _own_place(by, version)
    today = clock.today()
    if last < first:
        raise Invalid("pause_order", "Последний день паузы раньше первого. Поменяйте дни местами.", "last")
    if last < today:
        raise Invalid("pause_over", "Эти дни уже прошли. Напишите день, до которого не просить.", "last")
    if (last - first).days >= LONGEST_PAUSE:
        raise Invalid(
            "pause_long",
            "Пауза бывает до года. Если экспертиза больше не для вас, выйдите из экспертов.",
            "last",
        )
    expert.paused_from, expert.paused_until = first, last
    expert.save_change("paused_from", "paused_until")
    audit.record(by, "expert_paused", expert)
    return expert


@transaction.atomic
def end_pause(*, by: Actor, version: int | None = None) -> ExpertCandidate:
    """The person may be asked again from today; without a pause nothing happens. Raises Forbidden, Stale."""
    expert = _own_place(by, version)
    if expert.coming_pause is not None:
        expert.paused_from, expert.paused_until = None, None
        expert.save_change("paused_from", "paused_until")
        audit.record(by, "expert_pause_ended", expert)
    return expert


def _own_place(by: Actor, version: int | None) -> ExpertCandidate:
    """The person's own row, locked. Raises Forbidden for who is no expert now, Stale."""
    found = (
        ExpertCandidate.objects.select_for_update().filter(user=by.user, left_on=None).first()
        if by.user
        else None
    )
    if found is None:
        raise Forbidden("Пауза нужна тому, кто сейчас эксперт города.")
    found.check_version(version)
    return found


@transaction.atomic
def leave_pool(*, by: Actor) -> None:
    """The person is not asked any more. What was asked already is written or declined as before."""
    expert = (
        ExpertCandidate.objects.select_for_update().filter(user=by.user, left_on=None).first()
        if by.user
        else None
    )
    if expert is not None:
        expert.left_on = clock.today()
        expert.save_change("left_on")
        audit.record(by, "left_experts", expert)


@transaction.atomic
def keep_proposal(letter: ExpertProposed, school: School) -> ExpertProposal | None:
    """A school proposes. Whoever has left that school, or is an expert already, is not bothered: the school
    hears of it at once.
    """
    person = User.objects.filter(pk=letter.user).first()
    if person is None or school not in schools_of([letter.user]).get(letter.user, []):
        _answer(school, letter.person, accepted=False, by=Actor.system(via="post"))
        return None
    if ExpertCandidate.objects.filter(user=person, left_on=None).exists():
        _answer(school, letter.person, accepted=True, by=Actor.system(via="post"))
        return None
    fields = {"subjects": letter.subjects, "basis": letter.basis, "person": letter.person}
    proposal, _ = ExpertProposal.objects.update_or_create(user=person, school=school, defaults=fields)
    tell(
        [person.pk],
        "expert_proposed",
        f"{school.short_name} предлагает вас экспертом города. Решаете вы.",
        "/me/expert/",
    )
    return proposal


@transaction.atomic
def answer_proposal(proposal: ExpertProposal, *, accepted: bool, by: Actor) -> None:
    """The person's word; the row goes, the school is told. Raises Forbidden for anybody else, NotVisible when
    it is answered already.
    """
    proposal = lock(ExpertProposal, proposal.pk)
    if not by.is_person(proposal.user_id):
        raise Forbidden("На предложение отвечает тот, кого предложили.")
    if accepted:
        basis = f"предложение: {proposal.school.short_name}, согласие от {clock.today():%d.%m.%Y}"
        join_pool(subjects=proposal.subjects, by=by, basis=basis)
    audit.record(by, "accepted" if accepted else "declined", proposal)
    _answer(proposal.school, proposal.person, accepted=accepted, by=by)
    proposal.delete()


def _answer(school: School, person: UUID, *, accepted: bool, by: Actor) -> None:
    send(
        EXPERT_ANSWERED,
        ExpertAnswered(person=person, accepted=accepted),
        topic=person,
        by=by,
        school=school.uuid,
    )
