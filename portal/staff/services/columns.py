"""A person says what is in which column of the file."""

from collections.abc import Mapping

from django.db import transaction

from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.staff import access
from portal.staff.models import StaffImport
from portal.staff.table_layout import restored_layout
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import ColumnsChosen


@transaction.atomic
def choose_columns(
    staff_import: StaffImport, chosen: Mapping[int, str], *, by: Actor, version: int | None = None
) -> StaffImport:
    """What each column is, by its place; remembered for the next file of this school. Raises Invalid at the
    column that is chosen twice, and when people cannot be told from one another.
    """
    if not access.can_import_staff(by):
        raise Forbidden("Список сотрудников загружают куратор и специалист по кадрам.")
    staff_import.check_version(version)
    layout = restored_layout(staff_import.layout)
    layout.choose(chosen)
    IMPORT.move(staff_import, "columns", by=by, version=version, asked=ColumnsChosen(layout=layout.stored()))
    return staff_import
