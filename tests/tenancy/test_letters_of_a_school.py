"""Letters that hostile code inside a school could write past `send`: what it may ask for is what the table of
kinds and jobs allows, and no more.
"""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pydantic import ValidationError

from portal.accounts.models import User
from portal.city_records.models import Inbox
from portal.core import clock
from portal.core.actor import Actor
from portal.exchange import KINDS, RECEIVERS, Direction, Letter, Misdirected
from portal.school_records.models import Inbox as SchoolInbox
from tenants import post
from tenants.context import in_school
from tenants.jobs import JOB, JOBS, SCHOOL, NotForSchools, perform
from tenants.models import School
from tests.cast import BY_KEY

OTHERS = sorted(name for name, job in JOBS.items() if job.queue != SCHOOL)
NAMES = [*OTHERS, "no.such_job", "estafeta.run_job", "x" * 5000]
ZHANNA = BY_KEY["zhanna"].uuid


def slip(school: School, kind: str, payload: dict[str, Any], *, inbox: bool = False) -> UUID:
    """A row written by plain SQL under the school's own role, as an injection would; the night finds it."""
    uuid, now = uuid4(), clock.now()
    more = (
        ("school_records_inbox", "sent_by, written_at", [ZHANNA, now])
        if inbox
        else ("school_records_outbox", "created_by", [ZHANNA])
    )
    with in_school(school), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {more[0]} (uuid, version, created_at, updated_at, kind, topic, payload, attempts, "
            f"trouble, stopped, {more[1]}) "
            f"VALUES (%s, 1, %s, %s, %s, %s, %s, 0, '', false, {', '.join(['%s'] * len(more[2]))})",
            [uuid, now, now, kind, uuid4(), json.dumps(payload), *more[2]],
        )
        post.note_what_waits(Actor.system(school=school.uuid))
    return uuid


def queue() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT queue_name, args ->> 'name' FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()  # type: ignore[no-any-return]


def job_letter(name: str, **arguments: object) -> dict[str, Any]:
    return {"schema_version": 1, "job": name, "key": "k", "arguments": arguments}


@pytest.mark.covers("found A9", "house: two contours")
def test_a_letter_asks_only_for_jobs_marked_for_schools(school5: School, school12: School) -> None:
    """Every job of the city and of the owner, by its name; and one of a school, so that the refusals are not
    for another reason.
    """
    assert {"municipality.open_school", "municipality.invite_official"} <= set(OTHERS)
    refused = [slip(school5, JOB.code, job_letter(name, school_uuid=str(school12.uuid))) for name in NAMES]
    allowed = slip(school5, JOB.code, job_letter("staff.check_import", import_uuid=str(uuid4())))
    post.deliver_everything()
    assert queue() == [(SCHOOL, "staff.check_import")]
    stuck = Inbox.objects.filter(uuid__in=refused)
    assert (stuck.count(), stuck.filter(applied_at=None).exclude(trouble="").count()) == (len(NAMES),) * 2
    assert Inbox.objects.get(uuid=allowed).applied_at


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which receivers were reached."""
    reached: list[str] = []

    def hear(letter: Letter) -> None:
        reached.append(letter.kind.code)

    for code in RECEIVERS:
        monkeypatch.setitem(RECEIVERS, code, hear)
    for kind in KINDS.values():
        monkeypatch.setattr(kind.payload, "model_validate", lambda value: value)
    return reached


@pytest.mark.covers("found A9", "house: exchange")
def test_each_kind_of_letter_is_applied_in_its_own_direction_only(school5: School, heard: list[str]) -> None:
    """All kinds, slipped into the outbox of a school and into its inbox: the receiver of the other way is
    never reached.
    """
    for code in KINDS:
        slip(school5, code, {})
    post.deliver_everything()
    assert sorted(set(heard)) == sorted(
        code for code, kind in KINDS.items() if kind.direction is Direction.TO_CITY
    )
    heard.clear()
    for code in KINDS:
        slip(school5, code, {}, inbox=True)
    post.apply_in_school(school5)
    assert sorted(heard) == sorted(
        code for code, kind in KINDS.items() if kind.direction is Direction.TO_SCHOOL
    )
    with in_school(school5):
        assert set(SchoolInbox.objects.filter(applied_at=None).values_list("trouble", flat=True)) == {
            "Misdirected misdirected"
        }


@pytest.mark.covers("found A9")
def test_a_school_cannot_ask_by_the_front_door_either(school5: School, actor: Any) -> None:
    anna = actor("anna")
    with in_school(school5):
        for name in OTHERS:
            with pytest.raises(NotForSchools):
                JOBS[name].later(by=anna)
        with pytest.raises(ValidationError):
            JOBS["staff.check_import"].later(by=anna, key="k" * 81)
        with pytest.raises(Misdirected):
            _send_the_wrong_way(anna)


def _send_the_wrong_way(by: Actor) -> None:
    from portal.exchange import send
    from portal.municipality.letters import CAMPAIGN_OPENED

    send(CAMPAIGN_OPENED, CAMPAIGN_OPENED.payload.model_construct(), topic=uuid4(), by=by)


@pytest.mark.covers("found A9")
def test_what_stands_in_the_queue_wrongly_is_not_begun(
    school5: School, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Were a row there all the same, the worker itself refuses it: a school's job without a school, the
    city's in a school, another's in the owner's worker.
    """
    begun: list[str] = []
    for name, job in JOBS.items():
        monkeypatch.setitem(JOBS, name, replace(job, function=lambda *, by, name=name: begun.append(name)))
    user = str(User.objects.get(pk=ZHANNA).pk)
    for as_owner in (False, True):
        settings.AS_OWNER = as_owner
        for name, job in JOBS.items():
            for school in (None, str(school5.uuid)):
                if (job.queue == SCHOOL) == bool(school) and (job.queue == "owner") == as_owner:
                    continue
                with pytest.raises(NotForSchools):
                    perform(name, "k", school, user, {})
    assert begun == []
