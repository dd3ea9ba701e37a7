"""No day is both work and stay (docs/adr/0036): asked wherever a day of work begins, ends or is moved."""

import datetime as dt

from portal.core.errors import Invalid
from portal.staff.models import Employment, GuestStay, Person


def stay_within(person: Person, since: dt.date | None, until: dt.date | None) -> GuestStay | None:
    """The first stay that shares a day with these days; where an end is empty there is no bound."""
    stays = GuestStay.objects.filter(person=person)
    if since is not None:
        stays = stays.filter(ended_on__gte=since)
    if until is not None:
        stays = stays.filter(started_on__lte=until)
    return stays.first()


def refuse_days_of_guest(person: Person, since: dt.date | None, until: dt.date | None, *, at: str) -> None:
    """Raises Invalid at the field."""
    stay = stay_within(person, since, until)
    if stay is not None:
        said = (
            f"Этот человек записан гостем школы {stay.words}: в эти дни он здесь не работает. Проверьте дату "
            "или сначала исправьте дни гостя в карточке."
        )
        raise Invalid("guest_then", said, at)


def works_within(person: Person, since: dt.date, until: dt.date) -> bool:
    """Whether a period of work shares a day with these days."""
    begun = Employment.objects.filter(person=person).exclude(ended_on__lt=since)
    return begun.exclude(started_on__gt=until).exists()
