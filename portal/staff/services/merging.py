"""Two cards that are one person: merged, and taken apart again within 30 days."""

import json
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core import serializers
from django.db import models, transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, NotVisible
from portal.notify.notices import tell
from portal.staff import access
from portal.staff.models import UNDO_DAYS, Employment, Person, PersonMerge, Position, WorkStage
from portal.staff.selectors.merging import Fate, Preview, number_columns, preview
from portal.staff.states import PositionKind
from tenants.links import link


@transaction.atomic
def merge_people(
    kept: Person, gone: Person, *, by: Actor, version: int | None = None, gone_version: int | None = None
) -> PersonMerge:
    """`gone` is the same person as `kept`: what it has goes over, what repeats is put away, and the card is
    no longer found. Raises Forbidden, Stale, Conflict with what must be settled first.
    """
    if not access.can_merge_people(by):
        raise Forbidden("Карточки объединяют куратор и специалист по кадрам.")
    if kept.pk == gone.pk:
        raise Conflict("one_card", "Это одна и та же карточка.")
    kept, gone = _both_locked(kept, gone)
    kept.check_version(version)
    gone.check_version(gone_version)
    found = preview(kept, gone)
    if found.troubles:
        raise Conflict("not_one", " ".join(found.troubles))
    merge = PersonMerge(person=kept, gone=gone, created_by=by.user)
    merge.put_away = [one for fate in found.put_away for one in _serialised(fate)]
    _join(found)
    for fate in found.put_away:
        fate.row.delete()
    merge.moved = [_moved(fate, kept) for fate in found.moves]
    merge.numbers = _renumbered(gone.uuid, kept.uuid)
    gone.merged_into = kept
    gone.save_change("merged_into")
    merge.filled = found.filled
    for name in found.filled:
        setattr(kept, name, getattr(gone, name))
    kept.save_change(*found.filled)
    merge.save()
    audit.record(by, "merged", kept, changes={"gone": str(gone.uuid)})
    _tell(kept, f"В школе было две ваши карточки, теперь одна: {kept.full_name}. {WRONG}")
    return merge


@transaction.atomic
def undo_merge(merge: PersonMerge, *, by: Actor, version: int | None = None) -> Person:
    """They are two people after all: each row goes back, unless it has gone elsewhere since. Gives the card
    that is found again. Raises Forbidden, Stale, NotVisible (undone already), Conflict after 30 days, or
    when the name is another's by now.
    """
    if not access.can_merge_people(by):
        raise Forbidden("Карточки объединяют и разделяют куратор и специалист по кадрам.")
    merge = lock(PersonMerge, merge.pk)
    merge.check_version(version)
    kept, gone = _both_locked(merge.person, merge.gone)
    if merge.undo_until < clock.today():
        raise Conflict("too_late", f"Объединение можно отменить {UNDO_DAYS} дней, они прошли.")
    _empty_again(kept, gone, merge.filled)
    twins = Person.objects.filter(match_key=gone.match_key).exclude(birth_date=None).exclude(pk=gone.pk)
    if gone.birth_date and twins.exists():
        raise Conflict(
            "person_known",
            "Человек с таким именем и датой рождения уже есть в списке: исправьте его имя или дату.",
        )
    gone.merged_into = None
    gone.save_change("merged_into")
    for label, name, pk in merge.moved:
        apps.get_model(label)._base_manager.filter(pk=pk, **{name: kept}).update(**{name: gone})
    for label, name, pk, was in merge.numbers:
        _number_back(apps.get_model(label), name, pk, was=was, kept=kept.uuid, gone=gone.uuid)
    _put_back(merge)
    kept.save_change()
    audit.record(by, "merge_undone", kept, changes={"gone": str(gone.uuid)})
    for person in (kept, gone):
        _tell(person, f"Карточки, которые объединили по ошибке, снова разделены. Ваша: {person.full_name}.")
    merge.delete()
    return gone


def _put_back(merge: PersonMerge) -> None:
    """Rows that were put away; periods that had taken their positions are without them again."""
    rows = list(serializers.deserialize("python", merge.put_away))
    posts = [one.object.pk for one in rows if isinstance(one.object, Position)]
    takers = list(Employment.objects.filter(positions__in=posts).distinct())
    for one in rows:
        one.save()
    for work in takers:
        WorkStage.mend(work)


WRONG = "Если это ошибка, скажите куратору: объединение отменяют 30 дней."


def _tell(person: Person, text: str) -> None:
    """Whoever has joined hears what became of the own card."""
    tell([person.user], "staff.cards", text, link("staff:person", person.uuid), about=person)


def _both_locked(kept: Person, gone: Person) -> tuple[Person, Person]:
    """In the order of keys: two who merge the same two the other way round wait for each other."""
    rows = Person._base_manager.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < 2 or (found[gone.pk].merged_into_id not in (None, kept.pk)):
        raise NotVisible
    return found[kept.pk], found[gone.pk]


def _serialised(fate: Fate) -> list[Any]:
    """The row, and what is within it, as they go back when the merge is undone."""
    row = type(fate.row)._base_manager.get(pk=fate.row.pk)
    within = [*row.positions.all(), *row.stages.all()] if isinstance(row, Employment) else []
    kept: list[Any] = json.loads(serializers.serialize("json", [row, *within]))
    return kept


def _join(found: Preview) -> None:
    """Positions of periods that are put away: beside a main one they are combined."""
    for post, work in found.joins:
        post.employment = work
        if post.kind == PositionKind.MAIN and work.posts:
            post.kind = PositionKind.INTERNAL
        post.save_change("employment", "kind")
        WorkStage.mend(work)


def _moved(fate: Fate, kept: Person) -> list[Any]:
    model, name = fate.relation.model, fate.relation.name
    model._base_manager.filter(pk=fate.row.pk).update(**{name: kept})
    return [model._meta.label, name, fate.row.pk]


def _renumbered(old: UUID, new: UUID) -> list[list[Any]]:
    """Where people are named by number, the kept card's number stands instead."""
    found: list[list[Any]] = []
    for column in number_columns():
        model, name = column.model, column.name
        wanted = {f"{name}__contains": [old]} if isinstance(column, ArrayField) else {name: old}
        for pk, was in model._base_manager.filter(**wanted).values_list("pk", name):
            model._base_manager.filter(pk=pk).update(**{name: _instead(was, old, new)})
            found.append([model._meta.label, name, pk, json.loads(json.dumps(was, default=str))])
    return found


def _instead(was: Any, old: UUID, new: UUID) -> Any:
    """One number for the other; in a list once."""
    return list(dict.fromkeys(new if one == old else one for one in was)) if isinstance(was, list) else new


def _number_back(model: type[models.Model], name: str, pk: Any, *, was: Any, kept: UUID, gone: UUID) -> None:
    """What stood there, unless somebody has changed it since."""
    rows = model._base_manager.filter(pk=pk)
    before = [UUID(one) for one in was] if isinstance(was, list) else UUID(was)
    if rows.values_list(name, flat=True).first() == _instead(before, gone, kept):
        rows.update(**{name: before})


def _empty_again(kept: Person, gone: Person, filled: list[str]) -> None:
    """Facts that came from the other card go, where they are still as they came."""
    same = [name for name in filled if getattr(kept, name) == getattr(gone, name)]
    for name in same:
        setattr(kept, name, getattr(Person(), name))
    kept.save_change(*same)
