"""Wrong passwords: who has to wait, and never because of a stranger for long (docs/adr/0016).

- An address and an account together: so many tries, then a pause.
- An account alone, from all browsers that are not known: a delay that grows up to a minute. Each address
  waits its own turn, which tries of others do not move; so a stranger can hold nobody up for longer than the
  one delay.
- A browser that has signed in before (`browsers`) is counted by itself: strangers' mistakes do not touch it,
  its own do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection, transaction

from portal.accounts.limits import SIGN_IN, SIGN_IN_ADDRESS, SIGN_IN_BROWSER, Limit
from portal.core import clock

FREE, LONGEST, REMEMBERED = 5, 60, 900
"""Mistakes of strangers without a delay; the longest delay; for how long mistakes are remembered (seconds).
"""


class TooOften(Exception):
    """The try was not made and not counted; it may be made in `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = max(1, round(seconds))


@dataclass(frozen=True)
class Who:
    """Whose password is tried, from where; `browser` is the number of a browser that has signed in as this
    account before.
    """

    account: str
    address: str
    browser: str = ""

    @property
    def counters(self) -> list[tuple[Limit, str]]:
        if self.browser:
            return [(SIGN_IN_BROWSER, f"{self.browser} {self.account}")]
        return [(SIGN_IN, self.pair), (SIGN_IN_ADDRESS, self.address)]

    @property
    def pair(self) -> str:
        return f"{self.address} {self.account}"


def begin(who: Who) -> float:
    """Counts the try before the password is looked at, so that many at once are not more than the limit.
    Raises TooOften.
    """
    now = clock.now().timestamp()
    with _alone(who):
        wait = max(_until_free(limit, name, now) for limit, name in who.counters)
        wait = wait if who.browser else max(wait, _until_turn(who, now))
        if wait <= 0:
            _count(who, now)
    if wait > 0:
        raise TooOften(wait)  # outside of the transaction: the turn is kept
    return now


def succeeded(who: Who, moment: float) -> None:
    """The password was right: this try is counted no more, and own mistakes of the same place are
    forgiven.
    """
    with _alone(who):
        for limit, name in who.counters:
            own = limit.per != "address"
            left = [] if own else [at for at in _recent(limit, name, moment) if at != moment]
            _keep(_key(limit.code, name), left, limit.seconds)
        if not who.browser:
            _keep(
                _key("account", who.account),
                [at for at in _strangers(who, moment) if at != moment],
                REMEMBERED,
            )


def _count(who: Who, now: float) -> None:
    for limit, name in who.counters:
        _keep(_key(limit.code, name), [*_recent(limit, name, now), now], limit.seconds)
    if not who.browser:
        cache.delete(_key("turn", who.pair))
        _keep(_key("account", who.account), [*_strangers(who, now), now], REMEMBERED)


def _until_free(limit: Limit, name: str, now: float) -> float:
    tries = _recent(limit, name, now)
    return tries[-limit.amount] + limit.seconds - now if len(tries) >= limit.amount else 0


def _until_turn(who: Who, now: float) -> float:
    """The turn of this address: set by its first try, not moved by any later one, of its own or of others."""
    mistakes = len(_strangers(who, now))
    if mistakes < FREE:
        return 0
    due = cache.get(_key("turn", who.pair))
    if due is None or due < now - REMEMBERED:
        due = now + min(LONGEST, 2 ** (mistakes - FREE + 1))
        cache.set(_key("turn", who.pair), due, REMEMBERED)
    return float(due) - now


def _recent(limit: Limit, name: str, now: float) -> list[float]:
    return [at for at in cache.get(_key(limit.code, name), []) if at > now - limit.seconds]


def _strangers(who: Who, now: float) -> list[float]:
    """The last mistakes in this account; more of them than the longest delay needs are not kept."""
    return [at for at in cache.get(_key("account", who.account), []) if at > now - REMEMBERED][-20:]


def _keep(key: str, moments: list[float], seconds: int) -> None:
    if moments:
        cache.set(key, moments, seconds)
    else:
        cache.delete(key)


def _key(code: str, name: str) -> str:
    return f"tries:{code}:{name}".replace(" ", "_")


@contextmanager
def _alone(who: Who) -> Iterator[None]:
    """One at a time for an account and for an address; the shared cache alone would lose counts of tries made
    at once.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for name in sorted({who.account, who.address}):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 6))", [name])
        yield
