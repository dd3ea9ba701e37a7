"""Compares the lists of applied migrations of three schemas, as the owner: only the owner reads them."""

import sys

import tests.environment  # noqa: F401  (the database comes from the caller)


def main(schemas: list[str]) -> None:
    import django

    django.setup()
    from django.db import connection

    found = []
    with connection.cursor() as cursor:
        for schema in schemas:
            cursor.execute(f'SELECT app, name FROM "{schema}".django_migrations ORDER BY 1, 2')
            found.append(cursor.fetchall())
    sys.stdout.write("same" if found[0] and all(rows == found[0] for rows in found) else repr(found))


if __name__ == "__main__":
    main(sys.argv[2:])
