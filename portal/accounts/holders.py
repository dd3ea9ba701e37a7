"""Who holds which office of the city today: whose move it is, by name. One query for a whole page."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.accounts.models import Membership, User
from portal.accounts.offices import Office
from portal.core import clock, reading
from portal.core.next_steps import Holder

NAMED = 2
"""So many people are named; more of them are counted."""


@dataclass(frozen=True)
class CityHolders:
    """The people of each office of the city."""

    people: Mapping[str, tuple[User, ...]]

    @classmethod
    def here(cls) -> "CityHolders":
        """Live memberships of the city; one query."""
        found: dict[str, dict[object, User]] = {}
        rows = Membership.objects.filter(
            Membership.valid_on(clock.today()), school=None, user__is_active=True
        )
        with reading.weighing():
            held = list(rows.select_related("user").order_by("user__name_key", "pk"))
        for row in held:
            found.setdefault(row.office, {})[row.user_id] = row.user
        return cls({office: tuple(people.values()) for office, people in found.items()})

    def has(self, office: Office) -> bool:
        """True if somebody would see it at home."""
        return bool(self.people.get(office))

    def of(self, office: Office) -> Holder:
        """Those who hold the office; where nobody does, the specialist of the department, who names people to
        offices.
        """
        held = self.people.get(office, ())
        if held:
            return holder_of_users(held, note=Office(office).label)
        empty = f"должность «{Office(office).label}» никто не занимает"
        if self.has(Office.DEPARTMENT_SPECIALIST):
            return holder_of_users(self.people[Office.DEPARTMENT_SPECIALIST], note=empty)
        return Holder.outside("администратор платформы", note=empty)


def holder_of_users(users: tuple[User, ...] | list[User], note: str = "") -> Holder:
    """These accounts by name: they are shown, the holders of other offices were only weighed."""
    for user in users[:NAMED]:
        reading.came(user)
    names = ", ".join(user.short_name for user in users[:NAMED])
    more = f" и ещё {len(users) - NAMED}" if len(users) > NAMED else ""
    return Holder.of(f"{names}{more}", [user.pk for user in users], note)
