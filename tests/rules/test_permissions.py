"""The matrix walked: every office × every permission, yes or no, through real actors; and the papers printed
from the tables.
"""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command

from config import openapi, papers
from portal.accounts import services
from portal.accounts.actors import actor_in, memberships_of
from portal.accounts.models import Membership, User
from portal.accounts.offices import CITY_OFFICES, Office
from portal.accounts.permissions import BY_NAME, MATRIX
from portal.core import clock
from portal.core.actor import Actor
from tenants.models import School


def serving(office: Office, school: School | None) -> User:
    user = User.objects.create_user(f"{office}@school.example", last_name="Иванова", first_name="Вера")
    services.begin_membership(user, school, office, basis="приказ № 1", by=Actor.system())
    return user


@pytest.mark.parametrize("office", list(Office))
def test_every_permission_is_granted_to_its_offices_and_to_no_other(
    office: Office, school5: School, school12: School
) -> None:
    home = None if office in CITY_OFFICES else school5
    user = serving(office, home)
    here = actor_in(user, memberships_of(user), home)
    assert {p.name: here.can(p.name) for p in MATRIX} == {p.name: office in p.offices for p in MATRIX}
    elsewhere = [school12, *([school5] if home is None else [None])]
    for place in elsewhere:
        assert not actor_in(user, memberships_of(user), place).permissions


def test_rights_are_the_union_of_what_is_valid_today(school5: School) -> None:
    user = serving(Office.TEACHER, school5)
    services.begin_membership(user, school5, Office.CURATOR, basis="приказ № 2", by=Actor.system())
    assert actor_in(user, memberships_of(user), school5).can("pair:propose")
    Membership.objects.filter(user=user, office=Office.CURATOR).update(
        valid_to=clock.today() - dt.timedelta(days=1)
    )
    ended = actor_in(user, memberships_of(user), school5)
    assert not ended.can("pair:propose")
    assert ended.can("need:record_own")


def test_no_city_office_has_a_permission_of_the_inside_of_a_school() -> None:
    mixed = [p.name for p in MATRIX if set(p.offices) & CITY_OFFICES and not set(p.offices) <= CITY_OFFICES]
    assert mixed == []
    assert len(BY_NAME) == len(MATRIX)


def test_permissions_that_the_code_asks_for_exist() -> None:
    import re

    from django.conf import settings

    asked: dict[str, str] = {}
    for package in ("portal", "best_practices", "config"):
        for path in (settings.BASE_DIR / package).rglob("*.py"):
            for name in re.findall(r"\.can\(\s*\"([a-z_]+:[a-z_]+)\"", path.read_text()):
                asked[name] = str(path)
    assert {name: where for name, where in asked.items() if name not in BY_NAME} == {}


def test_printed_papers_say_what_the_code_says() -> None:
    assert papers.stale() == [], "print them again: make docs"


def test_version_one_may_grow_and_may_not_shrink(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    promise = "\n".join(openapi.promised(openapi.whole()))
    assert "GET /api/v1/me/" in promise
    assert "GET /s/{code}/api/v1/me/ 200 > .memberships[] .office = principal" in promise
    lines = [*promise.splitlines(), "GET /api/v1/something-that-was/"]
    (tmp_path / "promise.txt").write_text("\n".join(lines))
    monkeypatch.setattr(papers, "PROMISED", str(tmp_path / "promise.txt"))
    with pytest.raises(ValueError, match="something-that-was"):
        papers.promised()
    (tmp_path / "promise.txt").write_text("\n".join(lines[:10]))
    assert "GET /api/v1/me/" in papers.promised()


def test_the_command_prints_one_paper(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("print_docs", "permissions")
    assert "| `pair:propose` |" in capsys.readouterr().out
