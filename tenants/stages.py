"""Since which day an object of a school is in which state: rows that its steps write (docs/adr/0040)."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Subquery

from portal.core import clock
from portal.core.privacy import plain
from tenants.base import SchoolEntity


class Stage(SchoolEntity):
    """The state of an object from this day on, till its next row begins: the last one of a day holds it.
    Written by the steps of the object, never by hand. `of` names the key to the object; its model says
    the choices of `state`.
    """

    of: ClassVar[str]
    state = plain(models.CharField("состояние", max_length=20))
    started_on = plain(models.DateField("с какого дня"))

    class Meta:
        abstract = True

    @classmethod
    def begin(cls, owner: Any, since: dt.date, *, by: Any) -> None:
        """From the day on the object is in its present state. What later days were said to be before is so
        no more: a step that holds since an earlier day changes the past.
        """
        own: dict[str, Any] = {cls.of: owner}
        cls._default_manager.filter(**own, started_on__gt=since).delete()
        cls._default_manager.update_or_create(
            **own,
            started_on=since,
            defaults={"state": owner.state, "updated_at": clock.now()},
            create_defaults={"state": owner.state, "created_by": by},
        )

    @classmethod
    def keep(cls, owner: Any, move: Any) -> None:
        """What each step of the object's workflow leaves behind (`Workflow.keeps`)."""
        if owner.state != move.source:
            cls.begin(owner, clock.today(), by=move.by.user)

    @classmethod
    def last_since(cls, owner: Any) -> dt.date | None:
        """The first day of the present state; None where nothing was kept of it."""
        own: dict[str, Any] = {cls.of: owner}
        days = cls._default_manager.filter(**own).order_by("-started_on")
        return days.values_list("started_on", flat=True).first()

    @classmethod
    def state_on(cls, day: dt.date) -> Subquery:
        """The state of each object of a query on the day; None where nothing is known of that day."""
        return Subquery(cls._of_outer(started_on__lte=day).order_by("-started_on").values("state")[:1])

    @classmethod
    def has_any(cls) -> Exists:
        """Whether anything is known of the object's past states."""
        return Exists(cls._of_outer())

    @classmethod
    def _of_outer(cls, **more: Any) -> "models.QuerySet[Self]":
        own: dict[str, Any] = {cls.of: OuterRef("pk"), **more}
        return cls._default_manager.filter(**own)

    @classmethod
    def unkept(cls, rows: "models.QuerySet[Any]", day: dt.date) -> "models.QuerySet[Any]":
        """Objects that were there on the day, and whose state of it was not kept: they are of before."""
        return rows.filter(~Exists(cls._of_outer(started_on__lte=day)), created_at__date__lte=day)
