"""`manage.py rebuild_meaning`: vectors of all practices that have none of their present text."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from best_practices.learning import NotLearntError, learn_missing
from portal.search.meaning.installed import is_wanted
from tenants.context import in_city


class Command(BaseCommand):
    help = "Узнать смысл практик, у которых он ещё не узнан. Прерванное продолжается."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_wanted():
            raise CommandError(
                "Порядок по смыслу не установлен: поставьте дополнение semantic (docs/deploy.md, раздел 6)."
            )
        try:
            with in_city():
                learnt = learn_missing(self.tell)
        except NotLearntError as trouble:
            raise CommandError(
                f"Узнано не всё: {trouble}. Сделанное сохранено: повторите команду."
            ) from trouble
        self.stdout.write(f"Готово: узнано практик {learnt}.")

    def tell(self, done: int, total: int) -> None:
        self.stdout.write(f"{done} из {total}")
        self.stdout.flush()
