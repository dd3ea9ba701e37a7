"""The pool of experts: one's own act, or the word to a school's proposal. The city puts nobody there by
itself.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from best_practices.letters import EXPERT_ANSWERED, ExpertAnswered, ExpertProposed
from best_practices.models import ExpertCandidate, ExpertProposal
from portal import audit
from portal.accounts.models import User
from portal.accounts.selectors import schools_of, teaches_in_the_city
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Forbidden, Invalid
from portal.exchange import send
from portal.municipality.reference import subjects as known_subjects
from portal.notify import tell
from tenants.models import School


@transaction.atomic
def join_pool(*, subjects: Iterable[str], by: Actor, basis: str = "") -> ExpertCandidate:
    """The person becomes an expert of the city, or changes the subjects. Raises Forbidden (serves in no
    school), Invalid at `subjects`.
    """
    if by.user is None or not teaches_in_the_city(by.user):
        raise Forbidden("Экспертом может стать педагог, который работает в одной из школ города.")
    known = [code for code in known_subjects().titles if code in set(subjects)]
    if not known:
        raise Invalid(
            "subjects",
            "Выберите хотя бы один предмет: по предметам методист подбирает экспертов.",
            "subjects",
        )
    words = basis or f"собственное согласие от {clock.today():%d.%m.%Y}"
    expert, made = ExpertCandidate.objects.get_or_create(
        user_id=by.user, defaults={"subjects": known, "basis": words, "created_by": by.user}
    )
    if not made:
        expert.basis = words if expert.left_on else expert.basis
        expert.subjects, expert.left_on = known, None
        expert.save_change("subjects", "basis", "left_on")
    audit.record(by, "joined_experts" if made else "changed_as_expert", expert)
    return expert


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
