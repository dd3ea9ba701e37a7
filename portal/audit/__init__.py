"""Journals of writing and of reading. Public functions are re-exported lazily: models load after apps are
ready.
"""

from portal.audit.journal import disclose, record, why

__all__ = ["disclose", "record", "why"]
