"""The paper of an order, byte for byte the same in a new process, after everything that it was made of has
changed.
"""

import datetime as dt
import hashlib
import os

import pytest

from portal.accounts.actors import actor_in, memberships_of
from portal.accounts.models import User
from portal.core import clock
from portal.core.actor import Actor
from portal.local_acts.models import Order
from portal.school_records.models import FrozenPaper
from tenants.context import in_city, in_school
from tenants.models import School
from tests import database
from tests.cast import BY_KEY
from tests.workflows import mentoring_scenes as scene
from tests.workflows.test_frozen_papers import change_everything


@pytest.mark.covers("found B1", "T-08")
def test_the_paper_of_an_order_is_the_same_after_a_restart(own_database: str) -> None:
    school = School.objects.get(number=5)

    def acting(key: str) -> Actor:
        with in_city():
            user = User.objects.get(pk=BY_KEY[key].uuid)
            return actor_in(user, memberships_of(user), school)

    with in_school(school), clock.at(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)):
        order = Order.objects.get(pk=scene.active(acting).order_id)  # type: ignore[misc]
        stored = FrozenPaper.objects.select_related("word").get(code="T-08", subject=order.uuid)
        signed = hashlib.sha256(stored.word.content.read()).hexdigest()
        change_everything(school)
    read = database.run_module(
        "tests.workflows.reading_run",
        own_database,
        os.environ["FILES_ROOT"],
        "zhanna",
        f"/s/5/orders/{order.uuid}/word/",
    )
    assert (read.stdout, signed == stored.word.sha256) == (f"200 {signed}", True), read.stderr
