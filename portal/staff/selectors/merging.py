"""Two cards of one person: what would move, what would be put away, what forbids it; and who looks alike."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.text import capfirst

from portal.core.entity import Entity
from portal.core.person_names import FIRST, LAST, MIDDLE
from portal.staff.models import (
    WORK,
    Absence,
    CategoryStage,
    Employment,
    FormerName,
    GuestStay,
    Person,
    PersonMerge,
    PersonOffice,
    Position,
    StaffInvitation,
)
from portal.staff.two_in_one import forbidden_by_rooms
from tenants.base import SchoolEntity

REPEATING = (Employment, Absence, FormerName, GuestStay, PersonOffice)
"""Of these the other card's row is put away where it repeats one of the kept card. Any other clash is to be
settled first.
"""
FACTS = ("gender", "birth_date", "education_level", "email")
CATEGORY = ("category", "category_on", "category_until")


@dataclass(frozen=True)
class Fate:
    """What becomes of one row of the card that goes."""

    row: Any
    relation: "models.ForeignKey[Any, Any]"
    is_put_away: bool = False

    @property
    def words(self) -> str:
        said = getattr(self.row, "words", "") or str(self.row)
        if isinstance(self.row, Employment):
            said = "; ".join([said, *(post.title for post in self.row.posts)])
        name = capfirst(str(self.row._meta.verbose_name))
        return name if said.startswith(f"{type(self.row).__name__} object") else f"{name}: {said}"


@dataclass
class Preview:
    """`moves` and `put_away` are rows, `stays` is what nobody may rewrite, `filled` are columns; `joins` are
    positions of a period that is put away, each with the period that has them from now on; `troubles` are
    sentences: while there is one, nothing is done.
    """

    moves: list[Fate] = field(default_factory=list)
    put_away: list[Fate] = field(default_factory=list)
    stays: list[Fate] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    joins: list[tuple[Position, Employment]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def preview(kept: Person, gone: Person) -> Preview:
    """What merging would do, without doing it."""
    found = Preview(filled=facts_to_fill(kept, gone), troubles=_troubles(kept, gone))
    for relation in relations():
        for row in relation.model._base_manager.filter(**{relation.name: gone}).order_by("pk"):
            if isinstance(row, CategoryStage):
                _with_category(found, row, relation)
            elif isinstance(row, Entity) and row.append_only:
                found.stays.append(Fate(row, relation))
            elif not _clashes(row, relation, kept):
                found.moves.append(Fate(row, relation))
            elif isinstance(row, REPEATING):
                found.joins += joining(row, kept)
                found.put_away.append(Fate(row, relation, is_put_away=True))
            else:
                found.troubles.append(
                    f"{Fate(row, relation).words}. Такая запись есть у обеих карточек: сначала закройте одну."
                )
    if "category" in found.filled:
        relation = CategoryStage._meta.get_field("person")
        found.put_away += [Fate(one, relation, is_put_away=True) for one in kept.category_stages.all()]
    return found


def _with_category(found: Preview, row: CategoryStage, relation: "models.ForeignKey[Any, Any]") -> None:
    """Its days go with the category: the card that is kept has those of its own, or takes the other's."""
    if "category" in found.filled:
        found.moves.append(Fate(row, relation))
    else:
        found.put_away.append(Fate(row, relation, is_put_away=True))


def joining(row: Any, kept: Person) -> list[tuple[Position, Employment]]:
    """A list may have named one person twice, once for each position: what the kept card's work of the same
    days does not have goes over to it.
    """
    if not isinstance(row, Employment):
        return []
    last = row.ended_on or dt.date.max
    first = row.started_on or dt.date.min
    of_kept = [one for one in kept.employments.all() if one.shares_days(first, last)]
    known = {post.position for one in of_kept for post in one.posts}
    return [(post, of_kept[0]) for post in row.positions.order_by("pk") if post.position not in known]


def said(fates: list[Fate]) -> list[str]:
    """Each row in words; those of which there is nothing more to say are counted."""
    counted = Counter(fate.words for fate in fates)
    return [f"{words}: {count}" if count > 1 else words for words, count in counted.items()]


def relations() -> "Iterator[models.ForeignKey[Any, Any]]":
    """Every key of a school's tables that leads to a person."""
    for one in Person._meta.get_fields(include_hidden=True):
        if isinstance(one, models.ManyToOneRel) and one.field is not PersonMerge._meta.get_field("gone"):
            yield one.field


def number_columns() -> "Iterator[models.Field[Any, Any]]":
    """Columns that name people by their numbers: whatever may hold one and may be rewritten."""
    for model in apps.get_models():
        if issubclass(model, SchoolEntity) and not model.append_only:
            for column in model._meta.concrete_fields:
                inner = column.base_field if isinstance(column, ArrayField) else column
                if isinstance(inner, models.UUIDField) and column.name not in ("uuid", "created_by"):
                    yield column


def facts_to_fill(kept: Person, gone: Person) -> list[str]:
    """What the kept card does not know and the other one does."""
    found = [name for name in FACTS if not getattr(kept, name) and getattr(gone, name)]
    if kept.category == "none" != gone.category:
        found += [name for name in CATEGORY if getattr(gone, name)]
    return found


def alike(person: Person) -> QuerySet[Person]:
    """Other cards that may be the same person: the same full name, where no two days of birth tell them
    apart, or the same day of birth with two of three parts of the name (a new surname, a slip in one of
    them).
    """
    same = Q(name_key=person.name_key)
    if person.birth_date:
        same &= Q(birth_date=None) | Q(birth_date=person.birth_date)
        parts = [Q(**{part: getattr(person, part)}) for part in (LAST, FIRST, MIDDLE)]
        two_of_three = (parts[0] & parts[1]) | (parts[0] & parts[2]) | (parts[1] & parts[2])
        same |= Q(birth_date=person.birth_date) & two_of_three
    return Person.objects.filter(same).exclude(pk=person.pk).prefetch_related(WORK).order_by("name_key", "pk")


def merges_of(person: Person) -> QuerySet[PersonMerge]:
    """Those that can still be undone, the last one first."""
    return person.merges.select_related("gone").order_by("-pk")


def _clashes(row: Any, relation: "models.ForeignKey[Any, Any]", kept: Person) -> bool:
    """Whether the database would refuse the row beside what the kept card has."""
    own = getattr(row, relation.name)
    setattr(row, relation.name, kept)
    try:
        row.validate_constraints()
    except ValidationError:
        return True
    finally:
        setattr(row, relation.name, own)
    return False


def _troubles(kept: Person, gone: Person) -> list[str]:
    found = []
    if gone.user is not None and kept.user is not None:
        found.append(
            "У обеих карточек есть вход в портал, и каждый вход чей-то: объединить их нельзя. Спросите "
            "человека, каким входом он пользуется, и отметьте увольнение в другой."
        )
    elif gone.user is not None:
        found.append(
            "Вход в портал есть у карточки, которой не станет. Оставьте её: поменяйте карточки местами."
        )
    elif _is_invited(gone):
        found.append(
            "На имя карточки, которой не станет, отправлено приглашение в портал. Оставьте её или "
            "дождитесь, пока приглашение истечёт."
        )
    elif gone.newcomers.filter(answered_at=None).exists():
        found.append(
            "По приглашению на имя карточки, которой не станет, кто-то вошёл под другим именем и ждёт. "
            "Сначала ответьте на её странице, тот ли это человек."
        )
    return found + _work_on_days_of_stay(kept, gone) + forbidden_by_rooms(kept, gone)


def _work_on_days_of_stay(kept: Person, gone: Person) -> list[str]:
    """Nobody is staff and guest on one day (docs/adr/0036), and two cards may say so of one person."""
    both = [kept, gone]
    work = list(Employment.objects.filter(person__in=both))
    return [
        f"Дни гостя {stay.words} приходятся на работу в школе: сначала поправьте их."
        for stay in GuestStay.objects.filter(person__in=both)
        if any(one.shares_days(stay.started_on, stay.ended_on) for one in work)
    ]


def _is_invited(person: Person) -> bool:
    sent: list[StaffInvitation] = list(person.invitations.all())
    return any(one.condition in ("asked", "sent") for one in sent)
