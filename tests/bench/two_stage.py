"""The laboratory's search (`../shared/search.md`, §5): postings of two channels in a table of rows, BM25 in
SQL in two stages: 200 candidates by the terms that few documents hold, then all terms for these. It has no
exact total.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

CANDIDATES = 200
RARE = 0.05
_SEARCH = """
WITH asked AS MATERIALIZED (
    SELECT term.id, term.df, given.weight * ln(1 + (%(total)s - df + 0.5) / (df + 0.5)) AS idf
    FROM unnest(%(terms)s::text[], %(weights)s::float8[]) AS given(term, weight)
    JOIN {term} term ON term.term = given.term WHERE df > 0
),
candidates AS MATERIALIZED (
    SELECT n FROM asked JOIN laboratory ON t = asked.id
    WHERE asked.df <= greatest(%(rare)s * %(total)s, (SELECT min(df) FROM asked))
    GROUP BY n ORDER BY sum(idf * w) DESC LIMIT %(candidates)s
)
SELECT document.uuid
FROM (SELECT laboratory.n, sum(idf * w) AS fit FROM candidates CROSS JOIN asked
      JOIN laboratory ON laboratory.t = asked.id AND laboratory.n = candidates.n
      GROUP BY laboratory.n ORDER BY fit DESC LIMIT 10) best
JOIN {document} document ON document.id = best.n ORDER BY best.fit DESC
"""


def made(engine: Any) -> Callable[[str], list[uuid.UUID]]:
    """Write the table from the engine's own blocks; returns a way to ask it."""
    from django.db import connection

    from portal.search.text import content_tokens, lemma, prefix_key

    total = write(engine)
    statement = _SEARCH.format(**engine.tables)

    def ask(text: str) -> list[uuid.UUID]:
        lemmas = list(dict.fromkeys(map(lemma, content_tokens(text))))
        weights = dict.fromkeys(lemmas, 1.0) | dict.fromkeys(map(prefix_key, lemmas), 0.6)
        params: dict[str, Any] = {
            "total": total,
            "terms": list(weights),
            "weights": list(weights.values()),
            "rare": RARE,
            "candidates": CANDIDATES,
        }
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            return [found for (found,) in cursor.fetchall()]

    return ask


def write(engine: Any) -> int:
    import psycopg
    from django.db import connection

    from portal.search import blocks
    from portal.search.reckoning import K1, B

    terms, tables = "SELECT term_no, block_no, content FROM {block}", engine.tables
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE laboratory (t int, n int, w real)")
        cursor.execute(f"SELECT id, length FROM {tables['document']}")
        lengths = dict(cursor.fetchall())
        cursor.execute(f"SELECT id FROM {tables['term']} WHERE term NOT LIKE '=%' AND term NOT LIKE '#%'")
        words = {number for (number,) in cursor.fetchall() if number}
    average = sum(lengths.values()) / max(len(lengths), 1)
    raw = psycopg.Cursor(connection.connection)
    rows = raw.execute(terms.format(**tables).encode(), binary=True).fetchall()
    values = {number for number in words if number > 0}
    with raw.copy("COPY laboratory FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["int4", "int4", "float4"])
        for term, block, content in rows:
            if term not in values:
                continue
            for place, often in zip(*(part.tolist() for part in blocks.unpacked(content)), strict=True):
                number = block * blocks.SIZE + place
                norm = K1 * (1 - B + B * lengths[number] / average)
                copy.write_row((term, number, often * (K1 + 1) / (often + norm)))
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX ON laboratory (t, n) INCLUDE (w)")
        cursor.execute("VACUUM (ANALYZE) laboratory")
    return len(lengths)
