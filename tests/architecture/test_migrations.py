"""Migrations are complete and linear."""

from collections.abc import Iterator
from typing import Any

from django.core.management import call_command


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_system_checks_pass() -> None:
    call_command("check", fail_level="WARNING")


def test_a_school_stays_small() -> None:
    """At most 100 tables per school: each costs files, locks and the time of an opening (docs/adr/0025)."""
    from django.apps import apps
    from django.conf import settings

    tables = [
        m._meta.db_table
        for m in apps.get_models(include_auto_created=True)
        if apps.get_app_config(m._meta.app_label).name in settings.TENANT_APPS
    ]
    print(f"tables of a school: {len(tables) + 1}")  # noqa: T201  (CI prints the count)
    assert len(tables) + 1 <= 100


def test_migrations_of_schools_hold_no_code() -> None:
    """Asked of the operations themselves, nested ones too: what runs Python would be lost in the replay of
    DDL.
    """
    from django.apps import apps
    from django.conf import settings
    from django.db.migrations import RunPython
    from django.db.migrations.loader import MigrationLoader

    def inside(operations: Any) -> Iterator[Any]:
        for operation in operations:
            yield operation
            yield from inside(
                [*getattr(operation, "database_operations", []), *getattr(operation, "state_operations", [])]
            )

    schools = {
        config.label
        for config in apps.get_app_configs()
        if config.name in settings.TENANT_APPS and list(config.get_models())
    }
    migrations = {
        key: migration
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if key[0] in schools
    }
    assert {app for app, _ in migrations} == schools
    assert [
        key
        for key, migration in migrations.items()
        if not migration.atomic or any(isinstance(o, RunPython) for o in inside(migration.operations))
    ] == []
