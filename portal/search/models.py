"""Abstract tables of an index. A room subclasses all five (`published = True`) and gives them to
`PostgresEngine`.

Everything here is derived from the room's own objects and can be rebuilt. Rows point at each other by number
without database keys: only the engine writes them, always all five in one transaction. Text columns use
collation C: words are already folded, and prefix search needs byte order.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from portal.core.privacy import plain


class IndexedDocument(models.Model):
    """A document: its kept texts (for highlights), its lemmas in their order (for phrases; a field ends in
    " | "), and its length (weighted count of content words).
    """

    uuid = plain(models.UUIDField(unique=True))
    title = plain(models.TextField())
    texts = plain(models.JSONField(default=dict))
    lemmas = plain(models.TextField(db_collation="C"))
    length = plain(models.IntegerField())

    class Meta:
        abstract = True


class IndexedPlace(models.Model):
    """Where a document stands among others: its day and the numbers of its values of facets (terms, marked
    "="). Narrow, so that counts over thousands of documents read little.
    """

    document_no = plain(models.BigIntegerField(primary_key=True))
    dated_on = plain(models.DateField())
    values = plain(ArrayField(models.BigIntegerField(), default=list))

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["-dated_on", "-document_no"], name="%(class)s_newest")]


class IndexedTerm(models.Model):
    """A lemma, the first letters of lemmas (marked "5:"), a value of a facet ("="), or a count of the whole
    index ("#"); and how many documents hold it.
    """

    term = plain(models.CharField(max_length=160, unique=True, db_collation="C"))
    df = plain(models.IntegerField(default=0))

    class Meta:
        abstract = True


class IndexedPosting(models.Model):
    """A term in a document: occurrences multiplied by the weights of their fields; the document's length
    beside it.
    """

    term_no = plain(models.IntegerField())
    document_no = plain(models.IntegerField())
    tf = plain(models.SmallIntegerField())
    length = plain(models.IntegerField())

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

    word = plain(models.CharField(max_length=80, unique=True, db_collation="C"))
    df = plain(models.IntegerField(default=0))

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="%(class)s_trgm")]


class IndexedChange(models.Model):
    """What a second engine has to learn: a document and its last change, so what changed ten times is sent
    once. Versions grow over the whole table in the order of the commits; an engine refuses what is older than
    it has. A row waits until the engine shows it.
    """

    uuid = plain(models.UUIDField(unique=True))
    version = plain(models.BigIntegerField())
    is_waiting = plain(models.BooleanField(default=True))
    is_removed = plain(models.BooleanField(default=False))

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["version"], condition=Q(is_waiting=True), name="%(class)s_waiting")]
