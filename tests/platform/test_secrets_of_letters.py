"""A secret that stands in an address reaches neither the portal's log nor the proxy's."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver

from config import logs

NGINX = (Path(__file__).resolve().parents[2] / "deploy/nginx.conf").read_text()
HIDDEN = re.compile(r"^ +~(\^/\S+\.) +\S+\*\*\*;$", re.M)
SECRET = re.compile(r"<str:(?:token|key|code)>|\(\?P<uidb36>.*")
NO_SECRET = {"accounts/confirm-email/<str:key>/"}
"""allauth's, which leads nowhere here: no letter of ours has it."""


def addresses(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Of the whole portal, as they are written."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(one.pattern).removeprefix("^")
        if hasattr(one, "url_patterns"):
            yield from addresses(one.url_patterns, here)
        else:
            yield here


SECRETS = sorted({one for one in addresses() if SECRET.search(one)} - NO_SECRET)


def test_they_are_found() -> None:
    assert {one.split("/")[0] for one in SECRETS} >= {"invitation", "feed", "searches", "accounts", "verify"}
    assert len(SECRETS) >= 5


@pytest.mark.parametrize("address", SECRETS)
def test_no_log_holds_the_secret_of_an_address(address: str) -> None:
    path = "/" + SECRET.sub("s3cret/", address).replace("//", "/")
    said = logs._where(None, "", {"event": f"Not Found: {path}", "path": path})
    assert "s3cret" not in str(said), address
    assert any(re.match(one, path) for one in HIDDEN.findall(NGINX)), address
