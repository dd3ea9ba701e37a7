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

# Of documents that hold both words of a pair, some are read: texts of all would cost as much as the answer.
BESIDE = """
SELECT asked.pair, count(*)
FROM unnest(%(pairs)s::int[], %(numbers)s::bigint[]) AS asked(pair, number)
JOIN {document} document ON document.id = asked.number
WHERE document.lemmas LIKE (%(phrases)s::text[])[asked.pair]
   OR document.lemmas LIKE (%(turned)s::text[])[asked.pair]
GROUP BY asked.pair
"""

SUGGEST = """
SELECT word FROM {word} WHERE word LIKE %(prefix)s AND word <> %(word)s ORDER BY df DESC, word LIMIT %(limit)s
"""

TERMS = "SELECT term, id, df FROM {term} WHERE term = ANY(%(terms)s::text[]) AND df > 0"

# The engine's own numbers are asked with the terms; of facets all values, to be counted.
BLOCKS = """
SELECT '', term_no, block_no, content FROM {block} WHERE term_no = ANY(%(numbers)s::int[])
UNION ALL
SELECT term.term, term_no, block_no, content
FROM {term} term JOIN {block} ON term_no = term.id
WHERE %(with_facets)s AND term.term >= '=' AND term.term < '>' AND term.df > 0
"""

PHRASES = """
SELECT id FROM {document} WHERE id = ANY(%(numbers)s::bigint[]) AND lemmas LIKE ALL(%(phrases)s::text[])
AND NOT lemmas LIKE ANY(%(unwanted)s::text[])
"""

PAGE = "SELECT id, uuid, title, texts FROM {document} WHERE id = ANY(%(numbers)s::bigint[])"

UUIDS = "SELECT id, uuid FROM {document} WHERE id = ANY(%(numbers)s::bigint[])"

BY_UUID = "SELECT uuid, title, texts FROM {document} WHERE uuid = ANY(%(uuids)s::uuid[])"

# Nothing was asked: what the index counts anyway is the answer.
NEWEST = """
SELECT document.id, uuid, title, texts
FROM (
    SELECT id, dated_on FROM {document} ORDER BY dated_on DESC, id DESC OFFSET %(offset)s LIMIT %(limit)s
) page
JOIN {document} document ON document.id = page.id
ORDER BY page.dated_on DESC, page.id DESC
"""

COUNTED = "SELECT term, df FROM {term} WHERE term >= '=' AND term < '>' AND df > 0"
