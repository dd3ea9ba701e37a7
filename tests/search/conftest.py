"""An index for the tests of the library: its tables made once a module, their rows rolled back after each
test.

The city's role owns them and every school may read them, as with the published tables of a room.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, models
from pytest_django import DjangoDbBlocker

from portal.search.engine import Engine
from portal.search.postgres import PostgresEngine
from tests.database import run_as_superuser
from tests.search import elastic_node
from tests.search.elastic_node import Node, common_node
from tests.search.tables import ENGINE_TABLES, ProbeChange, ProbeMeaning
from tests.search.two_engines import followed


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


@pytest.fixture(params=["postgresql", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def each_engine(engine: PostgresEngine, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """For a claim about both engines: the test runs on one and on the other."""
    if request.param == "postgresql":
        yield engine
        return
    both = followed(engine, request.getfixturevalue("node"))
    yield both
    assert not both.asked.troubles, "PostgreSQL has answered"
    both.forget()


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
