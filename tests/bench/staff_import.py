"""How long the list of staff takes: 1 000 rows with 50 bad ones, both stages, beside 250 rows and beside
writing people one by one.

    python -m tests.bench.staff_import

In a clone of the tests' template. The issue's bound is 10 s a stage; ratios are to be trusted more than
seconds.
"""

import datetime as dt
import sys
import time
from collections.abc import Callable
from typing import Any

LETTERS = "абвгдежзик"
BOUND = 10.0


def rows(count: int, mark: str) -> list[dict[str, Any]]:
    """Every twentieth is bad."""
    person = {
        "first_name": "Ольга",
        "middle_name": "Сергеевна",
        "birth_date": dt.date(1998, 3, 12),
        "position": "учитель",
        "subjects": "математика",
        "hired_on": "01.09.2022",
        "ped_stage_years": "2,5",
        "education_level": "высшее",
        "is_ped_education": "да",
        "category": "первая",
    }
    name = [mark + "".join(LETTERS[int(digit)] for digit in str(n)) for n in range(count)]
    return [{**person, "last_name": name[n], "rate": "3,5" if n % 20 == 0 else "1"} for n in range(count)]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found


def load(count: int, mark: str, by: Any) -> tuple[float, float]:
    """(seconds of the check, seconds of the acceptance)."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from portal.documents.sheets import write_sheet
    from portal.staff import services
    from portal.staff.list_rows import COLUMNS
    from portal.staff.workflow import IMPORT
    from portal.staff.workflow.imports import ListAccepted

    made = services.upload_staff(
        SimpleUploadedFile("список.xlsx", write_sheet("Сотрудники", COLUMNS, rows(count, mark))), by=by
    )
    checking, _ = timed(lambda: services.check_rows(by=by, import_uuid=str(made.uuid)))
    made.refresh_from_db()
    bad = len(range(0, count, 20))
    if (made.good, made.bad) != (count - bad, bad):
        raise SystemExit(f"not as expected: {made.good} good, {made.bad} bad")
    IMPORT.move(made, "confirm", by=by, asked=ListAccepted())
    accepting, _ = timed(lambda: services.accept_rows(by=by, import_uuid=str(made.uuid)))
    made.refresh_from_db()
    if made.accepted != count - bad:
        raise SystemExit(f"not as expected: {made.accepted} written")
    return checking, accepting


def one_by_one(count: int, mark: str, by: Any) -> float:
    """The same people entered by the service of the form, each in a transaction of its own."""
    from portal.staff import services

    def enter() -> None:
        for row in rows(count, mark):
            services.enter_person(
                by=by,
                position="teacher",
                subjects=["mathematics"],
                last_name=row["last_name"],
                first_name=row["first_name"],
                middle_name=row["middle_name"],
                birth_date=row["birth_date"],
            )

    return timed(enter)[0]


def measure() -> None:
    import django

    django.setup()
    from portal.accounts.actors import actor_in, memberships_of
    from portal.accounts.models import User
    from tenants.context import in_school
    from tenants.models import School
    from tests.cast import BY_KEY

    school = School.objects.get(number=5)
    user = User.objects.get(pk=BY_KEY["anna"].uuid)
    anna = actor_in(user, memberships_of(user), school)
    with in_school(school):
        load(20, "П", anna)  # the first run imports modules
        few, many, naive = load(250, "М", anna), load(1000, "Б", anna), one_by_one(250, "О", anna)
    for name, small, large in (("check", few[0], many[0]), ("acceptance", few[1], many[1])):
        verdict = "" if large <= BOUND else f"   OVER the {BOUND:.0f} s of the issue"
        sys.stdout.write(
            f"{name:10}  250 rows {small:.2f} s, 1 000 rows {large:.2f} s; a row costs "
            f"×{large / small / 4:.2f} of what it costs among 250{verdict}\n"
        )
    sys.stdout.write(
        f"one by one  250 people {naive:.2f} s: without a preview and without its rows to close; the "
        f"acceptance takes ×{few[1] / naive:.1f} of it\n"
    )


def main() -> None:
    import tests.environment  # noqa: F401  (a clean environment)
    from tests import database

    database.clone(database.NAME)
    try:
        measure()
    finally:
        from django.db import connection

        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        database.drop(database.NAME)


if __name__ == "__main__":
    main()
