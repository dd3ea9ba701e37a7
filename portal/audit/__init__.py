"""Journals of writing and of reading. Public functions are re-exported lazily: models load after apps are ready."""

from portal.audit.journal import disclose, noted_reading, page_of_reading, record

__all__ = ["disclose", "noted_reading", "page_of_reading", "record"]
