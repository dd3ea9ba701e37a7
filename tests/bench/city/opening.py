"""Opening schools and reaching all of them with a release, beside django-tenants.

    python -m tests.bench.city.opening SIZE FOLDER [SAMPLE] --owner

The peer migrates a sample where the whole city would take it an hour; the rest is reckoned by the mean of the
sample. FOLDER keeps the migrations that the bench adds to a room, one for each size of the city.
"""

import datetime as dt
import importlib
import shutil
import statistics
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import tests.environment  # noqa: F401  (a clean environment)
from tests.bench.city.figures import bound, faster, say
from tests.bench.city.work import timed
from tests.database import ROOT

SAMPLE = 20
"""So many schools are migrated by the peer, if not said otherwise; of ours the last openings are as many."""
ROOM, MODEL, PACKAGE = "staff", "person", "bench_migrations"
COLUMN = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("{room}", "{after}")]
    operations = [migrations.AddField("{model}", "{column}", models.CharField(max_length=40, null=True))]
"""


def main() -> None:
    import django

    size, folder = int(sys.argv[1]), Path(sys.argv[2])
    wanted = int(sys.argv[3]) if sys.argv[3].isdigit() else SAMPLE
    know_migrations_of(folder)
    django.setup()
    opened = grow(size)
    run_migrate_schemas(shared=True)  # its first run after an opening does more
    say([faster("opening a school, against migrating it", size, *opened, 8)])
    say([faster("a deploy with nothing to do, against `migrate_schemas`", size, *deployed(wanted), 100)])
    add_column(folder, size)
    column = deployed(wanted, column=f"bench_{size}")
    say([faster("a deploy with one column, against `migrate_schemas`", size, *column, 30)])
    say([bound("the database on the disk", size, on_disk(), "MB", None)])


# ── Opening ─────────────────────────────────────────────────────────────────────────────────────────
def grow(size: int) -> tuple[float, float]:
    """Opens what is wanting; returns the median opening of ours and of the peer's, the last ones of each."""
    from tenants import opening

    migrated = max(1, min(3, size // 10))
    wanting = max(0, size - len(opening._existing_schemas()) - migrated)
    ours = [timed(lambda: opening.open_school(new_school(), finish=ready)) for _ in range(max(1, wanting))]
    peers = [timed(lambda: migrate(new_school())) for _ in range(migrated)]
    return statistics.median(ours[-SAMPLE:]), statistics.median(peers)


def new_school() -> Any:
    from tenants.models import School

    number = 1000 + School.objects.count()
    return School.objects.create(
        code=f"b{number}",
        number=number,
        short_name=f"Школа № {number}",
        full_name=f"Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № {number}»",
        inn=f"{6700000000 + number}",
        agreed_counters=["employees", "young_teachers", "active_pairs", "school_practices"],
        agreement_number=f"С-{number}",
        agreement_on=dt.date(2026, 8, 20),
    )


def ready(school: Any) -> None:
    from tenants.models import SchoolState

    school.state = SchoolState.ACTIVE
    school.save_change("state")


def migrate(school: Any) -> None:
    """As django-tenants opens a tenant, with the rights that a school wants."""
    from tenants import opening
    from tenants.grants import school_grants

    schema = school.schema_name
    opening._run_script([*opening._role_lines(schema), f'CREATE SCHEMA "{schema}"'])
    run_migrate_schemas(schema_name=schema)
    opening._run_script(school_grants(schema))
    ready(school)


# ── A release ───────────────────────────────────────────────────────────────────────────────────────
def deployed(wanted: int, column: str = "") -> tuple[float, float]:
    """Seconds of ours and of the peer's. Schools which the peer has brought up are behind again for ours."""
    from django.core.management import call_command

    from tenants import opening

    schools = opening._existing_schemas()
    sample = schools[:wanted]
    peer = migrate_schemas(sample, len(schools))
    if column:
        take_back(column, sample)
    return timed(lambda: call_command("migrate_all", stdout=StringIO())), peer


def migrate_schemas(sample: list[str], schools: int) -> float:
    """Seconds for the whole city: the public schema, and the schools by the mean of the sample."""
    city = timed(lambda: run_migrate_schemas(shared=True))
    each = [timed(lambda name=name: run_migrate_schemas(schema_name=name)) for name in sample]  # type: ignore[misc]
    return city + statistics.mean(each) * schools


def run_migrate_schemas(**where: Any) -> None:
    from django.core.management import call_command

    call_command("migrate_schemas", interactive=False, verbosity=0, **where)


def know_migrations_of(folder: Path) -> None:
    """The room's migrations are read from the folder: its own, and those added in smaller cities."""
    from django.conf import settings

    package = folder / PACKAGE
    if not package.exists():
        shutil.copytree(ROOT / "portal" / ROOM / "migrations", package)
    sys.path.insert(0, str(folder))
    settings.MIGRATION_MODULES = {ROOM: PACKAGE}


def add_column(folder: Path, size: int) -> None:
    """A release whose one migration adds a column to a table of the room."""
    package = folder / PACKAGE
    last = max(found.stem for found in package.glob("[0-9]*.py"))
    text = COLUMN.format(room=ROOM, after=last, model=MODEL, column=f"bench_{size}")
    (package / f"{9_000_000 + size}_bench_{size}.py").write_text(text)
    importlib.invalidate_caches()


def take_back(column: str, sample: list[str]) -> None:
    from tenants import opening

    for schema in sample:
        opening._run_script(
            [
                f'ALTER TABLE "{schema}".{ROOM}_{MODEL} DROP COLUMN {column}',
                f"DELETE FROM \"{schema}\".django_migrations WHERE name LIKE '%{column}'",
            ]
        )


def on_disk() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()) / 1048576.0")
        return float(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
