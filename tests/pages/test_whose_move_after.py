"""What is said right after a step of a programme: whoever is named as holding the baton holds it, also where
the last answer leads on by itself and where a group has more than one reader.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.mentor_bank import services as bank_services
from portal.mentoring.models import Pair
from portal.pair_work import services as work_services
from portal.pair_work.models import Programme
from portal.pair_work.workflow import PROGRAMME
from portal.staff.models import PersonOffice
from tenants.context import in_school
from tenants.models import School
from tests.pages.pressing import post
from tests.posts.rows import words_of
from tests.workflows import mentoring_scenes as scene

As = Callable[[str], Client]
Who = Callable[[str], Actor]
Scene = Callable[[Who], Programme]


def _corrected(who: Who) -> Programme:
    programme = PROGRAMME.move(scene.running(who), "correct", by=who("boris"), comment="Сдвинуть цель")
    return work_services.submit_programme(programme, by=who("boris"), comment="Сдвинули цель")


def _of_a_group(who: Who) -> Programme:
    return work_services.submit_programme(scene.written(who, scene.active_group(who)), by=who("boris"))


def _with_association(who: Who) -> Programme:
    bank_services.decide_settings(by=who("anna"), association_reviews=True)
    return scene.submitted(who)


def _begins_later(who: Who) -> Programme:
    programme = scene.confirmed(who)
    Programme.objects.filter(pk=programme.pk).update(starts_on=clock.today() + dt.timedelta(days=9))
    return programme


STEPS: dict[str, tuple[Scene, str, str, str]] = {
    "the one mentee agrees": (
        scene.submitted,
        "vera",
        "confirm",
        "Записано. Эстафета у того, кто утверждает программы в школе.",
    ),
    "the association reads first": (
        _with_association,
        "vera",
        "confirm",
        "Записано. Эстафета у ШМО: смотрит программу.",
    ),
    "another of the group still reads": (
        _of_a_group,
        "vera",
        "confirm",
        "Записано. Эстафета у Ирины",
    ),
    "the last agreement of a correction": (
        _corrected,
        "vera",
        "confirm",
        "Записано. Эстафета у пары: программа идёт.",
    ),
    "an approved programme begins at once": (
        scene.confirmed,
        "anna",
        "approve",
        "Записано. Эстафета у пары: программа идёт.",
    ),
    "an approved programme waits for its day": (
        _begins_later,
        "anna",
        "approve",
        "Записано. Программа утверждена и начнётся в первый день срока.",
    ),
    "the association has read it": (
        lambda who: PROGRAMME.move(_with_association(who), "confirm", by=who("vera")),
        "lev",
        "recommend",
        "Записано. Эстафета у того, кто утверждает программы в школе.",
    ),
    "it goes back": (
        scene.confirmed,
        "anna",
        "return",
        "Записано. Эстафета у Бориса Ильича: пишет программу.",
    ),
    "the mentor begins a correction": (
        scene.running,
        "boris",
        "correct",
        "Записано. Поправьте программу и отправьте уточнение.",
    ),
    "the mentee begins a correction": (
        scene.running,
        "vera",
        "correct",
        "Записано. Эстафета у Бориса Ильича: уточняет программу.",
    ),
}


@pytest.mark.parametrize(("make", "person", "verb", "said"), STEPS.values(), ids=STEPS)
def test_whoever_is_named_after_the_step_has_the_move(
    make: Scene, person: str, verb: str, said: str, who: Who, as_: As, school5: School
) -> None:
    with in_school(school5):
        programme = make(who)
    url = f"/s/5/programmes/{programme.uuid}/"
    sent = {"verb": verb, "version": programme.version, "comment": "Сдвинем вторую цель"}
    answer: Any = post(as_(person), f"{url}move/", sent, follow=True)
    assert said in answer.content.decode().replace("\xa0", " ")


@pytest.mark.covers("found B9")
@pytest.mark.parametrize(("mentor", "ends"), [("boris", "куратор"), ("anna", "директор")])
def test_the_page_names_who_ends_the_programme(
    mentor: str, ends: str, who: Who, as_: As, school5: School
) -> None:
    """The curator ends programmes, but not the one of the own pair."""
    with in_school(school5):
        PersonOffice.objects.create(
            person=scene.person("anna"), office="curator", basis="приказ № 1", valid_from=clock.today()
        )
        programme = scene.running(who)
        Programme.objects.filter(pk=programme.pk).update(state="final_review")
        Pair.objects.filter(pk=programme.pair_id).update(mentor=scene.person(mentor))
    page = words_of(as_("lev").get(f"/s/5/programmes/{programme.uuid}/"))
    assert f"потом программу завершит {ends}." in page
