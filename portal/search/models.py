"""Abstract tables of an index. A room subclasses all four (`published = True`) and gives them to
`PostgresEngine`.

Everything here is derived from the room's own objects and can be rebuilt. Rows point at each other by number
without database keys: only the engine writes them, always all four in one transaction. Text columns use
collation C: words are already folded, and prefix search needs byte order.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class IndexedDocument(models.Model):
    """A document: its kept texts (for highlights), facets, and length (weighted count of content words)."""

    uuid = models.UUIDField(unique=True)
    title = models.TextField()
    texts = models.JSONField(default=dict)
    facets = models.JSONField(default=dict)
    length = models.FloatField()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["length"], name="%(class)s_length")]


class IndexedTerm(models.Model):
    """A lemma, or the first letters of lemmas (marked "5:"), and how many documents hold it."""

    term = models.CharField(max_length=80, unique=True, db_collation="C")
    df = models.IntegerField(default=0)

    class Meta:
        abstract = True


class IndexedPosting(models.Model):
    """A term in a document: occurrences multiplied by the weights of their fields; the document's length
    beside it.
    """

    term_no = models.BigIntegerField()
    document_no = models.BigIntegerField()
    tf = models.FloatField()
    length = models.FloatField()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["term_no", "document_no"], include=["tf", "length"], name="%(class)s_once"
            )
        ]
        indexes = [models.Index(fields=["document_no"], name="%(class)s_document")]


class IndexedWord(models.Model):
    """A word as it stands in texts: the vocabulary that unknown words of a query are corrected by."""

    word = models.CharField(max_length=80, unique=True, db_collation="C")
    df = models.IntegerField(default=0)

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="%(class)s_trgm")]
