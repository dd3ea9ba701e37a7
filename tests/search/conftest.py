"""An index for the tests of the library: its tables made once a module, their rows rolled back after each
test.

The city's role owns them and every school may read them, as with the published tables of a room.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.db import connection, models
from pytest_django import DjangoDbBlocker

from portal.search.engine import ANNOTATION_WEIGHT, TAGS_WEIGHT, Document, Text
from portal.search.postgres import PostgresEngine
from tests.database import run_as_superuser
from tests.search import elastic_node
from tests.search.elastic_node import Node, common_node
from tests.search.tables import ENGINE_TABLES, ProbeChange, ProbeMeaning


@pytest.fixture(scope="module")
def index_tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    tables: list[type[models.Model]] = [*ENGINE_TABLES.values(), ProbeChange, ProbeMeaning]
    names = [model._meta.db_table for model in tables]
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_database()")
            city, database = cursor.fetchone()
        with connection.schema_editor(collect_sql=True) as editor:
            for model in tables:
                editor.create_model(model)
    rights = [f'ALTER TABLE {name} OWNER TO "{city}"' for name in names] + [
        f"GRANT SELECT ON {name} TO PUBLIC" for name in names
    ]
    run_as_superuser(*editor.collected_sql, *rights, database=database)
    yield
    run_as_superuser(f"DROP TABLE {', '.join(names)}", database=database)


@pytest.fixture
def engine(index_tables: None, db: None) -> PostgresEngine:
    return PostgresEngine(**ENGINE_TABLES)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """An Elasticsearch that all tests of the run ask; indices of their own."""
    with common_node() as one:
        yield one


@pytest.fixture
def own_node() -> Iterator[Node]:
    """An Elasticsearch of this test alone: it may be killed."""
    with elastic_node.own_node() as one:
        yield one


def document(
    body: str, *, title: str = "", annotation: str = "", tags: str = "", **facets: list[str]
) -> Document:
    """A practice as the bank would index it; its uuid comes from its words, so tests can name it again."""
    return Document(
        uuid=uuid.uuid5(uuid.NAMESPACE_OID, title + body),
        title=title,
        fields={
            "body": Text(body),
            "annotation": Text(annotation, ANNOTATION_WEIGHT),
            "tags": Text(tags, TAGS_WEIGHT),
        },
        facets=facets,
    )
