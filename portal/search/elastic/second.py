"""Elasticsearch as the settings name it. Its library is imported only where it is wanted: it costs half a
second and twenty megabytes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from portal.search.elastic.outbox import Outbox
from portal.search.postgres import PostgresEngine

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from portal.search.elastic.engine import ElasticReader
    from portal.search.elastic.following import Follower, Source


def is_wanted() -> bool:
    return bool(settings.ELASTICSEARCH["urls"])


@cache
def client() -> Elasticsearch:
    """The one of this process. No second try anywhere: PostgreSQL is the second try."""
    from elasticsearch import Elasticsearch

    wanted = settings.ELASTICSEARCH
    more: dict[str, Any] = {}
    if wanted["user"]:
        more["basic_auth"] = (wanted["user"], wanted["password"])
    if wanted["authority"]:
        more["ca_certs"] = wanted["authority"]
    return Elasticsearch(wanted["urls"], request_timeout=wanted["slow_ms"] / 1000, max_retries=0, **more)


def reader(postgres: PostgresEngine, name: str) -> ElasticReader | None:
    """Asks the index of a collection; None where there is no Elasticsearch."""
    if not is_wanted():
        return None
    from portal.search.elastic.engine import ElasticReader

    return ElasticReader(postgres, client(), _full(name))


def follower(name: str, outbox: Outbox, numbers: type[models.Model], source: Source) -> Follower | None:
    """Keeps the index of a collection like the database; None where there is no Elasticsearch."""
    if not is_wanted():
        return None
    from portal.search.elastic.following import Follower
    from portal.search.elastic.node import Indices

    return Follower(
        Indices(client(), _full(name), settings.ELASTICSEARCH["replicas"]), outbox, numbers, source
    )


def _full(name: str) -> str:
    return f"{settings.ELASTICSEARCH['prefix']}-{name}"
