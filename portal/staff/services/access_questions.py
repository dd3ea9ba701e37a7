"""Another school asks to let somebody of ours in again: the principal agrees, or refuses with a reason."""

from django.db import transaction

from portal import audit
from portal.accounts.letters import AGREEMENT_ANSWERED, AgreementAnsweredLetter, AgreementAskedLetter
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.exchange import send
from portal.notify.notices import tell
from portal.staff import access
from portal.staff.models import AccessQuestion, Person
from portal.staff.selectors.holders import holders_of
from tenants.links import link


def hear_access_question(said: AgreementAskedLetter, *, by: Actor) -> None:
    """The principal is asked; or hears that nobody asks any more. Whoever has no card here is not ours to
    speak for. Safe to repeat.
    """
    if said.is_over:
        waiting = AccessQuestion.objects.filter(consent=said.consent, answered_at=None)
        waiting.update(answered_at=clock.now(), updated_at=clock.now())
        return
    person = Person.objects.filter(user=said.user).first()
    if person is None:
        answer = AgreementAnsweredLetter(consent=said.consent, agrees=False, comment=NO_CARD)
        send(AGREEMENT_ANSWERED, answer, topic=said.consent, by=by)
        return
    asked = {name: getattr(said, name) for name in ("what", "email", "asked_by", "reason", "answer_due")}
    made, is_new = AccessQuestion.objects.get_or_create(
        consent=said.consent, defaults={"person": person, **asked}
    )
    if is_new:
        audit.record(by, "agreement_asked", person, comment=said.reason)
    if is_new or (said.is_reminder and made.answered_at is None):
        _tell(made, "" if is_new else "Напоминаем: ")


def _tell(asked: AccessQuestion, before: str) -> None:
    """Those who may answer; nobody in the own matter."""
    person = asked.person
    text = f"{before}{asked.asked_by} просит вернуть вход: {person.short_name}. Согласны ли вы?"
    who = [user for user in holders_of(Office.PRINCIPAL) if user != person.user]
    url = link("staff:access_question", asked.uuid)
    tell(who, "staff.agreement_asked", " ".join(filter(None, (text, asked.till_when))), url, about=person)


NO_CARD = "В школе нет карточки этого человека: сначала её нужно завести."


@transaction.atomic
def answer_access_question(
    question: AccessQuestion, *, agrees: bool, comment: str, by: Actor, version: int | None = None
) -> None:
    """Raises Forbidden, Stale, Invalid at `comment` for a refusal without a reason, Conflict when it is
    over.
    """
    if not access.can_answer_access(by, question):
        raise Forbidden("О входе сотрудника отвечает директор. О своём входе не отвечают.")
    locked: AccessQuestion = lock(AccessQuestion, question.pk)
    if locked.answered_at is not None:
        raise Conflict("agreement_over", "Этот вопрос уже закрыт: на него ответили или просьбу отменили.")
    locked.check_version(version)
    said = comment.strip()
    if not agrees and not said:
        why = "Напишите, почему вы не согласны: это прочтёт школа, которая просит."
        raise Invalid("comment", why, "comment")
    locked.answered_at, locked.agrees = clock.now(), agrees
    locked.save_change("answered_at", "agrees")
    audit.record(by, "agreed" if agrees else "disagreed", locked.person, comment=said)
    answer = AgreementAnsweredLetter(consent=locked.consent, agrees=agrees, comment=said)
    send(AGREEMENT_ANSWERED, answer, topic=locked.consent, by=by)
    word = "согласилась" if agrees else "не согласилась"
    text = f"Ваша школа {word} вернуть вам вход по просьбе: {locked.asked_by}"
    tell([locked.person.user], "staff.agreement_answered", text, about=locked.person)
