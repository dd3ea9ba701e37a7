"""Concrete tables of the index for the tests of the library: a room makes its own the same way."""

from __future__ import annotations

from django.db import models

from portal.search.models import (
    IndexedChange,
    IndexedDocument,
    IndexedPlace,
    IndexedPosting,
    IndexedTerm,
    IndexedWord,
)


class ProbeDocument(IndexedDocument):
    class Meta(IndexedDocument.Meta):
        app_label = "search_probe"


class ProbePlace(IndexedPlace):
    class Meta(IndexedPlace.Meta):
        app_label = "search_probe"


class ProbeTerm(IndexedTerm):
    class Meta(IndexedTerm.Meta):
        app_label = "search_probe"


class ProbePosting(IndexedPosting):
    class Meta(IndexedPosting.Meta):
        app_label = "search_probe"


class ProbeWord(IndexedWord):
    class Meta(IndexedWord.Meta):
        app_label = "search_probe"


class ProbeChange(IndexedChange):
    class Meta(IndexedChange.Meta):
        app_label = "search_probe"


ENGINE_TABLES: dict[str, type[models.Model]] = {
    "document": ProbeDocument,
    "place": ProbePlace,
    "term": ProbeTerm,
    "posting": ProbePosting,
    "word": ProbeWord,
}
