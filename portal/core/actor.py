"""Who acts. Services and rules take an Actor, never a request, so they know neither HTTP nor tenants."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """A person (or the portal itself) acting in one contour, with the rights that are valid now.

    `school` is the uuid of the school whose contour this is, or None in the city. `permissions` are names
    of the matrix as plain strings, so that the kernel does not depend on the matrix.
    """

    user: UUID | None
    school: UUID | None = None
    offices: frozenset[str] = field(default_factory=frozenset)
    permissions: frozenset[str] = field(default_factory=frozenset)
    is_system: bool = False
    via: str = "session"

    def can(self, permission: str) -> bool:
        """True if an office of the actor grants the permission here and now."""
        return permission in self.permissions

    def is_person(self, user: UUID | None) -> bool:
        """True if the actor is this very person; never true for an unlinked record (None)."""
        return user is not None and self.user == user

    @property
    def serves(self) -> bool:
        """Whether the actor holds an office of this contour today: without one, what a person once had here
        is closed.
        """
        return bool(self.offices)

    @classmethod
    def system(cls, school: UUID | None = None, via: str = "time") -> "Actor":
        """The portal itself: time, the post between contours, the opening of schools."""
        return cls(user=None, school=school, is_system=True, via=via)
