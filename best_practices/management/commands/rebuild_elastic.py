"""`manage.py rebuild_elastic`: the index of Elasticsearch anew, aside, while the old one answers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from elasticsearch import ApiError, TransportError
from elasticsearch.helpers import ScanError

from best_practices import search
from portal.search.elastic.node import NotTaken
from tenants.context import in_city


class Command(BaseCommand):
    help = "Построить указатель банка в Elasticsearch заново, рядом с прежним. Прерванное продолжается."

    def handle(self, *args: Any, **options: Any) -> None:
        follower = search.follower()
        if follower is None:
            raise CommandError("Elasticsearch не настроен: задайте ELASTICSEARCH_URL (docs/deploy.md).")
        try:
            with in_city():
                total = follower.rebuild(lambda done, of: self.stdout.write(f"{done} из {of}"))
                follower.reconcile()
        except (ApiError, TransportError, NotTaken, ScanError) as trouble:
            raise CommandError(
                f"Elasticsearch не принял указатель: {trouble}. Сделанное сохранено: повторите команду."
            ) from trouble
        self.stdout.write(f"Готово: практик в указателе {total}.")
