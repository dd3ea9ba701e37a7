"""Opening a school as a job of the owner's worker, with progress that is visible while the opening's own
transaction is not.

Whole or nothing: `tenants.opening.open_school` makes everything in one transaction, the transition of SM-17
included. The job runs again to the same end.
"""

from uuid import UUID

import psycopg
from django.db import connection

from portal.core import clock
from portal.core.actor import Actor
from portal.municipality.workflow import SCHOOL
from tenants.jobs import owner_job, whoever_asked
from tenants.lookup import forget
from tenants.models import School, SchoolState
from tenants.opening import open_school

READY = "школа открыта"


class Beside:
    """Writes the progress on a connection of its own, so that it is seen at once and survives a rollback."""

    def __init__(self, school: School) -> None:
        self.school = school

    def __enter__(self) -> "Beside":
        params = {**connection.get_connection_params(), "autocommit": True}
        params.pop("cursor_factory", None)
        self.connection = psycopg.connect(**params)
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def tell(self, step: str, done: int, total: int) -> None:
        self._write("step = %s, done = %s, total = %s, trouble = ''", step, done, total)

    def finished(self) -> None:
        self._write("step = %s, done = total, trouble = '', finished_at = %s", READY, clock.now())

    def trouble(self, error: Exception) -> None:
        self._write("trouble = %s", f"{type(error).__name__}: {error}"[:500])

    def _write(self, assignments: str, *values: object) -> None:
        statement = (
            f"UPDATE public.tenants_schoolopening SET {assignments}, updated_at = %s WHERE school_id = %s"
        )
        self.connection.execute(statement.encode(), [*values, clock.now(), self.school.pk])


@owner_job(
    "municipality.open_school",
    may=whoever_asked("the agreement with the school is signed: the department goes on"),
)
def make_school(*, by: Actor, school_uuid: str) -> None:
    """Open the school and mark it; a school that is open already stays as it is."""
    school = School.objects.get(uuid=UUID(school_uuid))

    def mark(school: School) -> None:
        school.refresh_from_db()
        if school.state == SchoolState.DOCS_SIGNED:
            SCHOOL.move(school, "open", by=by)

    with Beside(school) as beside:
        try:
            open_school(school, finish=mark, progress=beside.tell)
        except Exception as error:
            beside.trouble(error)
            raise
        beside.finished()
    forget()
