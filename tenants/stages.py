"""Since which day an object of a school is in which state: rows that its steps write (docs/adr/0040)."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from portal.core import clock
from portal.core.privacy import plain
from tenants.base import SchoolEntity


class Since(SchoolEntity):
    """What is true of an owner from this day on, till its next row begins: the last one of a day holds it.
    `of` names the key to the owner. Written by services and steps, never by hand.
    """

    of: ClassVar[str]
    started_on = plain(models.DateField("с какого дня"))

    class Meta:
        abstract = True

    @classmethod
    def lay(cls, owner: Any, since: dt.date, *, by: Any, **values: Any) -> None:
        """From the day on it is so. What later days were said to be before is so no more: who says it of an
        earlier day changes the past.
        """
        cls._default_manager.filter(**{cls.of: owner}, started_on__gt=since).delete()
        cls.put(owner, since, by=by, **values)

    @classmethod
    def put(cls, owner: Any, since: dt.date, *, by: Any, **values: Any) -> None:
        """The row of the day; what was said of later days stays."""
        cls._default_manager.update_or_create(
            **{cls.of: owner},
            started_on=since,
            defaults={**values, "updated_at": clock.now()},
            create_defaults={**values, "created_by": by},
        )

    @classmethod
    def last_of(cls, owner: Any) -> Self | None:
        """What holds from its day on without an end; None where nothing was kept."""
        own: dict[str, Any] = {cls.of: owner}
        return cls._default_manager.filter(**own).order_by("-started_on").first()

    @classmethod
    def of_day(cls, day: dt.date) -> "models.QuerySet[Self]":
        """Of each owner the row that holds the day."""
        own: dict[str, Any] = {cls.of: OuterRef(cls.of)}
        later = cls._default_manager.filter(**own, started_on__lte=day, started_on__gt=OuterRef("started_on"))
        return cls._default_manager.filter(~Exists(later), started_on__lte=day)

    @classmethod
    def _of_outer(cls, **more: Any) -> "models.QuerySet[Self]":
        own: dict[str, Any] = {cls.of: OuterRef("pk"), **more}
        return cls._default_manager.filter(**own)


class Stage(Since):
    """The state of an object from this day on. Written by the steps of the object. Its model says the choices
    of `state`.
    """

    state = plain(models.CharField("состояние", max_length=20))

    class Meta:
        abstract = True

    @classmethod
    def begin(cls, owner: Any, since: dt.date, *, by: Any) -> None:
        """From the day on the object is in its present state."""
        cls.lay(owner, since, by=by, state=owner.state)

    @classmethod
    def keep(cls, owner: Any, move: Any) -> None:
        """What each step of the object's workflow leaves behind (`Workflow.keeps`)."""
        if owner.state != move.source:
            cls.begin(owner, clock.today(), by=move.by.user)

    @classmethod
    def last_since(cls, owner: Any) -> dt.date | None:
        """The first day of the present state; None where nothing was kept of it."""
        last = cls.last_of(owner)
        return last.started_on if last else None

    @classmethod
    def state_on(cls, day: dt.date) -> Subquery:
        """The state of each object of a query on the day; None where nothing is known of that day."""
        return Subquery(cls._of_outer(started_on__lte=day).order_by("-started_on").values("state")[:1])

    @classmethod
    def has_any(cls) -> Exists:
        """Whether anything is known of the object's past states."""
        return Exists(cls._of_outer())

    @classmethod
    def there_on(cls, rows: "models.QuerySet[Any]", day: dt.date) -> "models.QuerySet[Any]":
        """Objects of the day with `state_then`: those that had been begun by it, and those of which only that
        is known, without a state.
        """
        known: models.QuerySet[Any] = rows.annotate(state_then=cls.state_on(day))
        return known.filter(~Q(state_then=None) | Q(~cls.has_any(), created_at__date__lte=day))

    @classmethod
    def unkept(cls, rows: "models.QuerySet[Any]", day: dt.date) -> "models.QuerySet[Any]":
        """Objects that were there on the day, and whose state of it was not kept: they are of before."""
        return rows.filter(~Exists(cls._of_outer(started_on__lte=day)), created_at__date__lte=day)
