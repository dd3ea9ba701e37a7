"""`manage.py rebuild_index`: the bank's index anew, aside and swapped; nothing in it is a source."""

import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from best_practices import bank, search
from portal.search import blocks
from portal.search.postgres_rebuild import IsBeingRebuiltError, Progress, Rebuild
from tenants.connected import db

STEPS = {
    "begun": "Начато",
    "resumed": "Продолжено с места, где остановилось",
    "built": "Разобрано",
    "indexed": "Построены индексы и статистика",
    "caught up": "Учтены изменения за время работы",
    "swapped": "Готово, поиск идёт по новому указателю",
}


class Command(BaseCommand):
    help = "Построить указатель банка заново, не останавливая публикаций. Нужен DATABASE_OWNER_URL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-old", action="store_true", help="только если указатель построен прежним разбором"
        )
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="сколько процессов")
        parser.add_argument(
            "--at-once", type=int, default=blocks.SIZE, help="сколько практик записывается за один раз"
        )

    def handle(self, *args: Any, if_old: bool, processes: int, at_once: int, **options: Any) -> None:
        db.set_schema_to_public()
        if if_old and not search.ENGINE.postgres.is_old:
            self.stdout.write("Указатель построен нынешним разбором.")
            return
        if not 1 <= at_once <= blocks.SIZE:
            raise CommandError(f"--at-once — от 1 до {blocks.SIZE}.")
        self.started = time.monotonic()
        try:
            Rebuild(search.ENGINE.postgres, bank.Cards(), self.tell, processes, at_once).run()
        except IsBeingRebuiltError as error:
            raise CommandError("Указатель уже строит другой процесс.") from error

    def tell(self, progress: Progress) -> None:
        spent = time.monotonic() - self.started
        numbers = f"{progress.done} из {progress.total}"
        self.stdout.write(f"{spent:6.1f} с  {STEPS[progress.step]}: {numbers}")
        self.stdout.flush()
