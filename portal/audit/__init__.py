"""Journals of writing and of reading. Public functions are re-exported lazily: models load after apps are
ready.
"""

from portal.audit.journal import disclose, record, record_each, why

__all__ = ["disclose", "record", "record_each", "why"]
