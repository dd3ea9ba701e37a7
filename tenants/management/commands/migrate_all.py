"""`manage.py migrate_all`: the whole database as its owner: public, rights, the reference school, and every
school that is behind.
"""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands.migrate import Command as DjangoMigrate

from tenants import opening
from tenants.connected import db
from tenants.jobs import ask_at_deploy

SOME_BEHIND = 3
"""The exit status when the city is up to date and some schools are not: they are only read, the others work.
"""


class Command(BaseCommand):
    help = "Обновить базу: общую часть, образцовую школу и все отстающие школы. Нужен DATABASE_OWNER_URL."

    def handle(self, *args: Any, **options: Any) -> None:
        db.set_schema_to_public()
        call_command(DjangoMigrate(), verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        opening.migrate_reference()
        opening.apply_city_grants()
        failed = opening.catch_all_up(self.stdout.write)
        asked = ask_at_deploy()
        if asked:
            self.stdout.write(f"Работ после обновления поставлено в очередь: {asked}.")
        if failed:
            raise CommandError(
                f"Город обновлён. Не обновились школы: {len(failed)} ({', '.join(sorted(failed))}). Их люди "
                "читают и выгружают, но не записывают. "
                "Устраните причину и повторите migrate_all: сделанное он пропустит.",
                returncode=SOME_BEHIND,
            )
        self.stdout.write("Готово. Все школы обновлены.")
