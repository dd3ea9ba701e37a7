"""The school's name on the card of a practice that one of its pairs has taken: the principal's word, given
and taken back; a mentor may ask for it.
"""

from django.db import transaction

from best_practices.naming_letters import SCHOOL_NAMED, SchoolNamed
from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden
from portal.core.text import quoted
from portal.exchange import send
from portal.notify import tell
from portal.pair_work.access import adoptions as access
from portal.pair_work.models import Adoption
from portal.staff.selectors import holders_of
from tenants.links import link


@transaction.atomic
def name_school(adoption: Adoption, *, named: bool, by: Actor, version: int | None = None) -> Adoption:
    """The card of the practice names the school from now on, or does so no more; each is a letter to the city
    and a line of both journals. The same once more changes nothing. Raises Forbidden, Conflict, Stale.
    """
    locked: Adoption = lock(Adoption, adoption.pk)
    if not access.can_name_school(by, locked):
        raise Forbidden(access.ONLY_PRINCIPAL)
    locked.check_version(version)
    if locked.is_own:
        raise Conflict("own", "Это практика вашей школы: на карточке школа уже названа.")
    if locked.dropped_on is not None:
        raise Conflict("dropped", "Практику уже убрали из программы: на карточке вашей школы нет.")
    if locked.names_school == named:
        return locked
    locked.names_school = named
    locked.save_change("names_school")
    said = SchoolNamed(adoption=locked.uuid, names_school=named)
    word = "можно назвать" if named else "больше не называть"
    title = f"Практика {locked.code} {quoted(locked.title)}: школу {word} на карточке"
    send(SCHOOL_NAMED, said, topic=locked.uuid, by=by, title=title)
    verb = "school_named" if named else "school_unnamed"
    audit.record(by, verb, locked.programme, changes={"practice": locked.code})
    return locked


def ask_to_name(adoption: Adoption, *, by: Actor) -> None:
    """The mentor would have the school named: the principal hears of it, and decides."""
    if adoption.is_own:
        return
    people = [user for user in holders_of("principal") if user != by.user]
    text = f"Пара просит назвать школу на карточке практики {quoted(adoption.title)}. Решаете вы"
    tell(people, "adoption_to_name", text, link("pair_work:adoption", adoption.uuid))
