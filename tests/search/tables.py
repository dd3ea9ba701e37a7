"""Concrete tables of the index for the tests of the library: a room makes its own the same way."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from portal.search.engine import Found, Query
from portal.search.models import (
    IndexedBlock,
    IndexedChange,
    IndexedDocument,
    IndexedMeaning,
    IndexedTerm,
    IndexedWord,
)
from portal.search.postgres import PostgresEngine


class ProbeDocument(IndexedDocument):
    class Meta(IndexedDocument.Meta):
        app_label = "search_probe"


class ProbeTerm(IndexedTerm):
    class Meta(IndexedTerm.Meta):
        app_label = "search_probe"


class ProbeBlock(IndexedBlock):
    class Meta(IndexedBlock.Meta):
        app_label = "search_probe"


class ProbeWord(IndexedWord):
    class Meta(IndexedWord.Meta):
        app_label = "search_probe"


class ProbeMeaning(IndexedMeaning):
    class Meta(IndexedMeaning.Meta):
        app_label = "search_probe"


class ProbeChange(IndexedChange):
    class Meta(IndexedChange.Meta):
        app_label = "search_probe"


ENGINE_TABLES: dict[str, type[models.Model]] = {
    "document": ProbeDocument,
    "term": ProbeTerm,
    "block": ProbeBlock,
    "word": ProbeWord,
}


@dataclass(frozen=True)
class Alone:
    """PostgreSQL where there is no other engine (`meaning.engine.Asks`)."""

    postgres: PostgresEngine

    def search(self, query: Query) -> Found:
        return self.postgres.search(query)
