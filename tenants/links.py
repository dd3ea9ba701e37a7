"""Addresses of pages of the school we are in, from anywhere: a request, a job, the time."""

from typing import Any

from tenants.addresses import school_url
from tenants.context import school_here


def link(name: str, *args: Any) -> str:
    """`link("cabinet:pair", pair.uuid)` → «/s/5/pairs/…/»."""
    return school_url(school_here().code, name, *args)
