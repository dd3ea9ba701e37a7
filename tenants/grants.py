"""Who may touch which table: computed from the models' own flags, applied after every migration and at every
opening.

A school's role writes its own schema only and reads published tables of public (in a table marked
`written_by_schools` it has rows of its own, held by a policy); the city's role cannot enter a school;
journals take INSERT and SELECT only; the post carries letters and sees nothing else.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings

ALL = "SELECT, INSERT, UPDATE, DELETE"
GROW = "SELECT, INSERT"
READ = "SELECT"
CARRY = "SELECT, INSERT, UPDATE"
LIST = "SELECT, INSERT, DELETE"
QUEUES = ("outbox", "inbox")


def _models(app_names: Iterable[str]) -> list[type[Any]]:
    return [
        m
        for m in apps.get_models(include_auto_created=True)
        if apps.get_app_config(m._meta.app_label).name in app_names and m._meta.managed
    ]


def _grant(rights: str, table: str, role: str, schema: str) -> str:
    return f'GRANT {rights} ON TABLE "{schema}"."{table}" TO "{role}"'


def _named(schema: str, tables: Iterable[str]) -> str:
    return ", ".join(f'"{schema}"."{table}"' for table in tables)


def school_grants(schema: str) -> list[str]:
    """Rights of one school's role, and of the post in it. Tables are named: `ALL TABLES IN SCHEMA` looks
    through the catalog of every school.
    """
    tables = {
        model._meta.db_table: GROW if getattr(model, "append_only", False) else ALL
        for model in _models(settings.TENANT_APPS)
    }
    queues = [f"school_records_{queue}" for queue in QUEUES]
    lines = [
        f'REVOKE ALL ON SCHEMA "{schema}" FROM PUBLIC',
        f'GRANT USAGE ON SCHEMA "{schema}" TO "{schema}", "{settings.POST_ROLE}"',
        f'REVOKE ALL ON TABLE {_named(schema, tables)} FROM "{schema}", "{settings.POST_ROLE}"',
    ]
    for rights in (ALL, GROW):
        named = [table for table, given in tables.items() if given == rights]
        lines.append(f'GRANT {rights} ON TABLE {_named(schema, named)} TO "{schema}"')
    return [*lines, f'GRANT {CARRY} ON TABLE {_named(schema, queues)} TO "{settings.POST_ROLE}"']


def city_grants() -> list[str]:
    """Rights in public: the city's, the schools' (published tables only) and the post's."""
    city, school, post = settings.CITY_ROLE, settings.SCHOOL_ROLE, settings.POST_ROLE
    lines = [
        f'GRANT USAGE ON SCHEMA public TO "{city}", "{school}", "{post}"',
        f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{city}", "{school}", "{post}"',
        f'GRANT {ALL} ON ALL TABLES IN SCHEMA public TO "{city}"',
        f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{city}"',
        f'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO "{city}"',
    ]
    for model in _models(settings.SHARED_APPS):
        table = model._meta.db_table
        if getattr(model, "append_only", False):
            lines.append(f'REVOKE UPDATE, DELETE ON TABLE public."{table}" FROM "{city}"')
        if getattr(model, "published", False):
            lines.append(_grant(READ, table, school, "public"))
        if condition := getattr(model, "written_by_schools", ""):
            lines += _own_rows_of_schools(table, condition)
    lines += [f'REVOKE INSERT, UPDATE, DELETE ON TABLE public.tenants_recordedmigration FROM "{city}"']
    lines += [_grant(CARRY, f"city_records_{queue}", post, "public") for queue in QUEUES]
    lines += [_grant(LIST, "tenants_waitingmail", post, "public")]
    return lines + [f'GRANT SELECT (schema_name, uuid, state) ON TABLE public.tenants_school TO "{post}"']


def _own_rows_of_schools(table: str, condition: str) -> list[str]:
    """A table of the city in which each school has rows of its own: the database shows and lets it write
    those that meet the condition, no others.
    """
    where = f'public."{table}"'
    return [
        _grant(ALL, table, settings.SCHOOL_ROLE, "public"),
        f"ALTER TABLE {where} ENABLE ROW LEVEL SECURITY",
        *_policy("schools_own", where, settings.SCHOOL_ROLE, condition),
        *_policy("city_all", where, settings.CITY_ROLE, "true"),
        *_policy("post_all", where, settings.POST_ROLE, "true"),
    ]


def _policy(name: str, where: str, role: str, condition: str) -> list[str]:
    """Rows that the role sees and writes, where it has a right to the table at all."""
    return [
        f"DROP POLICY IF EXISTS {name} ON {where}",
        f'CREATE POLICY {name} ON {where} TO "{role}" USING ({condition}) WITH CHECK ({condition})',
    ]
