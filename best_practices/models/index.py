"""The tables of the bank's index."""

from typing import Any

from portal.core.privacy import Privacy
from portal.search.models import (
    IndexedBlock,
    IndexedChange,
    IndexedDocument,
    IndexedMeaning,
    IndexedTerm,
    IndexedWord,
)


class BankDocument(IndexedDocument):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedDocument.Meta):
        verbose_name = "документ указателя"


class BankTerm(IndexedTerm):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedTerm.Meta):
        verbose_name = "слово указателя"


class BankBlock(IndexedBlock):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedBlock.Meta):
        verbose_name = "отрезок указателя"


class BankWord(IndexedWord):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedWord.Meta):
        verbose_name = "написание указателя"


class BankMeaning(IndexedMeaning):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedMeaning.Meta):
        verbose_name = "смысл практики"


class BankChange(IndexedChange):
    published, append_only = True, False
    privacy = Privacy()

    class Meta(IndexedChange.Meta):
        verbose_name = "перемена указателя"


def models_of_index() -> dict[str, Any]:
    """The four tables for the engine."""
    return {
        "document": BankDocument,
        "term": BankTerm,
        "block": BankBlock,
        "word": BankWord,
    }
