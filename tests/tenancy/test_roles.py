"""PostgreSQL itself refuses what wrong code could ask for."""

import pytest
from django.db import DatabaseError, connection, transaction

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
