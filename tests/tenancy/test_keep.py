"""Every term of `Privacy.keep` is executed, or says who ends it. All models: a new one is here by itself."""

import datetime as dt
import re
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import OperationalError, models

from portal.accounts.models import Invitation
from portal.audit.models import JOB
from portal.core import clock
from portal.core.actor import Actor
from portal.core.contour import RoomConfig
from portal.core.current_contour import record_model
from portal.core.privacy import Keep
from portal.files.sweeping import sweep_orphans
from portal.municipality.models import OfficeInvitation
from tenants import tasks
from tenants.context import in_city, in_school, open_schools
from tenants.forgetting import due, forget_due, forget_old_lines
from tenants.models import School
from tenants.tasks import EVERYWHERE, run_daily
from tests.tenancy.rows import row

MODELS: list[Any] = [
    model
    for config in apps.get_app_configs()
    if isinstance(config, RoomConfig)
    for model in config.get_models()
]
WITH_TERM = [model for model in MODELS if model.privacy.keep.days]
NUMBER = re.compile(r"\d+ (год|лет|час|д[енл]|месяц|недел)")


def named(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.covers("found A6")
@pytest.mark.parametrize("model", MODELS, ids=named)
def test_a_term_is_executed_or_says_who_ends_it(model: Any) -> None:
    keep = model.privacy.keep
    assert isinstance(keep, Keep)
    assert sum(map(bool, (keep.days, keep.leaves_with, keep.way))) == 1, (
        "for_days, along or by_case: exactly one"
    )
    if keep.days:
        assert all(isinstance(model._meta.get_field(name), models.DateField) for name in keep.since)
    elif keep.leaves_with:
        assert not NUMBER.search(keep.words), (
            f"«{keep.words}» promises a term of its own; for_days executes it"
        )
        key = model._meta.get_field(keep.leaves_with)
        above = key.related_model.privacy.keep
        assert not above.days or key.remote_field.on_delete is models.CASCADE, (
            "the night deletes the row above, and this one would hold it"
        )
    else:
        assert len(keep.way) > 15, "who ends it, and how"
        assert str(keep).startswith("По делу: ")


def is_of_school(model: Any) -> bool:
    return apps.get_app_config(model._meta.app_label).name in settings.TENANT_APPS


def aged(model: Any, nth: int, days: float, **otherwise: float) -> Any:
    """A row whose term began so many days ago; `otherwise`: the moments that passed another number of days
    ago.
    """
    began = {name: _ago(model, name, otherwise.get(name, days)) for name in model.privacy.keep.since}
    return row(model, nth, **began)


def _ago(model: Any, name: str, days: float) -> dt.datetime | dt.date:
    moment = clock.now() - dt.timedelta(days=days)
    return (
        moment
        if isinstance(model._meta.get_field(name), models.DateTimeField)
        else clock.local(moment).date()
    )


@pytest.mark.covers("found A6")
@pytest.mark.parametrize("model", WITH_TERM, ids=named)
def test_the_night_forgets_what_is_due_and_nothing_else(model: Any, school5: School) -> None:
    """The journals take no DELETE but from the owner: there, what is due is found here, and `test_worker.py`
    has it deleted by the owner's worker.
    """
    with in_school(school5) if is_of_school(model) else in_city():
        old = aged(model, 901, model.privacy.keep.days + 1)
        young = aged(model, 902, model.privacy.keep.days - 1)
        both = model._base_manager.filter(pk__in=[old.pk, young.pk])
        assert list(due(model).filter(pk__in=both)) == [old]
        forget_due(Actor.system(school=school5.uuid if is_of_school(model) else None))
        assert set(both.all()) == ({old, young} if model.append_only else {young})


@pytest.mark.covers("found A6")
@pytest.mark.parametrize(
    "model", [model for model in WITH_TERM if len(model.privacy.keep.since) > 1], ids=named
)
def test_of_several_moments_the_last_begins_the_term(model: Any, school5: School) -> None:
    keep = model.privacy.keep
    with in_school(school5) if is_of_school(model) else in_city():
        young = [
            aged(model, 910 + place, keep.days + 1, **{name: keep.days - 1})
            for place, name in enumerate(keep.since)
        ]
        assert list(due(model).filter(pk__in=[one.pk for one in young])) == []


@pytest.mark.covers("found A6")
def test_an_answer_is_forgotten_after_a_day_in_each_contour_and_the_marks_of_jobs_stay(
    school5: School, school12: School
) -> None:
    two_days_ago = clock.now() - dt.timedelta(days=2)
    places = (in_city, lambda: in_school(school5), lambda: in_school(school12))
    for place in places:
        with place():
            model = record_model("RepeatKey")
            model.objects.all().delete()
            for person in ("", str(uuid4()), JOB):
                row(model, 1, person=person, key="old", created_at=two_days_ago, body=b"personal data")
            row(model, 1, person="fresh", key="fresh")
    run_daily()
    for place in places:
        with place():
            assert sorted(record_model("RepeatKey").objects.values_list("person", flat=True)) == [
                "fresh",
                JOB,
            ]


@pytest.mark.covers("found A6")
def test_a_row_on_which_something_stands_stays_and_holds_up_no_other() -> None:
    held, free = aged(Invitation, 901, 900), aged(Invitation, 902, 900)
    row(OfficeInvitation, 901, invitation=held)
    forget_due(Actor.system(school=None))
    assert list(Invitation.objects.filter(pk__in=[held.pk, free.pk])) == [held]


def test_the_night_forgets_and_sweeps_in_every_contour() -> None:
    assert {forget_due, sweep_orphans} <= set(EVERYWHERE)
    assert forget_old_lines not in EVERYWHERE, "only the owner may"


def test_a_night_that_failed_somewhere_goes_on_elsewhere_and_is_done_again(
    school5: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database was restarted, a template is broken: the others have their night, and the job is not
    called done.
    """
    visited: list[Any] = []

    def fails_here(by: Actor) -> None:
        if by.school == school5.uuid:
            raise OperationalError("the connection is closed")

    monkeypatch.setattr(tasks, "EVERYWHERE", [])
    monkeypatch.setattr(tasks, "DAILY", [fails_here, lambda by: visited.append(by.school)])
    with pytest.raises(tasks.TroubleAtNight, match="1 of"):
        tasks.every_day(timestamp=0)
    assert school5.uuid in visited
    assert len(visited) == open_schools().count()
    assert tasks.every_day.retry_strategy.max_attempts > 1  # type: ignore[union-attr]
