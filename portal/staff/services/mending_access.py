"""The principal asks the city to let somebody in again: by another address, or without the lost telephone.

The city knows whether the person serves elsewhere, and answers by a letter (docs/adr/0038).
"""

from uuid import UUID

from django.db import transaction

from portal import audit, exchange
from portal.accounts.letters import ACCESS_ASKED, AccessAskedLetter
from portal.accounts.offices import Office
from portal.accounts.states import Change
from portal.core.actor import Actor
from portal.core.errors import Forbidden, Invalid
from portal.notify.notices import tell
from portal.staff import access
from portal.staff.mailboxes import refuse_shared
from portal.staff.models import Person
from portal.staff.selectors.holders import holders_of
from tenants.addresses import school_url
from tenants.context import school_here

ENOUGH = 10
"""Signs of a reason: «потерял» says nothing to whoever reads the journal later."""


@transaction.atomic
def ask_to_let_in(person: Person, *, what: str, reason: str, by: Actor, email: str = "") -> None:
    """Raises Forbidden, Invalid at the field. The letter leaves; the person and both mailboxes will hear."""
    if not access.can_mend_account(by, person) or person.user is None:
        raise Forbidden("За того, кто не может войти, просит директор его школы. Свою почту меняют сами.")
    address = email.strip().lower() if what == Change.ADDRESS else ""
    if what == Change.ADDRESS and not address:
        raise Invalid("email", "Укажите новую почту: на неё человек будет входить.", "email")
    if len(reason.strip()) < ENOUGH:
        raise Invalid(
            "reason", "Напишите, что случилось и как вы убедились, что просит сам человек.", "reason"
        )
    refuse_shared(address, person)
    audit.record(by, "access_asked", person, comment=reason.strip())
    letter = AccessAskedLetter(
        person=person.uuid, user=person.user, what=what, email=address, reason=reason.strip()
    )
    exchange.send(ACCESS_ASKED, letter, topic=person.uuid, by=by)


ANSWERS = {
    "begun": "письма уходят, через 72 часа смена состоится, если её не остановят",
    "done": "готово, можно входить",
    "cancelled": "отменено самим человеком или новой просьбой",
    "stopped": "остановлено по ссылке из письма на прежнюю почту",
    "not_taken": "новый адрес не принял смену, почта прежняя",
    "moved": "ничего не сменилось: за это время человек ушёл из школы или начал служить ещё где-то",
    "not_here": "у города нет этого человека среди вошедших от вашей школы",
    "elsewhere": "человек служит ещё в одном месте, ждём согласия оттуда",
    "refused": "другое место работы человека не согласилось, всё осталось как было",
    "unanswered": "другое место работы человека не ответило вовремя, всё осталось как было; договоритесь "
    "с ним и попросите снова",
    "closed": "вход человека закрыт: прошёл год после последней должности",
    "own_waits": "человек сам уже попросил о смене, она ждёт",
    "no_factor": "второй шаг не подключён, отключать нечего",
    "same_address": "с этой почтой человек и так входит",
}


def keep_answer(person: UUID | None, *, what: str, outcome: str, by: Actor, comment: str = "") -> None:
    """The principal hears it, and the journal has it. Whoever is not here any more is no failure."""
    found = Person.objects.filter(uuid=person).first() if person else None
    if found is None:
        return
    audit.record(by, "access_answered", found, changes={"outcome": ["", outcome]}, comment=comment)
    thing = "Почта для входа" if what == Change.ADDRESS else "Второй шаг входа"
    text = ". ".join(filter(None, (f"{thing}, {found.short_name}: {ANSWERS.get(outcome, outcome)}", comment)))
    tell(
        holders_of(Office.PRINCIPAL),
        "staff.access_answered",
        text,
        school_url(school_here().code, "staff:person", found.uuid),
        about=found,
    )
