"""A database that many tests commit into, each finding it as it was: a clone takes ten times as long as
putting back what a test has changed.
"""

from tests import database

TABLES = """SELECT c.oid, n.nspname AS place, c.relname AS name FROM pg_class c JOIN pg_namespace n ON
n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname NOT IN
            ('pg_catalog', 'information_schema', 'pg_toast', 'kept')"""
SUM = "SELECT (count(*), sum(hashtext(t::text)::bigint)) FROM %I.%I t"
KEEP = f"""
DO $do$ DECLARE r record; BEGIN
  CREATE SCHEMA kept;
  FOR r IN {TABLES} LOOP EXECUTE format('CREATE TABLE kept.%I AS TABLE %I.%I', r.oid::text, r.place,
  r.name); END LOOP;
END $do$"""
REWIND = f"""
DO $do$ DECLARE r record; changed boolean; columns text; BEGIN
  SET LOCAL session_replication_role = replica;  -- neither keys nor triggers: what is put back was whole
  FOR r IN {TABLES} LOOP
    EXECUTE format('SELECT ({SUM}) IS DISTINCT FROM ({SUM})', r.place, r.name, 'kept', r.oid::text) INTO
    changed;
    CONTINUE WHEN NOT changed;
    SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
      WHERE attrelid = r.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
    EXECUTE format('DELETE FROM %I.%I', r.place, r.name);
    EXECUTE format('INSERT INTO %I.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM kept.%I', r.place, r.name,
    columns, columns, r.oid::text);
  END LOOP;
END $do$"""


def keep(name: str) -> None:
    """Remembers every row of the database."""
    database.run_as_superuser("DROP SCHEMA IF EXISTS kept CASCADE", KEEP, database=name)


def rewind(name: str) -> None:
    """Every table is as it was kept; numbers of sequences go on."""
    database.run_as_superuser(REWIND, database=name)


def is_waiting(name: str) -> bool:
    """Whether somebody in this database waits for a lock of another."""
    return (
        database.asked_as_superuser(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'", name
        )
        > 0
    )
