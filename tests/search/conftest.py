"""An index of its own for every test: four tables made inside the test's transaction and rolled back with it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.db import connection

from portal.search.engine import ANNOTATION_WEIGHT, TAGS_WEIGHT, Document, Text
from portal.search.postgres import PostgresEngine
from tests.search.tables import ENGINE_TABLES


@pytest.fixture
def engine(db: None) -> Iterator[PostgresEngine]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    with connection.schema_editor() as editor:
        for model in ENGINE_TABLES.values():
            editor.create_model(model)
    yield PostgresEngine(**ENGINE_TABLES)


def document(
    body: str, *, title: str = "", annotation: str = "", tags: str = "", **facets: list[str]
) -> Document:
    """A practice as the bank would index it; its uuid comes from its words, so tests can name it again."""
    return Document(
        uuid=uuid.uuid5(uuid.NAMESPACE_OID, title + body),
        title=title,
        fields={"body": Text(body), "annotation": Text(annotation, ANNOTATION_WEIGHT), "tags": Text(tags, TAGS_WEIGHT)},
        facets=facets,
    )
