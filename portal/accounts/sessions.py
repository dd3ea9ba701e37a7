"""Sessions lie in Django's own table; only the question of every request is prepared (SESSION_ENGINE)."""

import datetime as dt

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from portal.core.prepared import Prepared


def _still_valid(key: str, moment: dt.datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=moment)


_sessions = Prepared(_still_valid, key="no key", moment=dt.datetime(1, 1, 1, tzinfo=dt.UTC))


class SessionStore(InDatabase):
    def _get_session_from_db(self) -> Session | None:
        """As Django's, which forgets a key that leads to nothing: it must not be given to a new session."""
        found = _sessions(key=self.session_key, moment=timezone.now()) if self.session_key else []
        if not found:
            self._session_key = None
        return found[0] if found else None
