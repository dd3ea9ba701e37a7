"""`manage.py migrate_all`: the whole database as its owner: public, rights, the reference school, and every school that is behind."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connection

from tenants import opening


class Command(BaseCommand):
    help = "Обновить базу: общую часть, образцовую школу и все отстающие школы. Нужен DATABASE_OWNER_URL."

    def handle(self, *args: Any, **options: Any) -> None:
        connection.set_schema_to_public()
        call_command(DjangoMigrate(), verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        opening.migrate_reference()
        opening.apply_city_grants()
        behind = opening.schools_behind()
        for schema, migrations in behind.items():
            opening.catch_up(schema, migrations)
            self.stdout.write(f"{schema}: {len(migrations)}")
        self.stdout.write(f"Готово. Отставали школы: {len(behind)}.")
