"""The demo's own address is known before the city is settled: its letters lead there."""

import pytest

from deploy.local import demo

HERE = "http://127.0.0.1:8471"


def test_letters_lead_to_the_port_of_this_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """With 8000 taken, links of all invitations led to somebody else's server."""
    addresses: list[str] = []

    def manage(env: dict[str, str], *_: str) -> str:
        addresses.append(env["PORTAL_URL"])
        return ""

    monkeypatch.setenv("DATABASE_URL", "postgresql://app@127.0.0.1/city")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@127.0.0.1/city")
    monkeypatch.setattr(demo, "_manage", manage)
    with demo._database(HERE) as (env, _):
        assert env["PORTAL_URL"] == HERE
    assert set(addresses) == {HERE}
