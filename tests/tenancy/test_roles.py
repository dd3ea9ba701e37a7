"""PostgreSQL itself refuses what wrong code could ask for."""

import pytest
from django.db import DatabaseError, connection, transaction

from tenants.backend import base
from tenants.context import in_school
from tenants.models import School

INJECTIONS = {
    "sub-select": "SELECT (SELECT count(*) FROM {other}.school_records_outbox)",
    "set_config": "SELECT set_config('role', '{other}', false)",
    "ts_stat": "SELECT * FROM ts_stat('SELECT set_config(''role'', ''{other}'', false)::tsvector')",
    "stacked": "SELECT 1; SET ROLE {other}",
    "people of the city": "SELECT count(*) FROM accounts_user",
    "journal rewritten": "UPDATE school_records_journalline SET verb = '' WHERE false",
    "journal erased": "DELETE FROM school_records_journalline WHERE false",
    "new table": "CREATE TABLE stolen (a int)",
}


@pytest.mark.parametrize("name", INJECTIONS)
@pytest.mark.covers("house: two contours")
def test_a_school_is_refused(name: str, school5: School, school12: School) -> None:
    with in_school(school5), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM school_records_outbox")
        assert cursor.fetchone() == (0,)
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(INJECTIONS[name].format(other=school12.schema_name))


@pytest.mark.covers("house: two contours")
def test_the_city_cannot_enter_a_school(school5: School) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(f"SELECT count(*) FROM {school5.schema_name}.school_records_outbox")


@pytest.mark.covers("house: two contours")
def test_a_missing_role_is_an_error_and_never_the_previous_school(own_database: str) -> None:
    school5 = School.objects.get(number=5)
    stranger = School(schema_name="s_ffffffffffff", uuid="ffffffff-ffff-4fff-8fff-ffffffffffff", number=1)
    with in_school(school5), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (school5.schema_name,)
    with in_school(stranger), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("estafeta_city",)


@pytest.mark.covers("house: two contours")
def test_a_connection_that_has_met_enough_schools_gives_way_to_a_new_one(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backend keeps the catalog of each schema that it has met; nothing but its end frees the memory."""
    monkeypatch.setattr(base, "SCHOOLS_MET", 3)  # two schools and the city
    one, two, three = School.objects.filter(number__in=(5, 7, 12)).order_by("number")
    connection.close()

    def backend(school: School) -> int:
        with in_school(school), connection.cursor() as cursor:
            cursor.execute("SELECT current_schema(), pg_backend_pid()")
            schema, pid = cursor.fetchone()
            assert schema == school.schema_name
            return int(pid)

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    first = [backend(one), backend(two), backend(one)]
    assert len(set(first)) == 1
    assert backend(three) not in first
    with in_school(one), transaction.atomic(), in_school(one):  # never in the middle of a transaction
        pid = backend(one)
        assert backend(one) == pid
