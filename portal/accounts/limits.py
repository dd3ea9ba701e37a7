"""How often something may be tried, and from where a request came.

Counted in the cache, asked as the city (a school's role cannot read the cache). A whole school, or a whole
city, may sit behind one address: so whatever counts an address alone counts only what is wrong, up to
`CROWD`, and never holds up what is right (docs/adr/0016).
"""

import ipaddress
import time
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

CROWD = 300
"""People who may sit behind one address: none of them may stop the others by own mistakes."""
Per = Literal["address", "address and account", "browser and account", "person", "invitation"]


@dataclass(frozen=True)
class Limit:
    """A row of the table of limits: what one try is, by whom it is counted, how many are let through in how
    many seconds.
    """

    code: str
    counts: str
    per: Per
    fixed: int
    seconds: int
    setting: str = ""

    @property
    def amount(self) -> int:
        """How many are let through: the setting, read when asked, or the fixed number."""
        return int(getattr(settings, self.setting)) if self.setting else self.fixed


LIMITS: dict[str, Limit] = {}


def _limit(code: str, counts: str, per: Per, amount: int, *, seconds: int, setting: str = "") -> Limit:
    LIMITS[code] = Limit(code, counts, per, amount, seconds, setting)
    return LIMITS[code]


SIGN_IN = _limit("sign_in", "wrong passwords", "address and account", 10, seconds=600)
SIGN_IN_ADDRESS = _limit("sign_in_address", "wrong passwords", "address", CROWD, seconds=600)
SIGN_IN_BROWSER = _limit(
    "sign_in_browser",
    "wrong passwords in a browser that has signed in before",
    "browser and account",
    10,
    seconds=600,
)
DEAD_INVITATION = _limit(
    "invitation", "links of invitations that are not alive", "address", CROWD, seconds=600
)
ACCEPT = _limit("accept", "tries to accept", "invitation", 30, seconds=600)
ADDRESS = _limit("address", "changes of the sign-in address", "person", 5, seconds=86400)
REFUSED_KEY = _limit(
    "key", "API keys that do not fit", "address", 0, seconds=60, setting="API_RATE_PER_MINUTE"
)
WRONG_CODE = _limit("certificate", "codes that no certificate has", "address", CROWD, seconds=600)
FEED = _limit("feed", "readings of the own feeds by programs", "person", 600, seconds=3600)
COMMENTS = _limit("comments", "words about practices of the bank", "person", 20, seconds=3600)
API = _limit("api", "calls of the API", "person", 0, seconds=60, setting="API_RATE_PER_MINUTE")


def over(limit: Limit, who: str) -> bool:
    """Counts one more try of `who` in the present window; True when there were more than the limit lets
    through.
    """
    key = f"limit:{limit.code}:{who}:{int(time.time()) // limit.seconds}"
    if cache.add(key, 1, timeout=limit.seconds):
        return limit.amount < 1
    try:
        return int(cache.incr(key)) > limit.amount
    except ValueError:  # the window has just ended
        return False


def address_of(request: HttpRequest) -> str:
    """The client's address, behind as many proxies as BEHIND_PROXY says: what the client itself wrote into
    the header is not believed.

    Each proxy adds to X-Forwarded-For the address it was asked from, so ours is counted from the end. With
    fewer entries than proxies somebody has come round them, and is who the connection says.
    """
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    hops = settings.BEHIND_PROXY
    told = _address(seen[-hops]) if 0 < hops <= len(seen) else ""
    return told or _address(str(request.META.get("REMOTE_ADDR", ""))) or "unknown"


def network_of(request: HttpRequest) -> str:
    """What is counted as one place: an IPv4 address, or the /64 that one subscriber of IPv6 has."""
    address = address_of(request)
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if ":" in address else address


def _address(text: str) -> str:
    """An address as it is written once: without port, brackets and IPv4 dressed up as IPv6; empty for
    anything else.
    """
    bare = text.removeprefix("[").partition("]")[0] if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        # «fe80::1%eth0»: the card of the server says nothing of the client
        found = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)
