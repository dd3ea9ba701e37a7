"""Makes a school by Django's own migrations, for comparison with a replayed one: `python -m
tests.tenancy.migrating_run --owner <schema>`.
"""

import sys

import tests.environment  # noqa: F401  (the database comes from the caller)


def main(schema: str) -> None:
    import django

    django.setup()
    from django.db import connection, transaction

    from tenants import opening
    from tenants.grants import school_grants

    place = [*opening._role_lines(schema), f'CREATE SCHEMA "{schema}"']
    with transaction.atomic():
        opening._run_script(place)
    opening.migrate_schema(schema)
    with transaction.atomic():
        opening._run_script(school_grants(schema))
    connection.close()


if __name__ == "__main__":
    main(sys.argv[-1])
