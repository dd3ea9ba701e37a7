"""A school asks for the sign-in of somebody who has another place as well: that office says first whether it
agrees (docs/adr/0038).
"""

from uuid import UUID

from django.db import transaction

from portal import audit
from portal.accounts.address_change import end, write_to_mailboxes
from portal.accounts.background import send_agreement_letter
from portal.accounts.letters import AGREEMENT_ASKED, AgreementAnsweredLetter, AgreementAskedLetter
from portal.accounts.models import AddressChange, Membership, PlaceConsent
from portal.accounts.offices import Office
from portal.accounts.states import AddressOutcome
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible
from portal.core.reading import weighing
from portal.exchange import send
from portal.notify.notices import tell
from tenants.addresses import city_url
from tenants.models import School


def ask_others(change: AddressChange, others: list[School | None], *, by: Actor) -> None:
    """Nothing begins until each of them has agreed. None is the city. The person hears it at once."""
    for place in others:
        consent = PlaceConsent.objects.create(change=change, school=place, created_by=by.user)
        if place is not None:
            send(AGREEMENT_ASKED, _letter(consent), topic=consent.uuid, by=by, school=place.uuid)
        else:
            _tell_city(consent)
    asked = list(change.consents.select_related("school").order_by("pk"))
    names, until = ", ".join(one.place_name for one in asked), max(one.answer_due for one in asked)
    text = f"{_asking(change)} просит вернуть вам вход, до {until:%d.%m.%Y} ждём согласия: {names}"
    tell([change.user_id], "account.address_asked", text, "/me/address/")


def _letter(consent: PlaceConsent) -> AgreementAskedLetter:
    change = consent.change
    return AgreementAskedLetter(
        consent=consent.uuid,
        user=change.user_id,
        what=change.what,
        email=change.new_email if change.is_of_address else "",
        asked_by=_asking(change),
        reason=change.reason,
        answer_due=consent.answer_due,
    )


def remind_place(consent: PlaceConsent, *, by: Actor) -> None:
    """Nobody has answered: a notice once more, where it is answered, and a letter to each who may."""
    if consent.school is not None:
        letter = _letter(consent).model_copy(update={"is_reminder": True})
        send(AGREEMENT_ASKED, letter, topic=consent.uuid, by=by, school=consent.school.uuid)
    else:
        _tell_city(consent, "Напоминаем: ")
    for user in _who_answers(consent):
        send_agreement_letter.later(by=by, consent_uuid=str(consent.uuid), user_uuid=str(user))


def _who_answers(consent: PlaceConsent) -> list[UUID]:
    """Principals of the school, or who gives the city's offices; nobody in the own matter."""
    offices = (Office.PRINCIPAL,) if consent.school is not None else (Office.DEPARTMENT_SPECIALIST,)
    held = Membership.objects.filter(
        Membership.valid_on(clock.today()), school=consent.school, office__in=offices, user__is_active=True
    )
    others = held.exclude(user=consent.change.user_id).order_by("user")
    return list(others.values_list("user", flat=True).distinct())


def _asking(change: AddressChange) -> str:
    return change.school.short_name if change.school is not None else ""


def _tell_city(consent: PlaceConsent, before: str = "") -> None:
    until = f"ответьте до {consent.answer_due:%d.%m.%Y}"
    text = f"{before}{_asking(consent.change)} просит вернуть человеку вход: согласны ли вы? {until}"
    tell(
        _who_answers(consent),
        "account.agreement_asked",
        text,
        city_url("agreement", consent.uuid),
        about=consent.change,
    )


def may_answer_for_city(by: Actor, consent: PlaceConsent | None = None) -> bool:
    """Whoever gives offices of the city; nobody in the own matter."""
    return by.can("city_office:give") and not (consent and by.is_person(consent.change.user_id))


def waiting_for_city(by: Actor) -> list[PlaceConsent]:
    """What the city is asked, the oldest first; whoever does not answer for it asks the database nothing."""
    if not may_answer_for_city(by):
        return []
    rows = PlaceConsent.objects.filter(school=None, answered_at=None)
    found = rows.select_related("change__user", "change__school").order_by("created_at")
    return [one for one in found if may_answer_for_city(by, one)]


def agreement_for(by: Actor, uuid: UUID) -> PlaceConsent:
    """Raises NotVisible to whoever does not answer for the city."""
    rows = PlaceConsent.objects.filter(school=None).select_related("change__user", "change__school")
    with weighing():
        found = rows.filter(uuid=uuid).first() if may_answer_for_city(by) else None
    if found is None or not may_answer_for_city(by, found):
        raise NotVisible
    return rows.get(pk=found.pk)


@transaction.atomic
def answer_for_city(
    consent: PlaceConsent, *, agrees: bool, comment: str, by: Actor, version: int | None = None
) -> None:
    """Raises Forbidden, Stale, Invalid at `comment` for a refusal without a reason, Conflict when it is
    over.
    """
    if not may_answer_for_city(by, consent):
        raise Forbidden("За город отвечает тот, кто даёт должности города.")
    if not agrees and not comment.strip():
        raise Invalid(
            "comment", "Напишите, почему вы не согласны: это прочтёт школа, которая просит.", "comment"
        )
    if not _answer(consent, agrees=agrees, comment=comment, by=by, version=version):
        raise Conflict("agreement_over", "Этот вопрос уже закрыт: на него ответили или просьбу отменили.")


@transaction.atomic
def hear_agreement(said: AgreementAnsweredLetter, school: UUID | None, *, by: Actor) -> None:
    """Another school has answered. What is over by then changes nothing."""
    with weighing():
        found = PlaceConsent.objects.select_related("change", "school").filter(uuid=said.consent).first()
    if found is not None and found.school is not None and found.school.uuid == school:
        _answer(found, agrees=said.agrees, comment=said.comment, by=by)


def _answer(
    consent: PlaceConsent, *, agrees: bool, comment: str, by: Actor, version: int | None = None
) -> bool:
    """False when it is over. The last word begins the three days, or ends all."""
    with weighing():
        change: AddressChange = lock(AddressChange, consent.change_id)
        locked: PlaceConsent = lock(PlaceConsent, consent.pk)
    if not locked.is_open or not change.is_open:
        return False
    locked.check_version(version)
    locked.answered_at, locked.agrees, locked.comment = clock.now(), agrees, comment.strip()
    locked.save_change("answered_at", "agrees", "comment")
    audit.record(by, "agreed" if agrees else "disagreed", locked, comment=locked.comment)
    if not agrees:
        end(change, AddressOutcome.REFUSED, by=by, comment=locked.comment)
    elif not change.consents.filter(answered_at=None).exists():
        write_to_mailboxes(
            change, f"{_asking(change)}: вернуть вам вход согласны все", tell_school=True, by=by
        )
    return True
