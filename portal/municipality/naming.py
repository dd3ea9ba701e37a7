"""Writes about names of organisations: the portal proposes how to decline them, a person says the last word
once.
"""

from django.db import transaction

from portal import audit
from portal.core.actor import Actor
from portal.core.entity import one_at_a_time
from portal.core.errors import Forbidden
from portal.documents.names import common_genitive, organisation_genitive
from portal.municipality.models import DepartmentName
from tenants.lookup import facts_changed, forget
from tenants.models import School


@transaction.atomic
def name_school(
    school: School, *, full_genitive: str, short_genitive: str, by: Actor, version: int | None = None
) -> School:
    """How papers decline the school's name. Raises Forbidden, Stale."""
    if not by.can("school:open"):
        raise Forbidden("Реквизиты школ правит специалист Управления.")
    school = School.objects.select_for_update().get(pk=school.pk)
    school.check_version(version)
    before = _declined(school)
    school.full_genitive = " ".join(full_genitive.split())
    school.short_genitive = " ".join(short_genitive.split())
    school.save_change("full_genitive", "short_genitive")
    audit.record(by, "named", school, changes={"genitive": [before, _declined(school)]})
    forget()
    return school


def _declined(school: School) -> list[str]:
    return [school.full_genitive, school.short_genitive]


def of_former_name(school: School, full_name: str, short_name: str) -> dict[str, str]:
    """What was typed of a name that changes is no longer of it: the portal proposes anew."""
    changes = {}
    if school.full_genitive and full_name != school.full_name:
        changes["full_genitive"] = organisation_genitive(full_name)
    if school.short_genitive and short_name != school.short_name:
        changes["short_genitive"] = organisation_genitive(short_name)
    return changes


@transaction.atomic
def name_department(
    *, name: str, genitive: str, by: Actor, version: int | None = None, **bodies: str
) -> DepartmentName:
    """How papers call the department and the bodies of the city (`methodical_body`, `council`). A genitive
    left as it was under another name is proposed anew. Raises Forbidden, Stale.
    """
    if not by.can("school:open"):
        raise Forbidden("Название Управления правит специалист Управления.")
    one_at_a_time("municipality.department")
    row = DepartmentName.objects.select_for_update().order_by("pk").first()
    known = row or DepartmentName.stored()
    known.check_version(version if row else known.version)
    before = [known.name, known.in_genitive]
    name, genitive = " ".join(name.split()), proposed_for(known, name, genitive)
    typed = genitive if genitive != common_genitive(name) else ""
    if row is None:
        row = DepartmentName(created_by=by.user)
    row.name, row.genitive = name, typed
    for body, words in bodies.items():
        setattr(row, body, " ".join(words.split()))
    if row.pk is None:
        row.save()
    else:
        row.save_change("name", "genitive", *bodies)
    audit.record(by, "named", row, changes={"name": [before, [row.name, row.in_genitive]]})
    facts_changed()
    return row


def proposed_for(known: DepartmentName, name: str, genitive: str) -> str:
    """What was typed beside the name, or, where only the name was changed, the proposal for it."""
    typed = " ".join(genitive.split())
    forgotten = not typed or (typed == known.in_genitive and " ".join(name.split()) != known.name)
    return common_genitive(" ".join(name.split())) if forgotten else typed
