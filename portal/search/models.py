"""Abstract tables of an index. A room subclasses the four of documents, terms, blocks and words (`published =
True`) and gives them to `PostgresEngine`; a school's room keeps only `KeptWords`.

Everything here is derived from the room's own objects and can be rebuilt. Rows point at each other by number
without database keys: only the engine writes them, always all four in one transaction. Text columns use
collation C: words are already folded, and prefix search needs byte order.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from portal.core.privacy import plain


class IndexedDocument(models.Model):
    """A document: its kept texts (for highlights), its lemmas in their order (for phrases; a field ends in
    " | "), its length (weighted count of content words), and the day by which the newest stand first.
    """

    uuid = plain(models.UUIDField(unique=True))
    title = plain(models.TextField())
    texts = plain(models.JSONField(default=dict))
    lemmas = plain(models.TextField(db_collation="C"))
    length = plain(models.IntegerField())
    dated_on = plain(models.DateField(db_default=dt.date.min))

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["-dated_on", "-id"], name="%(class)s_newest")]


class IndexedTerm(models.Model):
    """A lemma, the first letters of lemmas (marked "5:"), a value of a facet ("="), or a count of the whole
    index ("#"); and how many documents hold it.
    """

    term = plain(models.CharField(max_length=160, unique=True, db_collation="C"))
    df = plain(models.IntegerField(default=0))

    class Meta:
        abstract = True


class IndexedBlock(models.Model):
    """What is known of a term in a run of documents, packed (`portal.search.blocks`): who holds it and how
    often, or one bit a document for a value of a facet, or a number a document for lengths and days.
    """

    pk = models.CompositePrimaryKey("term_no", "block_no")
    term_no = plain(models.IntegerField())
    block_no = plain(models.IntegerField())
    content = plain(models.BinaryField())

    class Meta:
        abstract = True


class IndexedWord(models.Model):
    """A word as it stands in texts: the vocabulary that unknown words of a query are corrected by."""

    word = plain(models.CharField(max_length=80, unique=True, db_collation="C"))
    df = plain(models.IntegerField(default=0))

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="%(class)s_trgm")]


class KeptWords(models.Model):
    """A document cut into words (`postgres_index.Analysed`), for a small index made at each question
    (`small`). `made`: by which analysis; what was made by another one, or is not there, is cut anew.
    """

    terms = plain(models.JSONField("слова и сколько раз", default=dict))
    length = plain(models.PositiveIntegerField("длина", default=0))
    written = plain(models.TextField("как написаны", blank=True))
    lemmas = plain(models.TextField("по порядку", blank=True))
    made = plain(models.IntegerField("каким разбором"))

    class Meta:
        abstract = True


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


class IndexedMeaning(models.Model):
    """What a document means, where the order by meaning is installed: a vector of each of its parts, one
    after another, in numbers of two bytes. `mark` says of which text and by which model they were made.
    """

    uuid = plain(models.UUIDField(unique=True))
    mark = plain(models.CharField(max_length=64))
    vectors = plain(models.BinaryField())

    class Meta:
        abstract = True
