"""Statements of the PostgreSQL engine. In braces stand names of tables and fixed expressions; every value is
a parameter.
"""

LOOK_UP = """
SELECT asked.word, (word.word IS NOT NULL OR term.term IS NOT NULL), coalesce(word.df, 0), near.words
FROM unnest(%(words)s::text[], %(lemmas)s::text[], %(doubtful)s::bool[]) AS asked(word, lemma, is_doubtful)
LEFT JOIN {word} word ON word.word = asked.word
LEFT JOIN {term} term ON term.term = asked.lemma AND term.df > 0
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(best.word, best.df)) AS words
    FROM (
        SELECT other.word, other.df FROM {word} other
        WHERE asked.is_doubtful AND coalesce(word.df, 0) <= %(rare)s
          AND (term.term IS NULL OR term.df <= %(rare)s) AND other.word <> asked.word
          AND length(other.word) BETWEEN length(asked.word) - 2 AND length(asked.word) + 2
          AND other.word %% asked.word
        ORDER BY similarity(other.word, asked.word) DESC, other.df DESC, other.word LIMIT {neighbours}
    ) best
) near ON true
"""

SUGGEST = """
SELECT word FROM {word} WHERE word LIKE %(prefix)s AND word <> %(word)s ORDER BY df DESC, word LIMIT %(limit)s
"""

TERMS = "SELECT term, id, df FROM {term} WHERE term = ANY(%(terms)s::text[]) AND df > 0"

_FIT = (
    "{row}.value * posting.tf * 2.2 "
    "/ (posting.tf + 1.2 * (0.25 + 0.75 * posting.length / %(average)s::float8))"
)

# A common word is looked for only where all the words that decide are.
# `missed` is 0 of an answer, and the place of the one filter that a document does not pass: such a one is
# no answer, but counts among the values of that facet. Documents that miss more are left out.
RANKED = f"""
WITH scored AS (
    SELECT posting.document_no, {_FIT.format(row="asked")} AS fit, asked.exact, asked.near
    FROM unnest(%(numbers)s::int[], %(values)s::float8[], %(exact)s::bigint[], %(near)s::bigint[])
         AS asked(term_no, value, exact, near)
    JOIN {{posting}} posting ON posting.term_no = asked.term_no
    {{names}}
),
found AS MATERIALIZED (
    SELECT document_no, sum(fit) AS fit, bit_or(exact) AS exact, bit_or(near) AS near
    FROM scored GROUP BY document_no
),
enough AS MATERIALIZED (
    SELECT held.exact, held.near, (held.exact | held.near) & %(whole)s = %(whole)s AS is_whole
    FROM (SELECT DISTINCT exact, near FROM found) held
    WHERE held.exact & %(quoted)s = %(quoted)s AND %(enough)s <= (
        SELECT sum(CASE WHEN held.exact & word.bit <> 0 THEN word.weight
                        WHEN held.near & word.bit <> 0 THEN word.weight * {{near_share}} ELSE 0 END)
        FROM unnest(%(bits)s::bigint[], %(weights)s::float8[]) AS word(bit, weight))
),
matched AS MATERIALIZED (
    SELECT found.document_no, found.fit, {{dated}} AS dated_on, {{misses}} AS missed,
           CASE WHEN enough.is_whole AND %(common)s > 0 THEN (
               SELECT coalesce(bit_or(common.bits), 0) & %(common)s = %(common)s
               FROM unnest(%(common_numbers)s::int[], %(common_bits)s::bigint[]) AS common(term_no, bits)
               JOIN {{posting}} posting ON posting.term_no = common.term_no
                                       AND posting.document_no = found.document_no
           ) ELSE enough.is_whole END AS is_whole
    FROM found JOIN enough USING (exact, near) {{joined}}
    WHERE {{misses}} IS NOT NULL {{conditions}}
),
"""

NAMES = f"""
    UNION ALL
    SELECT called.document_no, called.fit, 0, called.near
    FROM (
        SELECT posting.document_no, sum({_FIT.format(row="name")}) AS fit, min(name.near) AS near
        FROM unnest(%(name_places)s::int[], %(name_numbers)s::int[], %(name_values)s::float8[],
                    %(name_near)s::bigint[], %(name_sizes)s::int[]) AS name(place, term_no, value, near, size)
        JOIN {{posting}} posting ON posting.term_no = name.term_no
        GROUP BY name.place, name.size, posting.document_no HAVING count(*) = name.size
    ) called
"""

CATALOGUE = """
WITH matched AS MATERIALIZED (
    SELECT found.document_no, 0::float8 AS fit, true AS is_whole, found.dated_on, {misses} AS missed
    FROM {place} found WHERE {misses} IS NOT NULL {conditions}
),
"""

# The blocks of the page, cut by the words that decide; within a block all words weigh.
BY_FIT = f"""
cut AS (
    SELECT document_no, fit, is_whole FROM matched WHERE missed = 0
    ORDER BY is_whole DESC, fit DESC, document_no DESC OFFSET %(first)s LIMIT %(most)s
),
weighed AS (
    SELECT cut.document_no, cut.is_whole, cut.fit + coalesce(common.fit, 0) AS fit,
           (row_number() OVER (ORDER BY cut.is_whole DESC, cut.fit DESC, cut.document_no DESC) - 1)
           / {{block}} AS block
    FROM cut LEFT JOIN LATERAL (
        SELECT sum({_FIT.format(row="common")}) AS fit
        FROM unnest(%(common_numbers)s::int[], %(common_values)s::float8[]) AS common(term_no, value)
        JOIN {{posting}} posting ON posting.term_no = common.term_no AND posting.document_no = cut.document_no
    ) common ON true
),
shown AS (
    SELECT document_no, fit,
           row_number() OVER (ORDER BY block, is_whole DESC, fit DESC, document_no DESC) AS at
    FROM weighed ORDER BY at OFFSET %(skipped)s LIMIT %(limit)s
)
"""

NEWEST_FIRST = """
shown AS (
    SELECT document_no, fit, row_number() OVER (ORDER BY dated_on DESC, document_no DESC) AS at
    FROM matched WHERE missed = 0 ORDER BY at OFFSET %(offset)s LIMIT %(limit)s
)
"""

ANSWER = """
SELECT
    (SELECT count(*) FROM matched WHERE missed = 0),
    (SELECT count(*) FROM matched WHERE missed = 0 AND is_whole),
    {facets},
    {page}
"""

PAGE = """
    (SELECT json_agg(json_build_array(document.uuid, shown.fit, document.title, document.texts)
                     ORDER BY shown.at)
     FROM shown JOIN {document} document ON document.id = shown.document_no)
"""

FACETS = """
    (SELECT json_agg(json_build_array(term.term, counted.n))
     FROM (SELECT value.no, matched.missed, count(*) AS n
           FROM matched JOIN {place} place USING (document_no)
           CROSS JOIN LATERAL unnest(place."values") AS value(no)
           GROUP BY value.no, matched.missed) counted
     JOIN {term} term ON term.id = counted.no
     WHERE counted.missed = 0
        OR starts_with(term.term, '=' || (%(filtered)s::text[])[counted.missed] || ':'))
"""

# Nothing was asked: what the index counts anyway is the answer.
WHOLE_CATALOGUE = """
WITH shown AS (
    SELECT document_no, 0::float8 AS fit, row_number() OVER (ORDER BY dated_on DESC, document_no DESC) AS at
    FROM (SELECT document_no, dated_on FROM {place} ORDER BY dated_on DESC, document_no DESC
          OFFSET %(offset)s LIMIT %(limit)s) newest
)
SELECT
    %(total)s::bigint,
    %(total)s::bigint,
    (SELECT json_agg(json_build_array(term, df)) FROM {term} WHERE term >= '=' AND term < '>' AND df > 0),
    {page}
"""
