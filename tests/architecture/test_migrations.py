"""Migrations are complete and linear."""

from django.core.management import call_command


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_system_checks_pass() -> None:
    call_command("check", fail_level="WARNING")


def test_a_school_stays_small() -> None:
    """At most 60 tables per school: each costs files, locks and memory (tenancy.md §3)."""
    from django.apps import apps
    from django.conf import settings

    tables = [m._meta.db_table for m in apps.get_models(include_auto_created=True) if apps.get_app_config(m._meta.app_label).name in settings.TENANT_APPS]
    print(f"tables of a school: {len(tables) + 1}")  # noqa: T201  (CI prints the count)
    assert len(tables) + 1 <= 60
