"""Notices to people, written in the transaction of what they tell of."""

from portal.notify.notices import tell

__all__ = ["tell"]
