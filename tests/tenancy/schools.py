"""A school that waits to be opened, and the way to take it away: its role belongs to the cluster and would
outlive the test's database.
"""

from tenants.models import School, SchoolOpening, SchoolState
from tests import database


def school_to_open(number: int = 31) -> School:
    """Asked to be opened: the agreement is signed, the row of progress is there."""
    school = School.objects.create(
        code=str(number),
        number=number,
        short_name=f"Школа № {number}",
        full_name=f"Школа № {number}",
        inn="7707083893",
        state=SchoolState.DOCS_SIGNED,
        agreement_number=f"С-{number}",
        agreement_on="2026-09-01",
    )
    SchoolOpening.objects.create(school=school)
    return school


def drop_school(school: School, name: str) -> None:
    """From the named database and from the server."""
    database.run_as_superuser(
        f'DROP SCHEMA IF EXISTS "{school.schema_name}" CASCADE',
        f'DROP ROLE IF EXISTS "{school.role}"',
        database=name,
    )
