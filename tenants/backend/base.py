"""The database backend: schema *and* role in one round trip, and one statement per call.

Why not django-tenants' own: it swallows errors of `SET`, so with a role missing a pooled connection went on
reading the previous school (see docs/adr/0011-a-school-is-a-role.md). Ours raises and closes the connection.
"""

from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.conf import settings
from django.db.backends.postgresql.base import Cursor as DjangoCursor
from django.db.backends.postgresql.base import ServerBindingCursor as DjangoServerBindingCursor
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantDatabaseWrapper
from psycopg.pq import TransactionStatus

SCHOOLS_MET = 50
"""So many different schools one connection serves. A backend of PostgreSQL keeps the catalog of each schema
that it has met, and nothing but its end frees it: with a thousand schools 600 MB a connection, with this
bound 25 (docs/adr/0025).
"""
_met: "WeakKeyDictionary[Any, set[str]]" = WeakKeyDictionary()
"""Connection → schemas that it has met."""


class OneStatement:
    """Forces the extended protocol: a second, stacked statement is a syntax error of the server itself."""

    def _execute_send(self, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        super()._execute_send(query, force_extended=True, binary=binary)  # type: ignore[misc]


class Cursor(OneStatement, DjangoCursor):
    pass


class ServerBindingCursor(OneStatement, DjangoServerBindingCursor):
    pass


class DatabaseWrapper(TenantDatabaseWrapper):  # type: ignore[misc]
    """A connection that knows in which school (schema and role) the next statement runs."""

    connection: Any
    search_path_set_schemas: list[str] | None
    _setting_search_path: bool

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        if settings.AS_OWNER:
            return params  # migrations of libraries hold several statements in one string
        binding = self.settings_dict["OPTIONS"].get("server_side_binding") is True
        params["cursor_factory"] = ServerBindingCursor if binding else Cursor
        return params

    def recycle_before(self, schema: str) -> None:
        """Called between two contours, outside of a transaction: a connection that has met enough schools
        gives way to a new one.
        """
        raw = self.connection
        if (
            raw is None
            or self.in_atomic_block
            or len(met := _met.get(raw, set())) < SCHOOLS_MET
            or schema in met
        ):
            return
        self.connection, self.search_path_set_schemas = None, None
        self._discard(raw)

    def _handle_search_path(self, cursor: Any = None) -> None:
        if self._setting_search_path or self.search_path_set_schemas:
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return  # only a rollback can follow, and it is followed by this again
        paths = self._get_cursor_search_paths()
        self._setting_search_path = True
        try:
            self._enter(paths)
        finally:
            self._setting_search_path = False
        self.search_path_set_schemas = paths

    def _enter(self, paths: list[str]) -> None:
        """`SET ROLE` and `SET search_path` together; a refusal is an error, never the previous school."""
        path = ", ".join(f'"{name}"' for name in paths)
        role = getattr(self.tenant, "role", settings.CITY_ROLE)
        statement = (
            f"SET search_path = {path}"
            if settings.AS_OWNER
            else f'SET ROLE "{role}"; SET search_path = {path}'
        )
        try:
            with self.wrap_database_errors:
                psycopg.Cursor(self.connection).execute(statement)
                _met.setdefault(self.connection, set()).add(self.schema_name)
        except Exception:
            raw, self.connection = self.connection, None
            self.search_path_set_schemas = None
            self._discard(raw)
            raise

    def _discard(self, raw: Any) -> None:
        """Close for good, also when the connection is lent by the pool: the pool then makes a new one."""
        raw.close()
        if self.pool:
            self.pool.putconn(raw)
